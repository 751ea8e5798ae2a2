"""Vectors and matrices of exact numbers: inner products, the identity, denominators cleared."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import lcm

from flint import fmpz, fmpz_mat

from exactdyn.numbers.reading import Row, Rows


@lru_cache(maxsize=8)  # one object for all who ask: they are compared, and a million entries take a while
def identity(dimension: int) -> Rows:
    """Return the identity matrix.

    >>> identity(1)
    ((Fraction(1, 1),),)
    """
    zero, one = Fraction(0), Fraction(1)
    return tuple(tuple(one if i == j else zero for j in range(dimension)) for i in range(dimension))


def integer_matrix(matrix: Rows) -> fmpz_mat:
    """Return the least positive multiple of a matrix with integer entries.

    >>> integer_matrix(((Fraction(1, 2), Fraction(1, 3)),))
    [3, 2]
    """
    common = lcm(*{x.denominator for row in matrix for x in row})
    if common == 1:
        return fmpz_mat([[x.numerator for x in row] for row in matrix])
    return fmpz_mat([[fmpz(x.numerator * (common // x.denominator)) for x in row] for row in matrix])


def inner(x: Row, y: Row) -> Fraction:
    """Return the inner product of two vectors of Q^d.

    >>> inner((Fraction(1), Fraction(2)), (Fraction(3), Fraction(1, 2)))
    Fraction(4, 1)
    """
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))
