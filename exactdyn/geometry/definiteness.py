"""Definiteness of a quadratic form, with the factorisation or the vector that proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq, fmpz_mat

from exactdyn.geometry.products import over_integers
from exactdyn.numbers.fields.joining import from_flint, to_flint
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import cleared, identity, inner

_Triangle: TypeAlias = list[dict[int, fmpq]]
# Row by row the entries of L below the diagonal that differ from 0.


@dataclass(frozen=True)
class Factorisation:
    """The symmetric part of A as L D L^T: L unit lower triangular, D = diag(``diagonal``) nonnegative."""

    lower: Rows
    diagonal: Row

    @property
    def positive(self) -> bool:
        """Whether D is positive: A is then positive definite, otherwise only semidefinite.

        Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

        >>> factorise(((Fraction(1),),)).positive
        True
        """
        return all(x > 0 for x in self.diagonal)


@dataclass(frozen=True)
class Direction:
    """A vector x != 0 and the value <Ax, x> there."""

    vector: Row
    value: Fraction


def factorise(A: Rows) -> Factorisation | Direction:
    """Factorise the symmetric part of A, or find a vector with <Ax, x> < 0.

    ``A``: d x d numbers of one domain. A factorisation exists exactly if A is positive semidefinite.
    Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

    >>> one, two = Fraction(1), Fraction(2)
    >>> factorise(((two, one), (one, two))).diagonal
    (Fraction(2, 1), Fraction(3, 2))
    >>> factorise(((one, two), (two, one)))
    Direction(vector=(Fraction(-2, 1), Fraction(1, 1)), value=Fraction(-3, 1))
    """
    size = len(A)
    if identity(size) == A:
        return Factorisation(A, (Fraction(1),) * size)
    lower: _Triangle = [{} for _ in range(size)]
    diagonal: list[fmpq] = []
    for k in range(size):
        # Column by column, so that a form that is soon seen to be negative costs little however large it is.
        above = _scaled(lower[k], diagonal)
        pivot = _left(A, k, k, above, lower)
        if pivot < 0:
            return _direction(A, lower, {k: fmpq(1)})
        for i in range(k + 1, size):
            left = _left(A, i, k, above, lower)
            if left == 0:
                continue
            if pivot == 0:
                # On the plane of these two the form is 2 c s + r with s free: s makes it -1.
                own = _left(A, i, i, _scaled(lower[i], diagonal), lower)
                return _direction(A, lower, {k: -(own + 1) / (2 * left), i: fmpq(1)})
            lower[i][k] = left / pivot
        diagonal.append(pivot)
    return Factorisation(_unit_lower(lower), tuple(from_flint(x) / 2 for x in diagonal))


def positive_definite(A: Rows) -> bool:
    """Tell whether <Ax, x> > 0 for every x != 0.

    Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``.

    >>> positive_definite(((Fraction(1),),)), positive_definite(((Fraction(0),),))
    (True, False)
    """
    found = factorise(A)
    return isinstance(found, Factorisation) and found.positive


def null_direction(factorisation: Factorisation) -> Direction:
    """Return a vector x != 0 with <Ax, x> = 0 of a form that is semidefinite but not definite.

    Raises ValueError if the form is definite.
    Source: lemma ``factorisation`` in ``proofs_checks/FORMAT.md``: <Ax, x> = <Dy, y> with y = L^T x.

    >>> null_direction(factorise(((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1))))).vector
    (Fraction(-1, 1), Fraction(1, 1))
    """
    k = factorisation.diagonal.index(Fraction(0))
    rows = enumerate(factorisation.lower)
    lower = [{j: to_flint(x) for j, x in enumerate(row[:i]) if x} for i, row in rows]
    return Direction(_pulled_back(lower, {k: fmpq(1)}), Fraction(0))


def quadratic_form(A: Rows, x: Row) -> Fraction:
    """Return <Ax, x>.

    >>> quadratic_form(((Fraction(2),),), (Fraction(3),))
    Fraction(18, 1)
    """
    support = [i for i, entry in enumerate(x) if entry != 0]
    if 0 < len(support) < len(x):
        return quadratic_form(
            tuple(tuple(A[i][j] for j in support) for i in support), tuple(x[i] for i in support)
        )
    whole = over_integers(A)
    if whole is None or domain_of(x) != RATIONALS:
        return inner(tuple(inner(row, x) for row in A), x)
    matrix, below = whole
    own, scale = cleared(x)
    image = (matrix * fmpz_mat([[entry] for entry in own])).entries()
    return Fraction(int(inner(own, image)), scale * scale * below)


def _scaled(row: dict[int, fmpq], diagonal: Sequence[fmpq]) -> dict[int, fmpq]:
    return {j: x * diagonal[j] for j, x in row.items()}


def _left(A: Rows, i: int, k: int, above: Mapping[int, fmpq], lower: _Triangle) -> fmpq:
    # What eliminating the columns before leaves of an entry of twice the symmetric part, which has integer
    # entries wherever A has; the factor 2 is taken out of D at the end.
    row = lower[i]
    done = sum((x * row[j] for j, x in above.items() if j in row), fmpq(0))
    left: fmpq = to_flint(A[i][k]) + to_flint(A[k][i]) - done
    return left


def _unit_lower(lower: _Triangle) -> Rows:
    zero, one = Fraction(0), Fraction(1)
    rows = [[zero] * len(lower) for _ in lower]
    for i, entries in enumerate(lower):
        rows[i][i] = one
        for j, x in entries.items():
            rows[i][j] = from_flint(x)
    return tuple(map(tuple, rows))


def _direction(A: Rows, lower: _Triangle, coordinates: dict[int, fmpq]) -> Direction:
    vector = _pulled_back(lower, coordinates)
    return Direction(vector, quadratic_form(A, vector))


def _pulled_back(lower: _Triangle, coordinates: dict[int, fmpq]) -> Row:
    # Solve L^T x = y from below: then <Ax, x> is the form of what is left of the elimination, at y.
    size = len(lower)
    x = [coordinates.get(i, fmpq(0)) for i in range(size)]
    for i in reversed(range(size)):
        x[i] -= sum((lower[j][i] * x[j] for j in range(i + 1, size) if i in lower[j]), fmpq(0))
    return tuple(map(from_flint, x))
