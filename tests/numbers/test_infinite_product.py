"""Infinite products against those that are known, and what the shift of a comparison is worth."""

from fractions import Fraction

import pytest

from exactdyn.numbers.infinite_product import BITS_LIMIT, LateSteps, product_bounds, rising
from exactdyn.systems.schedule import Schedule


def bounds(formula, start):
    return list(product_bounds(*Schedule.of_tau(formula).parts, start))


@pytest.mark.parametrize(
    ("formula", "start", "exact"),
    [
        ("1/(k+2)^2", 0, Fraction(1, 2)),
        ("1/(k+1)^2", 1, Fraction(1, 2)),
        ("2/((k+2)*(k+3))", 0, Fraction(1, 3)),  # 1 - 2/((n-1) n) = (n-2)(n+1)/((n-1) n)
        ("4/(k+3)^2", 0, Fraction(1, 6)),
    ],
)
def test_products_that_are_known_lie_within_all_bounds(formula, start, exact):
    found = bounds(formula, start)
    assert len(found) >= 8
    assert all(each.low <= exact <= each.high for each in found)
    assert found[-1].width < Fraction(1, 10**10)


def test_a_shifted_comparison_falls_by_the_cube_of_the_layers():
    found = {each.layer: each.width for each in bounds("1/(k+2)^3", 0)}
    assert found[512] < found[256] / 7 < found[128] / 7**2


def test_the_sum_of_inverse_rising_powers_telescopes():
    for power, shift, layer in [(2, Fraction(1, 3), 0), (3, Fraction(-5, 2), 4), (5, Fraction(0), 2)]:
        late = LateSteps(power, shift, Fraction(1), Fraction(1))
        whole, same = late.sums(layer, Fraction(0))
        rest, _ = late.sums(layer + 30, Fraction(0))
        terms = [1 / rising(layer + k + shift, power) for k in range(30)]
        assert whole == same == sum(terms) + rest
        assert late.largest(layer, Fraction(0)) == max(terms)


def test_factors_of_many_bits_are_not_multiplied_for_ever():
    found = bounds("1/(k+2)^2+1/2^(k+2)", 0)
    assert found[-1].layer < 2000 and found[-1].low.denominator.bit_length() < 100 * BITS_LIMIT
