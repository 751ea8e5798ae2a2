"""The powers of a number of a field, and which numbers are polynomials in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpq_mat, fmpq_poly

from exactdyn.numbers.fields.modular import pivots_modulo, powers_modulo, primes, rank_modulo, reduced
from exactdyn.numbers.fields.primitive import powers


@dataclass(frozen=True)
class Powers:
    """The powers 1, x, ..., x^(degree - 1) of a number x, which are a basis of its field Q(x).

    ``modulus``: the polynomial of the field that x is in. ``pivots``: places at which the powers are
    independent modulo ``prime``, and so over the rationals.

    >>> six = Powers.of(fmpq_poly([-5, 0, 1], 2), fmpq_poly([1, 0, -10, 0, 1]))
    >>> six.degree, six.has(fmpq_poly([7, 0, 3])), six.has(fmpq_poly([0, 1]))
    (2, True, False)
    """

    number: fmpq_poly
    modulus: fmpq_poly
    prime: int
    pivots: tuple[int, ...]

    @classmethod
    def of(cls, number: fmpq_poly, modulus: fmpq_poly) -> Powers:
        """Find the degree of a number: that modulo a prime, where the power after these proves it.

        >>> Powers.of(fmpq_poly([3]), fmpq_poly([-2, 0, 1])).degree
        1
        """
        for prime in primes(number):
            rows = powers_modulo(number, modulus, prime)
            rank = rank_modulo(rows, prime)  # the first so many powers are independent
            found = cls(number, modulus, prime, tuple(pivots_modulo(rows[:rank], prime)))
            if rank == len(rows) or found.coordinates([found.rows(rank + 1)[rank]]) is not None:
                return found
        raise ArithmeticError("no prime was large enough")

    @property
    def degree(self) -> int:
        """The degree of x.

        >>> Powers.of(fmpq_poly([0, 1]), fmpq_poly([-2, 0, 1])).degree
        2
        """
        return len(self.pivots)

    @property
    def generates(self) -> bool:
        """Whether Q(x) is the whole field.

        >>> Powers.of(fmpq_poly([0, 1]), fmpq_poly([-2, 0, 1])).generates
        True
        """
        return self.degree == int(self.modulus.degree())

    def rows(self, count: int) -> list[list[fmpq]]:
        """Return the coefficients of the first powers.

        >>> Powers.of(fmpq_poly([0, 1]), fmpq_poly([-2, 0, 1])).rows(3)
        [[1, 0], [0, 1], [2, 0]]
        """
        return powers(self.number, self.modulus, count)

    def has(self, number: fmpq_poly) -> bool:
        """Tell whether a number of the field is a polynomial in x.

        Where it is, it is so modulo the prime: there the powers are independent.

        >>> Powers.of(fmpq_poly([0, 1]), fmpq_poly([-2, 0, 1])).has(fmpq_poly([1, 1]))
        True
        """
        if self.generates:
            return True
        own = [number[power] for power in range(int(self.modulus.degree()))]
        if number.denom() % self.prime:
            rows = powers_modulo(self.number, self.modulus, self.prime)[: self.degree]
            image = reduced(number, self.prime)
            whole = [*rows, [int(image[power]) for power in range(len(own))]]
            if rank_modulo(whole, self.prime) > self.degree:
                return False
        return self.coordinates([own]) is not None

    def coordinates(self, wanted: Sequence[Sequence[fmpq]]) -> list[fmpq_poly] | None:
        """Write numbers, given by their coefficients, as polynomials in x; None if one is none.

        >>> Powers.of(fmpq_poly([0, 2]), fmpq_poly([-2, 0, 1])).coordinates([[fmpq(1), fmpq(1)]])
        [1/2*x + 1]
        """
        rows = self.rows(self.degree)
        square = fmpq_mat([[row[place] for row in rows] for place in self.pivots])
        found = square.solve(fmpq_mat([[own[place] for own in wanted] for place in self.pivots]))
        if fmpq_mat(rows).transpose() * found != fmpq_mat(list(wanted)).transpose():
            return None
        return [fmpq_poly([found[k, place] for k in range(len(rows))]) for place in range(len(wanted))]
