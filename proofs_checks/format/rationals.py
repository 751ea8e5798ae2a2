"""Rational numbers as text: the one spelling that certificates use (FORMAT.md, section "Numbers")."""

from __future__ import annotations

import re
import reprlib
from collections.abc import Sequence
from fractions import Fraction

from proofs_checks.format.errors import MalformedError

DECIMAL_DIGITS_LIMIT = 4000
"""Longest integer written in decimal; longer ones are hexadecimal, which Python reads in linear time."""

TEXT_LIMIT = 1_000_000
"""Longest text of one number, in characters: about four million bits."""

_DECIMAL = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?", re.ASCII)
_HEXADECIMAL = re.compile(r"(-?0x[0-9a-f]+)(?:/(0x[0-9a-f]+))?", re.ASCII)


def read_rational(text: str) -> Fraction:
    """Read "p", "p/q", "0xp" or "0xp/0xq".

    Raises :class:`~proofs_checks.format.errors.MalformedError` for any other text, a zero denominator, a
    decimal integer of more than 4000 digits, or a text of more than a million characters.

    >>> read_rational("-1/18")
    Fraction(-1, 18)
    >>> read_rational("0xff/0x10")
    Fraction(255, 16)
    """
    if len(text) > TEXT_LIMIT:
        raise MalformedError(f"a number of {len(text)} characters, the limit is {TEXT_LIMIT}")
    decimal = _DECIMAL.fullmatch(text)
    match = decimal or _HEXADECIMAL.fullmatch(text)
    if match is None:
        raise MalformedError(f'requires a rational number such as "3" or "-1/18", got {shorten(text)}')
    parts = [part for part in match.groups() if part is not None]
    if decimal and any(len(part.lstrip("-")) > DECIMAL_DIGITS_LIMIT for part in parts):
        raise MalformedError(
            f"a decimal integer of more than {DECIMAL_DIGITS_LIMIT} digits: write it as 0x..."
        )
    numerator, denominator = (int(part, 10 if decimal else 16) for part in [*parts, "1"][:2])
    if denominator == 0:
        raise MalformedError(f"a zero denominator in {shorten(text)}")
    return Fraction(numerator, denominator)


def write_rational(number: Fraction) -> str:
    """Write a rational as "p/q" or "p"; in hexadecimal if a part has more than 4000 decimal digits.

    >>> write_rational(Fraction(-1, 18)), write_rational(Fraction(4, 2))
    ('-1/18', '2')
    """
    parts = [number.numerator] if number.denominator == 1 else [number.numerator, number.denominator]
    # 2 ** 13287 has 4000 decimal digits: below that bit length the decimal form is within the limit.
    if all(part.bit_length() <= 13287 for part in parts):
        return "/".join(map(str, parts))
    return "/".join(map(hex, parts))


def write_polynomial(coefficients: Sequence[Fraction]) -> str:
    """Write a polynomial in t, given by its coefficients, the constant one first.

    >>> write_polynomial([Fraction(-1, 2), Fraction(0), Fraction(1)])
    '-1/2 + t^2'
    """
    text = ""
    for k, x in enumerate(coefficients):
        power = "t" if k == 1 else f"t^{k}"
        size = write_rational(abs(x))
        term = size if k == 0 else power if size == "1" else f"{size} {power}"
        if x:
            text += (" - " if x < 0 else " + ") + term
    return (text.removeprefix(" + ") if text[1:2] != "-" else f"-{text[3:]}") or "0"


def write_at_most(number: Fraction) -> str:
    """Write a number that is at least 0 as a decimal of two digits, rounded up.

    >>> write_at_most(Fraction(1, 3)), write_at_most(Fraction(1, 2**80)), write_at_most(Fraction(0))
    ('3.4e-1', '8.3e-25', '0')
    """
    if number == 0:
        return "0"
    bits = number.numerator.bit_length() - number.denominator.bit_length()
    exponent = bits * 30103 // 100000 - 3  # two to four too low
    digits = -(-number // Fraction(10) ** exponent)
    while digits > 99:
        exponent += 1
        digits = -(-number // Fraction(10) ** exponent)
    return f"{digits // 10}.{digits % 10}e{exponent + 1}"


def printable(text: str) -> str:
    r"""Return a text with escapes for line breaks, control characters, bidi marks and the like.

    >>> printable("a\nb \x1b[2K \u202e \ud800 \xe9")
    'a\\nb \\x1b[2K \\u202e \\ud800 \xe9'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def shorten(value: object, length: int = 40) -> str:
    """Show a value in a message: its repr, cut where it is long, without writing all of a large value first.

    >>> shorten([[1, 2]]), shorten(10**5000)
    ('[[1, 2]]', 'a value of type int')
    """
    try:
        text = repr(value[: length + 1]) if isinstance(value, str) else reprlib.repr(value)
    except ValueError:  # an integer beyond Python's digit limit
        text = f"a value of type {type(value).__name__}"
    text = printable(" ".join(text.split()))  # messages are one line
    return text if len(text) <= length else text[: length - 3] + "..."
