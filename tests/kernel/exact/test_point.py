from fractions import Fraction

import numpy as np
from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact.point import (
    StepsTowards,
    Value,
    as_floats,
    as_fractions,
    as_point,
    over_common,
    weighted_mean,
)

VALUES = st.builds(
    lambda x, y, base, power: Value((fmpz(x), fmpz(y)), fmpz(base), power),
    st.integers(-99, 99),
    st.integers(-99, 99),
    st.integers(1, 60),
    st.integers(0, 5),
)


def exact(value, q):
    return [Fraction(int(x), int(value.base) * q**value.power) for x in value.numerators]


@given(st.lists(VALUES, min_size=1, max_size=4), st.integers(1, 6), st.data())
def test_means_and_common_denominators_are_those_of_fractions(values, q, data):
    rows, base, power = over_common(values, q)
    assert [[Fraction(int(x), int(base) * q**power) for x in row] for row in rows] == [
        exact(v, q) for v in values
    ]
    weights = data.draw(st.lists(st.integers(1, 4), min_size=len(values), max_size=len(values)))
    columns = zip(*(exact(value, q) for value in values), strict=True)
    expected = [sum(w * x for w, x in zip(weights, axis, strict=True)) / sum(weights) for axis in columns]
    if len(values) > 1:
        assert exact(weighted_mean(values, weights, q), q) == expected


@given(VALUES, VALUES, st.fractions(-2, 2, max_denominator=7), st.integers(1, 6))
def test_approaching_a_point_that_stays_is_stepping_towards_it(value, target, tau, steps):
    x, goal = exact(value, tau.denominator), exact(target, tau.denominator)
    for _ in range(steps):
        x = [a + tau * (b - a) for a, b in zip(x, goal, strict=True)]
    assert exact(StepsTowards(tau, steps)(value, target), tau.denominator) == x


@given(VALUES, st.integers(1, 6), st.fractions(-3, 3, max_denominator=4).filter(bool), st.integers(0, 40))
def test_a_value_is_shown_in_lowest_terms_and_correctly_rounded(value, q, factor, times):
    expected = [x * factor**times for x in exact(value, q)]
    shown = as_fractions(value, q, factor, times)
    assert [(x.numerator, x.denominator) for x in shown] == [(x.numerator, x.denominator) for x in expected]
    assert as_floats(value, q, factor, times) == [float(x) for x in expected]
    numerators, denominator = as_point(value, q)
    assert [Fraction(int(x), int(denominator)) for x in numerators] == exact(value, q)
    assert np.gcd.reduce([int(x) for x in (*numerators, denominator)]) == 1
