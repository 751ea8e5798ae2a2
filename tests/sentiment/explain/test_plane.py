"""Drawings of reviews in any dimension."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from exactdyn.pictures import render
from exactdyn.pictures.paper.colours import TIE
from exactdyn.pictures.review.colouring import colour_meanings, word_colours
from exactdyn.pictures.review.page import explanation_page
from exactdyn.pictures.review.picture import draw_explanation
from exactdyn.sentiment import Decoder, Model, explain, load_model, load_reviews, make_review
from exactdyn.sentiment.explain.plane import plane


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


def test_a_plane_says_what_its_axes_are():
    names = {dimension: plane(explanation_in(dimension)).axes for dimension in (1, 2, 3)}
    assert names[1] == ("signed distance from the decoder's hyperplane", "")
    assert names[2] == ("first coordinate", "second coordinate")
    assert names[3] == (names[1][0], "direction of the largest spread along it")


@pytest.mark.parametrize("dimension", [1, 3])
def test_without_a_hyperplane_words_are_drawn_where_they_spread(dimension):
    shown = plane(explanation_in(dimension, v=[0] * dimension))
    assert shown.axes[0] == "direction of the largest spread"
    assert np.ptp(shown.positions[0][:, 0]) >= np.ptp(shown.positions[0][:, 1])
    assert np.ptp(shown.positions[0][:, 0]) > 1
    assert shown.line(*shown.box(0.1)) is None


def test_everything_is_inside_the_box_however_small_it_is():
    shown = plane(explanation_in(2))
    for scale in (1e-300, 1e-30, 1.0, 1e60):
        small = replace(shown, positions=shown.positions * scale, means=shown.means * scale)
        low, high = small.box(0.05)
        assert (low < small.positions).all()
        assert (small.positions < high).all()
        assert np.allclose((high - low) / scale, np.subtract(*shown.box(0.05)[::-1]), rtol=1e-9)


@pytest.mark.parametrize("number", range(4))
def test_a_word_has_the_colour_of_the_leader_that_it_attends_alone(number):
    model = load_model("handmade")
    explanation = explain(model, load_reviews("handmade", model)[number])
    colours = word_colours(explanation, plane(explanation))
    own = {point: colours[-1][point] for point in explanation.leaders}
    assert len(set(own.values())) == len(own)
    for layer, sets in enumerate(explanation.attended):
        for point, attended in enumerate(sets):
            alone = attended[0] if len(attended) == 1 else None
            assert colours[layer][point] == own.get(alone, TIE)


def test_the_words_of_colour_and_black_are_those_that_the_legend_describes():
    model = load_model("handmade")
    tied = explain(model, load_reviews("handmade", model)[3])
    coloured, black = colour_meanings(tied)
    page, picture = explanation_page(tied), render(draw_explanation(tied), "svg").decode()
    assert "(grey: several)" not in page
    for meaning in (coloured, black):
        assert meaning in page
        assert f"<!-- {meaning} -->" in picture
    for leader in tied.leaders:
        colour = word_colours(tied, plane(tied))[-1][leader]
        assert colour in page
        assert colour.lower() in picture


def test_dollars_and_other_signs_in_words_and_names_are_drawn_as_they_are():
    vectors = np.array([[0.0, 1.0], [1.0, 0.0]])
    words = {0: "$\\frac$", 1: "a_b$ & <b> \u4e2d"}
    model = Model(
        np.arange(2), vectors, Fraction(1), Decoder((Fraction(1),) * 2, Fraction(0)), words, depth=1
    )
    picture = render(draw_explanation(explain(model, make_review("$x$ $\\y", 1, [0, 1]))), "svg").decode()
    assert "<!-- $x$ $\\y: positive" in picture


def test_more_leaders_than_colours_are_said_to_share_them():
    angles = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    model = Model(np.arange(12), vectors, Fraction(1), Decoder((Fraction(1),) * 2, Fraction(0)), {}, depth=1)
    crowd = explain(model, make_review("crowd", None, range(12)))
    assert len(crowd.leaders) == 12
    assert colour_meanings(crowd)[0].endswith("(colours repeat, far apart)")
    few = explain(model, make_review("few", None, range(8)))
    assert "repeat" not in colour_meanings(few)[0]


def test_long_names_are_cut_where_they_would_leave_the_picture():
    vectors = np.array([[0.0, 1.0], [1.0, 0.0]])
    words = {0: "w" * 300, 1: "short"}
    model = Model(
        np.arange(2), vectors, Fraction(1), Decoder((Fraction(1),) * 2, Fraction(0)), words, depth=1
    )
    picture = render(draw_explanation(explain(model, make_review("r" * 200, 1, [0, 1]))), "svg").decode()
    assert f"<!-- {'r' * 79}…: positive, score" in picture
    assert f"<!-- {'w' * 23}… (+1) -->" in picture
