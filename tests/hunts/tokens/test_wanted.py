"""The small numbers that generators draw."""

from fractions import Fraction
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.hunts.tokens.wanted import Wanted, middle, plus
from tests.strategies import RATIONALS, vectors

RNG = st.integers(0, 10**6).map(Random)


@given(RNG, st.integers(1, 4), st.integers(1, 4))
def test_integers_and_rationals_are_as_small_as_is_said(rng, size, dimension):
    wanted = Wanted(rng, size, 1, dimension, Fraction(1))
    assert all(abs(x) <= size and x.denominator == 1 for x in wanted.integers(dimension))
    assert any(wanted.nonzero(dimension))
    number = wanted.rational()
    assert abs(number) <= size
    assert number.denominator <= size + 1


@given(RNG, st.integers(1, 2), st.integers(0, 40))
def test_distinct_numbers_are_distinct_and_none_is_0(rng, size, count):
    drawn = Wanted(rng, size, 1, 1, Fraction(1)).distinct(count)
    assert len(set(drawn)) == len(drawn) == count
    assert all(drawn)


@given(RATIONALS.filter(lambda alpha: alpha != -1))
def test_tau_and_alpha_are_the_same_step(alpha):
    tau = Wanted(Random(0), 1, 1, 1, alpha).tau
    assert tau * (1 + alpha) == alpha


@given(vectors(2), vectors(2), RATIONALS)
def test_a_point_moved_towards_another_goes_the_part_of_the_way(x, y, part):
    assert plus(x, plus(y, x, -1), part) == tuple(
        (1 - part) * a + part * b for a, b in zip(x, y, strict=True)
    )


@given(st.lists(vectors(2), min_size=1, max_size=5))
def test_the_middle_is_as_far_from_all_points_together_as_nothing(points):
    mean = middle(tuple(points))
    assert [sum(point[r] - mean[r] for point in points) for r in range(2)] == [0, 0]
