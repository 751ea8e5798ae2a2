"""Scores packed into long integers, and their differences, against scores one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from operator import mul

from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.hardmax.packed_scores import PackedScores

NODES = st.lists(
    st.builds(Fraction, st.integers(1, 2**40), st.integers(1, 2**40))
    | st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2**70), Fraction(1, 2**70)]),
    max_size=3,
)


@st.composite
def layers(draw):
    """Integer vectors of as many layers as nodes and one more; many are equal, or the ends of their range."""
    nodes, count, dimension = draw(NODES), draw(st.integers(1, 6)), draw(st.integers(1, 4))
    most = 2 ** draw(st.sampled_from([1, 7, 8, 30, 64, 200]))
    numbers = st.sampled_from([0, 1, -1, most, -most, most - 1]) | st.integers(-most, most)
    rows = st.lists(st.lists(numbers, min_size=dimension, max_size=dimension), min_size=count, max_size=count)
    states = [[draw(rows) for _ in range(len(nodes) + 1)] for _ in range(2)]
    return states[0], states[1], nodes


@given(layers())
def test_they_are_what_single_scores_say(given_layers):
    directions, places, nodes = given_layers
    packed = PackedScores.of(directions, places, nodes)
    level = [
        [[sum(map(mul, x, y)) for y in rows] for x in own]
        for own, rows in zip(directions, places, strict=True)
    ]
    for node in [*nodes, None]:
        for token, scores in enumerate(level[0]):
            for place, score in enumerate(scores):
                assert packed.is_largest(token, place) == (score == max(scores))
        assert packed.vanish == (not any(map(any, level[0])))
        if node is not None:
            packed = packed.difference(node)
            level = [
                [[y - node * x for x, y in zip(*own, strict=True)] for own in zip(*two, strict=True)]
                for two in pairwise(level)
            ]


def test_differences_of_powers_vanish():
    powers = [[[Fraction(3, 7).numerator ** k * 7 ** (3 - k)]] for k in range(4)]
    scores = PackedScores.of([[[1]]] * 4, powers, [Fraction(3, 7)])
    assert not scores.vanish
    assert scores.difference(Fraction(3, 7)).vanish
