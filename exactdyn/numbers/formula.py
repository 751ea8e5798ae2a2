"""Formulas in the layer k, such as "2/(k+2)" or "2^-(k+1)": read by a small grammar, never evaluated as code.

The grammar is that of :mod:`~exactdyn.numbers.descent`, with

    sign    = "-"
    atom    = integer | decimal | "k" | "(" sum ")"

Every formula becomes a quotient of two sums of terms c k^p r^k, or is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.errors import InputError
from exactdyn.numbers.descent import DEPTH_LIMIT, Descent
from exactdyn.numbers.terms import LAYER, Term, TermSum
from proofs_checks.format.rationals import shorten

FORMULA_LIMIT = 1000
"""Longest formula, in characters."""

POWER_LIMIT = 64
"""Largest power of k."""

TERMS_LIMIT = 64
"""Most terms of a numerator or denominator."""

BITS_LIMIT = 2**14
"""Longest numerator or denominator of a coefficient or a base, in bits."""

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d*)?|\.\d+)|(\*\*|[-+*/^()k]))")
_ONE = TermSum.number(Fraction(1))


@dataclass(frozen=True)
class Quotient:
    """A quotient of two sums of terms; where the denominator is 0 it has no value.

    >>> read_formula("2/(k+2)").at(2)
    Fraction(1, 2)
    """

    numerator: TermSum
    denominator: TermSum

    @property
    def constant(self) -> Fraction | None:
        """The number that this is at every layer, where that is seen from its terms; else None.

        >>> read_formula("(k+1)/(2*k+2)").constant, read_formula("k").constant
        (Fraction(1, 2), None)
        """
        leading = self.denominator.terms[0]
        value = next((t.coefficient for t in self.numerator.terms if t[1:] == leading[1:]), Fraction(0))
        value /= leading.coefficient
        return value if self.numerator == self.denominator.scaled(value) else None

    def at(self, layer: int) -> Fraction:
        """Return the value at a layer; raises ZeroDivisionError at a pole.

        >>> read_formula("2^-(k+1)").at(2)
        Fraction(1, 8)
        """
        return self.numerator.at(layer) / self.denominator.at(layer)


def read_formula(text: str, where: str = "formula") -> Quotient:
    """Read a formula in the layer k.

    Integers, decimals, k, ``+``, ``-``, ``*``, ``/``, ``^`` (also ``**``) and parentheses. An exponent is an
    integer, not negative where k is in the base; for a positive number as base it may be any a k + b with
    integers a and b. ``where`` is the field that messages name. Raises
    :class:`~exactdyn.errors.InputError` for what is no such formula, and for one that is too large.

    >>> read_formula("(1/2)^k - 1/4").at(1), read_formula("-k^2").at(3)
    (Fraction(1, 4), Fraction(-9, 1))
    """
    if len(text) > FORMULA_LIMIT:
        raise InputError(f"{where}: a formula of {len(text)} characters, the limit is {FORMULA_LIMIT}")
    return _FormulaReader(text, where).whole()


class _FormulaReader(Descent[Quotient]):
    """Every part becomes a quotient."""

    pattern = _TOKEN
    signs = ("-",)
    too_deep = f"nested more than {DEPTH_LIMIT} deep"

    def _refusal(self, why: str) -> InputError:
        return InputError(f"{self._where}: {shorten(self._text)}: {why}")

    def _strange(self, character: str) -> str:
        return f"requires numbers, k, + - * / ^ and parentheses, got {character!r}"

    def _unexpected(self, piece: str) -> str:
        return f"requires an operator or the end at {piece!r}"

    def _joined(self, operator: str, left: Quotient, right: Quotient) -> Quotient:
        if operator in ("+", "-"):
            return self._added(left, right if operator == "+" else self._negated(right))
        if operator == "^":
            return self._raised_to(left, right)
        right = self._inverse(right) if operator == "/" else right
        return Quotient(
            self._times(left.numerator, right.numerator), self._times(left.denominator, right.denominator)
        )

    def _negated(self, value: Quotient) -> Quotient:
        return Quotient(value.numerator.scaled(Fraction(-1)), value.denominator)

    def _added(self, left: Quotient, right: Quotient) -> Quotient:
        if left.denominator == right.denominator:
            return Quotient(self._bounded(left.numerator + right.numerator), left.denominator)
        crossed = self._times(left.numerator, right.denominator)
        crossed += self._times(right.numerator, left.denominator)
        below = self._times(left.denominator, right.denominator)
        return Quotient(self._bounded(crossed), below)

    def _raised_to(self, base: Quotient, exponent: Quotient) -> Quotient:
        # With k in the exponent: c^(a k + b) is the one term c^b (c^a)^k.
        linear = self._linear(exponent)
        if linear is None:
            raise self._refusal("requires an exponent a*k + b with integers a and b")
        slope, offset = linear
        if slope == 0:
            return self._to_the(base, offset)
        number = base.constant
        if number is None or number <= 0:
            raise self._refusal("requires a positive number as the base of an exponent with k")
        growth, factor = self._raised(number, slope), self._raised(number, offset)
        return self._quotient(TermSum.of([Term(factor, 0, growth)]), _ONE)

    def _atom(self) -> Quotient:
        if self._take("k"):
            return Quotient(LAYER, _ONE)
        return self._sum_or_number("k", lambda number: self._quotient(TermSum.number(number), _ONE))

    @staticmethod
    def _linear(exponent: Quotient) -> tuple[int, int] | None:
        """Return the integers a and b of an exponent a k + b, or None for another one."""
        scale = exponent.denominator.constant
        if scale is None or any(t.base != 1 or t.power > 1 for t in exponent.numerator.terms):
            return None
        at_first, at_second = exponent.at(0), exponent.at(1)
        if at_first.denominator != 1 or at_second.denominator != 1:
            return None
        return int(at_second - at_first), int(at_first)

    def _to_the(self, base: Quotient, exponent: int) -> Quotient:
        number = base.constant
        if number is not None:
            return self._quotient(TermSum.number(self._raised(number, exponent)), _ONE)
        if not 0 <= exponent <= POWER_LIMIT:
            raise self._refusal(
                f"requires an exponent from 0 to {POWER_LIMIT} for a base with k, got {exponent}"
            )
        numerator = denominator = _ONE
        for _ in range(exponent):
            numerator = self._times(numerator, base.numerator)
            denominator = self._times(denominator, base.denominator)
        if exponent == 0:  # 1 wherever the base has a value
            numerator = denominator = base.denominator
        return self._quotient(numerator, denominator)

    def _raised(self, number: Fraction, exponent: int) -> Fraction:
        if number == 0 and exponent < 0:
            raise self._refusal("divides by 0")
        if abs(number) not in (0, 1) and _bits(number) * abs(exponent) > 2 * BITS_LIMIT:
            raise self._refusal(f"requires numbers of at most {BITS_LIMIT} bits")
        return number**exponent

    def _inverse(self, value: Quotient) -> Quotient:
        if not value.numerator.terms:
            raise self._refusal("divides by 0")
        # Where the denominator is 0, so it stays: 1/(1/k) has no value at k = 0.
        kept = _ONE if value.denominator.constant is not None else value.denominator
        return Quotient(self._times(value.denominator, kept), self._times(value.numerator, kept))

    def _times(self, one: TermSum, other: TermSum) -> TermSum:
        if len(one.terms) * len(other.terms) > TERMS_LIMIT**2:
            raise self._refusal(f"requires at most {TERMS_LIMIT} terms")
        if one is _ONE or other is _ONE:  # most parts of a formula are no quotients
            return other if one is _ONE else one
        return self._bounded(one * other)

    def _quotient(self, numerator: TermSum, denominator: TermSum) -> Quotient:
        return Quotient(self._bounded(numerator), self._bounded(denominator))

    def _bounded(self, terms: TermSum) -> TermSum:
        if terms is _ONE:
            return terms
        if len(terms.terms) > TERMS_LIMIT:
            raise self._refusal(f"requires at most {TERMS_LIMIT} terms, got {len(terms.terms)}")
        for term in terms.terms:
            if term.power > POWER_LIMIT:
                raise self._refusal(f"requires powers of k up to {POWER_LIMIT}, got {term.power}")
            if max(_bits(term.coefficient), _bits(term.base)) > BITS_LIMIT:
                raise self._refusal(f"requires numbers of at most {BITS_LIMIT} bits")
        return terms


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())
