"""Linear feasibility over the rationals: every answer is a solution or a proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq

from exactdyn.numbers import Row, exact, to_fmpq

_Tableau: TypeAlias = list[list[fmpq]]


@dataclass(frozen=True)
class Solution:
    """Positive weights w_j, by the index j of their column, with ``sum w_j column_j = target``."""

    weights: dict[int, Fraction]


@dataclass(frozen=True)
class Separation:
    """A vector y with ``y . column_j <= 0`` for every j and ``y . target > 0``: there is no solution."""

    vector: Row


def nonnegative_solution(columns: Sequence[Row], target: Row) -> Solution | Separation:
    """Decide whether a vector is a nonnegative combination of others (Farkas' alternative).

    ``columns``: at least one vector of Q^m; ``target``: a vector of Q^m. Exact simplex method with Bland's
    rule, which ends. Source: lemma of Farkas; A. Schrijver, Theory of Linear and Integer Programming,
    Corollary 7.1d and section 11.3.

    >>> one, two = Fraction(1), Fraction(2)
    >>> nonnegative_solution([(one, one), (two, one)], (Fraction(5, 4), one))
    Solution(weights={0: Fraction(3, 4), 1: Fraction(1, 4)})
    >>> nonnegative_solution([(one, one), (two, one)], (Fraction(3), one))
    Separation(vector=(Fraction(1, 1), Fraction(-2, 1)))
    """
    signs = [-1 if x < 0 else 1 for x in target]
    tableau = _artificial_start(columns, target, signs)
    basis = [len(columns) + i for i in range(len(target))]
    while (entering := _entering(tableau[-1], len(columns))) is not None:
        row = _leaving(tableau, basis, entering)
        _pivot(tableau, row, entering)
        basis[row] = entering
    if tableau[-1][-1] == 0:
        pairs = zip(basis, tableau, strict=False)  # the last row is the objective
        return Solution({j: exact(row[-1]) for j, row in sorted(pairs) if j < len(columns) and row[-1] != 0})
    artificial = tableau[-1][len(columns) : -1]
    return Separation(tuple(exact(sign * (1 - cost)) for sign, cost in zip(signs, artificial, strict=True)))


def _artificial_start(columns: Sequence[Row], target: Row, signs: Sequence[int]) -> _Tableau:
    # Rows [columns | one artificial column a row | target], all with target >= 0, and below them the reduced
    # costs of "the sum of the artificial variables is least".
    size = len(target)
    rows = [
        [
            *(sign * to_fmpq(column[i]) for column in columns),
            *(fmpq(int(i == j)) for j in range(size)),
            sign * to_fmpq(target[i]),
        ]
        for i, sign in enumerate(signs)
    ]
    costs = [-sum(entries, fmpq(0)) for entries in zip(*rows, strict=True)]
    costs[len(columns) : -1] = [fmpq(0)] * size
    return [*rows, costs]


def _entering(costs: list[fmpq], structural: int) -> int | None:
    return next((j for j in range(structural) if costs[j] < 0), None)


def _leaving(tableau: _Tableau, basis: list[int], entering: int) -> int:
    # The objective is bounded below by 0, so some entry of an entering column is positive.
    ratios = [
        (row[-1] / row[entering], basis[i], i) for i, row in enumerate(tableau[:-1]) if row[entering] > 0
    ]
    return min(ratios)[2]


def _pivot(tableau: _Tableau, pivot_row: int, column: int) -> None:
    pivot = tableau[pivot_row][column]
    chosen = tableau[pivot_row] = [x / pivot for x in tableau[pivot_row]]
    for i, row in enumerate(tableau):
        factor = row[column]
        if i != pivot_row and factor != 0:
            tableau[i] = [x - factor * y for x, y in zip(row, chosen, strict=True)]
