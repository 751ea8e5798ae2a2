"""Roots of polynomials: what is refused, which are one, and balls against square roots by integers."""

from fractions import Fraction
from math import isqrt

import pytest
from flint import fmpz_poly
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import InputError
from exactdyn.numbers.fields.real_root import RealRoot, isolates


@pytest.mark.parametrize(
    ("polynomial", "low", "high", "why"),
    [
        ([-1, 0, 1], 0, 2, "monic irreducible"),
        ([-2, 0, 2], 0, 2, "monic irreducible"),
        ([-1, 0, 2], 0, 2, "monic irreducible"),
        ([4, 0, -4, 0, 1], 1, 2, "monic irreducible"),  # the square of x^2 - 2
        ([3], 0, 1, "monic irreducible"),
        ([-2, 0, 1], -2, 2, "one root"),
        ([-2, 0, 1], 2, 3, "one root"),
        ([-2, 0, 1], 2, 1, "one root"),
        ([1, -3, 0, 1], -2, 2, "one root"),
        ([1, 0, 1], 0, 1, "one root"),
    ],
)
def test_what_does_not_name_one_root_is_refused(polynomial, low, high, why):
    with pytest.raises(InputError, match=f"^field: requires a .*{why}"):
        RealRoot.of(polynomial, Fraction(low), Fraction(high))


@given(st.integers(2, 10**30), st.integers(1, 3000))
def test_a_ball_holds_the_square_root_and_is_as_small_as_asked(number, bits):
    if isqrt(number) ** 2 == number:
        return
    root = RealRoot.of([-number, 0, 1], Fraction(isqrt(number)), Fraction(isqrt(number) + 1))
    ball = root.ball(bits)
    middle, radius = (
        Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
        for mantissa, exponent in (ball.mid().man_exp(), ball.rad().man_exp())
    )
    assert (middle - radius) ** 2 < number < (middle + radius) ** 2
    assert radius < Fraction(2) ** (1 - bits)


def test_two_intervals_around_one_root_are_one_root_and_two_roots_are_two():
    wide = RealRoot.of([1, -3, 0, 1], Fraction(3, 2), Fraction(2))
    near = RealRoot.of([1, -3, 0, 1], Fraction(153, 100), Fraction(154, 100))
    other = RealRoot.of([1, -3, 0, 1], Fraction(0), Fraction(1, 2))
    assert wide == near
    assert near == wide
    assert hash(wide) == hash(near)
    assert wide != other
    assert other != wide


def test_the_sign_of_a_difference_too_small_for_floats_is_found():
    root = RealRoot.of([-2, 0, 1], Fraction(1), Fraction(2))
    scale = 10**500
    floor = isqrt(2 * scale * scale)
    assert root.sign(fmpz_poly([-floor, scale])) == 1
    assert root.sign(fmpz_poly([-floor - 1, scale])) == -1


def test_roots_close_to_each_other_are_isolated_by_intervals_that_a_reader_can_check():
    # x^3 - 2 (1000 x - 1)^2, of Mignotte's kind: two roots within 10^-7 of 1/1000.
    polynomial = fmpz_poly([-2, 4000, -2000000, 1])
    middle, reach = Fraction(1, 1000), Fraction(1, 10**7)
    for low, high in ((middle - reach, middle - reach / 10), (middle + reach / 10, middle + reach)):
        root = RealRoot.of(polynomial.coeffs(), low, high)
        found = RealRoot.enclosed(polynomial, root.ball)
        assert isolates(polynomial, found.low, found.high)
        assert found == root
