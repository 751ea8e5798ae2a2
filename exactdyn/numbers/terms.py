"""Sums of terms c k^p r^k in a layer k, exactly: what formulas are made of, and their signs for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

SETTLED_LIMIT = 2**12
"""Last layer from which on a sign is looked for; all layers before it are looked at one by one."""


_UNIT = Fraction(1)


class Term(NamedTuple):
    """The term c k^p r^k in the layer k = 0, 1, ..., where 0^0 is 1.

    ``coefficient``: c, any fraction. ``power``: p, an integer of at least 0. ``base``: r, a positive one.

    >>> Term(Fraction(3), 1, Fraction(1, 2)).at(2)
    Fraction(3, 2)
    """

    coefficient: Fraction
    power: int
    base: Fraction

    def at(self, layer: int) -> Fraction:
        """Return the value at a layer.

        >>> Term(Fraction(1), 2, Fraction(1)).at(3)
        Fraction(9, 1)
        """
        value = self.coefficient * layer**self.power if self.power else self.coefficient
        return value if self.base == 1 else value * self.base**layer


@dataclass(frozen=True)
class TermSum:
    """A sum of terms with different (base, power), none of them 0, the one that grows fastest first.

    It is made by :meth:`of`; the sum of no terms is 0. Such sums are closed under ``+``, ``-`` and ``*``.

    >>> k, one = TermSum.of([Term(Fraction(1), 1, Fraction(1))]), TermSum.number(Fraction(1))
    >>> ((k + one) * (k - one)).at(3)
    Fraction(8, 1)
    """

    terms: tuple[Term, ...]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> TermSum:
        """Return the sum of any terms.

        >>> one = Term(Fraction(1), 0, Fraction(1))
        >>> TermSum.of([one, one]) == TermSum.number(Fraction(2))
        True
        """
        sums: dict[tuple[Fraction, int], Fraction] = {}
        for coefficient, power, base in terms:
            known = sums.get((base, power))
            sums[base, power] = coefficient if known is None else known + coefficient
        ordered = sorted(sums.items(), reverse=True)
        return cls(tuple(Term(c, power, base) for (base, power), c in ordered if c))

    @classmethod
    def number(cls, value: Fraction) -> TermSum:
        """Return the sum that is the same number at every layer.

        >>> TermSum.number(Fraction(3)).at(7)
        Fraction(3, 1)
        """
        return cls((Term(value, 0, _UNIT),) if value else ())

    @property
    def constant(self) -> Fraction | None:
        """The number that this is at every layer; None where it varies.

        >>> TermSum.number(Fraction(0)).constant, LAYER.constant
        (Fraction(0, 1), None)
        """
        if not self.terms:
            return Fraction(0)
        first = self.terms[0]
        return first.coefficient if len(self.terms) == 1 and first.power == 0 and first.base == 1 else None

    def at(self, layer: int) -> Fraction:
        """Return the value at a layer.

        >>> (LAYER * LAYER).at(3)
        Fraction(9, 1)
        """
        if self._integers is not None:
            return Fraction(sum(c * layer**power for c, power in self._integers))
        values = [term.at(layer) for term in self.terms]
        return sum(values[1:], values[0]) if values else Fraction(0)

    def __add__(self, other: TermSum) -> TermSum:
        return TermSum.of((*self.terms, *other.terms))

    def __sub__(self, other: TermSum) -> TermSum:
        return self + other.scaled(Fraction(-1))

    def __mul__(self, other: TermSum) -> TermSum:
        return TermSum.of(
            Term(a.coefficient * b.coefficient, a.power + b.power, a.base * b.base)
            for a in self.terms
            for b in other.terms
        )

    def scaled(self, factor: Fraction) -> TermSum:
        """Return a multiple.

        >>> LAYER.scaled(Fraction(2)).at(3)
        Fraction(6, 1)
        """
        if not factor:
            return TermSum(())
        return TermSum(tuple(Term(factor * c, power, base) for c, power, base in self.terms))

    def following(self) -> TermSum:
        """Return the sum whose value at a layer k is this one's at k + 1.

        >>> (LAYER * LAYER).following().at(3)
        Fraction(16, 1)
        """
        one = TermSum.number(Fraction(1))
        powers = [one]
        for _ in range(max((term.power for term in self.terms), default=0)):
            powers.append(powers[-1] * (LAYER + one))
        parts = (powers[p] * TermSum.of([Term(c * r, 0, r)]) for c, p, r in self.terms)
        return TermSum.of(term for part in parts for term in part.terms)

    def never_negative(self, start: int) -> bool:
        """Tell whether a proof is found that the value is at least 0 at every layer from ``start`` on.

        List the bases r_1, ..., r_m, each once more than its largest power, and put f_0 = f and
        f_j(k) = f_{j-1}(k+1) - r_j f_{j-1}(k); f_m is 0, as each step lowers a power of r_j. If every
        f_j(start) is at least 0 then so is f_m everywhere, and from f_{j-1}(k+1) = r_j f_{j-1}(k) + f_j(k)
        every f_j from there on. False: no proof in this order, smallest base first, which eventually finds
        the sign of every sum. What is proved from one layer on is proved from every later one.
        Source: forward differences, D. E. Knuth, The Art of Computer Programming 2, section 4.6.4.

        >>> (LAYER * LAYER - TermSum.number(Fraction(4))).never_negative(1)
        False
        >>> (LAYER * LAYER - TermSum.number(Fraction(4))).never_negative(2)
        True
        """
        bases = sorted(self._bases())
        row = [self.at(start + ahead) for ahead in range(len(bases))]
        for base in bases:
            if row[0] < 0:
                return False
            row = [after - base * before for before, after in pairwise(row)]
        return True

    def positive(self, start: int) -> bool:
        """Tell whether a proof is found that the value is positive at every layer from ``start`` on.

        Source: f(k+1) >= r_1 f(k) in the proof of :meth:`never_negative`.

        >>> LAYER.positive(0), LAYER.positive(1)
        (False, True)
        """
        return self.at(start) > 0 and self.never_negative(start)

    def never_negative_from(self) -> int | None:
        """Return the first layer up to :data:`SETTLED_LIMIT` for which :meth:`never_negative` finds a proof.

        Source: bisection, as the proof goes over to later layers. No coefficient of an f_j has another sign
        than those of f if those have one, so that all is seen at once.

        >>> (LAYER - TermSum.number(Fraction(7, 2))).never_negative_from()
        4
        """
        if self._sign is None:
            return _first(self.never_negative)
        return None if self._sign < 0 else 0

    def positive_from(self) -> int | None:
        """Return the first layer, up to :data:`SETTLED_LIMIT`, for which :meth:`positive` finds a proof.

        Source: as :meth:`never_negative_from`; a sum of positive terms is 0 at layer 0 alone, if at all.

        >>> (LAYER - TermSum.number(Fraction(3))).positive_from()
        4
        """
        if self._sign is None:
            return _first(self.positive)
        if self._sign <= 0:
            return None
        return 0 if any(term.power == 0 for term in self.terms) else 1

    def nonzero_from(self) -> int | None:
        """Return a layer, up to :data:`SETTLED_LIMIT`, from which on the value is proved to be never 0.

        Source: :meth:`positive_from`, of the sum or else of its opposite.

        >>> (TermSum.number(Fraction(3)) - LAYER).nonzero_from()
        4
        """
        start = self.positive_from()
        return self.scaled(Fraction(-1)).positive_from() if start is None else start

    def zero_before(self, end: int) -> int | None:
        """Return the first layer before ``end`` at which the value is 0, or None.

        >>> (TermSum.number(Fraction(3)) - LAYER).zero_before(4)
        3
        """
        return next((layer for layer in range(end) if self.at(layer) == 0), None)

    @cached_property
    def _integers(self) -> list[tuple[int, int]] | None:
        # Coefficients and powers of a polynomial over the integers, which most formulas are made of.
        if any(base != 1 or c.denominator != 1 for c, _, base in self.terms):
            return None
        return [(c.numerator, power) for c, power, _ in self.terms]

    @cached_property
    def _sign(self) -> int | None:
        # That of all coefficients, 0 where there are none; None where they differ.
        signs = {1 if term.coefficient > 0 else -1 for term in self.terms}
        return None if len(signs) > 1 else sum(signs)

    def _bases(self) -> Iterator[Fraction]:
        largest: dict[Fraction, int] = {}
        for term in self.terms:
            largest[term.base] = max(term.power, largest.get(term.base, 0))
        for base, power in largest.items():
            yield from [base] * (power + 1)


LAYER = TermSum.of([Term(Fraction(1), 1, Fraction(1))])
"""The layer k itself."""


def _first(holds: Callable[[int], bool]) -> int | None:
    """Return the first layer for which something holds that holds at all later ones, or None."""
    high = 0
    while not holds(high):
        if high == SETTLED_LIMIT:
            return None
        high = 2 * high or 1
    low = high // 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return high
