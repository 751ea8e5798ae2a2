"""Definiteness of a quadratic form, with the factorisation or the vector that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq

from exactdyn.numbers import Row, Rows, exact, inner, to_fmpq

_Matrix: TypeAlias = list[list[fmpq]]


@dataclass(frozen=True)
class Factorisation:
    """The symmetric part of A as L D L^T: L unit lower triangular, D = diag(``diagonal``) nonnegative."""

    lower: Rows
    diagonal: Row

    @property
    def positive(self) -> bool:
        """Whether D is positive: A is then positive definite, otherwise only semidefinite."""
        return all(x > 0 for x in self.diagonal)


@dataclass(frozen=True)
class Direction:
    """A vector x != 0 and the value <Ax, x> there."""

    vector: Row
    value: Fraction


def factorise(A: Rows) -> Factorisation | Direction:
    """Factorise the symmetric part of A, or find a vector with <Ax, x> < 0.

    ``A``: d x d fractions. A factorisation exists exactly if A is positive semidefinite
    (lemma ``factorisation`` in ``proofs_checks/FORMAT.md``).

    >>> one, two = Fraction(1), Fraction(2)
    >>> factorise(((two, one), (one, two))).diagonal
    (Fraction(2, 1), Fraction(3, 2))
    >>> factorise(((one, two), (two, one)))
    Direction(vector=(Fraction(-2, 1), Fraction(1, 1)), value=Fraction(-3, 1))
    """
    size = len(A)
    # Twice the symmetric part has integer entries wherever A has; the factor 2 is taken out of D at the end.
    rest = [[to_fmpq(A[i][j] + A[j][i]) for j in range(size)] for i in range(size)]
    lower = [[fmpq(int(i == j)) for j in range(size)] for i in range(size)]
    diagonal = []
    for k in range(size):
        pivot = rest[k][k]
        diagonal.append(pivot)
        obstacle = next((i for i in range(k + 1, size) if rest[i][k] != 0), None)
        if pivot < 0:
            return _direction(A, lower, {k: fmpq(1)})
        if pivot == 0 and obstacle is not None:
            # On the plane of these two the form is 2 c s + r with s free: s makes it -1.
            free = -(rest[obstacle][obstacle] + 1) / (2 * rest[obstacle][k])
            return _direction(A, lower, {k: free, obstacle: fmpq(1)})
        if pivot != 0:
            _eliminate(rest, lower, k)
    return Factorisation(
        tuple(tuple(map(exact, row)) for row in lower), tuple(exact(x) / 2 for x in diagonal)
    )


def positive_definite(A: Rows) -> bool:
    """Tell whether <Ax, x> > 0 for every x != 0.

    >>> positive_definite(((Fraction(1),),)), positive_definite(((Fraction(0),),))
    (True, False)
    """
    found = factorise(A)
    return isinstance(found, Factorisation) and found.positive


def null_direction(factorisation: Factorisation) -> Direction:
    """Return a vector x != 0 with <Ax, x> = 0 of a form that is semidefinite but not definite.

    Raises ValueError if the form is definite.

    >>> null_direction(factorise(((Fraction(1), Fraction(1)), (Fraction(1), Fraction(1))))).vector
    (Fraction(-1, 1), Fraction(1, 1))
    """
    k = factorisation.diagonal.index(Fraction(0))
    lower = [[to_fmpq(x) for x in row] for row in factorisation.lower]
    return Direction(_pulled_back(lower, {k: fmpq(1)}), Fraction(0))


def quadratic_form(A: Rows, x: Row) -> Fraction:
    """Return <Ax, x>.

    >>> quadratic_form(((Fraction(2),),), (Fraction(3),))
    Fraction(18, 1)
    """
    return inner(tuple(inner(row, x) for row in A), x)


def _eliminate(rest: _Matrix, lower: _Matrix, k: int) -> None:
    for i in range(k + 1, len(rest)):
        lower[i][k] = factor = rest[i][k] / rest[k][k]
        for j in range(k + 1, len(rest)):
            rest[i][j] -= factor * rest[k][j]


def _direction(A: Rows, lower: _Matrix, coordinates: dict[int, fmpq]) -> Direction:
    vector = _pulled_back(lower, coordinates)
    return Direction(vector, quadratic_form(A, vector))


def _pulled_back(lower: _Matrix, coordinates: dict[int, fmpq]) -> Row:
    # Solve L^T x = y from below: then <Ax, x> is the form of what is left of the elimination, at y.
    size = len(lower)
    x = [coordinates.get(i, fmpq(0)) for i in range(size)]
    for i in reversed(range(size)):
        x[i] -= sum((lower[j][i] * x[j] for j in range(i + 1, size)), fmpq(0))
    return tuple(map(exact, x))
