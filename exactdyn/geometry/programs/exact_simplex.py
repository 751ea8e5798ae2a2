"""The exact simplex method for one program: the last word where floating point cannot tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import cast

from flint import fmpq, fmpq_mat, fmpz, fmpz_mat

from exactdyn.numbers.vectors import cleared

_GREEDY_PIVOTS = 60
"""So many pivots take the most promising column; from then on Bland's rule, which cannot cycle."""


@dataclass(frozen=True)
class ConePoint:
    """Integers x with R x > 0."""

    coordinates: tuple[fmpz, ...]


@dataclass(frozen=True)
class Dependence:
    """Positive integers y, by row, with R^T y = 0: no x has R x > 0."""

    weights: dict[int, fmpz]


def separate(
    rows: Sequence[Sequence[fmpz]], scales: Sequence[int], start: Sequence[int]
) -> ConePoint | Dependence:
    """Find x with R x > 0, or weights y >= 0, not all 0, with R^T y = 0, exactly.

    ``rows``: the m x N integer matrix R, m >= 1. ``scales``: m positive integers. ``start``: columns that
    may be the optimal basis of the program below, as :class:`~exactdyn.geometry.programs.floating.Guess`
    numbers them; others do no harm.

    The program: minimise sum(p + q) over y, p, q >= 0 with R^T y + p - q = 0 and <scales, y> = 1. Either its
    optimum is 0, and y is the answer, or it is t > 0, and the dual variables have R x >= t scales. Revised
    simplex method, every basic solution solved for exactly.
    Source: A. Schrijver, Theory of Linear and Integer Programming, sections 7.8 and 11.2.

    >>> separate([[fmpz(1)], [fmpz(-2)]], [1, 1], [])
    Dependence(weights={0: 2, 1: 1})
    """
    program = _Program(rows, scales)
    basis = program.usable(start) or program.plain_basis()
    for pivots in count():
        values = program.values(basis)
        costs, point = program.prices(basis)
        if point is not None:
            return ConePoint(point)
        pairs = sorted(zip(basis, values, strict=True))
        if all(value == 0 for column, value in pairs if column >= program.m):
            weights = {column: value for column, value in pairs if value > 0}
            return Dependence(dict(zip(weights, cleared(weights.values())[0], strict=True)))
        # Some reduced cost is negative: otherwise this is the optimum t > 0, and prices found the point.
        promising = [column for column, cost in enumerate(costs) if cost < 0]
        entering = min(promising, key=costs.__getitem__) if pivots < _GREEDY_PIVOTS else promising[0]
        basis[program.leaving(basis, values, entering)] = entering
    raise ArithmeticError("Bland's rule ends")


class _Program:
    """The columns of the program: m weights, then N positive and N negative parts."""

    def __init__(self, rows: Sequence[Sequence[fmpz]], scales: Sequence[int]) -> None:
        self.m, self.N = len(rows), len(rows[0])
        self.columns: list[list[fmpz | int]] = [
            [*row, scale] for row, scale in zip(rows, scales, strict=True)
        ]
        self.columns += [
            [sign * int(c == r) for c in range(self.N + 1)] for sign in (1, -1) for r in range(self.N)
        ]
        self.matrix = fmpz_mat(self.columns)
        self.right = fmpz_mat(self.N + 1, 1, [0] * self.N + [1])

    def plain_basis(self) -> list[int]:
        """Return the first weight, and a part of the right sign in every coordinate."""
        return [0, *(self.m + c + self.N * int(self.columns[0][c] > 0) for c in range(self.N))]

    def usable(self, start: Sequence[int]) -> list[int] | None:
        """Return the basis as given or with parts of the other sign, if that is a feasible one."""
        try:
            values = self.values(list(start))
        except (ValueError, ZeroDivisionError):  # of the wrong size, or singular
            return None
        if any(value < 0 for column, value in zip(start, values, strict=True) if column < self.m):
            return None
        return [
            column if value >= 0 else column + (self.N if column < self.m + self.N else -self.N)
            for column, value in zip(start, values, strict=True)
        ]

    def values(self, basis: list[int]) -> list[fmpq]:
        """Solve for the basic variables."""
        return self._basic(basis).transpose().solve(self.right).entries()

    def prices(self, basis: list[int]) -> tuple[list[fmpz], tuple[fmpz, ...] | None]:
        """Return a multiple of every reduced cost, and x with R x > 0 if the dual variables give one."""
        own = fmpz_mat(self.N + 1, 1, [int(column >= self.m) for column in basis])
        duals, denominator = cast("fmpq_mat", self._basic(basis).solve(own)).numer_denom()
        if denominator < 0:
            duals, denominator = -duals, -denominator
        products = (self.matrix * duals).entries()
        costs = [denominator * int(j >= self.m) - product for j, product in enumerate(products)]
        point = tuple(-x for x in duals.entries()[: self.N])
        last = duals[self.N, 0]
        # R x is minus the product without the last dual variable.
        separates = all(products[k] - self.columns[k][-1] * last < 0 for k in range(self.m))
        return costs, point if separates else None

    def leaving(self, basis: list[int], values: list[fmpq], entering: int) -> int:
        """Find the place that the entering column takes: least ratio, then least column.

        Source: R. G. Bland, New finite pivoting rules for the simplex method, Mathematics of Operations
        Research 2 (1977).
        """
        column = fmpz_mat(self.N + 1, 1, self.columns[entering])
        changes = self._basic(basis).transpose().solve(column).entries()
        # The objective is bounded below by 0, so some entry is positive.
        ratios = [
            (value / change, basis[place], place)
            for place, (value, change) in enumerate(zip(values, changes, strict=True))
            if change > 0
        ]
        return min(ratios)[2]

    def _basic(self, basis: list[int]) -> fmpz_mat:
        return fmpz_mat([self.columns[column] for column in basis])
