"""The checker's power series lose no number."""

from __future__ import annotations

import math
from fractions import Fraction

import flint
from hypothesis import given
from hypothesis import strategies as st

from proofs_checks.softmax.series import Series, divide, exponential, times
from tests.proofs_checks.softmax.balls_of_60_bits import BALLS, BITS, CONTEXT, ends, holds


@given(st.lists(BALLS, min_size=3, max_size=3), st.lists(BALLS, min_size=3, max_size=3))
def test_products_and_quotients_of_series_lose_no_number(x, y):
    first, second = (Series(tuple(b.middle for b in own), tuple(b.radius for b in own)) for own in (x, y))
    product = times(CONTEXT, first, second)
    for a, b in ((0, 0), (2, 2), (0, 2), (1, 0)):
        left, right = [ends(own)[a] for own in x], [ends(own)[b] for own in y]
        for power in range(3):
            value = sum(left[k] * right[power - k] for k in range(power + 1))
            assert holds(product[power], value)
        if y[0].positive():
            quotient: list[Fraction] = []
            for power in range(3):
                known = sum(right[power - k] * quotient[k] for k in range(power))
                quotient.append((left[power] - known) / right[0])
            found = divide(CONTEXT, first, second)
            assert all(holds(found[power], quotient[power]) for power in range(3))


@given(st.integers(-30, 30), st.integers(-60, 60))
def test_the_exponential_of_a_steep_series_stays_sharp(start, slope):
    unit = 2**BITS
    found = exponential(CONTEXT, Series((start * unit, slope * unit, 0, 0, 0), (0, 0, 0, 0, 0)))
    with flint.ctx.workprec(300):
        for power in range(5):
            value = flint.arb(start).exp() * flint.arb(slope) ** power / math.factorial(power) * unit
            assert value >= found[power].low
            assert value <= found[power].high
            assert found[power].radius <= abs(value) * flint.arb("1e-6") + 8


@given(
    st.integers(-(10**6), -100),
    st.lists(st.tuples(st.integers(-(2**80), 2**80), st.integers(0, 2**70)), min_size=1, max_size=5),
)
def test_the_exponential_of_a_series_that_is_nothing_loses_no_number(start, rest):
    x = Series((start * 2**BITS, *(m for m, _ in rest)), (2**BITS, *(r for _, r in rest)))
    found = exponential(CONTEXT, x)
    with flint.ctx.workprec(2000):
        for sign in (-1, 0, 1):
            ends = [m + sign * r for m, r in zip(x.middles, x.radii, strict=True)]
            argument = flint.arb_series([flint.arb(end) / 2**BITS for end in ends], prec=len(x))
            value = argument.exp()
            for power in range(len(x)):
                assert value[power] * 2**BITS >= found[power].low
                assert value[power] * 2**BITS <= found[power].high
