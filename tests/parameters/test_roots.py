"""Roots are found, told apart and put in order exactly."""

from fractions import Fraction

import pytest
from flint import fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.parameters.roots import Roots, simplest_between

INSIDE = st.fractions(0, 1, max_denominator=12).filter(lambda x: 0 < x < 1)


def with_roots(numbers):
    polynomial = fmpz_poly([1])
    for number in numbers:
        polynomial *= fmpz_poly([-number.numerator, number.denominator])
    return polynomial


@given(st.lists(INSIDE, max_size=5), st.lists(st.integers(-5, -1), max_size=2))
def test_the_rational_roots_between_two_numbers_are_found(numbers, outside):
    polynomial = with_roots([*numbers, *map(Fraction, outside)])
    found = Roots(Fraction(0), Fraction(1)).of(polynomial)
    assert sorted(root.number for root in found) == sorted(set(numbers))


def test_roots_that_lie_close_together_are_put_in_order():
    roots = Roots(Fraction(1), Fraction(2))
    (first,) = roots.of(fmpz_poly([-2, 0, 1]))
    near = 10**30
    (second,) = roots.of(fmpz_poly([-2 * near - 1, 0, near]))
    assert first.below(second)
    assert not second.below(first)
    assert not first.below(first)


def test_a_polynomial_with_a_common_factor_vanishes_and_a_close_one_does_not():
    (root,) = Roots(Fraction(1), Fraction(2)).of(fmpz_poly([-2, 0, 1]))
    assert root.sign(fmpz_poly([-2, 0, 1]) * fmpz_poly([5, 1])) == 0
    assert root.sign(fmpz_poly([-141421356237309504880168872420, 10**29])) == 1
    assert root.sign(fmpz_poly([-141421356237309504880168872421, 10**29])) == -1


@pytest.mark.parametrize(
    ("low", "high", "simplest"),
    [("0", "1", "1/2"), ("1/3", "1/2", "2/5"), ("0", "1/7", "1/8"), ("-1/2", "1/2", "0"), ("5/2", "9", "3")],
)
def test_the_simplest_number_between_two(low, high, simplest):
    assert simplest_between(Fraction(low), Fraction(high)) == Fraction(simplest)
