"""Numbers that depend on one parameter, such as "1/3 + 2*t": read by a small grammar, never run as code.

The grammar is that of :mod:`~exactdyn.numbers.descent`, with

    sign    = "-" | "+"
    atom    = integer | decimal | the name of the parameter | "(" sum ")"
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, TypeAlias

from exactdyn.errors import InputError, NumberError
from exactdyn.numbers.descent import DEPTH_LIMIT, Descent
from exactdyn.numbers.reading import exact
from proofs_checks.format.rationals import shorten

LinearNumber: TypeAlias = tuple[Fraction, Fraction]
"""c_0 and c_1 of c_0 + c_1 t."""

TEXT_LIMIT = 10_000
"""Longest text of such a number, in characters."""

EXPONENT_LIMIT = 1000
"""Largest exponent, either way."""


def read_linear(value: object, name: str, where: str) -> LinearNumber:
    """Read a number that depends on a parameter of this name, of degree at most 1 in it.

    ``value``: what :func:`~exactdyn.numbers.reading.exact` reads, text, or an expression of sympy. ``where``
    is the field that messages name. Raises :class:`~exactdyn.errors.NumberError` for anything else.

    >>> read_linear("1/3 + 2*t", "t", "tokens[0][0]"), read_linear(3, "t", "tokens[0][1]")
    ((Fraction(1, 3), Fraction(2, 1)), (Fraction(3, 1), Fraction(0, 1)))
    >>> read_linear("t^2", "t", "tokens[0][0]")
    Traceback (most recent call last):
    exactdyn.errors.NumberError: tokens[0][0]: 't^2': requires degree at most 1 in t
    """
    if name in {str(symbol) for symbol in getattr(value, "free_symbols", ())}:
        return _of_sympy(value, name, where)
    if not isinstance(value, str) or name not in value:
        return exact(value, where), Fraction(0)
    if len(value) > TEXT_LIMIT:
        raise NumberError(f"{where}: a number of {len(value)} characters, the limit is {TEXT_LIMIT}")
    return _LinearReader(value, where, name).whole()


def _of_sympy(value: Any, name: str, where: str) -> LinearNumber:
    import sympy

    polynomial = value.as_poly(sympy.Symbol(name))
    if polynomial is None or polynomial.degree() > 1:
        raise NumberError(f"{where}: {shorten(str(value))}: requires degree at most 1 in {name}")
    slope, constant = (exact(polynomial.coeff_monomial(power), where) for power in (sympy.Symbol(name), 1))
    return constant, slope


class _LinearReader(Descent[LinearNumber]):
    """Every part becomes its two coefficients."""

    signs = ("-", "+")
    too_deep = f"nested more than {DEPTH_LIMIT} deep"

    def __init__(self, text: str, where: str, name: str) -> None:
        self._name = name
        self.pattern = re.compile(rf"\s*(?:(\d+(?:\.\d*)?|\.\d+)|(\*\*|[-+*/^()]|{re.escape(name)}(?!\w)))")
        super().__init__(text, where)

    def _refusal(self, why: str) -> InputError:
        return NumberError(f"{self._where}: {shorten(self._text)}: {why}")

    def _strange(self, character: str) -> str:
        # A whole name is said, "sqrt" say, and not its first letter.
        names = re.findall(r"[^\W\d]\w*", self._text)
        got = next((own for own in names if own != self._name and own.startswith(character)), character)
        return f"requires rational numbers, {self._name}, + - * / ^ and parentheses, got {shorten(got)}"

    def _unexpected(self, piece: str) -> str:
        return f"requires an operator or the end at {piece!r}"

    def _negated(self, value: LinearNumber) -> LinearNumber:
        return -value[0], -value[1]

    def _joined(self, operator: str, left: LinearNumber, right: LinearNumber) -> LinearNumber:
        if operator in ("+", "-"):
            factor = 1 if operator == "+" else -1
            return left[0] + factor * right[0], left[1] + factor * right[1]
        if operator == "*":
            if left[1] and right[1]:
                raise self._refusal(f"requires degree at most 1 in {self._name}")
            return left[0] * right[0], left[0] * right[1] + left[1] * right[0]
        if right[1]:
            raise self._refusal(f"requires degree at most 1 in {self._name}")
        if operator == "/":
            if not right[0]:
                raise self._refusal("divides by 0")
            return left[0] / right[0], left[1] / right[0]
        return self._power_of(left, right[0])

    def _power_of(self, base: LinearNumber, exponent: Fraction) -> LinearNumber:
        if base[1]:
            if exponent != 1:
                raise self._refusal(f"requires degree at most 1 in {self._name}")
            return base
        if exponent.denominator != 1 or abs(exponent) > EXPONENT_LIMIT or (not base[0] and exponent < 0):
            raise self._refusal(f"requires an integer from {-EXPONENT_LIMIT} to {EXPONENT_LIMIT} as exponent")
        return base[0] ** int(exponent), Fraction(0)

    def _atom(self) -> LinearNumber:
        if self._take(self._name):
            return Fraction(0), Fraction(1)
        return self._sum_or_number(self._name, lambda number: (number, Fraction(0)))
