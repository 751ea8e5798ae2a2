"""Motzkin's alternative: a point of a rational cone, or the weights that prove it empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from flint import fmpz, fmpz_mat

from exactdyn.geometry.programs.exact_simplex import ConePoint
from exactdyn.geometry.programs.gordan import alternative
from exactdyn.numbers.vectors import primitive

Relation: TypeAlias = Literal[">", ">=", "="]
"""How a row compares with its right side."""

Integers: TypeAlias = Sequence[fmpz]
Weights: TypeAlias = dict[int, fmpz]


@dataclass(frozen=True)
class Contradiction:
    """Integers y, by row, with ``sum y_k row_k = 0``: y_k >= 0 except on rows "=", and > 0 on some row ">".

    A point with all the relations would satisfy 0 > 0.
    """

    weights: Weights


def cone_point(
    rows: Sequence[Integers], relations: Sequence[Relation], width: int
) -> ConePoint | Contradiction:
    """Find x with ``row_k . x`` in relation to 0 for every k, or the weights that exclude it.

    ``rows``: m >= 0 rows of ``width`` integers; ``relations``: one a row. The point lies in the relative
    interior of the cone: it satisfies every row ">=" strictly that some point of the cone does.
    Source: transposition theorem of Motzkin (1936); A. Schrijver,
    Theory of Linear and Integer Programming, section 7.8.

    >>> one, two = fmpz(1), fmpz(2)
    >>> cone_point([[one, two], [one, -one]], [">", "="], 2)
    ConePoint(coordinates=(1, 1))
    >>> cone_point([[one, two], [-one, -two]], [">", ">="], 2)
    Contradiction(weights={0: 1, 1: 1})
    """
    equal = [k for k, relation in enumerate(relations) if relation == "="]
    others = [k for k, relation in enumerate(relations) if relation != "="]
    implications: list[tuple[list[int], Weights]] = []
    while True:
        basis = _kernel([rows[k] for k in equal], width)
        answer = alternative(_restricted([rows[k] for k in others], basis), basis.ncols())
        if isinstance(answer, ConePoint):
            inside = basis * fmpz_mat(basis.ncols(), 1, answer.coordinates)
            return ConePoint(tuple(inside.entries()))
        own = {others[place]: weight for place, weight in answer.weights.items()}
        weights = _completed(rows, own, equal)
        if any(relations[k] == ">" for k in own):
            return Contradiction(_corrected(weights, implications))
        # Numbers >= 0 with a positive combination 0 are all 0: these rows are equations.
        implications.append((list(own), weights))
        equal += own
        others = [k for k in others if k not in own]


def _kernel(rows: Sequence[Integers], width: int) -> fmpz_mat:
    # Its columns span { x : row . x = 0 for all rows }.
    if not rows:
        return fmpz_mat([[int(r == c) for c in range(width)] for r in range(width)])
    vectors, nullity = fmpz_mat([list(row) for row in rows]).nullspace()
    columns = [primitive(vectors[r, c] for r in range(width)) for c in range(nullity)]
    return fmpz_mat(columns).transpose() if columns else fmpz_mat(width, 0)


def _restricted(rows: Sequence[Integers], basis: fmpz_mat) -> list[list[fmpz]]:
    if not rows or not basis.ncols():
        return [[] for _ in rows]
    return (fmpz_mat([list(row) for row in rows]) * basis).tolist()


def _completed(rows: Sequence[Integers], weights: Weights, equal: Sequence[int]) -> Weights:
    # The combination vanishes where the equations hold: some of these added to a multiple of it make it 0.
    terms = [[weight * x for x in rows[k]] for k, weight in weights.items()]
    total = [sum(column, fmpz(0)) for column in zip(*terms, strict=True)]
    vectors, nullity = fmpz_mat([*(list(rows[k]) for k in equal), total]).transpose().nullspace()
    last = len(equal)
    own = next(c for c in range(nullity) if vectors[last, c] != 0)
    sign = 1 if vectors[last, own] > 0 else -1
    all_weights = {k: weight * vectors[last, own] * sign for k, weight in weights.items()}
    all_weights |= {k: vectors[place, own] * sign for place, k in enumerate(equal)}
    divided = primitive(all_weights.values())
    return {k: weight for k, weight in zip(all_weights, divided, strict=True) if weight != 0}


def _corrected(weights: Weights, implications: Sequence[tuple[list[int], Weights]]) -> Weights:
    # A row ">=" that was found to be an equation must not keep a negative weight: adding its implication, a
    # combination 0 that is positive on it, helps. Later implications only touch rows of earlier ones.
    for implied, combination in reversed(implications):
        times = max((-(weights.get(k, fmpz(0)) // combination[k]) for k in implied), default=fmpz(0))
        if times > 0:
            for k, weight in combination.items():
                weights[k] = weights.get(k, fmpz(0)) + times * weight
    return {k: weight for k, weight in sorted(weights.items()) if weight != 0}
