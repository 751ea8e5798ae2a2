"""Numbers for the eye: long ones are cut in the middle, with a note of their size."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Decimal, localcontext
from fractions import Fraction

from flint import fmpz

DIGITS_SHOWN = 24
"""Longest integer that is shown whole."""


def short(number: Fraction) -> str:
    """Show a rational number as "p/q" or "p", long parts cut in the middle.

    >>> short(Fraction(-1, 18)), short(Fraction(2**300))
    ('-1/18', '20370359...97376 (91 digits)')
    >>> short(Fraction(1, 3**60))
    '1/42391158...33201 (1/29 digits)'
    """
    parts = digits(number)
    text = "/".join(map(cut, parts))
    return f"{text} ({size(parts)})" if is_long(parts) else text


def digits(number: Fraction) -> tuple[str, ...]:
    """Return the decimal digits of numerator and denominator, the denominator only if it is not 1.

    >>> digits(Fraction(-1, 18))
    ('-1', '18')
    """
    parts = (number.numerator, number.denominator)[: 1 if number.denominator == 1 else 2]
    return tuple(str(fmpz(part)) for part in parts)  # Python refuses integers of more than 4300 digits


def is_long(parts: tuple[str, ...]) -> bool:
    """Tell whether a part of a number is not shown whole.

    >>> is_long(("1", "18"))
    False
    """
    return any(len(part) > DIGITS_SHOWN for part in parts)


def cut(part: str, dots: str = "...") -> str:
    """Cut the middle out of a long integer.

    >>> cut("1234567890" * 3), cut("18")
    ('12345678...67890', '18')
    """
    return f"{part[:8]}{dots}{part[-5:]}" if len(part) > DIGITS_SHOWN else part


def size(parts: tuple[str, ...]) -> str:
    """Say how many digits the parts of a number have.

    >>> size(("-1", "18"))
    '1/2 digits'
    """
    return f"{'/'.join(str(len(part.lstrip('-'))) for part in parts)} digits"


def magnitude(number: Fraction) -> str:
    """Say how large a number is, in two digits, correctly rounded, whatever its exponent.

    >>> magnitude(Fraction(3, 16)), magnitude(Fraction(1, 10**400))
    ('about 1.9e-1', 'about 1.0e-400')
    """
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = 2, MIN_EMIN, MAX_EMAX
        return f"about {Decimal(number.numerator) / Decimal(number.denominator):.1e}"
