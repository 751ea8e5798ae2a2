"""Eigenvalues of integer matrices, enclosed, with exact multiplicities; the eigenvector of a simple one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from flint import acb, arb, fmpz_mat, fmpz_poly

from exactdyn.numbers.precision import working


@dataclass(frozen=True)
class Eigenvalue:
    """An eigenvalue: a ball in the plane around it, and its exact algebraic multiplicity.

    The imaginary part of ``value`` is exactly 0 if and only if the eigenvalue is real.
    """

    value: acb
    multiplicity: int

    @property
    def real(self) -> arb | None:
        """The ball on the real line, None if the eigenvalue is not real.

        >>> [own.real for own in eigenvalues(fmpz_poly([1, 0, 1]), 64)]
        [None, None]
        """
        return self.value.real if self.value.imag.is_zero() else None

    @property
    def modulus(self) -> arb:
        """A ball around the absolute value.

        >>> [bool(own.modulus > 1.5) for own in eigenvalues(fmpz_poly([-2, 1, 1]), 64)]
        [True, False]
        """
        real = self.real
        return abs(self.value) if real is None else abs(real)


def eigenvalues(characteristic: fmpz_poly, bits: int) -> tuple[Eigenvalue, ...]:
    """Return the eigenvalues of an integer matrix, those of large modulus first.

    ``characteristic``: its characteristic polynomial, which is exact. ``bits``: the precision of the balls
    around its roots; multiplicities come from its squarefree factors, and whether a root is real is decided.
    0 has radius 0.
    Source: F. Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE
    Transactions on Computers 66 (2017); the roots are ``arb_fmpz_poly_complex_roots``.

    >>> [(own.value, own.multiplicity) for own in eigenvalues(fmpz_mat([[2, 1], [0, 2]]).charpoly(), 64)]
    [(2.00000000000000, 2)]
    """
    zeros = next(k for k, c in enumerate(characteristic.coeffs()) if c != 0)
    rest = fmpz_poly(characteristic.coeffs()[zeros:])
    with working(bits):
        found = [Eigenvalue(root, times) for root, times in cast("list[Any]", rest.complex_roots())]
        found.sort(key=lambda own: own.modulus.mid(), reverse=True)
    return (*found, Eigenvalue(acb(0), zeros)) if zeros else tuple(found)


def leading(found: tuple[Eigenvalue, ...]) -> tuple[Eigenvalue, ...]:
    """Return the eigenvalues that may have the largest modulus: those for which no other is proved larger.

    >>> len(leading(eigenvalues(fmpz_mat([[-2, 0, 0], [0, 1, 0], [0, 0, 2]]).charpoly(), 64)))
    2
    """
    return tuple(own for own in found if not any(own.modulus < other.modulus for other in found))


def has_opposite(characteristic: fmpz_poly, simple: arb, bits: int) -> bool:
    """Tell whether it is proved that -l is an eigenvalue, too, for a simple real eigenvalue l not 0.

    With p the ``characteristic`` polynomial and g = gcd(p(x), p(-x)), l is a root of either g or p/g, as it
    is a simple one of p; -l is an eigenvalue if and only if l is one of g.

    >>> has_opposite(fmpz_poly([-2, 0, 1]), eigenvalues(fmpz_poly([-2, 0, 1]), 64)[0].value.real, 64)
    True
    """
    rest = characteristic // characteristic.gcd(mirrored(characteristic))
    with working(bits):
        at = arb(0)
        for coefficient in reversed(rest.coeffs()):
            at = at * simple + coefficient
        return not at.contains(0)


def mirrored(polynomial: fmpz_poly) -> fmpz_poly:
    """Return p(-x) for a polynomial p(x).

    >>> mirrored(fmpz_poly([1, 2, 3]))
    3*x^2 + (-2)*x + 1
    """
    return fmpz_poly([-c if degree % 2 else c for degree, c in enumerate(polynomial.coeffs())])


def eigenvector(matrix: fmpz_mat, characteristic: fmpz_poly, value: arb, bits: int) -> list[arb] | None:
    """Enclose an eigenvector of a real eigenvalue of a square integer matrix M; None if the ball is too wide.

    It is adj(l I - M) e for a unit vector e: the sum over k of l^(n-1-k) w_k, with w_0 = e and
    w_k = M w_(k-1) + c_k e, where the c_k are the coefficients of the ``characteristic`` polynomial p,
    highest degree first: (l I - M) adj(l I - M) = p(l) I = 0. What is returned is proved not to be 0. For an
    eigenvalue that is not simple there may be none, as the adjugate may be 0.
    Source: Faddeev and LeVerrier, in F. R. Gantmacher, The Theory of Matrices 1, chapter IV.

    >>> matrix = fmpz_mat([[2, 1], [0, 1]])
    >>> eigenvector(matrix, matrix.charpoly(), arb(2), 64)
    [1.00000000000000, 0]
    """
    size = matrix.nrows()
    coefficients = characteristic.coeffs()[::-1]
    for unit in range(size):
        start = fmpz_mat([[int(row == unit)] for row in range(size)])
        term = start
        with working(bits):
            total = [arb(x) for x in term.entries()]
            for coefficient in coefficients[1:size]:
                term = matrix * term + start * coefficient
                total = [x * value + y for x, y in zip(total, term.entries(), strict=True)]
        if any(not x.contains(0) for x in total):
            return total
    return None
