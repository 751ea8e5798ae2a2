"""The d x d matrices of a head, as products of thin ones that are never multiplied out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, cached_property

from flint import acb, arb, arb_mat, fmpz_poly

from exactdyn.geometry.spectrum import Eigenvalue, eigenvalues
from exactdyn.geometry.thin_products import Inertia, form_inertia, product_asymmetry, product_rank
from exactdyn.numbers.dyadic import DyadicMatrix
from exactdyn.numbers.precision import working


@dataclass(frozen=True)
class ThinProduct:
    """The matrix L R of d x d numbers: ``left`` is d x r, ``right`` is r x d."""

    left: DyadicMatrix
    right: DyadicMatrix

    @cached_property
    def small(self) -> DyadicMatrix:
        """The smaller one of R L and L R: both have the same eigenvalues other than 0.

        Their algebraic multiplicities are the same, too.
        Source: det(x I - L R) x^r = det(x I - R L) x^d (Sylvester).

        >>> import numpy as np
        >>> from exactdyn.numbers.dyadic import dyadic_matrix
        >>> ThinProduct(dyadic_matrix(np.array([[1.0], [2.0]])), dyadic_matrix(np.eye(1, 2))).small.integers
        [1]
        """
        return self.right @ self.left if self._is_thin else self.left @ self.right

    @cached_property
    def characteristic(self) -> fmpz_poly:
        """The characteristic polynomial of the integers of ``small``."""
        return self.small.integers.charpoly()

    @cached_property
    def spectrum(self) -> Callable[[int], tuple[Eigenvalue, ...]]:
        """The eigenvalues of the integers of ``small``, by the bits of their balls; each found once.

        >>> import numpy as np
        >>> from exactdyn.numbers.dyadic import dyadic_matrix
        >>> one = dyadic_matrix(np.eye(1, 2))
        >>> [own.value for own in ThinProduct(one.transposed, one).spectrum(64)]
        [1.00000000000000]
        """
        return cache(lambda bits: eigenvalues(self.characteristic, bits))

    @property
    def _is_thin(self) -> bool:
        return self.left.integers.ncols() <= self.left.integers.nrows()

    def lifted(self, vector: list[arb]) -> arb_mat:
        """Return an eigenvector of L R, up to a factor, for one of ``small`` to an eigenvalue other than 0.

        Where R L u = l u, L R (L u) = l (L u), and L u is not 0.
        """
        column = arb_mat([[x] for x in vector])
        return arb_mat(self.left.integers) * column if self._is_thin else column

    def facts(self, bits: int) -> MatrixFacts:
        """Return what is known of L R; ``bits``: the precision of the eigenvalues."""
        integers = self.left.integers, self.right.integers
        rank, asymmetry = product_rank(*integers), product_asymmetry(*integers)
        return MatrixFacts(rank, asymmetry, self._eigenvalues(bits))

    @property
    def inertia(self) -> Inertia:
        """The inertia of the symmetric part of L R."""
        return form_inertia(self.left.integers, self.right.integers)

    def _eigenvalues(self, bits: int) -> tuple[Eigenvalue, ...]:
        found = self.spectrum(bits)
        missing = self.left.integers.nrows() - sum(own.multiplicity for own in found)
        with working(bits):
            scale = arb((1, self.small.exponent))
            nonzero = [replace(own, value=own.value * scale) for own in found if own.value != 0]
        zeros = missing + sum(own.multiplicity for own in found if own.value == 0)
        return (*nonzero, Eigenvalue(acb(0), zeros)) if zeros else tuple(nonzero)


@dataclass(frozen=True)
class MatrixFacts:
    """What is known of a d x d matrix M.

    ``rank``: exact. ``asymmetry``: the first place above the diagonal where M differs from its transpose,
    None if M is symmetric. ``eigenvalues``: all d, enclosed, with their exact multiplicities, those of large
    modulus first.
    """

    rank: int
    asymmetry: tuple[int, int] | None
    eigenvalues: tuple[Eigenvalue, ...]
