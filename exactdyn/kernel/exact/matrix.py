"""The attention matrix as the kernel uses it: integers for exact scores, floats for the shadow."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property, lru_cache
from math import lcm

import numpy as np
from flint import fmpz, fmpz_mat

from exactdyn.kernel.exact.start import scaled_floats
from exactdyn.numbers.reading import Rows


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


class Matrix:
    """A matrix A as the kernel uses it; the integers are made when they are needed.

    ``floats``: no row of them sums to more than 1 in size; ``exponent``: the s such that they are A / 2**s;
    ``error``: a bound of the errors of the d entries of a row together, underflow below 2**-1000 apart.

    >>> Matrix(((Fraction(3),),)).floats, Matrix(((Fraction(3),),)).exponent
    (array([[0.375]]), 3)
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        entries = [[((fmpz(x.numerator),), fmpz(x.denominator)) for x in row] for row in rows]
        floats, exponent, self.error = scaled_floats([entry for row in entries for entry in row])
        spread = len(rows).bit_length()  # entries of size at most 1, divided by a power of two above d
        self.floats = np.ldexp(floats.reshape(len(rows), -1), -spread)
        self.exponent = exponent + spread

    @cached_property
    def transposed(self) -> fmpz_mat:
        """The transpose of the least positive multiple of A with integer entries."""
        return integer_matrix(self._rows).transpose()

    @property
    def denominator(self) -> int:
        """The least common denominator of the entries."""
        return lcm(*{x.denominator for row in self._rows for x in row})
