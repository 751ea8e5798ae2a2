"""Minors of matrices of polynomials in the parameter: where forms are definite, or semidefinite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from flint import fmpz_mat, fmpz_poly

from exactdyn.parameters.elimination import determinant
from exactdyn.parameters.rows import Polynomials

SIZE_LIMIT = 6
"""Largest matrix of scores whose principal minors are computed."""


def principal_minors(A: Sequence[fmpz_mat]) -> list[fmpz_poly] | None:
    """Return the principal minors of A + A^T, A given by a matrix a power; None where they are too many.

    <Ax, x> >= 0 for all x exactly where none is negative.
    Source: F. R. Gantmacher, The Theory of Matrices 1, section X.4, theorem 4.

    >>> principal_minors([fmpz_mat([[1]]), fmpz_mat([[-1]])])
    [(-2)*x + 2]
    """
    size = range(A[0].nrows())
    if len(size) > SIZE_LIMIT:
        return None
    form = [[fmpz_poly([part[r, c] + part[c, r] for part in A]) for c in size] for r in size]
    chosen = (own for count in size for own in combinations(size, count + 1))
    return [determinant([[form[r][c] for c in own] for r in own]) for own in chosen]


def leading_minors(form: Polynomials) -> Iterator[fmpz_poly]:
    """Yield the leading principal minors, the smallest first.

    >>> list(leading_minors([[fmpz_poly([2]), fmpz_poly([0])], [fmpz_poly([0]), fmpz_poly([3])]]))
    [2, 6]
    """
    for size in range(1, len(form) + 1):
        yield determinant([row[:size] for row in form[:size]])
