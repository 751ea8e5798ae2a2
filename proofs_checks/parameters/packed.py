"""Many signs at once: polynomials on an interval, each packed into one integer."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from operator import mul
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.parameters.polynomials import Polynomial, longest
from proofs_checks.parameters.states import Rows, State

Node: TypeAlias = tuple[Polynomial, int]
"""A polynomial and the positive integer that it is to be divided by."""


class Packed:
    """The scores of states on the open interval from ``low`` to ``high``, or at low = high.

    A coordinate p of degree at most m is kept as the value of (c + c s)^m p((low + high s)/(1 + s)) at
    s = 2^width; products and sums of such values are those of products and sums of the polynomials in s.
    ``nodes``: those of differences of scores from state to state, which are called levels.
    Source: parameters/FORMAT.md, lemma ``packed``.
    """

    def __init__(
        self, A: Rows, states: Sequence[State], low: Fraction, high: Fraction, nodes: Sequence[Node] = ()
    ) -> None:
        c = lcm(low.denominator, high.denominator)
        a, b = int(low * c), int(high * c)
        ends, both = abs(a) + abs(b), 2 * c
        common = lcm(*(state.denominator for state in states))
        factors = [common // state.denominator for state in states]
        top, bend = max(_degree(state.rows) for state in states), _degree(A)
        size = max(
            factor * _length(state.rows, ends, both, top)
            for factor, state in zip(factors, states, strict=True)
        )
        # No coefficient of a difference of two scores, or of a level, has a larger absolute value than this.
        bound = 2 * size * size * len(A) ** 2 * _length(A, ends, both, bend)
        for node, scale in nodes:
            bound *= scale * both ** (len(node) - 1) + _length([[node]], ends, both, len(node) - 1)
        self.width = bound.bit_length() + 1
        x, one = a + (b << self.width), c + (c << self.width)
        count = sum(len(state.rows) for state in states)
        work.count_products(
            count * len(A) * (top + 1), (self.width + longest(low) + longest(high)) * (top + 1)
        )
        self.states = [
            [[factor * _packed(p, x, one, top) for p in row] for row in state.rows]
            for factor, state in zip(factors, states, strict=True)
        ]
        self.A = [[_packed(p, x, one, bend) for p in row] for row in A]
        self._nodes = [
            (scale * one ** (len(node) - 1), _packed(node, x, one, len(node) - 1)) for node, scale in nodes
        ]
        self._bits = self.width * (2 * top + bend + sum(len(node) - 1 for node, _ in nodes) + 1)
        self._tops = (((1 << self._bits) - 1) // ((1 << self.width) - 1)) << (self.width - 1)

    def scores(self, token: int, place: int = 0) -> list[int]:
        """Return the packed scores of a token with all tokens, in the state of a place."""
        size, points = len(self.A), self.states[place]
        work.count_products(size * (size + len(points)), self._bits)
        z = points[token]
        image = [sum(map(mul, row, z)) for row in self.A]
        return [sum(map(mul, image, point)) for point in points]

    def levels(self, sequence: Sequence[int]) -> list[int]:
        """Return the first member of every level of a difference of scores in all states, packed."""
        work.count_products(len(self._nodes) * (len(self._nodes) + 1), self._bits)
        found = [sequence[0]]
        for scale, node in self._nodes:
            sequence = [scale * later - node * earlier for earlier, later in pairwise(sequence)]
            found.append(sequence[0])
        return found

    def positive(self, value: int) -> bool:
        """Tell whether a difference of scores, or a level, is seen to be positive on all of the interval."""
        return value > 0 and not value & self._tops


def _packed(p: Polynomial, x: int, one: int, top: int) -> int:
    value, power = 0, one ** (top + 1 - len(p))
    for coefficient in reversed(p):  # Horner's rule, with the powers of x and of one filled up to the degree
        value, power = value * x + coefficient * power, power * one
    return value


def _degree(rows: Rows) -> int:
    return max(max(len(p) for row in rows for p in row) - 1, 0)


def _length(rows: Rows, ends: int, both: int, top: int) -> int:
    """Return a bound for the sum of the absolute coefficients in s of one coordinate or entry."""
    powers: list[int] = [pow(ends, m) * pow(both, top - m) for m in range(top + 1)]
    return max(sum(abs(x) * power for x, power in zip(p, powers, strict=False)) for row in rows for p in row)
