"""Every generator gives tokens of the kind its name says."""

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from flint import fmpq_mat
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.hunts.tokens.shapes import SHAPES, twin_points
from exactdyn.hunts.tokens.wanted import Wanted, plus
from exactdyn.numbers.reading import to_fmpq
from exactdyn.numbers.vectors import inner

RNG = st.integers(0, 10**6).map(Random)


def rank(rows):
    return fmpq_mat([[to_fmpq(x) for x in row] for row in rows]).rref()[1] if rows else 0


@pytest.mark.parametrize("name", SHAPES)
@given(rng=RNG, size=st.integers(1, 3), count=st.integers(1, 6), dimension=st.integers(1, 4))
def test_as_many_tokens_of_the_dimension_as_are_wanted(name, rng, size, count, dimension):
    drawn = SHAPES[name](Wanted(rng, size, count, dimension, Fraction(1)))
    if name == "twins" and dimension == 1:
        assert drawn is None
    else:
        assert [len(token) for token in drawn.tokens] == [dimension] * count


@pytest.mark.parametrize(("name", "most"), [("through-zero", 1), ("collinear", 1), ("hyperplane", 2)])
@given(rng=RNG, count=st.integers(2, 6))
def test_tokens_on_a_line_or_a_plane_span_no_more(name, most, rng, count):
    first, *others = SHAPES[name](Wanted(rng, 2, count, 3, Fraction(1))).tokens
    assert rank([plus(other, first, -1) for other in others]) <= most
    if name == "through-zero":
        assert rank([first, *others]) == 1


@given(rng=RNG, count=st.integers(2, 6))
def test_symmetric_tokens_have_the_norm_of_their_orbit(rng, count):
    tokens = SHAPES["symmetric"](Wanted(rng, 2, count, 2, Fraction(1))).tokens
    assert inner(tokens[0], tokens[0]) == inner(tokens[1], tokens[1])  # an orbit has two points at least


@given(rng=RNG, kept=st.integers(1, 2), pairs=st.integers(1, 3))
def test_twins_differ_in_the_sign_of_what_is_not_kept(rng, kept, pairs):
    points = twin_points(Wanted(rng, 2, 2 * pairs, 3, Fraction(1)), kept, pairs)
    assert len(points) == 2 * pairs
    for one, other in zip(points[::2], points[1::2], strict=True):
        assert one[:kept] == other[:kept]
        assert one[kept:] == tuple(-x for x in other[kept:]) != other[kept:]


@given(rng=RNG, count=st.integers(1, 5))
def test_points_on_a_line_are_distinct(rng, count):
    for name in ("through-zero", "collinear"):
        tokens = SHAPES[name](Wanted(rng, 1, count, 2, Fraction(1))).tokens
        assert all(one != other for one, other in combinations(tokens, 2))
