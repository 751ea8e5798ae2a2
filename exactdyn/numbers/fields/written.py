"""Numbers of fields as text that reads as the same number."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import fmpz

from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.fields.field_number import FieldNumber
from exactdyn.numbers.fields.field_number import written as polynomial_text
from exactdyn.numbers.fields.real_root import RealRoot
from exactdyn.numbers.fields.subfield import moved
from proofs_checks.format.rationals import write_rational


def number_text(number: Any) -> str:
    """Write a fraction, or a number of a domain as documents have it, so that it reads as the same.

    >>> from exactdyn.numbers.fields.joining import number
    >>> [number_text(number(x, "A")) for x in ("1/2", "(1+sqrt(5))/2", "2^(1/3)-1")]
    ['1/2', '1/2+1/2*sqrt(5)', '-1+root(x^3 - 2, 1..2)']
    """
    if not isinstance(number, DomainNumber):
        return write_rational(number)
    rational = number.rational
    return number.domain.expression(number) if rational is None else write_rational(rational)


def root_text(number: FieldNumber) -> str:
    """Write an irrational number of a field by the one root that it needs.

    >>> from exactdyn.numbers.fields.joining import number
    >>> root_text(number("sqrt(8)", "A"))
    '2*sqrt(2)'
    """
    begin, factor, root = in_one_root(number)
    text = f"root({polynomial_text(root.polynomial)}, {root.low}..{root.high})"
    if root.degree == 2:
        p, q = (int(root.polynomial[power]) for power in (1, 0))
        square, rest = _square_part(p * p - 4 * q)
        sign = 1 if root.sign(2 * root.polynomial.__class__([0, 1]) + p) > 0 else -1
        begin, factor = begin - factor * Fraction(p, 2), factor * sign * Fraction(square, 2)
        text = f"sqrt({rest})"
    head = write_rational(begin) if begin else ""
    size = "" if abs(factor) == 1 else f"{write_rational(abs(factor))}*"
    return f"{head}{'-' if factor < 0 else '+' if head else ''}{size}{text}"


def in_one_root(number: FieldNumber) -> tuple[Fraction, Fraction, RealRoot]:
    """Return a constant, a factor and a root for which an irrational number is constant + factor * root.

    >>> from exactdyn.numbers.fields.joining import number
    >>> in_one_root(number("2^(1/3)/3-1", "A"))
    (Fraction(-1, 1), Fraction(1, 3), RealRoot(x^3 + (-2), 1..2))
    """
    irrational = number.polynomial - number.polynomial[0]
    root, (found,) = moved(number.root, irrational, [number.polynomial])
    constant, factor = (Fraction(int(x.p), int(x.q)) for x in (found[0], found[1]))
    return constant, factor, root


def _square_part(number: int) -> tuple[int, int]:
    """Return the largest s whose square divides a positive integer, and what is left."""
    square, rest = 1, 1
    for prime, power in fmpz(number).factor():
        square *= int(prime) ** (power // 2)
        rest *= int(prime) ** (power % 2)
    return square, rest
