"""Matrices over any domain: products, and inverses by elimination."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import identity, inner


def product(left: Rows, right: Rows) -> Rows:
    """Return the product of two matrices.

    >>> product(((Fraction(2), Fraction(1)),), ((Fraction(3),), (Fraction(4),)))
    ((Fraction(10, 1),),)
    """
    columns = list(zip(*right, strict=True))
    return tuple(tuple(inner(row, column) for column in columns) for row in left)


def inverse_matrix(matrix: Rows) -> Rows:
    """Return the inverse of a square matrix; raises ZeroDivisionError if there is none.

    Source: Gauss-Jordan elimination, G. H. Golub and C. F. Van Loan, Matrix Computations, section 3.2.

    >>> inverse_matrix(((Fraction(0), Fraction(2)), (Fraction(1), Fraction(0))))
    ((Fraction(0, 1), Fraction(1, 1)), (Fraction(1, 2), Fraction(0, 1)))
    """
    size = len(matrix)
    rows = [[*row, *unit] for row, unit in zip(matrix, identity(size), strict=True)]
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
    return tuple(tuple(row[size:]) for row in rows)


def _without(row: Sequence[Fraction], other: Sequence[Fraction], factor: Fraction) -> list[Fraction]:
    return [x - factor * y for x, y in zip(row, other, strict=True)]
