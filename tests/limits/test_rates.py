"""Rates: numbers, or irrational and complex roots, each in a ball of its own."""

from fractions import Fraction
from itertools import combinations
from math import comb

import pytest

from exactdyn import Hardmax, limit
from exactdyn.limits.rates import AlgebraicRate, rates_of, roots_of_factor
from exactdyn.limits.recurrence import coefficients_of
from exactdyn.numbers.rationals import RATIONALS

CYCLE = [[1, 0], [0, 1], [-1, -1]]
FACTORS = [
    (1, -3, 3),
    (-2, 0, 1),
    (1, -10, 7, 5),
    (1, 0, 10**30),
    (-2, 0, 0, 0, 0, 1),
    (1, -(10**12), 10**20),
]


def norm(rate, real, imaginary):
    return (rate.real - real) ** 2 + (rate.imaginary - imaginary) ** 2


@pytest.mark.parametrize("factor", FACTORS)
def test_each_root_is_alone_in_its_ball_and_all_are_there(factor):
    roots = roots_of_factor(factor)
    assert len(roots) == len(factor) - 1
    for one, other in combinations(roots, 2):
        assert norm(one, other.real, other.imaginary) > (one.radius + other.radius) ** 2
    assert all(norm(root, 0, 0) > root.radius**2 for root in roots)


@pytest.mark.parametrize("factor", FACTORS)
def test_the_factor_is_smaller_in_a_ball_than_its_slope_allows_without_a_root(factor):
    # By Taylor's formula: |p(z)| <= sum of |p^(j)(z)| r^j / j!, if a root is at most r away.
    for root in roots_of_factor(factor, 30):
        powers = [(Fraction(1), Fraction(0))]
        for _ in factor:
            a, b = powers[-1]
            powers.append((a * root.real - b * root.imaginary, a * root.imaginary + b * root.real))
        value = [sum(c * powers[j][part] for j, c in enumerate(factor)) for part in (0, 1)]
        size = max(abs(root.real), abs(root.imaginary)) * 2 + root.radius
        allowed = sum(
            abs(c) * comb(j, m) * size ** (j - m) * root.radius**m
            for j, c in enumerate(factor)
            for m in range(1, j + 1)
        )
        assert value[0] ** 2 + value[1] ** 2 <= 2 * allowed**2


def test_a_narrower_ball_holds_the_same_root():
    for root in roots_of_factor((1, -10, 7, 5)):
        near = root.narrowed(40)
        assert near.radius == Fraction(1, 10**40)
        assert norm(root, near.real, near.imaginary) <= (root.radius + near.radius) ** 2
        assert (near.imaginary == 0) == (root.imaginary == 0)


def test_irrational_and_complex_rates_of_a_limit_are_the_roots_of_the_recurrence():
    found = limit(Hardmax([[1, -4], [4, 1]], "3/7").run(CYCLE, 0))
    (first, one), (second, other) = found.rates.items()
    assert isinstance(first, AlgebraicRate) and (one, other) == (1, 1)
    assert first.factor == second.factor and complex(first) == complex(second).conjugate()
    monic = coefficients_of(found.lock.polynomial)
    assert [Fraction(c, first.factor[-1]) for c in first.factor] == list(monic)
    assert (
        str(second.sympy() * first.sympy()) != "" and abs(complex(second.sympy()) - complex(second)) < 1e-15
    )


def test_rates_are_in_the_order_of_their_size_with_their_multiplicities():
    # (x - 1/2) (x^2 + 1/9)^2 (x^2 - 1/2)
    product = RATIONALS.polynomial([Fraction(-1, 2), Fraction(1)])
    for square, times in ((Fraction(1, 9), 2), (Fraction(-1, 2), 1)):
        for _ in range(times):
            product = product * RATIONALS.polynomial([square, Fraction(0), Fraction(1)])
    rates = rates_of(product, RATIONALS)
    sizes = [abs(complex(rate)) for rate in rates]
    assert sizes == sorted(sizes) and list(rates.values()) == [2, 2, 1, 1, 1]
