"""How far softmax tokens can be from hardmax tokens after one more layer; FORMAT.md, lemma ``temperature``.

Everything is an integer here. Lengths are in units of 2^-``places`` and shares of attention in units of
2^-BITS, every rounding upwards, so that the states of the exact run, however long their numbers have become,
are divided only once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from operator import mul

from proofs_checks import work
from proofs_checks.format.field_number import RationalVector, integers, rational
from proofs_checks.hardmax.run import Layer
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.vectors import firsts
from proofs_checks.softmax.balls import Arithmetic, upwards
from proofs_checks.work import longest

BITS = 128
"""The precision of lengths, beside the diameter of the tokens, and of exponentials."""


class Comparison:
    """The tokens of a system, one for all its copies, and softmax of a temperature in place of the argmax."""

    def __init__(self, system: System, temperature: Fraction) -> None:
        """Tell copies apart from other tokens: copies are equal at layer 0, and nothing else is a copy."""
        self.lowest = firsts(system.tokens)
        self.copies = Counter(self.lowest)
        self.alpha = rational(system.alpha)
        self.temperature = temperature
        self.scale = lcm(*(x.denominator for row in system.A for x in row))
        self.matrix = [[int(rational(x) * self.scale) for x in row] for row in system.A]
        self.size = sum(abs(x) for row in self.matrix for x in row)
        self.bits = longest([temperature, Fraction(self.size), Fraction(1, self.scale)])
        columns = [list(map(rational, column)) for column in zip(*system.tokens, strict=True)]
        self.diameter = max(max(column) - min(column) for column in columns)
        small = self.diameter.denominator.bit_length() - self.diameter.numerator.bit_length() + 1
        self.places = BITS + max(0, small)

    def errors(self, claimed: RationalVector) -> dict[int, int]:
        """Return for each point, in units, the least of the diameter and what is claimed of its copies.

        Source: softmax/FORMAT.md, lemma ``temperature``.
        """
        least = dict.fromkeys(self.copies, self.diameter)
        for i, error in zip(self.lowest, claimed, strict=True):
            least[i] = min(least[i], error)
        return {i: self.length(error) for i, error in least.items()}

    def length(self, number: Fraction) -> int:
        """Return a length in units, rounded up."""
        return upwards(number.numerator << self.places, number.denominator)


@dataclass(frozen=True)
class Step:
    """A layer of the exact run, with bounds of the errors of the softmax tokens there."""

    of: Comparison
    layer: Layer
    errors: dict[int, int]

    def after(self, i: int) -> Fraction:
        """Return a bound of the error of a point in the next layer.

        Source: softmax/FORMAT.md, lemma ``temperature``.
        """
        of, attended = self.of, self._attended(i)
        size = len(self.layer.attended[i])
        self._count(len(of.copies) * (2 * len(of.matrix) + 12))
        sums = [
            sum(of.copies[k] * x for k, x in zip(attended, column, strict=True))
            for column in zip(*(self._numerators[k] for k in attended), strict=True)
        ]
        away = {j: self._away(j, sums, size) for j in of.copies}
        uneven: int = max(away[k] for k in attended) if any(self.errors.values()) else 0
        pulled: int = sum(
            of.copies[j] * share * (away[j] + self.errors[j])
            for j, share in self._shares(i, attended).items()
        )
        target = max(self.errors[k] for k in attended) + uneven + upwards(pulled, 1 << BITS)
        return (self.errors[i] + of.alpha * target) / (1 + of.alpha) / (1 << of.places)

    @cached_property
    def _numerators(self) -> list[list[int]]:
        return integers(self.layer.numerators)

    def _attended(self, i: int) -> list[int]:
        return [k for k in self.of.copies if k in self.layer.attended[i]]

    def _away(self, j: int, sums: Sequence[int], size: int) -> int:
        # |z_j - a_i| in the largest coordinate.
        largest = max(abs(size * x - y) for x, y in zip(self._numerators[j], sums, strict=True))
        return upwards(largest << self.of.places, size * self.layer.denominator)

    def _shares(self, i: int, attended: Sequence[int]) -> dict[int, int]:
        # For each j outside C_i an upper bound of the attention that i pays to it, to one copy alone.
        copies, numerators = self.of.copies, self._numerators
        image = [sum(map(mul, row, numerators[i])) for row in self.of.matrix]
        size = sum(map(abs, image))
        top = sum(map(mul, image, numerators[attended[0]]))
        shares, context = {}, Arithmetic(BITS)
        outside = copies.keys() - attended
        work.count_products(len(outside) * len(image), self._bits)
        self._count(len(outside) * len(attended) * (2 * len(image) + 24))
        for j in outside:
            lead = sum(map(mul, image, numerators[j])) - top
            # The copies of j and the tokens of C_i have at most 1 together, in units of the share of j.
            least = copies[j] << BITS
            for k in attended:
                others = self.errors[j] + self.errors[k]
                pulled: int = sum(abs(a - b) for a, b in zip(self._pulls[j], self._pulls[k], strict=True))
                exponent = self._exponent(
                    lead, self.errors[i] * pulled + others * size, self.errors[i] * others
                )
                if exponent <= 0:
                    least += (copies[k] << 2 * BITS) // context.exp_above(exponent)
            shares[j] = upwards(1 << 2 * BITS, least)
        return shares

    @cached_property
    def _bits(self) -> int:
        # Of the numerators and denominators of exponents.
        errors = max(self.errors.values()).bit_length() + self.of.places
        return 2 * (self.layer.bits + errors) + self.of.bits

    def _count(self, operations: int) -> None:
        # With a long integer and a short one: 32 words cost about as much as the call.
        work.count_products(operations * (1 + self._bits // (32 * work.WORD)), 0)

    @cached_property
    def _pulls(self) -> dict[int, list[int]]:
        # A^T z_j for every point j.
        columns = list(zip(*self.of.matrix, strict=True))
        rows = self.layer.numerators
        return {j: [sum(map(mul, column, rows[j])) for column in columns] for j in self.of.copies}

    @cached_property
    def _square(self) -> int:
        return self.layer.denominator**2

    def _exponent(self, lead: int, once: int, twice: int) -> int:
        # (<A z_i, z_j - z_k> + what errors of one of the two factors add + what those of both add) / T
        of, places = self.of, self.of.places
        once *= self.layer.denominator
        above = (lead << 2 * places) + (once << places) + twice * of.size * self._square
        below = of.scale * self._square << 2 * places
        hot = of.temperature
        return upwards(above * hot.denominator << BITS, below * hot.numerator)
