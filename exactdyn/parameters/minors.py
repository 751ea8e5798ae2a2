"""Minors of matrices of polynomials in the parameter: where forms are definite, or semidefinite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from flint import fmpz_mat, fmpz_poly

Form = Sequence[Sequence[fmpz_poly]]

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


def leading_minors(form: Form) -> Iterator[fmpz_poly]:
    """Yield the leading principal minors, the smallest first.

    >>> list(leading_minors([[fmpz_poly([2]), fmpz_poly([0])], [fmpz_poly([0]), fmpz_poly([3])]]))
    [2, 6]
    """
    for size in range(1, len(form) + 1):
        yield determinant([row[:size] for row in form[:size]])


def determinant(rows: Form) -> fmpz_poly:
    """Return the determinant, as the sum over all permutations.

    >>> determinant([[fmpz_poly([0, 1]), fmpz_poly([1])], [fmpz_poly([1]), fmpz_poly([0, 1])]])
    x^2 + (-1)
    """
    total = fmpz_poly([])
    for order in permutations(range(len(rows))):
        term = fmpz_poly([_sign(order)])
        for row, column in enumerate(order):
            term = term * rows[row][column]
        total = total + term
    return total


def _sign(order: Sequence[int]) -> int:
    inversions = sum(order[i] > order[j] for j in range(len(order)) for i in range(j))
    return -1 if inversions % 2 else 1
