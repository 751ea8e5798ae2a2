"""The attention matrix as the kernel uses it: integers for exact scores, floats for the shadow."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from flint import fmpz_mat

from exactdyn.kernel.exact.start import scaled_quotients
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.remembered import remembered
from exactdyn.numbers.vectors import integer_multiple


class Matrix:
    """A matrix A as the kernel uses it; the integers are made when they are needed.

    ``floats``: no row of them sums to more than 1 in size; ``exponent``: the s such that they are A / 2**s;
    ``error``: a bound of the errors of the d entries of a row together, underflow below 2**-1000 apart.

    >>> from fractions import Fraction
    >>> Matrix(((Fraction(3),),)).floats, Matrix(((Fraction(3),),)).exponent
    (array([[0.375]]), 3)
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        floats, exponent, self.error = scaled_quotients([[x.as_integer_ratio() for x in row] for row in rows])
        spread = len(rows).bit_length()  # entries of size at most 1, divided by a power of two above d
        self.floats = np.ldexp(floats, -spread)
        self.exponent = exponent + spread

    @cached_property
    def transposed(self) -> fmpz_mat:
        """The transpose of the least positive multiple of A with integer entries.

        >>> from fractions import Fraction
        >>> Matrix(((Fraction(1, 2), Fraction(1)), (Fraction(0), Fraction(3)))).transposed
        [1, 0]
        [2, 6]
        """
        return integer_multiple(self._rows)[0].transpose()

    @property
    def denominator(self) -> int:
        """The least common denominator of the entries.

        >>> from fractions import Fraction
        >>> Matrix(((Fraction(1, 2), Fraction(1)), (Fraction(0), Fraction(2, 3)))).denominator
        6
        """
        return integer_multiple(self._rows)[1]


@remembered
def matrix_of(rows: Rows) -> Matrix:
    """Return a matrix as the kernel uses it; of a large one it is made once for all runs.

    >>> from fractions import Fraction
    >>> matrix_of(((Fraction(3),),)).exponent
    3
    """
    return Matrix(rows)
