"""Numbers for the eye, in one way each: exactly (long ones cut in the middle), or as a decimal.

A decimal is rounded to nearest where it is said to be about a number, and outward where it bounds one.
"""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction

from flint import fmpz

from exactdyn.numbers.domain_number import DomainNumber

DIGITS_SHOWN = 24
"""Longest integer that is shown whole."""

IRRATIONAL_DIGITS = 8
"""So many digits of an irrational number are shown, unless it is said how many."""

_PLAIN = (-4, 17)
# Decimals from 10^-4 up to 10^17 are written without an exponent.


def short(number: Fraction) -> str:
    """Show a rational number as "p/q" or "p", long parts cut in the middle; an irrational one to 8 digits.

    >>> short(Fraction(-1, 18)), short(Fraction(2**300))
    ('-1/18', '20370359...97376 (91 digits)')
    >>> short(Fraction(1, 3**60))
    '1/42391158...33201 (1/29 digits)'
    """
    if isinstance(number, DomainNumber):
        rational = number.rational
        return near(number, IRRATIONAL_DIGITS) if rational is None else short(rational)
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


def counted(count: int, what: str) -> str:
    """Count things: one, or several.

    >>> counted(1, "layer"), counted(0, "layer")
    ('1 layer', '0 layers')
    """
    return f"{count} {what}{'s' * (count != 1)}"


def rounded(number: Fraction | DomainNumber, digits: int, rounding: str = ROUND_HALF_EVEN) -> str:
    """Show a number as a decimal of so many significant digits, correctly rounded, whatever its exponent.

    ``rounding``: one of :mod:`decimal`'s ways; zeros at the end are not shown, and only 0 is shown as 0.

    >>> rounded(Fraction(1, 3), 2), rounded(Fraction(-2, 3**1000), 3), rounded(Fraction(12345), 2)
    ('0.33', '-1.51e-477', '12000')
    >>> from exactdyn.numbers.fields.joining import number
    >>> rounded(number("sqrt(2)", "A"), 30)
    '1.41421356237309504880168872421'
    """
    if isinstance(number, DomainNumber):
        return number.settled(lambda x: rounded(x, digits, rounding))
    with localcontext() as context:
        context.prec, context.Emin, context.Emax, context.rounding = digits, MIN_EMIN, MAX_EMAX, rounding
        figures = (Decimal(number.numerator) / Decimal(number.denominator)).as_tuple()
    size = int(fmpz("".join(map(str, figures.digits))))
    return decimal(-size if figures.sign else size, int(figures.exponent))


def near(number: Fraction | DomainNumber, digits: int) -> str:
    """Show a number as a decimal of so many digits, with all of them and a mark if it is rounded.

    >>> near(Fraction(1, 3), 4), near(Fraction(1, 4), 4), near(Fraction(90003, 10**5), 4)
    ('~0.3333', '0.25', '~0.9000')
    """
    text = rounded(number, digits)
    return text if Fraction(Decimal(text)) == number else f"~{_padded(text, digits)}"


def about(low: Fraction, high: Fraction, digits: int) -> str | None:
    """Show a number known to lie between two as a decimal marked as rounded; None if these do not say which.

    >>> about(Fraction(4999, 10000), Fraction(5001, 10000), 2), about(Fraction(1, 4), Fraction(1, 3), 2)
    ('~0.50', None)
    """
    text = rounded(low, digits)
    return f"~{_padded(text, digits)}" if text == rounded(high, digits) else None


def leading(low: Fraction, high: Fraction, digits: int) -> str | None:
    """Return the first digits, not rounded, of every number between two; None where they differ.

    Digits before the point are all of them.

    >>> leading(Fraction(17320, 10000), Fraction(17321, 10000), 4), leading(Fraction(1), Fraction(2), 1)
    ('1.732', None)
    >>> leading(Fraction(10001, 10), Fraction(10002, 10), 2), leading(Fraction(-1001, 1000), Fraction(-1), 3)
    ('1000', '-1.00')
    """
    wanted = max(digits, len(str(int(max(abs(low), abs(high))))))
    first, last = (rounded(x, wanted, ROUND_DOWN) for x in (low, high))
    return _padded(first, wanted) if first == last else None


def at_most(number: Fraction) -> str:
    """Show an upper bound of a number: a decimal of two digits, rounded up.

    >>> at_most(Fraction(1, 3)), at_most(Fraction(1, 10**400)), at_most(Fraction(0))
    ('0.34', '1e-400', '0')
    """
    return rounded(number, 2, ROUND_CEILING)


def sized(number: Fraction) -> str:
    """Show a number exactly and, where its size is not seen at once, as a decimal that says if it is rounded.

    >>> sized(Fraction(3)), sized(Fraction(1, 50)), sized(Fraction(1, 3))
    ('3', '1/50 = 0.02', '1/3 = about 0.33')
    """
    if isinstance(number, DomainNumber):
        return short(number)
    exact, near = short(number), rounded(number, 2)
    if exact == near:
        return exact
    return f"{exact} = {'' if Fraction(Decimal(near)) == number else 'about '}{near}"


def signed(number: Fraction, digits: int, padded: bool = False) -> str:
    """Show a number with its sign in so many digits; only 0 is shown as 0.

    ``padded``: whether zeros at the end are shown.

    >>> signed(Fraction(1, 3), 4), signed(Fraction(0), 4), signed(Fraction(1, 2), 3, padded=True)
    ('+0.3333', '+0', '+0.500')
    """
    text = rounded(number, digits)
    return f"{'' if number < 0 else '+'}{_padded(text, digits) if padded else text}"


def _padded(text: str, digits: int) -> str:
    """Write zeros at the end of a decimal up to so many digits."""
    mantissa, exponent, power = text.partition("e")
    figures = len(mantissa.strip("-").replace(".", "").lstrip("0"))
    missing = digits - max(figures, 1)
    mantissa += ("" if "." in mantissa or missing < 1 else ".") + "0" * missing
    return f"{mantissa}{exponent}{power}"


def decimal(digits: int, exponent: int) -> str:
    """Write digits times this power of ten: plainly, or with an exponent where zeros would hide the size.

    >>> decimal(340, -3), decimal(-34, 0), decimal(34, -400)
    ('0.34', '-34', '3.4e-399')
    """
    sign, text = "-" if digits < 0 else "", str(fmpz(abs(digits)))
    power = exponent + len(text) - 1
    text = text.rstrip("0")
    if not text:
        return "0"
    if _PLAIN[0] <= power < _PLAIN[1]:
        if power < 0:
            return f"{sign}0.{'0' * (-power - 1)}{text}"
        whole, rest = text[: power + 1].ljust(power + 1, "0"), text[power + 1 :]
        return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
    mantissa = f"{text[0]}.{text[1:]}" if text[1:] else text[0]
    return f"{sign}{mantissa}e{power}"
