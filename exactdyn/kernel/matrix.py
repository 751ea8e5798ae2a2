"""The attention matrix as the kernel uses it: integers for exact scores, floats for the shadow."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np
from flint import fmpz, fmpz_mat

from exactdyn.kernel.source import scaled_floats
from exactdyn.numbers import Rows
from exactdyn.points import Points


def identity(dimension: int) -> Rows:
    """Return the identity matrix.

    >>> identity(1)
    ((Fraction(1, 1),),)
    """
    return tuple(tuple(Fraction(int(i == j)) for j in range(dimension)) for i in range(dimension))


def integer_matrix(matrix: Rows) -> fmpz_mat:
    """Return the least positive multiple of a matrix with integer entries.

    >>> integer_matrix(((Fraction(1, 2), Fraction(1, 3)),))
    [3, 2]
    """
    common = lcm(*(x.denominator for row in matrix for x in row))
    return fmpz_mat([[fmpz(x.numerator * (common // x.denominator)) for x in row] for row in matrix])


def contracting_floats(matrix: Rows) -> tuple[np.ndarray, int, float]:
    """Return floats no row of which sums to more than 1 in size, the s such that they are A / 2**s, an error.

    The last bounds the error of the d entries of a row together, underflow below 2**-1000 apart.

    >>> contracting_floats(((Fraction(3),),))[:2]
    (array([[0.375]]), 3)
    """
    floats, exponent, error = scaled_floats(Points.from_rows(matrix).points)
    spread = len(matrix).bit_length()  # entries of size at most 1, divided by a power of two above d
    return np.ldexp(floats, -spread), exponent + spread, error
