"""Drawings of reviews in any dimension."""

from fractions import Fraction

import numpy as np
import pytest

from exactdyn.plot import render
from exactdyn.sentiment import Decoder, Model, explain, make_review
from exactdyn.sentiment.page import explanation_page
from exactdyn.sentiment.picture import draw_explanation
from exactdyn.sentiment.plane import plane


def explanation_in(dimension, v=None):
    draw = np.random.default_rng(dimension)
    vectors = draw.integers(-8, 9, (6, dimension)) / 4
    decoder = Decoder(tuple(map(Fraction, v or [1] * dimension)), Fraction(-1, 2))
    words = dict(enumerate("abcdef"))
    model = Model(np.arange(6), vectors, Fraction(3, 2), decoder, words, depth=3)
    return explain(model, make_review("drawn", 0, [0, 0, 1, 2, 3, 4, 5]))


@pytest.mark.parametrize("dimension", [1, 2, 3, 8])
def test_the_side_of_the_drawn_line_is_the_sign_of_the_decoder(dimension):
    explanation = explanation_in(dimension)
    shown = plane(explanation)
    heights = shown.positions @ shown.normal + shown.offset
    values = np.array([[float(value) for value in values] for values in explanation.values])
    size = 1 if dimension == 2 else float(np.sqrt(dimension))
    assert np.allclose(heights * size, values, rtol=0, atol=1e-12)
    scores = [float(score) for score in explanation.scores]
    assert np.allclose((shown.means @ shown.normal + shown.offset) * size, scores, rtol=0, atol=1e-12)


@pytest.mark.parametrize("dimension", [1, 2, 3])
def test_a_review_of_any_dimension_is_drawn(dimension):
    explanation = explanation_in(dimension)
    assert render(draw_explanation(explanation), "svg").startswith(b"<?xml")
    assert "drawn" in explanation_page(explanation)


def test_a_decoder_that_is_zero_has_no_line():
    shown = plane(explanation_in(2, v=[0, 0]))
    assert shown.line(np.array([-1.0, -1.0]), np.array([1.0, 1.0])) is None
    assert render(draw_explanation(explanation_in(2, v=[0, 0])), "pdf")[:4] == b"%PDF"


def test_the_line_ends_at_the_box_and_is_absent_beside_it():
    shown = plane(explanation_in(2))
    ends = shown.line(np.array([-1.0, -1.0]), np.array([1.0, 1.0]))
    assert sorted(ends.tolist()) == [[-0.5, 1.0], [1.0, -0.5]]
    assert shown.line(np.array([5.0, 5.0]), np.array([6.0, 6.0])) is None
