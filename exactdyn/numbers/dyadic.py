"""Matrices of floats as integers times one power of two: nothing is rounded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flint import fmpz_mat

_MANTISSA, _WORD = 53, 62
# Bits of a float64, and of the integers that numpy shifts without losing any.


@dataclass(frozen=True)
class DyadicMatrix:
    """The matrix ``integers`` times 2^``exponent``."""

    integers: fmpz_mat
    exponent: int

    def __matmul__(self, other: DyadicMatrix) -> DyadicMatrix:
        """Return the product of two matrices."""
        return DyadicMatrix(self.integers * other.integers, self.exponent + other.exponent)

    @property
    def transposed(self) -> DyadicMatrix:
        """The transpose.

        >>> dyadic_matrix(np.array([[0.5, 2.0]])).transposed.integers
        [1]
        [4]
        """
        return DyadicMatrix(self.integers.transpose(), self.exponent)


def dyadic_matrix(floats: np.ndarray) -> DyadicMatrix:
    """Return the exact values of a matrix of finite floats of at most 64 bits.

    The exponent is the largest for which all entries are integers; for a matrix of zeros it is 0.
    Source: IEEE 754-2019, section 3.3: the finite numbers of a binary format.

    >>> found = dyadic_matrix(np.array([[0.5, 3.0]]))
    >>> found.integers, found.exponent
    ([1, 6], -1)
    """
    rows, columns = floats.shape
    mantissas, exponents = np.frexp(floats.astype(np.float64))
    integers = np.ldexp(mantissas, _MANTISSA).astype(np.int64)
    exponents = exponents.astype(np.int64) - _MANTISSA
    used = integers != 0
    if not used.any():
        return DyadicMatrix(fmpz_mat(rows, columns), 0)
    trailing = np.frexp((integers & -integers).astype(np.float64))[1] - 1
    exponent = int((exponents + trailing)[used].min())
    integers >>= np.where(used, trailing, 0)
    shifts = np.where(used, exponents + trailing - exponent, 0)
    if int(shifts.max()) + _MANTISSA > _WORD:
        entries = [n << s for n, s in zip(integers.ravel().tolist(), shifts.ravel().tolist(), strict=True)]
    else:
        entries = (integers << shifts).ravel().tolist()
    return DyadicMatrix(fmpz_mat(rows, columns, entries), exponent)
