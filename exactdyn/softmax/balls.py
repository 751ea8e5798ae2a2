"""Balls and exact numbers: from one to the other without ever rounding inwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from flint import arb, fmpz

from exactdyn.numbers import to_fmpq

Ball: TypeAlias = arb
"""A real interval: a midpoint and a radius."""

Balls: TypeAlias = list[list[arb]]
"""Rows of balls."""


def ball(number: Fraction, radius: Fraction = Fraction(0)) -> arb:
    """Return a ball that contains every number within ``radius`` of ``number``.

    >>> bool(3 * ball(Fraction(1, 3)) == 1), 3 * ball(Fraction(1, 3)) in [0]
    (False, False)
    >>> bool(ball(Fraction(1), Fraction(1, 2)).contains(arb("1.5")))
    True
    """
    return arb(to_fmpq(number)) + symmetric(arb(to_fmpq(radius))) if radius else arb(to_fmpq(number))


def balls(rows: Iterable[Iterable[Fraction]], radius: Fraction = Fraction(0)) -> Balls:
    """Return a ball for every number of a matrix, all with this radius."""
    return [[ball(x, radius) for x in row] for row in rows]


def dyadic(numerator: int, bits: int) -> arb:
    """Return numerator / 2^bits, exactly.

    >>> dyadic(3, 1)
    1.50000000000000
    """
    return arb((numerator, -bits))


def symmetric(radius: arb) -> arb:
    """Return the ball of everything of absolute value at most a number of the ball ``radius``.

    >>> bool(symmetric(arb(2)).contains(arb(-2)))
    True
    """
    return arb(0, radius.abs_upper())


def exactly(point: arb) -> Fraction:
    """Return the value of a ball of radius 0.

    >>> exactly(arb((3, -1)))
    Fraction(3, 2)
    """
    numerator, exponent = point.man_exp()
    scale = fmpz(2) ** abs(int(exponent))
    value = (numerator * scale, fmpz(1)) if exponent >= 0 else (numerator, scale)
    return Fraction(int(value[0]), int(value[1]))


def above(number: arb) -> Fraction:
    """Return a rational upper bound of a ball.

    >>> above(arb(1) / 3) > Fraction(1, 3)
    True
    """
    return exactly(number.upper())


def below(number: arb) -> Fraction:
    """Return a rational lower bound of a ball.

    >>> below(arb(1) / 3) < Fraction(1, 3)
    True
    """
    return exactly(number.lower())


def largest(numbers: Iterable[arb]) -> arb:
    """Return an upper bound, as a point, of all these balls; there must be one.

    >>> largest([arb(1), arb(3), arb(2)])
    3.00000000000000
    """
    # arb's own max is an enclosure of the maximum, whatever the order.
    highest: arb | None = None
    for number in numbers:
        upper = number.upper()
        highest = upper if highest is None else highest.max(upper).upper()
    if highest is None:
        raise ValueError("requires at least one number")
    return highest


def smallest(numbers: Iterable[arb]) -> arb:
    """Return a lower bound, as a point, of all these balls; there must be one.

    >>> smallest([arb(1), arb(3), arb(2)])
    1.00000000000000
    """
    return -largest(-number for number in numbers)


def dot(x: Sequence[Any], y: Sequence[Any]) -> Any:
    """Return the inner product of two vectors of balls, or of power series of balls."""
    total = x[0] * y[0]
    for a, b in zip(x[1:], y[1:], strict=True):
        total = total + a * b
    return total


def fixed_point(number: Fraction, bits: int) -> int:
    """Return the integer k for which k / 2^bits is nearest to a number.

    >>> fixed_point(Fraction(1, 3), 4)
    5
    """
    nearest: int = round(number * 2**bits)
    return nearest


def decimals(number: arb, digits: int = 17) -> tuple[str, str]:
    """Return midpoint and radius of a ball as decimals that enclose it.

    Raises ValueError for a ball without finite bounds.

    >>> decimals(arb(1) / 3, 5)
    ('0.33333', '3.4e-6')
    """
    if not number.is_finite():
        raise ValueError("requires a finite ball")
    middle, radius = exactly(number.mid()), exactly(number.rad())  # exact whatever the precision is now
    return between(middle - radius, middle + radius, digits)


def between(low: Fraction, high: Fraction, digits: int = 17) -> tuple[str, str]:
    """Return midpoint and radius, as decimals, of an interval that contains everything from low to high.

    >>> between(Fraction(1, 4), Fraction(3, 4), 5)
    ('0.5', '0.25')
    """
    shown = _rounded((low + high) / 2, digits)
    return shown, at_most(max(high - Fraction(shown), Fraction(shown) - low))


def at_most(number: Fraction) -> str:
    """Return a number that is at least 0 as a short decimal, rounded up.

    >>> at_most(Fraction(1, 3)), at_most(Fraction(1, 10**400))
    ('0.34', '1e-400')
    """
    if not number:
        return "0"
    places = 2 - _magnitude(number)
    shown = -(-(number * Fraction(10) ** places) // 1)
    return _text(shown, -places)


def _rounded(number: Fraction, digits: int) -> str:
    if not number:
        return "0"
    places = digits - _magnitude(abs(number))
    shown = round(number * Fraction(10) ** places)
    return _text(shown, -places)


def _magnitude(number: Fraction) -> int:
    # The number of digits before the point, of a positive number; one too many does no harm.
    guess = (number.numerator.bit_length() - number.denominator.bit_length()) * 30103 // 100000
    while number >= Fraction(10) ** guess:
        guess += 1
    while number < Fraction(10) ** (guess - 1):
        guess -= 1
    return guess


def _text(digits: int, exponent: int) -> str:
    sign, text = "-" if digits < 0 else "", str(abs(digits))
    power = exponent + len(text) - 1
    text = text.rstrip("0") or "0"
    if -5 < power < 17:
        if power < 0:
            return f"{sign}0.{'0' * (-power - 1)}{text}"
        whole, rest = text[: power + 1].ljust(power + 1, "0"), text[power + 1 :]
        return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
    mantissa = f"{text[0]}.{text[1:]}" if text[1:] else text[0]
    return f"{sign}{mantissa}e{power}"
