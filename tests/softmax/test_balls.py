"""Balls and exact numbers, never rounded inwards."""

from __future__ import annotations

from fractions import Fraction

from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.softmax.balls import float_above, units_below

mantissas = st.integers(-(2**200), 2**200)


@given(mantissas, st.integers(-3000, 3000), st.integers(0, 100))
def test_a_number_is_rounded_down_to_units(mantissa, exponent, bits):
    number = mantissa * Fraction(2) ** exponent
    found = units_below(arb((mantissa, exponent)), bits)
    assert found <= number
    assert (found * 2**bits).denominator == 1
    if abs(number) * 2**bits < 2**50:
        assert number - found < Fraction(1, 2**bits) or number == found


def test_units_cost_nothing_where_the_number_is_tiny():
    tiny = arb((1, -(10**12)))
    assert (units_below(tiny, 64), units_below(-tiny, 64)) == (0, Fraction(-1, 2**64))
    assert float_above(tiny) == 5e-324
