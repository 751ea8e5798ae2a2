"""Sums of terms c k^p r^k over the layers k, and from which layer on such a sum is proved positive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.format.field_number import Number
from proofs_checks.format.reading import Field
from proofs_checks.work import longest

POWER_LIMIT = 100
"""Largest power p of a term c k^p r^k."""

FIRST_LAYERS = (0, *(2**e for e in range(13)))
"""The layers from which on it is tried to prove that sums are positive."""

Term: TypeAlias = tuple[Number, int, Fraction]
"""The coefficient c, the power p and the base r > 0 of a term c k^p r^k."""


@dataclass(frozen=True)
class Terms:
    """The sum of terms c k^p r^k, of different (p, r), no c being 0."""

    parts: tuple[Term, ...]

    @classmethod
    def of(cls, parts: Iterable[Term]) -> Terms:
        """Return a sum, terms that are alike joined.

        >>> one = Fraction(1)
        >>> Terms.of([(one, 0, one), (-one, 0, one)])
        Terms(parts=())
        """
        joined: dict[tuple[int, Fraction], Number] = {}
        for coefficient, power, base in parts:
            total = joined.get((power, base), Fraction(0)) + coefficient
            joined[power, base] = total
            work.count_fractions(1, longest((total, coefficient)))
        return cls(tuple((c, p, r) for (p, r), c in joined.items() if c))

    def plus(self, factor: Number, other: Terms) -> Terms:
        """Return this sum and a multiple of another one.

        >>> one = Terms.of([(Fraction(1), 0, Fraction(1))])
        >>> one.plus(Fraction(-1), one)
        Terms(parts=())
        """
        return Terms.of([*self.parts, *((factor * c, p, r) for c, p, r in other.parts)])

    def times(self, other: Terms) -> Terms:
        """Return the product with another sum.

        >>> k = Terms.of([(Fraction(1), 1, Fraction(1))])
        >>> k.times(k).at(3)
        Fraction(9, 1)
        """
        pairs = [(one, another) for one in self.parts for another in other.parts]
        numbers = [x for c, _, r in (*self.parts, *other.parts) for x in (c, r)]
        work.count_fractions(2 * len(pairs), 2 * longest(numbers))
        return Terms.of((c * d, p + q, r * s) for (c, p, r), (d, q, s) in pairs)

    def following(self) -> Terms:
        """Return the sum whose value at a layer k is that of this one at k + 1.

        >>> Terms.of([(Fraction(1), 2, Fraction(1, 2))]).following().at(3)
        Fraction(1, 1)
        """
        parts: list[Term] = []
        for c, p, r in self.parts:
            work.count_fractions(2 * p + 2, longest((c, r)) + p)
            parts += [(c * r * comb(p, j), j, r) for j in range(p + 1)]
        return Terms.of(parts)

    @property
    def fastest(self) -> tuple[int, Fraction]:
        """The power p and the base r of the term that grows fastest, of a sum that has terms.

        >>> Terms.of([(Fraction(3), 2, Fraction(1, 2)), (Fraction(1), 1, Fraction(1))]).fastest
        (1, Fraction(1, 1))
        """
        base, power = max((r, p) for _, p, r in self.parts)
        return power, base

    def at(self, layer: int) -> Number:
        """Return the value at a layer.

        >>> Terms.of([(Fraction(3), 1, Fraction(1, 2))]).at(2)
        Fraction(3, 2)
        """
        total: Number = Fraction(0)
        for c, p, r in self.parts:
            bits = p * layer.bit_length() + layer * longest([r])
            work.count_products(8, bits)
            work.count_fractions(2, bits + longest((c, total)))
            total += c * layer**p * r**layer
        return total

    def grows_less_than(self, other: Terms) -> bool:
        """Tell whether the quotient by another sum, which is not empty, tends to 0.

        Source: FORMAT.md, lemma ``frank-wolfe-exponential``.

        >>> two, k = Terms.of([(Fraction(2), 0, Fraction(1))]), Terms.of([(Fraction(1), 1, Fraction(1))])
        >>> two.grows_less_than(k), k.grows_less_than(k)
        (True, False)
        """
        if not self.parts:
            return True
        (power, base), (other_power, other_base) = self.fastest, other.fastest
        return (base, power) < (other_base, other_power)

    def positive_from(self, layer: int, strictly: bool) -> bool:
        """Tell whether it is proved that the sum is positive at all layers from this one on.

        Without ``strictly``, that it is not negative. Where this is True for a layer it is for later ones.

        Source: FORMAT.md, lemma ``eventually-positive``.

        >>> k_less_3 = Terms.of([(Fraction(1), 1, Fraction(1)), (Fraction(-3), 0, Fraction(1))])
        >>> [k_less_3.positive_from(layer, strictly=True) for layer in (2, 3, 4)]
        [False, False, True]
        """
        if not self.parts:
            return not strictly
        largest = max(r for _, _, r in self.parts)
        shifted = _shifted([(c, p) for c, p, r in self.parts if r == largest], layer)
        bound: Number = Fraction(0)
        for c, p, r in self.parts:
            if r == largest or c > 0:
                continue
            ratio = r / largest
            work.count_products(8, (layer + 1) * longest([ratio]) + 2 * p * layer.bit_length())
            if p and (layer == 0 or Fraction(layer + 1, layer) ** p * ratio > 1):
                return False
            bound -= c * layer**p * ratio**layer
        least = shifted[0] - bound
        return min(shifted) >= 0 and (least > 0 or (least == 0 and not strictly))

    def never_negative(self, layer: int) -> bool:
        """Tell whether it is proved, by computation at the first layers, that no value from this layer on is.

        Source: FORMAT.md, lemma ``eventually-positive``.

        >>> k_less_3 = Terms.of([(Fraction(1), 1, Fraction(1)), (Fraction(-3), 0, Fraction(1))])
        >>> [k_less_3.never_negative(layer) for layer in (2, 3, 9)]
        [False, True, True]
        """
        last = proved_from([(self, False)])
        return last is not None and all(self.at(k) >= 0 for k in range(layer, last))


def _shifted(polynomial: Sequence[tuple[Number, int]], layer: int) -> list[Number]:
    # The coefficients of the sum of c (layer + x)^p, as a polynomial in x, the constant one first.
    found: list[Number] = [Fraction(0)] * (1 + max(p for _, p in polynomial))
    for c, p in polynomial:
        work.count_fractions(p + 1, longest([c]) + 2 * p + p * layer.bit_length())
        for j in range(p + 1):
            found[j] += c * comb(p, j) * layer ** (p - j)
    return found


def proved_from(conditions: Sequence[tuple[Terms, bool]]) -> int | None:
    """Return a layer from which on it is proved that all these sums are positive, or at least not negative.

    The pairs hold a sum and whether it is to be positive *strictly*. None if no such layer is found.

    Source: FORMAT.md, lemma ``eventually-positive``.

    >>> proved_from([(Terms.of([(Fraction(1), 1, Fraction(1))]), True)])
    1
    """
    return next(
        (k for k in FIRST_LAYERS if all(terms.positive_from(k, strictly) for terms, strictly in conditions)),
        None,
    )


def read_terms(field: Field) -> Terms:
    """Read a sum: a list of triples [c, p, r].

    >>> read_terms(Field([["2", 0, "1"]], "tau.numerator")).at(7)
    Fraction(2, 1)
    """
    return Terms.of(map(_read_term, field.items()))


def _read_term(field: Field) -> Term:
    c, p, r = field.items(3)
    base = r.rational()
    if base <= 0:
        r.refuse("a number greater than 0")
    return c.number(), p.integer(0, POWER_LIMIT), base
