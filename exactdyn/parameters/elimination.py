"""Matrices of polynomials in the parameter: ranks, determinants, characteristic polynomials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from flint import fmpq_poly, fmpz_poly

from exactdyn.numbers.vectors import inner
from exactdyn.parameters.rows import Polynomials

Polynomial = TypeVar("Polynomial", fmpz_poly, fmpq_poly)


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


def product(
    left: Sequence[Sequence[Polynomial]], right: Sequence[Sequence[Polynomial]]
) -> list[list[Polynomial]]:
    """Return the product of two matrices.

    >>> product([[fmpz_poly([0, 1])]], [[fmpz_poly([2])]])
    [[2*x]]
    """
    columns = list(zip(*right, strict=True))
    return [[inner(row, column) for column in columns] for row in left]


def characteristic(matrix: Sequence[Sequence[Polynomial]], one: Polynomial) -> list[Polynomial]:
    """Return the coefficients of the characteristic polynomial, the highest first, which is ``one``.

    Source: the method of Faddeev and Leverrier; F. R. Gantmacher, The Theory of Matrices 1, section IV.5.

    >>> one, x = fmpz_poly([1]), fmpz_poly([0, 1])
    >>> characteristic([[x, one], [one, x]], one)
    [1, (-2)*x, x^2 + (-1)]
    """
    size, zero, coefficients = range(len(matrix)), one - one, [one]
    power = [[one if r == c else zero for c in size] for r in size]
    for k in size:
        power = product(matrix, power)
        coefficients.append(sum((power[r][r] for r in size), zero) // -(k + 1))
        for r in size:
            power[r][r] += coefficients[-1]
    return coefficients
