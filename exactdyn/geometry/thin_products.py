"""Products L R of a few columns with a few rows, never formed: their rank, symmetry and inertia, exactly."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from flint import fmpz_mat, fmpz_poly, nmod_mat

from exactdyn.geometry.spectrum import mirrored

PRIME = 2**61 - 1
"""Rows that are independent modulo a prime are independent."""


@dataclass(frozen=True)
class Inertia:
    """How many eigenvalues of a real symmetric matrix are positive, negative and 0."""

    positive: int
    negative: int
    zero: int


def product_rank(left: fmpz_mat, right: fmpz_mat) -> int:
    """Return the rank of L R, for L of d x r and R of r x d integers.

    It is that of the r x r matrix L^T L R R^T: L^T L x = 0 only where L x = 0, and y R R^T = 0 only where
    y R = 0.

    >>> product_rank(fmpz_mat([[1], [2]]), fmpz_mat([[1, 0]]))
    1
    """
    columns, rows = left.transpose(), right.transpose()
    rank: int = (columns * left * (right * rows)).rank()
    return rank


def product_asymmetry(left: fmpz_mat, right: fmpz_mat) -> tuple[int, int] | None:
    """Return the first place above the diagonal where L R differs from its transpose, or None.

    >>> product_asymmetry(fmpz_mat([[1], [2]]), fmpz_mat([[1, 0]]))
    (0, 1)
    >>> product_asymmetry(fmpz_mat([[1], [2]]), fmpz_mat([[1, 2]])) is None
    True
    """
    columns = right.transpose()
    for i, (own, other) in enumerate(zip(left.tolist(), columns.tolist(), strict=True)):
        row = (fmpz_mat([own]) * right).entries()
        column = (left * fmpz_mat([[x] for x in other])).entries()
        for j in range(i + 1, len(row)):
            if row[j] != column[j]:
                return i, j
    return None


def form_inertia(left: fmpz_mat, right: fmpz_mat) -> Inertia:
    """Return the inertia of the symmetric part of L R, for L of d x r and R of r x d integers.

    Twice that part is W J W^T with W = (L, R^T) and J the exchange of the two halves. Where W has rank 2r, it
    has the signs of J, r of each (Sylvester's law of inertia). Else the eigenvalues of W J W^T other than 0
    are those of J W^T W, which is 2r x 2r, with their multiplicities; all are real, so that the signs of the
    coefficients of a characteristic polynomial count them (Descartes' rule is exact for real roots).

    >>> form_inertia(fmpz_mat([[1], [0]]), fmpz_mat([[1, 0]]))
    Inertia(positive=1, negative=0, zero=1)
    >>> form_inertia(fmpz_mat([[1], [0]]), fmpz_mat([[0, 1]]))
    Inertia(positive=1, negative=1, zero=0)
    """
    size, width = left.nrows(), left.ncols()
    rows = [*left.transpose().tolist(), *right.tolist()]
    exchanged = [*rows[width:], *rows[:width]]
    if 2 * width <= size and nmod_mat(fmpz_mat(rows), PRIME).rank() == 2 * width:
        return Inertia(width, width, size - 2 * width)
    if 2 * width < size:
        polynomial = (fmpz_mat(exchanged) * fmpz_mat(rows).transpose()).charpoly()
    else:
        polynomial = (fmpz_mat(rows).transpose() * fmpz_mat(exchanged)).charpoly()
    positive, negative = _positive_roots(polynomial), _positive_roots(mirrored(polynomial))
    return Inertia(positive, negative, size - positive - negative)


def _positive_roots(polynomial: fmpz_poly) -> int:
    # Of a polynomial that has only real roots, with their multiplicities.
    signs = [c > 0 for c in polynomial.coeffs() if c != 0]
    return sum(a != b for a, b in pairwise(signs))
