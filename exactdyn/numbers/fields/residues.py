"""Equality of numbers of a field by one integer each: theta goes to 2^b, modulo G(2^b)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeAlias

from flint import fmpq_poly, fmpz, fmpz_mat, fmpz_poly

from exactdyn.numbers.fields.common_points import CommonPoints

SPACE = 64
"""Numbers of bits are rounded up to multiples of this one, so that moduli are made seldom."""

SameScores: TypeAlias = Callable[[int, Sequence[int]], bool]
"""Whether of a point x and places of points y all <A x, y> are equal, exactly."""


class Residues:
    """The ring homomorphisms from Z[theta] to the integers modulo N = G(2^b) that take theta to 2^b.

    ``polynomial``: G, monic, with integer coefficients, of degree D, theta one of its roots.

    Let 2^(b-2) exceed the size of all coefficients of a number r_0 + ... + r_(D-1) theta^(D-1), and be at
    least that of those of G. Then the number is 0, as a vector, exactly if its image is. For the sum of all
    r_k 2^(bk) is less than 2^(b-2) 2^(b(D-1)+1) = 2^(bD-1) in size, and N is at least 2^(bD) minus the same:
    where N divides the sum, the sum is 0, and 2^b divides r_0, which is 0, and so on.
    Source: Kronecker substitution, D. Harvey, Journal of Symbolic Computation 44 (2009), section 2.

    >>> Residues(fmpz_poly([-2, 0, 1])).growth
    5
    """

    def __init__(self, polynomial: fmpz_poly) -> None:
        self._polynomial, self._degree = polynomial, int(polynomial.degree())
        self._known: dict[int, tuple[fmpz, fmpz_mat]] = {}

    @cached_property
    def growth(self) -> int:
        """A number K: no coefficient of x y exceeds K times the largest of x times the largest of y.

        It is the sum, over all s, t < D, of the largest coefficient of theta^(s+t).
        """
        modulus, total = fmpq_poly(self._polynomial), 0
        for power in range(2 * self._degree - 1):
            reduced = fmpq_poly([0] * power + [1]) % modulus
            pairs = self._degree - abs(power - self._degree + 1)
            total += pairs * max(abs(int(x.p)) for x in reduced.coeffs())
        return total

    def same_scores(self, matrix: CommonPoints, points: CommonPoints) -> SameScores:
        """Return what tells whether scores are equal.

        Where numerators of A and of the points are of at most a and z in size, d^2 products of three of them
        make up a score: a difference of two has coefficients of at most 2 d^2 K^2 a z^2.

        >>> one, root = ((fmpz(1), fmpz(0)), fmpz(1)), ((fmpz(0), fmpz(1)), fmpz(1))
        >>> A, points = CommonPoints.of([one], 2), CommonPoints.of([root, one], 2)
        >>> same = Residues(fmpz_poly([-2, 0, 1])).same_scores(A, points)
        >>> same(0, [0, 1]), same(0, [1, 1])
        (False, True)
        """
        largest = 2 * points.dimension**2 * self.growth**2
        modulus, powers = self._images(largest.bit_length() + matrix.bits + 2 * points.bits + 2)
        images = points.at(powers)
        directions, rows = (images * matrix.at(powers).transpose()).tolist(), images.tolist()

        def same(point: int, places: Sequence[int]) -> bool:
            direction, first = directions[point], rows[places[0]]
            return not any(
                sum(w * (x - y) for w, x, y in zip(direction, rows[place], first, strict=True)) % modulus
                for place in places[1:]
            )

        return same

    def _images(self, bits: int) -> tuple[fmpz, fmpz_mat]:
        """Return N and the images of the powers of theta, for at least so many bits."""
        bits = max(bits, self._polynomial.height_bits() + 2)
        bits += -bits % SPACE
        if bits not in self._known:
            base = fmpz(1) << bits
            column = [[base**power] for power in range(self._degree)]
            self._known[bits] = self._polynomial(base), fmpz_mat(column)
        return self._known[bits]
