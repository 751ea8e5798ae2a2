"""How far softmax tokens can be from hardmax tokens after one more layer; FORMAT.md, lemma ``temperature``.

Everything is an integer here. Lengths are in units of 2^-``places`` and shares of attention in units of
2^-BITS, every rounding upwards, so that the states of the exact run, however long their numbers have become,
are divided only once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import mul

from proofs_checks import work
from proofs_checks.format.field_number import RationalVector, integers
from proofs_checks.hardmax.run import Layer
from proofs_checks.softmax.balls import Arithmetic, upwards
from proofs_checks.temperature.comparison import BITS, Comparison, Scores
from proofs_checks.temperature.move import through
from proofs_checks.work import longest


@dataclass(frozen=True)
class Step:
    """A layer of the exact run, by its number, with bounds of the errors of the softmax tokens there."""

    of: Comparison
    number: int
    layer: Layer
    errors: dict[int, int]

    def after(self, i: int) -> Fraction:
        """Return a bound of the error of a point in the next layer.

        Source: softmax/FORMAT.md, lemma ``temperature``.
        """
        move = self.of.move(self.number)
        targets = [head.target(i) for head in self._heads]
        error = move.carried(self.errors[i], targets) / (1 << self.of.places)
        return error if move.block is None else through(move.block, self._places[i], error)

    @cached_property
    def _heads(self) -> list[HeadStep]:
        rows = integers(self.layer.numerators)
        return [
            HeadStep(self.of, self.of.scores(h, self.number), h, rows, self.layer, self.errors)
            for h in range(len(self.of.system.heads))
        ]

    @cached_property
    def _places(self) -> list[RationalVector]:
        # Where the exact tokens are before the block.
        linear, layer = self.of.move(self.number).linear, self.layer
        if linear is None:
            raise ValueError("requires a block")
        rows, denominator = linear.moved(layer.numerators, layer.denominator, layer.by_head, None)
        return [tuple(Fraction(x, denominator) for x in row) for row in integers(rows)]


@dataclass(frozen=True)
class HeadStep:
    """One head of such a layer: its scores, its number, the numerators of the exact tokens."""

    of: Comparison
    scores: Scores
    head: int
    numerators: Sequence[Sequence[int]]
    layer: Layer
    errors: dict[int, int]

    def target(self, i: int) -> int:
        """Return a bound of how far the softmax mean of a point is from its exact attended point.

        Source: softmax/FORMAT.md, lemma ``temperature``.
        """
        of, seen = self.of, self.of.seen(self.head, i)
        attended = Counter(of.lowest[k] for k in self.layer.by_head[self.head][i])
        size = attended.total()
        self._count(len(seen) * (2 * len(self.scores.matrix) + 12))
        sums = [
            sum(map(mul, attended.values(), column))
            for column in zip(*(self.numerators[k] for k in attended), strict=True)
        ]
        away = {j: self._away(j, sums, size) for j in seen}
        uneven: int = max(away[k] for k in attended) if any(self.errors.values()) else 0
        pulled: int = sum(
            seen[j] * share * (away[j] + self.errors[j])
            for j, share in self._shares(i, seen, list(attended)).items()
        )
        near: int = max(self.errors[k] for k in attended) + uneven + upwards(pulled, 1 << BITS)
        return min(near, max(away[j] + self.errors[j] for j in seen))

    def _away(self, j: int, sums: Sequence[int], size: int) -> int:
        # |z_j - c_i| in the largest coordinate.
        largest = max(abs(size * x - y) for x, y in zip(self.numerators[j], sums, strict=True))
        return upwards(largest << self.of.places, size * self.layer.denominator)

    def _shares(self, i: int, seen: Mapping[int, int], attended: Sequence[int]) -> dict[int, int]:
        # For each j outside an upper bound of the attention that i pays to it, to one copy alone.
        image = [sum(map(mul, row, self.numerators[i])) for row in self.scores.matrix]
        size = sum(map(abs, image))
        top = sum(map(mul, image, self.numerators[attended[0]]))
        shares, context = {}, Arithmetic(BITS)
        outside = [j for j in seen if j not in attended]
        work.count_products(len(outside) * len(image), self._bits)
        self._count(len(outside) * len(attended) * (2 * len(image) + 24))
        for j in outside:
            lead = sum(map(mul, image, self.numerators[j])) - top
            # The copies of j and of what is attended have at most 1 together, in units of the share of j.
            least = seen[j] << BITS
            for k in attended:
                others = self.errors[j] + self.errors[k]
                pulled: int = sum(abs(a - b) for a, b in zip(self._pulls[j], self._pulls[k], strict=True))
                exponent = self._exponent(
                    lead, self.errors[i] * pulled + others * size, self.errors[i] * others
                )
                if exponent <= 0:
                    least += (seen[k] << 2 * BITS) // context.exp_above(exponent)
            shares[j] = upwards(1 << 2 * BITS, least)
        return shares

    @cached_property
    def _bits(self) -> int:
        # Of the numerators and denominators of exponents.
        errors = max(self.errors.values()).bit_length() + self.of.places
        return 2 * (self.layer.bits + errors) + self.scores.bits + longest([self.of.temperature])

    def _count(self, operations: int) -> None:
        # With a long integer and a short one: 32 words cost about as much as the call.
        work.count_products(operations * (1 + self._bits // (32 * work.WORD)), 0)

    @cached_property
    def _pulls(self) -> dict[int, list[int]]:
        # A^T z_j for every point j.
        columns = list(zip(*self.scores.matrix, strict=True))
        return {j: [sum(map(mul, column, self.numerators[j])) for column in columns] for j in self.of.copies}

    @cached_property
    def _square(self) -> int:
        return self.layer.denominator**2

    def _exponent(self, lead: int, once: int, twice: int) -> int:
        # (<A z_i, z_j - z_k> + what errors of one of the two factors add + what those of both add) / T
        places, hot = self.of.places, self.of.temperature
        once *= self.layer.denominator
        above = (lead << 2 * places) + (once << places) + twice * self.scores.size * self._square
        below = self.scores.scale * self._square << 2 * places
        return upwards(above * hot.denominator << BITS, below * hot.numerator)
