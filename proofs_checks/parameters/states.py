"""Tokens whose coordinates are polynomials in the parameter, and their steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import gcd, lcm
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.parameters.polynomials import Polynomial, bits, inner, plus, times

Rows: TypeAlias = list[list[Polynomial]]
Sets: TypeAlias = tuple[frozenset[int], ...]


@dataclass(frozen=True)
class State:
    """n rows of d polynomials, each to be divided by one positive integer.

    Source: parameters/FORMAT.md, section "Cells".
    """

    rows: Rows
    denominator: int

    @cached_property
    def places(self) -> list[tuple[tuple[int, ...], ...]]:
        """For every token its coordinates, to be compared."""
        return [tuple(map(tuple, row)) for row in self.rows]

    def averaged(self, sets: Sequence[frozenset[int]]) -> State:
        """Return the attended points."""
        share = lcm(*map(len, sets))
        work.count_products(sum(map(len, sets)) * len(self.rows[0]), 0)
        rows = [
            [_sum([self.rows[j][c] for j in own], share // len(own)) for c in range(len(self.rows[0]))]
            for own in sets
        ]
        return State(rows, self.denominator * share)

    def combined(self, other: State, p: Polynomial, q: Polynomial, scale: int) -> State:
        """Return (p times this state plus q times another one)/scale, without a common factor."""
        common = lcm(self.denominator, other.denominator)
        mine, theirs = common // self.denominator, common // other.denominator
        left, right = [mine * c for c in p], [theirs * c for c in q]
        rows = [
            [plus(times(left, x), times(right, y)) for x, y in zip(row, column, strict=True)]
            for row, column in zip(self.rows, other.rows, strict=True)
        ]
        return _reduced(rows, common * scale)


def image(A: Rows, point: Sequence[Polynomial]) -> list[Polynomial]:
    """Return A z."""
    return [inner(row, point) for row in A]


def difference(A: Rows, state: State, token: int, first: int, second: int) -> Polynomial:
    """Return <A z_i, z_a - z_b> times a positive integer."""
    rows = state.rows
    way = [plus(x, y, -1) for x, y in zip(rows[first], rows[second], strict=True)]
    return inner(image(A, rows[token]), way)


def _sum(parts: Sequence[Polynomial], factor: int) -> Polynomial:
    total: Polynomial = []
    for part in parts:
        total = plus(total, part, factor)
    return total


def _reduced(rows: Rows, denominator: int) -> State:
    common = gcd(denominator, *(c for row in rows for x in row for c in x))
    work.count_fractions(sum(len(x) for row in rows for x in row), max(bits(x) for row in rows for x in row))
    return State([[[c // common for c in x] for x in row] for row in rows], denominator // common)
