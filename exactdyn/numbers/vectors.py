"""Vectors and matrices of exact numbers: inner products, symmetry, denominators cleared, primitive ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import TypeVar

from flint import arb, arb_series, fmpq, fmpq_mat, fmpq_poly, fmpz, fmpz_mat, fmpz_poly

from exactdyn.numbers.reading import Rows, exact, to_fmpq
from exactdyn.numbers.remembered import remembered

Number = TypeVar("Number", Fraction, fmpz, fmpq, fmpz_poly, fmpq_poly, arb, arb_series)


@lru_cache(maxsize=8)  # one object for all who ask: they are compared, and a million entries take a while
def identity(dimension: int) -> Rows:
    """Return the identity matrix.

    >>> identity(1)
    ((Fraction(1, 1),),)
    """
    zero, one = Fraction(0), Fraction(1)
    return tuple(tuple(one if i == j else zero for j in range(dimension)) for i in range(dimension))


def inner(x: Sequence[Number], y: Sequence[Number]) -> Number:
    """Return the inner product of two vectors of at least one coordinate, over any ring.

    >>> inner((Fraction(1), Fraction(2)), (Fraction(3), Fraction(1, 2)))
    Fraction(4, 1)
    >>> inner((fmpz(1), fmpz(2)), (fmpz(3), fmpz(4)))
    11
    """
    products = [a * b for a, b in zip(x, y, strict=True)]
    return sum(products[1:], products[0])  # from the first one: a sum from 0 would need to know whose 0


def asymmetry(A: Rows) -> tuple[int, int] | None:
    """Return the first place above the diagonal where a square matrix differs from its transpose, or None.

    >>> zero, one = Fraction(0), Fraction(1)
    >>> asymmetry(((one, zero), (one, one))), asymmetry(((one, one), (one, one)))
    ((0, 1), None)
    """
    if identity(len(A)) == A:
        return None
    for i, row in enumerate(A):
        for j in range(i + 1, len(A)):
            if row[j] != A[j][i]:
                return i, j
    return None


def is_symmetric(A: Rows) -> bool:
    """Tell whether a square matrix equals its transpose.

    >>> is_symmetric(identity(2))
    True
    """
    return asymmetry(A) is None


def common_denominator(rows: Iterable[Iterable[Fraction | fmpq]]) -> int:
    """Return the least positive integer that makes integers of all these numbers; of none it is 1.

    >>> common_denominator([[Fraction(1, 2)], [Fraction(1, 3), Fraction(1)]])
    6
    """
    return lcm(*{int(x.denominator) for row in rows for x in row})


def cleared(row: Iterable[Fraction | fmpq]) -> tuple[tuple[fmpz, ...], int]:
    """Return the least positive multiple of a vector with integer coordinates, and the multiplier.

    >>> cleared([Fraction(1, 2), Fraction(1, 3)])
    ((3, 2), 6)
    """
    numbers = tuple(row)
    common = common_denominator([numbers])
    return tuple(fmpz(x.numerator * (common // x.denominator)) for x in numbers), common


@remembered
def integer_multiple(matrix: Rows) -> tuple[fmpz_mat, int]:
    """Return the least positive multiple of a matrix with integer entries, and the multiplier.

    >>> integer_multiple(((Fraction(1, 2), Fraction(1, 3)),))
    ([3, 2], 6)
    """
    ratios = [[x.as_integer_ratio() for x in row] for row in matrix]
    denominators = {below for row in ratios for _, below in row}
    common = lcm(*denominators)
    scales = {below: fmpz(common // below) for below in denominators}  # long integers go to flint slowly
    return fmpz_mat([[scales[below] * above for above, below in row] for row in ratios]), common


def integer_matrix(matrix: Rows) -> fmpz_mat:
    """Return the least positive multiple of a matrix with integer entries.

    >>> integer_matrix(((Fraction(1, 2), Fraction(1, 3)),))
    [3, 2]
    """
    return integer_multiple(matrix)[0]


def rational_matrix(rows: Iterable[Iterable[Fraction]]) -> fmpq_mat:
    """Hand a matrix to python-flint; :func:`fraction_rows` brings it back.

    >>> rational_matrix([[Fraction(1, 2), Fraction(1)]])
    [1/2, 1]
    """
    return fmpq_mat([[to_fmpq(x) for x in row] for row in rows])


def fraction_rows(matrix: fmpq_mat) -> Rows:
    """Return a matrix of python-flint as rows of fractions.

    >>> fraction_rows(rational_matrix([[Fraction(1, 2), Fraction(1)]]))
    ((Fraction(1, 2), Fraction(1, 1)),)
    """
    return tuple(tuple(map(exact, row)) for row in matrix.tolist())


def content(integers: Iterable[fmpz | int]) -> int:
    """Return the greatest common divisor of integers, 1 where all are 0.

    Source: content of a polynomial's coefficients, D. E. Knuth, The Art of Computer Programming 2, section
    4.6.1.

    >>> content([fmpz(4), fmpz(-6)]), content([fmpz(0)])
    (2, 1)
    """
    return gcd(*map(int, integers)) or 1


def primitive(integers: Iterable[fmpz]) -> list[fmpz]:
    """Divide integers by their greatest common divisor.

    Source: primitive part, D. E. Knuth, The Art of Computer Programming 2, section 4.6.1.

    >>> primitive([fmpz(4), fmpz(-6)])
    [2, -3]
    """
    row = list(integers)
    common = content(row)
    return [x // common for x in row] if common > 1 else row


def primitive_rows(matrix: Rows) -> Rows:
    """Return the positive multiple of a matrix with coprime integer entries; the zero matrix is its own.

    >>> primitive_rows(((Fraction(2, 3), Fraction(4)),))
    ((Fraction(1, 1), Fraction(6, 1)),)
    """
    common = common_denominator(matrix)
    divisor = content(x.numerator * (common // x.denominator) for row in matrix for x in row)
    return tuple(tuple(x * common / divisor for x in row) for row in matrix)
