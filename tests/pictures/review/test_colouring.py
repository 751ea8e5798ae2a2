"""Whose colour a word has."""

import pytest

from exactdyn.pictures.paper.colours import TIE
from exactdyn.pictures.review.colouring import colour_meanings, word_colours
from exactdyn.sentiment.explain.explanation import explain
from exactdyn.sentiment.explain.plane import plane
from exactdyn.sentiment.model.load import load_model, load_reviews

MODEL = load_model("handmade")
REVIEWS = load_reviews("handmade", MODEL)


@pytest.mark.parametrize("review", REVIEWS, ids=lambda review: review.name)
def test_a_word_has_the_colour_of_the_one_leader_that_it_attends(review):
    explained = explain(MODEL, review)
    colours = word_colours(explained, plane(explained))
    last = colours[-1]
    for layer, attended in enumerate(explained.attended):
        for point, own in enumerate(attended):
            alone = len(own) == 1 and own[0] in explained.leaders
            assert colours[layer][point] == (last[own[0]] if alone else TIE)
    assert len({last[leader] for leader in explained.leaders}) == len(explained.leaders)


def test_meanings_say_when_colours_repeat():
    coloured, _ = colour_meanings(explain(MODEL, REVIEWS[0]))
    assert "repeat" not in coloured
