"""Exact scores for the eye."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from fractions import Fraction

from exactdyn.numbers.reading import nearest_float

SMALLEST_FLOAT = 1e-300
"""Below this a float may have fewer digits than are shown, or be zero where the number is not."""


def show_value(value: Fraction, digits: int, padded: bool = False) -> str:
    """Show a number with its sign in so many digits; only zero is shown as zero.

    ``padded``: whether zeros at the end are shown.

    >>> show_value(Fraction(1, 3), 4), show_value(Fraction(0), 4), show_value(Fraction(-2, 3**1000), 3)
    ('+0.3333', '+0', '-1.51e-477')
    """
    near = nearest_float(value.numerator, value.denominator)
    if value == 0 or abs(near) > SMALLEST_FLOAT:
        return f"{near:+#.{digits}g}" if padded else f"{near:+.{digits}g}"
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = digits, MIN_EMIN, MAX_EMAX
        return f"{Decimal(value.numerator) / Decimal(value.denominator):+.{digits - 1}e}"
