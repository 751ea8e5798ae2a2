"""A system beside softmax of a temperature: who is a copy of whom, and what a head and a step are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from math import lcm

from proofs_checks import work
from proofs_checks.format.field_number import Matrix, RationalVector, rational
from proofs_checks.hardmax.system import System
from proofs_checks.softmax.balls import upwards
from proofs_checks.temperature.move import Move
from proofs_checks.work import longest

BITS = 128
"""The precision of lengths, beside the diameter of the tokens, and of exponentials."""


class Scores:
    """A matrix of scores A as integers over one ``scale``, and what is added up of them."""

    def __init__(self, rows: Matrix) -> None:
        """Bring the entries over one denominator; ``size`` is the sum of their absolute values."""
        entries = [list(map(rational, row)) for row in rows]
        self.scale = lcm(*(x.denominator for row in entries for x in row))
        self.matrix = [[int(x * self.scale) for x in row] for row in entries]
        self.size = sum(abs(x) for row in self.matrix for x in row)
        self.bits = longest([Fraction(self.size), Fraction(1, self.scale)])


class Comparison:
    """The tokens of a system, one for all its copies, and softmax of a temperature in place of the argmax.

    Its heads are those that are stated: two with the scores A and 2 A attend alike, but not with softmax.
    """

    def __init__(self, system: System, temperature: Fraction) -> None:
        """Tell copies apart from other tokens: they are equal at layer 0 and see the same in every head."""
        self.system = replace(system, apart=True)
        self.temperature = temperature
        first: dict[tuple[object, ...], int] = {}
        self.lowest = [first.setdefault(self._view(i), i) for i in range(len(system.tokens))]
        self.copies = Counter(self.lowest)
        columns = [list(map(rational, column)) for column in zip(*system.tokens, strict=True)]
        self.diameter = max(max(column) - min(column) for column in columns)
        small = self.diameter.denominator.bit_length() - self.diameter.numerator.bit_length() + 1
        self.places = BITS + max(0, small)
        self._scores: dict[tuple[int, int], Scores] = {}
        self._moves: dict[int, Move] = {}

    def _view(self, token: int) -> tuple[object, ...]:
        masks = [head.mask for head in self.system.heads]
        seen = [mask and mask.seen(token) for mask in masks]
        work.count_products(sum(len(own) for own in seen if own), 0)
        return (self.system.tokens[token], *seen)

    def seen(self, head: int, i: int) -> Mapping[int, int]:
        """Return for each point how many of its copies a point sees; those of which it sees none are absent.

        Source: softmax/FORMAT.md, lemma ``temperature``.
        """
        mask = self.system.heads[head].mask
        if mask is None:
            return self.copies
        tokens = mask.seen(i)
        work.count_products(len(tokens), 0)
        return Counter(self.lowest[j] for j in tokens)

    def scores(self, head: int, layer: int) -> Scores:
        """Return the matrix of scores of a head at a layer."""
        matrices = self.system.heads[head].matrices
        entry = self.system.entry(len(matrices), layer)
        if (head, entry) not in self._scores:
            self._scores[head, entry] = Scores(matrices[entry])
        return self._scores[head, entry]

    def move(self, layer: int) -> Move:
        """Return how the step of a layer carries errors on."""
        alike = self.system.alike(layer)
        key = layer if alike is None else alike
        if key not in self._moves:
            self._moves[key] = Move.of(self.system, layer)
        return self._moves[key]

    def errors(self, claimed: RationalVector, limit: Fraction | None) -> dict[int, int]:
        """Return for each point, in units, the least of the limit and what is claimed of its copies.

        Source: softmax/FORMAT.md, lemma ``temperature``.
        """
        least: dict[int, Fraction] = {}
        for i, error in zip(self.lowest, claimed, strict=True):
            known = error if limit is None else min(error, limit)
            least[i] = min(least.get(i, known), known)
        return {i: self.length(error) for i, error in least.items()}

    def length(self, number: Fraction) -> int:
        """Return a length in units, rounded up."""
        return upwards(number.numerator << self.places, number.denominator)
