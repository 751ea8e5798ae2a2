from fractions import Fraction
from math import prod

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
from exactdyn.kernel.exact.sizes import step_sizes
from exactdyn.systems.schedule import Schedule

VALUES = st.builds(
    lambda x, y, base, power: Value((fmpz(x), fmpz(y)), fmpz(base), power),
    st.integers(-99, 99),
    st.integers(-99, 99),
    st.integers(1, 60),
    st.integers(0, 5),
)
TAUS = st.fractions(-2, 2, max_denominator=7)
SIZES = st.one_of(
    TAUS.map(step_sizes),
    st.builds(
        lambda taus: step_sizes(Schedule.of_tau(taus, len(taus) // 2)), st.lists(TAUS, min_size=2, max_size=9)
    ),
    st.sampled_from(["2/(k+2)", "2^-(k+1)", "(k-3)/(k+1)"]).map(Schedule.of_tau).map(step_sizes),
)


def denominator(sizes, layer):
    return prod(sizes.at(k).denominator for k in range(layer))


def exact(value, sizes):
    below = int(value.base) * denominator(sizes, value.power)
    return [Fraction(int(x), below) for x in value.numerators]


@given(st.lists(VALUES, min_size=1, max_size=4), SIZES, st.data())
def test_means_and_common_denominators_are_those_of_fractions(values, sizes, data):
    rows, base, power = over_common(values, sizes)
    below = int(base) * denominator(sizes, power)
    assert [[Fraction(int(x), below) for x in row] for row in rows] == [exact(v, sizes) for v in values]
    weights = data.draw(st.lists(st.integers(1, 4), min_size=len(values), max_size=len(values)))
    columns = zip(*(exact(value, sizes) for value in values), strict=True)
    expected = [sum(w * x for w, x in zip(weights, axis, strict=True)) / sum(weights) for axis in columns]
    if len(values) > 1:
        assert exact(weighted_mean(values, weights, sizes), sizes) == expected


@given(VALUES, VALUES, SIZES, st.integers(5, 9), st.integers(1, 12))
def test_approaching_a_point_that_stays_is_stepping_towards_it(value, target, sizes, layer, steps):
    x, goal = exact(value, sizes), exact(target, sizes)
    for k in range(layer, layer + steps):
        x = [a + sizes.at(k) * (b - a) for a, b in zip(x, goal, strict=True)]
    assert exact(StepsTowards(sizes, layer, layer + steps)(value, target), sizes) == x


@given(VALUES, SIZES, st.fractions(-3, 3, max_denominator=4).filter(bool), st.integers(0, 40))
def test_a_value_is_shown_in_lowest_terms_and_correctly_rounded(value, sizes, factor, times):
    expected = [x * factor**times for x in exact(value, sizes)]
    shown = as_fractions(value, sizes, factor, times)
    assert [(x.numerator, x.denominator) for x in shown] == [(x.numerator, x.denominator) for x in expected]
    assert as_floats(value, sizes, factor, times) == [float(x) for x in expected]
    numerators, below = as_point(value, sizes)
    assert [Fraction(int(x), int(below)) for x in numerators] == exact(value, sizes)
    assert np.gcd.reduce([int(x) for x in (*numerators, below)]) == 1
