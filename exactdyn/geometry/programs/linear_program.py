"""Linear programs over the rationals: every answer is a point or a proof, both exact.

Rows are formed exactly first; HiGHS then guesses in floating point, the guess is checked exactly, and what it
cannot settle (ties and gaps far below what a float sees) an exact simplex method does. Over a field, where
one vector is to be a combination of others, a plain simplex method does it alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpz

from exactdyn.geometry.programs.cone import Contradiction, Relation, cone_point
from exactdyn.geometry.programs.exact_simplex import ConePoint
from exactdyn.geometry.programs.tableau import combination
from exactdyn.numbers.fields.joining import from_flint, to_flint
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row, exact
from exactdyn.numbers.vectors import cleared


@dataclass(frozen=True)
class Constraint:
    """``row . x`` in relation to a right side: ``>``, ``>=`` or ``=``."""

    row: Row
    relation: Relation
    right: Fraction = Fraction(0)


@dataclass(frozen=True)
class Feasible:
    """A point that satisfies all constraints, those ``>=`` strictly that can be."""

    point: Row


@dataclass(frozen=True)
class Infeasible:
    """Farkas weights y, by constraint: ``sum y_k row_k = 0``, y_k >= 0 except for "=".

    Either ``sum y_k right_k > 0``, or that sum is 0 and y_k > 0 for some ``>``: there is no point.
    """

    weights: dict[int, Fraction]


@dataclass(frozen=True)
class Solution:
    """Positive weights w_j, by the index j of their column, with ``sum w_j column_j = target``."""

    weights: dict[int, Fraction]


@dataclass(frozen=True)
class Separation:
    """A vector y with ``y . column_j <= 0`` for every j and ``y . target > 0``: there is no solution."""

    vector: Row


def solve(constraints: Sequence[Constraint], width: int) -> Feasible | Infeasible:
    """Decide whether some x of Q^width satisfies all constraints.

    Source: lemma ``farkas`` in ``proofs_checks/FORMAT.md``.

    >>> one, two = Fraction(1), Fraction(2)
    >>> solve([Constraint((one,), ">", one), Constraint((-one,), ">=", -two)], 1)
    Feasible(point=(Fraction(3, 2),))
    >>> solve([Constraint((one,), ">", one), Constraint((-one,), ">=", -one)], 1)
    Infeasible(weights={0: Fraction(1, 1), 1: Fraction(1, 1)})
    """
    # x = u / t for the points (u, t) of a cone with t > 0.
    rows, scales = _integer_rows([(*c.row, -c.right) for c in constraints])
    positive = [fmpz(0)] * width + [fmpz(1)]
    relations: list[Relation] = [*(c.relation for c in constraints), ">"]
    answer = cone_point([*rows, positive], relations, width + 1)
    if isinstance(answer, ConePoint):
        *numerators, denominator = answer.coordinates
        return Feasible(tuple(Fraction(int(x), int(denominator)) for x in numerators))
    return Infeasible(_weights(answer, scales))


def nonnegative_solution(columns: Sequence[Row], target: Row) -> Solution | Separation:
    """Decide whether a vector is a nonnegative combination of others (Farkas' alternative).

    ``columns``: vectors of m numbers; ``target``: another one, all of one domain.
    Source: lemma of Farkas; A. Schrijver, Theory of Linear and Integer Programming, Corollary 7.1d.

    >>> one, two = Fraction(1), Fraction(2)
    >>> nonnegative_solution([(one, one), (two, one)], (Fraction(5, 4), one))
    Solution(weights={0: Fraction(3, 4), 1: Fraction(1, 4)})
    >>> nonnegative_solution([(one, one), (two, one)], (Fraction(3), one))
    Separation(vector=(Fraction(2, 1), Fraction(-5, 1)))
    """
    if domain_of(x for row in (target, *columns) for x in row) != RATIONALS:
        found = combination([list(map(to_flint, column)) for column in columns], list(map(to_flint, target)))
        if isinstance(found, dict):
            return Solution({j: from_flint(weight) for j, weight in found.items()})
        return Separation(tuple(map(from_flint, found)))
    rows, scales = _integer_rows([target, *(tuple(-x for x in column) for column in columns)])
    weak: list[Relation] = [">="] * len(columns)
    answer = cone_point(rows, [">", *weak], len(target))
    if isinstance(answer, ConePoint):
        return Separation(tuple(map(exact, answer.coordinates)))
    weights = _weights(answer, scales)
    return Solution({k - 1: weight / weights[0] for k, weight in weights.items() if k > 0})


def _integer_rows(rows: Sequence[Row]) -> tuple[list[list[fmpz]], list[int]]:
    # Positive multiples of the rows, and the multipliers.
    domain_of(x for row in rows for x in row).require("linear programs")
    multiples = list(map(cleared, rows))
    return [list(integers) for integers, _ in multiples], [scale for _, scale in multiples]


def _weights(answer: Contradiction, scales: Sequence[int]) -> dict[int, Fraction]:
    return {k: exact(weight) * scales[k] for k, weight in answer.weights.items() if k < len(scales)}
