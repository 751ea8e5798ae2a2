"""Linear programs over the rationals: every answer is a point or a proof, both exact.

Rows are formed exactly first; HiGHS then guesses in floating point, the guess is checked exactly, and what it
cannot settle (ties and gaps far below what a float sees) an exact simplex method does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import cast

import numpy as np
from flint import fmpz

from exactdyn.geometry.programs.cone import Contradiction, Relation, cone_point
from exactdyn.geometry.programs.exact_simplex import Point
from exactdyn.geometry.programs.floating import float_rows, guess_binding
from exactdyn.numbers.reading import Row, exact
from exactdyn.numbers.vectors import inner


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
class Optimal:
    """A point where the objective is largest, and weights y as in :class:`Infeasible` that prove it.

    ``objective + sum y_k row_k = 0``, so objective . x <= -sum y_k right_k, which is the ``value`` here.
    """

    point: Row
    value: Fraction
    weights: dict[int, Fraction]


@dataclass(frozen=True)
class Unbounded:
    """A point that satisfies all constraints, and a ray from it along which the objective grows for ever."""

    point: Row
    ray: Row


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
    if isinstance(answer, Point):
        *numerators, denominator = answer.coordinates
        return Feasible(tuple(Fraction(int(x), int(denominator)) for x in numerators))
    return Infeasible(_weights(answer, scales))


def maximise(objective: Row, constraints: Sequence[Constraint]) -> Optimal | Unbounded | Infeasible:
    """Find the largest value of ``objective . x`` under constraints ``>=`` and ``=``.

    Raises ValueError for a constraint ``>``: a largest value need not exist then. Source: duality theorem of
    linear programming; A. Schrijver, Theory of Linear and Integer Programming, Corollary 7.1g.

    >>> one, two = Fraction(1), Fraction(2)
    >>> maximise((one,), [Constraint((-two,), ">=", -one)])
    Optimal(point=(Fraction(1, 2),), value=Fraction(1, 2), weights={0: Fraction(1, 2)})
    >>> maximise((one,), [Constraint((one,), ">=", two)])
    Unbounded(point=(Fraction(3, 1),), ray=(Fraction(1, 1),))
    """
    if any(constraint.relation == ">" for constraint in constraints):
        raise ValueError("constraints: requires >= and =, got >")
    feasible = solve(constraints, len(objective))
    if isinstance(feasible, Infeasible):
        return feasible
    directions = [Constraint(c.row, c.relation) for c in constraints]
    growing = solve([*directions, Constraint(objective, ">")], len(objective))
    if isinstance(growing, Feasible):
        return Unbounded(feasible.point, growing.point)
    binding = guess_binding(*_float_program(objective, constraints))
    everything = range(len(constraints))
    # Where the guess is wrong, every constraint may bind or not.
    found = _optimum(objective, constraints, binding, binding)
    return found or cast("Optimal", _optimum(objective, constraints, everything, ()))


def nonnegative_solution(columns: Sequence[Row], target: Row) -> Solution | Separation:
    """Decide whether a vector is a nonnegative combination of others (Farkas' alternative).

    ``columns``: vectors of Q^m; ``target``: a vector of Q^m. Source: lemma of Farkas; A. Schrijver, Theory
    of Linear and Integer Programming, Corollary 7.1d.

    >>> one, two = Fraction(1), Fraction(2)
    >>> nonnegative_solution([(one, one), (two, one)], (Fraction(5, 4), one))
    Solution(weights={0: Fraction(3, 4), 1: Fraction(1, 4)})
    >>> nonnegative_solution([(one, one), (two, one)], (Fraction(3), one))
    Separation(vector=(Fraction(2, 1), Fraction(-5, 1)))
    """
    rows, scales = _integer_rows([target, *(tuple(-x for x in column) for column in columns)])
    weak: list[Relation] = [">="] * len(columns)
    answer = cone_point(rows, [">", *weak], len(target))
    if isinstance(answer, Point):
        return Separation(tuple(map(exact, answer.coordinates)))
    weights = _weights(answer, scales)
    return Solution({k - 1: weight / weights[0] for k, weight in weights.items() if k > 0})


def _optimum(
    objective: Row, constraints: Sequence[Constraint], support: Sequence[int], binding: Sequence[int]
) -> Optimal | None:
    # A point x where these constraints bind, and weights y on the support, of equal value: each proves that
    # the other is optimal.
    width, zeros = len(objective), (Fraction(0),) * len(support)
    joint = [
        Constraint((*c.row, *zeros), "=" if k in binding else c.relation, c.right)
        for k, c in enumerate(constraints)
    ]
    for r in range(width):
        column = tuple(constraints[k].row[r] for k in support)
        joint.append(Constraint((*(Fraction(0),) * width, *column), "=", -objective[r]))
    for place, k in enumerate(support):
        if constraints[k].relation == ">=":
            unit = tuple(Fraction(int(place == other)) for other in range(len(support)))
            joint.append(Constraint((*(Fraction(0),) * width, *unit), ">="))
    joint.append(Constraint((*objective, *(constraints[k].right for k in support)), ">="))
    answer = solve(joint, width + len(support))
    if isinstance(answer, Infeasible):
        return None
    point, weights = answer.point[:width], zip(support, answer.point[width:], strict=True)
    return Optimal(point, inner(objective, point), {k: weight for k, weight in weights if weight != 0})


def _float_program(objective: Row, constraints: Sequence[Constraint]) -> tuple[np.ndarray, ...]:
    rows, _ = _integer_rows([(*c.row, c.right) for c in constraints])
    table = float_rows([*rows, *_integer_rows([(*objective, Fraction(0))])[0]])
    return table[-1, :-1], table[:-1, :-1], table[:-1, -1], np.array([c.relation == "=" for c in constraints])


def _integer_rows(rows: Sequence[Row]) -> tuple[list[list[fmpz]], list[int]]:
    # Positive multiples of the rows, and the multipliers.
    scales = [lcm(*(x.denominator for x in row)) for row in rows]
    integers = [
        [fmpz(x.numerator * (scale // x.denominator)) for x in row]
        for row, scale in zip(rows, scales, strict=True)
    ]
    return integers, scales


def _weights(answer: Contradiction, scales: Sequence[int]) -> dict[int, Fraction]:
    return {k: exact(weight) * scales[k] for k, weight in answer.weights.items() if k < len(scales)}
