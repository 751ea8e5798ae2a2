"""The checker's ball arithmetic loses no number."""

from __future__ import annotations

import math

import flint
from hypothesis import given
from hypothesis import strategies as st

from tests.proofs_checks.softmax.balls_of_60_bits import BALLS, BITS, CONTEXT, ends, holds


@given(BALLS, BALLS)
def test_sums_products_and_quotients_of_balls_lose_no_number(x, y):
    for a in ends(x):
        for b in ends(y):
            assert holds(x + y, a + b)
            assert holds(x - y, a - b)
            assert holds(CONTEXT.times(x, y), a * b)
            if y.positive():
                assert holds(CONTEXT.divide(x, y), a / b)


@given(BALLS)
def test_the_exponential_of_a_ball_loses_no_number_and_is_not_much_too_wide(x):
    result = CONTEXT.exp(x)
    with flint.ctx.workprec(200):
        for a in ends(x):
            value = (flint.arb(flint.fmpz(a.numerator)) / a.denominator).exp() * 2**BITS
            assert value >= result.low
            assert value <= result.high
        largest = (flint.arb(x.high) / 2**BITS).exp()
        width = largest - (flint.arb(x.low) / 2**BITS).exp()
        # What is rounded on the way is multiplied by the exponential itself.
        assert result.high - result.low <= width * 2**BITS * (1 + flint.arb("0.005")) + 10 * (1 + largest)


@given(st.fractions(0, 4))
def test_the_quick_bound_of_an_exponential_is_one_and_is_not_much_too_large(x):
    scaled = math.ceil(x * 2**BITS)
    bound = CONTEXT.exp_at_most(scaled)
    with flint.ctx.workprec(200):
        value = (flint.arb(scaled) / 2**BITS).exp() * 2**BITS
        assert value <= bound
        assert bound <= value * (1 + flint.arb("0.01")) + 10


@given(st.integers(1, 10**6))
def test_the_logarithm_is_bounded_from_above(number):
    bound = CONTEXT.log_above(number) / 2**BITS
    assert math.log(number) - 1e-12 <= bound <= math.log(number) + 1e-9
