"""Linear functionals that several matrices only stretch: their common rational left eigenvectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq_mat, fmpz_mat

from exactdyn.numbers.reading import Row, Rows, exact, to_fmpq
from exactdyn.numbers.vectors import fraction_rows, identity, rational_matrix


@dataclass(frozen=True)
class Eigenspace:
    """Functionals phi with phi M = lambda phi for every one of several matrices M.

    ``functionals``: a basis, in reduced echelon form. ``eigenvalues``: lambda, for every matrix.
    """

    functionals: Rows
    eigenvalues: Row


def common_left_eigenspaces(matrices: Sequence[Rows], dimension: int) -> tuple[Eigenspace, ...]:
    """Return the largest common left eigenspaces of d x d matrices with rational eigenvalues.

    ``dimension``: d. Every rational common left eigenvector lies in one of them.
    Source: F. R. Gantmacher, The Theory of Matrices 1, chapter III, for eigenspaces.

    >>> zero, one, two = map(Fraction, range(3))
    >>> for own in common_left_eigenspaces([((one, zero), (one, two))], 2):
    ...     print(own.functionals, own.eigenvalues)
    ((Fraction(1, 1), Fraction(0, 1)),) (Fraction(1, 1),)
    ((Fraction(1, 1), Fraction(1, 1)),) (Fraction(2, 1),)
    """
    spaces: list[tuple[fmpq_mat, Row]] = [(rational_matrix(identity(dimension)), ())]
    for rows in matrices:
        matrix = rational_matrix(rows)
        spaces = [
            (found, (*known, value))
            for basis, known in spaces
            for value in _rational_eigenvalues(matrix)
            if (found := _stretched(basis, matrix, value)) is not None
        ]
    return tuple(Eigenspace(fraction_rows(basis), values) for basis, values in spaces)


def _rational_eigenvalues(matrix: fmpq_mat) -> list[Fraction]:
    factors = [factor for factor, _ in matrix.charpoly().factor()[1] if factor.degree() == 1]
    return sorted(exact(-factor[0] / factor[1]) for factor in factors)


def _stretched(basis: fmpq_mat, matrix: fmpq_mat, value: Fraction) -> fmpq_mat | None:
    """Return a basis of the combinations phi of the rows of a basis with phi M = value phi, None for none."""
    off, _ = (basis * matrix - basis * to_fmpq(value)).numer_denom()
    kernel, nullity = fmpz_mat(off).transpose().nullspace()
    if nullity == 0:
        return None
    combinations = fmpq_mat([row[:nullity] for row in kernel.tolist()]).transpose()
    reduced, _ = (combinations * basis).rref()
    return reduced
