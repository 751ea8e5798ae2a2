"""Scores at several layers, and their differences, all scores of a token in one long integer.

As in :mod:`proofs_checks.hardmax.largest` the scores s_0, ..., s_{n-1} of a token are held as their sum
sum s_j 2**(w j). What is linear in scores can be done to such sums. As long as every |s_j| < 2**(w-2), a sum
is 0 only if all scores are, and every s_p - s_j + 2**(w-1) is between 0 and 2**w, so that in the sum of
(s_p - s_j + 2**(w-1)) 2**(w j) they do not run into each other: bit w j + w - 1 is set exactly if s_p >= s_j.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from operator import mul

from proofs_checks import work
from proofs_checks.hardmax.largest import Vectors, packed
from proofs_checks.hardmax.vectors import widest


@dataclass(frozen=True)
class PackedScores:
    """Scores of all tokens at some layers, ``levels``, times one positive number.

    ``bits``: all of them are less than 2**bits in size; ``width``: w. ``halves``: 2**(w-1) for every token.
    """

    levels: list[list[int]]
    bits: int
    width: int
    halves: int

    @classmethod
    def of(
        cls, directions: Sequence[Vectors], places: Sequence[Vectors], nodes: Sequence[Fraction]
    ) -> PackedScores:
        """Multiply directions by places, layer by layer; wide enough for a difference with every node.

        >>> scores = PackedScores.of([[[1], [2]]], [[[3], [-1]]], [])
        >>> scores.is_largest(1, 0), scores.is_largest(1, 1), scores.vanish
        (True, False, False)
        """
        bits = max(map(widest, directions)) + max(map(widest, places)) + len(places[0][0]).bit_length()
        width = 8 * -(-(bits + sum(map(_growth, nodes)) + 2) // 8)
        halves = packed([0] * len(places[0]), width)
        levels = []
        for own, rows in zip(directions, places, strict=True):
            columns = [packed(column, width) - halves for column in zip(*rows, strict=True)]
            levels.append([sum(map(mul, direction, columns)) for direction in own])
        return cls(levels, bits, width, halves)

    def is_largest(self, token: int, place: int) -> bool:
        """Tell whether at the first of the layers no score of a token is larger than that of this place."""
        scores = self.levels[0][token]
        shifted = (scores + self.halves) >> (self.width * place)
        own = (shifted & ((1 << self.width) - 1)) - (1 << (self.width - 1))
        ones = self.halves >> (self.width - 1)
        return (own * ones - scores + self.halves) & self.halves == self.halves

    def difference(self, node: Fraction) -> PackedScores:
        """Return q times every layer less p times the one before, p/q > 0 being a node.

        >>> scores = PackedScores.of([[[1]], [[1]]], [[[6]], [[2]]], [Fraction(1, 3)])
        >>> scores.difference(Fraction(1, 3)).vanish
        True
        """
        p, q, bits = node.numerator, node.denominator, self.bits + _growth(node)
        work.count_products(2 * len(self.levels[0]) ** 2 * (len(self.levels) - 1), bits)
        levels = [
            [q * x - p * y for x, y in zip(later, earlier, strict=True)]
            for earlier, later in pairwise(self.levels)
        ]
        return replace(self, levels=levels, bits=bits)

    @property
    def vanish(self) -> bool:
        """Whether all scores at the first of the layers are 0."""
        return not any(self.levels[0])


def _growth(node: Fraction) -> int:
    # By so many bits scores get longer.
    return (abs(node.numerator) + node.denominator).bit_length()
