"""The largest of many scores by packed integers, against scores one by one."""

from __future__ import annotations

from operator import mul
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.hardmax import largest as module
from proofs_checks.hardmax.largest import largest_scores

Rows = list[list[int]]


def one_by_one(directions: Rows, places: Rows) -> list[frozenset[int]]:
    found = []
    for direction in directions:
        scores = [sum(map(mul, direction, place)) for place in places]
        found.append(frozenset(j for j, score in enumerate(scores) if score == max(scores)))
    return found


def rows(random: Random, count: int, dimension: int, bits: int) -> Rows:
    """Integers of very different lengths, many of them 0, -1 or the ends of their range."""
    most = 1 << bits
    kinds = (0, -1, most - 1, -most, random.randint(-most, most), random.randint(-9, 9))
    return [
        [random.choice((*kinds, random.randint(-most, most))) for _ in range(dimension)] for _ in range(count)
    ]


@given(
    st.randoms(use_true_random=False),
    st.integers(1, 40),
    st.integers(1, 9),
    *[st.sampled_from([1, 3, 25, 26, 27, 28, 60, 130, 700])] * 2,
    st.sampled_from([1, 4, 26]),
    st.sampled_from(["apart", "copies", "near each other", "far away"]),
)
def test_they_are_what_single_scores_say(random, count, dimension, long, high, leading, shape):
    places = rows(random, count, dimension, high)
    directions = rows(random, 8, dimension, long)
    if shape == "copies":
        places = [random.choice(places) for _ in places]
    elif shape != "apart":
        shift = 600 if shape == "near each other" else 0
        places = [[(1 << 800) + (y << shift) + random.randint(-1, 1) for y in row] for row in places]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "FEW", 0)
        patch.setattr(module, "LEADING", leading)
        assert largest_scores(directions, places) == one_by_one(directions, places)


@pytest.mark.parametrize("gap", [0, 1, 2, 2**10, 2**30])
def test_scores_that_differ_where_they_are_cut_are_compared_exactly(gap):
    big = 10**60
    places = [[big + gap * (j == 7), -big, j % 2] for j in range(40)]
    directions = [[1, 1, 0], [big, big, 0], [-1, 0, 0], [0, 0, 1]]
    assert largest_scores(directions, places) == one_by_one(directions, places)


def test_every_bit_of_a_digit_may_be_taken():
    """Scores as large and as small as their bound allows do not run into the digits beside them."""
    for bits in (*range(20, 36), 58, 59, 60):
        most = (1 << bits) - 1
        places = [[sign * most] * 7 for sign in (1, -1) * 20]
        directions = [[most] * 7, [-most] * 7, [most, -most, most, -most, most, -most, most]]
        assert largest_scores(directions, places) == one_by_one(directions, places)


def test_there_may_be_no_direction_and_one_place():
    assert largest_scores([], [[1], [2]]) == []
    assert largest_scores([[5]], [[2]]) == [frozenset({0})]
