"""Matrices over any domain: products, and inverses by elimination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpq, fmpq_mat

from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import identity, inner


def product(left: Rows, right: Rows) -> Rows:
    """Return the product of two matrices.

    >>> from fractions import Fraction
    >>> product(((Fraction(2), Fraction(1)),), ((Fraction(3),), (Fraction(4),)))
    ((Fraction(10, 1),),)
    """
    columns = list(zip(*right, strict=True))
    return tuple(tuple(inner(row, column) for column in columns) for row in left)


def inverse_matrix(matrix: Rows) -> Rows:
    """Return the inverse of a square matrix; raises ZeroDivisionError if there is none.

    Source: Gauss-Jordan elimination, G. H. Golub and C. F. Van Loan, Matrix Computations, section 3.2.

    >>> from fractions import Fraction
    >>> inverse_matrix(((Fraction(0), Fraction(2)), (Fraction(1), Fraction(0))))
    ((Fraction(0, 1), Fraction(1, 1)), (Fraction(1, 2), Fraction(0, 1)))
    """
    size = len(matrix)
    rows = _reduced([[*row, *unit] for row, unit in zip(matrix, identity(size), strict=True)])
    return tuple(tuple(row[size:]) for row in rows)


def _reduced(rows: list[list[Any]]) -> list[list[Any]]:
    """Make a square matrix, with columns beside it, the identity by steps on rows."""
    size = len(rows)
    for k in range(size):
        pivot = next((i for i in range(k, size) if rows[i][k] != 0), None)
        if pivot is None:
            raise ZeroDivisionError("the matrix has no inverse")
        rows[k], rows[pivot] = rows[pivot], rows[k]
        head = rows[k][k]
        rows[k] = [x / head for x in rows[k]]
        for i in range(size):
            if i != k and rows[i][k] != 0:
                rows[i] = _without(rows[i], rows[k], rows[i][k])
    return rows


def determinant(matrix: Sequence[Sequence[Any]]) -> Any:
    """Return the determinant of a square matrix, of flint's numbers or of those of a field.

    Source: Gauss elimination, G. H. Golub and C. F. Van Loan, Matrix Computations, section 3.2.

    >>> determinant([[fmpq(1), fmpq(2)], [fmpq(3), fmpq(4)]])
    -2
    """
    if all(isinstance(x, fmpq) for row in matrix for x in row):
        return fmpq_mat(matrix).det()
    rows: list[list[Any]] = [list(row) for row in matrix]
    value: Any = fmpq(1)
    for k in range(len(rows)):
        pivot = next((i for i in range(k, len(rows)) if rows[i][k] != 0), None)
        if pivot is None:
            return fmpq(0)
        if pivot != k:
            rows[k], rows[pivot], value = rows[pivot], rows[k], -value
        value = value * rows[k][k]
        for i in range(k + 1, len(rows)):
            rows[i] = _without(rows[i], rows[k], rows[i][k] / rows[k][k])
    return value


def solution(matrix: Sequence[Sequence[Any]], right: Sequence[Any]) -> list[Any]:
    """Return x with M x = y for a square matrix, of flint's numbers or of those of a field.

    Raises ZeroDivisionError if M has no inverse.
    Source: Gauss-Jordan elimination, G. H. Golub and C. F. Van Loan, Matrix Computations, section 3.2.

    >>> solution([[fmpq(0), fmpq(2)], [fmpq(1), fmpq(0)]], [fmpq(4), fmpq(3)])
    [3, 2]
    """
    if all(isinstance(x, fmpq) for row in (*matrix, right) for x in row):
        found = fmpq_mat(matrix).solve(fmpq_mat([[x] for x in right]))
        return [row[0] for row in found.tolist()]
    rows = _reduced([[*row, x] for row, x in zip(matrix, right, strict=True)])
    return [row[-1] for row in rows]


def _without(row: Sequence[Any], other: Sequence[Any], factor: Any) -> list[Any]:
    return [x - factor * y for x, y in zip(row, other, strict=True)]
