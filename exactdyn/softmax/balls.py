"""Balls and exact numbers: from one to the other without ever rounding inwards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import inf, nextafter
from typing import TypeAlias, cast

from flint import arb, fmpz

from exactdyn.numbers.precision import exactly, working
from exactdyn.numbers.reading import to_fmpq
from exactdyn.numbers.vectors import inner

Balls: TypeAlias = list[list[arb]]
"""Rows of balls, each a real interval: a midpoint and a radius."""


def ball(number: Fraction, radius: Fraction = Fraction(0)) -> arb:
    """Return a ball that contains every number within ``radius`` of ``number``.

    Source: F. Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE
    Transactions on Computers 66 (2017).

    >>> bool(3 * ball(Fraction(1, 3)) == 1), 3 * ball(Fraction(1, 3)) in [0]
    (False, False)
    >>> bool(ball(Fraction(1), Fraction(1, 2)).contains(arb("1.5")))
    True
    """
    return arb(to_fmpq(number)) + symmetric(arb(to_fmpq(radius))) if radius else arb(to_fmpq(number))


def balls(rows: Iterable[Iterable[Fraction]], radius: Fraction = Fraction(0)) -> Balls:
    """Return a ball for every number of a matrix, all with this radius.

    >>> balls([[Fraction(1, 2), Fraction(2)]])
    [[0.500000000000000, 2.00000000000000]]
    """
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


def integer(point: arb) -> int:
    """Return the integer that a ball of radius 0 is.

    >>> integer(arb(6) / 2)
    3
    """
    return int(cast("fmpz", point.unique_fmpz()))


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


def units_below(number: arb, bits: int) -> Fraction:
    """Return the largest multiple of 2^-bits that is below every number of a ball, or nearly that.

    Unlike :func:`below`, it costs nothing more where the number is tiny, such as e to the power -10^10.

    >>> units_below(arb(1) / 3, 4), units_below(-arb(-(10**10)).exp(), 4)
    (Fraction(5, 16), Fraction(-1, 16))
    """
    units = (number * arb((1, bits))).lower()
    with working(max(64, int(units.man_exp()[1]) + 2 * units.bits())):
        return Fraction(integer(units.floor()), 2**bits)


def units_above(number: arb, bits: int) -> Fraction:
    """Return the least multiple of 2^-bits that is a unit above every number of a ball, or nearly that.

    >>> units_above(arb(1) / 3, 4)
    Fraction(7, 16)
    """
    return Fraction(1, 2**bits) - units_below(-number, bits)


def float_above(number: arb) -> float:
    """Return a float that is at least every number of a ball, an infinity if no other is.

    >>> float_above(arb(-(10**10)).exp())
    5e-324
    """
    return nextafter(float(number.upper()), inf)


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


def norm_above(vector: Sequence[arb]) -> arb:
    """Return an upper bound, as a point, of the Euclidean norm of a vector of balls.

    >>> norm_above([arb(3), arb(4)])
    5.00000000000000
    """
    sizes = [x.abs_upper() for x in vector]
    square: arb = inner(sizes, sizes)
    return square.sqrt().upper()


def fixed_point(number: Fraction, bits: int) -> int:
    """Return the integer k for which k / 2^bits is nearest to a number.

    >>> fixed_point(Fraction(1, 3), 4)
    5
    """
    nearest: int = round(number * 2**bits)
    return nearest
