"""Whether finitely many points are rigid; FORMAT.md, section "limit-set" and the lemma there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proofs_checks.format.field_number import Matrix, Rows
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.vectors import determinant, dot, over_one_denominator


def is_rigid(system: System, places: Matrix) -> bool:
    """Tell whether the plane of each simplex of places has at most one point s with As orthogonal to it.

    Source: FORMAT.md, lemma ``limit-set``.
    """
    forms, _ = over_one_denominator(tuple(tuple(dot(system.image(x), y) for y in places) for x in places))
    products, _ = over_one_denominator(tuple(tuple(dot(x, y) for y in places) for x in places))
    return all(determinant(_edges(forms, simplex)) != 0 for simplex in _simplices(products))


def _simplices(products: Rows) -> Iterator[tuple[int, ...]]:
    # All sets of two or more places whose edges are independent, each from one with a place less.
    pending: list[tuple[int, ...]] = [(first,) for first in range(len(products))]
    while pending:
        smaller = pending.pop()
        for place in range(smaller[-1] + 1, len(products)):
            simplex = (*smaller, place)
            if determinant(_edges(products, simplex)) != 0:
                yield simplex
                pending.append(simplex)


def _edges(table: Rows, simplex: Sequence[int]) -> Rows:
    # A form is bilinear: what it gives for the edges x_i - x_0 follows from what it gives for places.
    first, *others = simplex
    own = table[first]
    return [[table[i][j] - table[i][first] - own[j] + own[first] for j in others] for i in others]
