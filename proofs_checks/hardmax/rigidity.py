"""Whether finitely many points are rigid; FORMAT.md, section "limit-set" and the lemma there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import mul

from proofs_checks import work
from proofs_checks.format.field_number import Matrix, Rows
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import determinant, over_one_denominator, widest

PRIME = 2**61 - 1
"""A determinant that is not 0 modulo this prime is not 0."""


def is_rigid(run: Run, places: Matrix) -> bool:
    """Tell whether the plane of each simplex of places has at most one point s with As orthogonal to it.

    Source: FORMAT.md, lemma ``limit-set``.
    """
    numerators, _ = over_one_denominator(places)
    forms = list(run.scores(numerators))
    work.count_products(len(places) ** 2 * len(places[0]), widest(numerators))
    products: Rows = [[sum(map(mul, x, y)) for y in numerators] for x in numerators]
    remainders = [[x % PRIME for x in row if isinstance(x, int)] for row in forms]
    if any(len(row) < len(places) for row in remainders):  # numbers of a field have no remainders
        return _is_rigid_exactly(forms, products)
    pending = [Elimination((first,)) for first in range(len(places))]
    while pending:
        smaller = pending.pop()
        # With more places than the dimension and one their edges are dependent.
        rest = range(smaller.simplex[-1] + 1, len(places)) if len(smaller.simplex) <= len(places[0]) else ()
        for place in rest:
            larger = smaller.extended(place, remainders)
            if larger is not None:
                pending.append(larger)
            elif determinant(_edges(products, (*smaller.simplex, place))) != 0:
                return _is_rigid_exactly(forms, products)
    return True


@dataclass(frozen=True)
class Elimination:
    """A simplex, and its matrix of all <A e, f>, e and f two edges, as a product of triangles modulo PRIME.

    Lower times upper, in the order of the places. ``rows``: of the lower triangle, whose diagonal is 1, what
    is before it; ``columns``: of the upper one what is above its diagonal; ``inverses``: 1 divided by the
    entries of that diagonal.
    """

    simplex: tuple[int, ...]
    rows: tuple[list[int], ...] = ()
    columns: tuple[list[int], ...] = ()
    inverses: tuple[int, ...] = ()

    def extended(self, place: int, table: list[list[int]]) -> Elimination | None:
        """Return that of the simplex with one place more; None if its determinant is 0, or may be.

        ``table``: the form, for any two places. The new determinant is the old one times what is left of
        the last entry. Source: Gaussian elimination; FORMAT.md, lemma ``limit-set``.

        >>> plane = [[0, 0, 0], [0, 1, 0], [0, 0, PRIME - 1]]
        >>> edge = Elimination((0,)).extended(1, plane)
        >>> edge.extended(2, plane).inverses, Elimination((1,)).extended(2, plane)
        ((1, 2305843009213693950), None)
        """
        first, *others = self.simplex
        own, base = table[place], table[first]
        work.count_products(len(others) * (len(others) + 4) + 1, work.WORD)
        shift = base[first] - own[first]
        row: list[int] = []
        for k, j in enumerate(others):
            entry = own[j] - base[j] + shift - sum(map(mul, row, self.columns[k]))
            row.append(entry * self.inverses[k] % PRIME)
        column: list[int] = []
        for k, i in enumerate(others):
            entry = table[i][place] - table[i][first] - base[place] + base[first]
            column.append((entry - sum(map(mul, column, self.rows[k]))) % PRIME)
        left = (own[place] + shift - base[place] - sum(map(mul, row, column))) % PRIME
        if left == 0:
            return None
        inverses = (*self.inverses, pow(left, -1, PRIME))
        return Elimination((*self.simplex, place), (*self.rows, row), (*self.columns, column), inverses)


def _is_rigid_exactly(forms: Rows, products: Rows) -> bool:
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
