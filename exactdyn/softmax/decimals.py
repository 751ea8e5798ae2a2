"""Decimal text of balls, never rounded inwards, in time that does not grow with their exponents."""

from __future__ import annotations

from flint import arb, fmpz

from exactdyn.numbers.precision import working
from exactdyn.numbers.shown import decimal
from exactdyn.softmax.balls import integer

SPARE = 64
"""Bits of precision beyond those of the digits that are shown and of the exponents involved."""

LARGEST_EXACT = 4096
"""Powers of ten up to this one are formed exactly: a ball that is a short decimal is shown as it is."""


def decimals(number: arb, digits: int = 17) -> tuple[str, str]:
    """Return midpoint and radius of a ball as decimals that enclose it.

    ``digits``: of the midpoint; the radius has two and is rounded up. Nothing is made of the exponent: e to
    the power -10^18 takes as long as 1/3. Raises ValueError for a ball without finite bounds.

    >>> decimals(arb(1) / 3, 5)
    ('0.33333', '3.4e-6')
    >>> decimals(arb(-(10**18)).exp(), 3)
    ('2.23e-434294481903251828', '3e-434294481903251831')
    """
    if not number.is_finite():
        raise ValueError("requires a finite ball")
    places = digits - _digits_before_the_point(number.mid())
    scaled = _scaled(number, places)
    with working(4 * digits + SPARE):
        shown = integer((scaled.mid() + arb(0.5)).mid().floor())  # to nearest, or nearly: the radius knows
        missing = (scaled - shown).abs_upper()
    return decimal(shown, -places), _at_most(missing, -places)


def at_most(number: arb) -> str:
    """Return a short decimal that is at least every number of a ball; none may be negative.

    >>> at_most(arb(1) / 3), at_most(arb(10) ** -400)
    ('0.34', '1.1e-400')
    """
    return _at_most(number.upper(), 0)


def _at_most(number: arb, power: int) -> str:
    # For a point that is at least 0, times this power of ten.
    places = 2 - _digits_before_the_point(number)
    scaled = _scaled(number, places)
    with working(SPARE):
        return decimal(integer(scaled.upper().ceil()), power - places)


def _digits_before_the_point(point: arb) -> int:
    # Of a point; one too many or too few does no harm. 0 has one.
    if point.is_zero():
        return 1
    _, exponent = point.man_exp()
    with working(SPARE + int(exponent).bit_length()):
        return integer((abs(point).log() / arb(10).log()).mid().floor()) + 1


def _scaled(number: arb, places: int) -> arb:
    """Return number times 10^places, a little wider if it cannot be exact."""
    mantissa, _ = number.mid().man_exp()
    bits = int(mantissa).bit_length() + 4 * min(abs(places), LARGEST_EXACT) + places.bit_length() + SPARE
    with working(bits):
        power = arb(10) ** fmpz(abs(places))
        return number * power if places >= 0 else number / power
