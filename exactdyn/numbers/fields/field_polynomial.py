"""Polynomials in one variable over a real number field: division, common divisors, factors."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import count

from flint import fmpq_poly, fmpz_poly

from exactdyn.numbers.domain import Domain
from exactdyn.numbers.fields.field_number import FieldNumber, written
from exactdyn.numbers.fields.primitive import relations
from exactdyn.numbers.fields.real_root import RealRoot


class FieldPolynomial:
    """A polynomial c_0 + c_1 x + ... with coefficients in a field Q(theta).

    It has the operators and methods of flint's ``fmpq_poly`` that
    :class:`~exactdyn.numbers.domain.DomainPolynomial` names.

    >>> from exactdyn.numbers.fields.real_field import RealField
    >>> field = RealField.of([-2, 0, 1], 1, 2)
    >>> square = field.polynomial([Fraction(-2), Fraction(0), Fraction(1)])
    >>> [factor for factor, _ in square.factor()[1]]
    [FieldPolynomial([-x, 1]), FieldPolynomial([x, 1])]
    """

    __slots__ = ("_numbers", "domain", "root")

    def __init__(self, domain: Domain[FieldNumber], root: RealRoot, numbers: Sequence[FieldNumber]) -> None:
        size = len(numbers)
        while size and not numbers[size - 1]:
            size -= 1
        self.domain, self.root, self._numbers = domain, root, tuple(numbers[:size])

    def coeffs(self) -> list[FieldNumber]:
        """Return the coefficients, lowest degree first, the last one not 0.

        >>> from exactdyn.numbers.fields.real_field import RealField
        >>> RealField.of([-2, 0, 1], 1, 2).polynomial([Fraction(3), Fraction(0)]).coeffs()
        [FieldNumber(3 = 3.0)]
        """
        return list(self._numbers)

    def degree(self) -> int:
        """Return the degree, -1 for the zero polynomial.

        >>> from exactdyn.numbers.fields.real_field import RealField
        >>> RealField.of([-2, 0, 1], 1, 2).polynomial([Fraction(0)]).degree()
        -1
        """
        return len(self._numbers) - 1

    def gcd(self, other: FieldPolynomial) -> FieldPolynomial:
        """Return the monic greatest common divisor; that of two zero polynomials is zero.

        Source: Euclid's algorithm, D. E. Knuth, The Art of Computer Programming 2, section 4.6.1.

        >>> from exactdyn.numbers.fields.real_field import RealField
        >>> field = RealField.of([-2, 0, 1], 1, 2)
        >>> field.polynomial([Fraction(-2), Fraction(0), Fraction(1)]).gcd(
        ...     field.polynomial([field.generator, Fraction(1)])
        ... )
        FieldPolynomial([x, 1])
        """
        first, second = self, other
        while second._numbers:
            first, second = second, (first % second)._monic()
        return first._monic()

    def factor(self) -> tuple[FieldNumber, list[tuple[FieldPolynomial, int]]]:
        """Return the leading coefficient, and the monic irreducible factors with their multiplicities.

        Source: norms of squarefree polynomials, H. Cohen, A Course in Computational Algebraic Number Theory,
        algorithm 3.6.4.

        >>> from exactdyn.numbers.fields.real_field import RealField
        >>> field = RealField.of([-2, 0, 1], 1, 2)
        >>> len(field.polynomial([Fraction(-3), Fraction(0), Fraction(1)]).factor()[1])
        1
        """
        whole = self._monic()
        found = []
        for factor in (whole // whole.gcd(whole._derivative()))._distinct_factors():
            rest, multiplicity = whole // factor, 1
            while not (rest % factor)._numbers:
                rest, multiplicity = rest // factor, multiplicity + 1
            found.append((factor, multiplicity))
        return self._numbers[-1], found

    def _distinct_factors(self) -> list[FieldPolynomial]:
        """Return the irreducible factors of a monic polynomial without multiple ones."""
        if self.degree() <= 1:
            return [self] * self.degree()
        own = [number.polynomial for number in self._numbers[:-1]]
        modulus = self.root.modulus
        multiple, (norm, _) = next(
            (step, found) for step in count() if (found := relations(modulus, own, step)) is not None
        )
        factors = [factor for factor, _ in norm.factor()[1]]
        # The norm of p(x - m theta), without multiple factors: each of its factors belongs to one of p.
        if len(factors) == 1:
            return [self]
        theta = FieldNumber(self.domain, self.root, fmpq_poly([0, 1]) % modulus)
        shifted = self._like([multiple * theta, self.domain.rational(Fraction(1))])
        return [self.gcd(self._composed(factor, shifted)) for factor in factors]

    def _composed(self, polynomial: fmpz_poly, image: FieldPolynomial) -> FieldPolynomial:
        """Return a rational polynomial at another one, modulo this one."""
        result = self._like([])
        for coefficient in reversed(polynomial.coeffs()):
            result = result * image % self
            result = self._like([result._constant + coefficient, *result._numbers[1:]])
        return result

    @property
    def _constant(self) -> FieldNumber:
        return self._numbers[0] if self._numbers else self.domain.rational(Fraction(0))

    def _like(self, numbers: Sequence[FieldNumber]) -> FieldPolynomial:
        return FieldPolynomial(self.domain, self.root, numbers)

    def _monic(self) -> FieldPolynomial:
        if not self._numbers or self._numbers[-1] == 1:
            return self
        below = 1 / self._numbers[-1]
        return self._like([below * x for x in self._numbers])

    def _derivative(self) -> FieldPolynomial:
        return self._like([power * x for power, x in enumerate(self._numbers)][1:])

    def __mul__(self, other: FieldPolynomial) -> FieldPolynomial:
        zero = self.domain.rational(Fraction(0))
        product = [zero] * (len(self._numbers) + len(other._numbers))
        for a, x in enumerate(self._numbers):
            for b, y in enumerate(other._numbers):
                product[a + b] = product[a + b] + x * y
        return self._like(product)

    def __floordiv__(self, other: FieldPolynomial) -> FieldPolynomial:
        return self._divided(other)[0]

    def __mod__(self, other: FieldPolynomial) -> FieldPolynomial:
        return self._divided(other)[1]

    def _divided(self, other: FieldPolynomial) -> tuple[FieldPolynomial, FieldPolynomial]:
        """Return quotient and remainder; raises ZeroDivisionError for a division by 0."""
        if not other._numbers:
            raise ZeroDivisionError("division by the zero polynomial")
        rest, quotient = list(self._numbers), []
        lead, size = other._numbers[-1], len(other._numbers)
        for top in range(len(rest) - 1, size - 2, -1):
            share = rest[top] if lead == 1 else rest[top] / lead
            quotient.append(share)
            for place, x in enumerate(other._numbers, start=top - size + 1):
                rest[place] = rest[place] - share * x
        return self._like(quotient[::-1]), self._like(rest[: size - 1])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FieldPolynomial):
            return NotImplemented
        return self._numbers == other._numbers

    def __hash__(self) -> int:
        return hash(self._numbers)

    def __repr__(self) -> str:
        return f"FieldPolynomial([{', '.join(written(number.polynomial) for number in self._numbers)}])"
