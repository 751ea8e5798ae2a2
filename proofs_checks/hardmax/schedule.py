"""The step tau of every layer: a list that repeats, or a quotient of sums of terms c k^p r^k."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.format.field_number import Number, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.terms import Terms, proved_from, read_terms
from proofs_checks.work import longest


def entry(length: int, period: int, layer: int) -> int:
    """Return which entry of a list is that of a layer: the last ``period`` ones repeat for ever.

    >>> [entry(3, 2, layer) for layer in range(6)]
    [0, 1, 2, 1, 2, 1]
    """
    if layer < length:
        return layer
    return 0 if length == 1 else length - period + (layer - length) % period


@dataclass(frozen=True)
class Listed:
    """The values of tau, of which the last ``period`` ones repeat for ever."""

    values: Vector
    period: int = 1

    @property
    def constant(self) -> bool:
        """Whether tau is the same at all layers.

        >>> Listed((Fraction(1, 2), Fraction(1, 2))).constant
        True
        """
        return all(tau == self.values[0] for tau in self.values)

    def at(self, layer: int) -> Number:
        """Return tau at a layer.

        >>> Listed((Fraction(1), Fraction(1, 2))).at(7)
        Fraction(1, 2)
        """
        return self.values[entry(len(self.values), self.period, layer)]


@dataclass(frozen=True)
class Quotient:
    """tau as a quotient of sums; the denominator is 0 at no layer, and positive from some layer on."""

    numerator: Terms
    denominator: Terms

    def at(self, layer: int) -> Number:
        """Return tau at a layer.

        >>> one = Fraction(1)
        >>> k_and_2 = Terms.of([(one, 1, one), (2 * one, 0, one)])
        >>> Quotient(Terms.of([(2 * one, 0, one)]), k_and_2).at(2)
        Fraction(1, 2)
        """
        above, below = self.numerator.at(layer), self.denominator.at(layer)
        work.count_fractions(1, longest((above, below)))
        return above / below


Schedule: TypeAlias = Listed | Quotient


def read_schedule(field: Field, period: int) -> Schedule:
    """Read the member ``tau`` of a system.

    Source: FORMAT.md, section "Systems with schedules, masks, heads".

    >>> read_schedule(Field({"listed": ["1/2"]}, "tau"), 1).at(3)
    Fraction(1, 2)
    """
    if "listed" in field.names():
        values = field.fields(["listed"])["listed"]
        require_length(values, period)
        return Listed(values.vector(), period)
    members = field.fields(["numerator", "denominator"])
    above, below = (read_terms(members[name]) for name in ("numerator", "denominator"))
    if (first := proved_from([(below, True)])) is None:
        nothing, minus = Terms(()), Fraction(-1)
        above, below = nothing.plus(minus, above), nothing.plus(minus, below)
        first = proved_from([(below, True)])
    if first is None:
        return members["denominator"].refuse("a sum that is proved not to vanish at late layers")
    pole = next((k for k in range(first) if below.at(k) == 0), None)
    if pole is not None:
        members["denominator"].refuse(f"a sum that is not 0 at layer {pole}")
    return Quotient(above, below)


def require_length(field: Field, period: int) -> None:
    """Refuse a list of which the last ``period`` entries cannot repeat.

    >>> require_length(Field([], "tau.listed"), 1)
    Traceback (most recent call last):
    proofs_checks.format.errors.MalformedError: tau.listed: requires at least one entry, got []
    """
    if len(field.items()) != 1 and len(field.items()) < period:
        field.refuse("at least one entry" if period == 1 else f"one entry, or at least {period}")
