"""Matrices of polynomials: their rank, as it is but for some values of the parameter, and determinants."""

from __future__ import annotations

from flint import fmpz_poly

from exactdyn.parameters.rows import Polynomials


def echelon(rows: Polynomials) -> tuple[list[int], fmpz_poly]:
    """Return columns on which a matrix has its rank, and a minor of that size there that is not 0 everywhere.

    Of a square matrix of full rank that minor is the determinant.
    Source: elimination without fractions, E. H. Bareiss, Mathematics of Computation 22, 1968.

    >>> one, x = fmpz_poly([1]), fmpz_poly([0, 1])
    >>> echelon([[fmpz_poly([]), x, one], [fmpz_poly([]), x * x, x]])
    ([1], x)
    """
    rest, columns, last, sign = [list(row) for row in rows], list[int](), fmpz_poly([1]), 1
    for column in range(len(rest[0]) if rest else 0):
        top = len(columns)
        found = next((r for r in range(top, len(rest)) if not rest[r][column].is_zero()), None)
        if found is None:
            continue
        if found != top:
            rest[top], rest[found], sign = rest[found], rest[top], -sign
        pivot = rest[top][column]
        for row in rest[top + 1 :]:
            factor = row[column]
            for c in range(column, len(row)):
                row[c] = (row[c] * pivot - factor * rest[top][c]) // last
        columns.append(column)
        last = pivot
    return columns, last * sign


def determinant(rows: Polynomials) -> fmpz_poly:
    """Return the determinant of a square matrix, of no rows 1.

    >>> determinant([[fmpz_poly([0, 1]), fmpz_poly([1])], [fmpz_poly([1]), fmpz_poly([0, 1])]])
    x^2 + (-1)
    """
    columns, minor = echelon(rows)
    return minor if len(columns) == len(rows) else fmpz_poly([])
