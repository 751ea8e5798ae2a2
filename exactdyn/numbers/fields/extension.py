"""A real number field that grows: roots and cosines are adjoined one by one, exactly, by linear algebra."""

from __future__ import annotations

from fractions import Fraction
from itertools import count
from typing import NoReturn

from flint import arb, fmpq, fmpq_poly, fmpz, fmpz_poly

from exactdyn.errors import NumberError
from exactdyn.numbers.fields.expression import Combined, Cosine, Expression, Generator, NamedRoot
from exactdyn.numbers.fields.field_number import inverse
from exactdyn.numbers.fields.meaning import BITS_LIMIT, DEGREE_LIMIT
from exactdyn.numbers.fields.primitive import (
    Ball,
    characteristic,
    composed,
    denominator,
    factor_at,
    narrowed,
    preimage,
    relations,
)
from exactdyn.numbers.fields.real_root import RealRoot
from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import to_fmpq

ALGEBRA_LIMIT = 64
"""Largest product of the degree of a field and that of a root which is adjoined to it."""

JOINED_LIMIT = 24
"""Largest degree of a field that several roots make: a number of it is many numbers long.

One root, or the cosines of one angle, may have a larger degree.
"""


class Extension:
    """A field Q(theta) with the roots and cosines it was made for, as polynomials in theta.

    It starts as the rationals, theta = 0. A root y of a polynomial P of degree p over a field of degree n
    lives in the algebra Q[t, y] / (G(t), P(y)) of dimension n p. There the powers of some w = y + m t are a
    basis, as P has no double root; traces give the polynomial N of w, and t as a polynomial in w.
    The factor of N that vanishes at the real number w is the polynomial of the new field.
    Source: H. Cohen, A Course in Computational Algebraic Number Theory, section 4.2.2 and algorithm 3.6.4.

    >>> from exactdyn.numbers.fields.expression import Radical
    >>> field = Extension()
    >>> field.value(Radical(2, Fraction(2)), "alpha"), field.root.polynomial
    (x, x^2 + (-2))
    """

    def __init__(self) -> None:
        self.root = RealRoot(fmpz_poly([0, 1]), Fraction(-1), Fraction(1))
        self.generators: dict[Generator, fmpq_poly] = {}
        self._order = 0

    @property
    def degree(self) -> int:
        """The degree of the field.

        >>> Extension().degree
        1
        """
        return self.root.degree

    def start_with_cosines(self, order: int, where: str) -> None:
        """Make the rationals the field of 2 cos(2 pi / order), which has all cosines of 2 pi k / order.

        Raises :class:`~exactdyn.errors.NumberError` if its degree is beyond the limit.
        Source: minimal polynomial of 2 cos(2 pi / n), W. Watkins and J. Zeitlin, American Mathematical
        Monthly 100, 1993.

        >>> field = Extension()
        >>> field.start_with_cosines(5, "alpha")
        >>> field.value(Cosine(Fraction(2, 5)), "alpha")
        (-1/2)*x + (-1/2)
        """
        degree = int(fmpz(order).euler_phi()) // 2
        if degree > DEGREE_LIMIT:
            raise NumberError(
                f"{where}: requires numbers of a field of degree at most {DEGREE_LIMIT}, "
                f"got cosines of multiples of 2 pi/{order}, of degree {degree}"
            )

        def ball(bits: int) -> arb:
            with working(bits + 16):
                return 2 * arb.cos_pi_fmpq(fmpq(2, order))

        self._order = order
        self.root = RealRoot.enclosed(fmpz_poly.cos_minpoly(order), ball)
        self.generators[Cosine(Fraction(1, order))] = fmpq_poly([0, 1], 2) % self.root.modulus

    def value(self, expression: Expression, where: str) -> fmpq_poly:
        """Return a number as a polynomial in theta; the field grows where it has to.

        ``where`` is the field that messages name. Raises :class:`~exactdyn.errors.NumberError` for a division
        by 0, a root of a negative number, and a degree or a length beyond the limits.

        >>> from exactdyn.numbers.fields.expression import Radical
        >>> field, root = Extension(), Radical(2, Fraction(2))
        >>> field.value(Combined("*", root, root), "alpha")
        2
        """
        self._grow(expression, where)
        return self._evaluate(expression, where)

    def _grow(self, expression: Expression, where: str) -> None:
        """Admit all roots and cosines of an expression, so that afterwards theta stays what it is."""
        if isinstance(expression, Combined):
            self._grow(expression.left, where)
            self._grow(expression.right, where)
        elif not isinstance(expression, Fraction) and expression not in self.generators:
            self._admit(expression, where)

    def _evaluate(self, expression: Expression, where: str) -> fmpq_poly:
        if isinstance(expression, Fraction):
            return fmpq_poly([to_fmpq(expression)])
        if not isinstance(expression, Combined):
            return self.generators[expression]
        left = self._evaluate(expression.left, where)
        if expression.operator == "^":
            return self._power(left, expression.exponent, where)
        right = self._evaluate(expression.right, where)
        if expression.operator == "+":
            return left + right
        if expression.operator == "/":
            right = self._inverse(right, where)
        return self._bounded(left * right % self.root.modulus, where)

    def _inverse(self, value: fmpq_poly, where: str) -> fmpq_poly:
        if value.is_zero():
            raise NumberError(f"{where}: requires a number, got a division by 0")
        return inverse(value, self.root.modulus)

    def _power(self, base: fmpq_poly, exponent: int, where: str) -> fmpq_poly:
        if exponent == 0 and base.is_zero():
            raise NumberError(f"{where}: requires a number, got 0 to the power 0")
        base = base if exponent >= 0 else self._inverse(base, where)
        result = fmpq_poly([1])
        for bit in bin(abs(exponent))[2:]:
            result = self._bounded(result * result % self.root.modulus, where)
            result = result * base % self.root.modulus if bit == "1" else result
        return self._bounded(result, where)

    @staticmethod
    def _bounded(value: fmpq_poly, where: str) -> fmpq_poly:
        if value.numer().height_bits() > BITS_LIMIT or int(value.denom()).bit_length() > BITS_LIMIT:
            raise NumberError(f"{where}: requires numbers of at most {BITS_LIMIT} bits")
        return value

    def _admit(self, generator: Generator, where: str) -> None:
        """Find a root or cosine in the field, or make the field larger by it."""
        if isinstance(generator, Cosine):
            steps = int(generator.turn * self._order)
            first = self.generators[Cosine(Fraction(1, self._order))]
            self.generators[generator] = composed(
                fmpq_poly(fmpz_poly.chebyshev_t(steps)), first, self.root.modulus
            )
            return
        if isinstance(generator, NamedRoot):
            self._admit_named(generator, where)
            return
        radicand = self.value(generator.radicand, where)
        sign = self.root.sign(radicand.numer())
        if sign < 0 and not generator.signed:
            raise NumberError(f"{where}: requires a real number, got a root of a negative one")
        if sign == 0:
            self.generators[generator] = fmpq_poly([])
            return
        # Where b r is an algebraic integer, so is y with y^q = b^q r; the root of r is y / b.
        below = denominator(characteristic(radicand, self.root.modulus))
        power = below**generator.index * radicand
        polynomial = [-power] + [fmpq_poly([])] * (generator.index - 1)

        def ball(bits: int) -> arb:
            whole = self.root.value(power.numer(), bits)
            with working(bits):
                value: arb = whole / power.denom()
                return value.root(generator.index) if sign > 0 else -(-value).root(generator.index)

        self._adjoin(generator, polynomial, ball, below, where)

    def _admit_named(self, generator: NamedRoot, where: str) -> None:
        """Adjoin a root of a polynomial c_n x^n + ...: y = c_n x is an algebraic integer."""
        polynomial = generator.polynomial
        leading = abs(int(polynomial.leading_coefficient()))
        degree = int(polynomial.degree())
        sign = 1 if polynomial.leading_coefficient() > 0 else -1
        monic = [sign * polynomial[power] * leading ** (degree - 1 - power) for power in range(degree)]
        low, high = narrowed(fmpz_poly([*monic, 1]), generator.low * leading, generator.high * leading)
        root = RealRoot(fmpz_poly([*monic, 1]), low, high)
        self._adjoin(generator, [fmpq_poly([x]) for x in monic], root.ball, leading, where)

    def _adjoin(
        self, generator: Generator, polynomial: list[fmpq_poly], ball: Ball, below: int, where: str
    ) -> None:
        """Adjoin y, a root of y^p + c_(p-1) y^(p-1) + ... + c_0 inside balls; the generator is y / below."""
        if self.degree > 1 and self.degree * len(polynomial) > ALGEBRA_LIMIT:
            self._refuse(polynomial, where)
        multiple, (whole, above) = next(
            (step, found)
            for step in count()
            if (found := relations(self.root.modulus, polynomial, step)) is not None
        )

        def summed(bits: int) -> arb:
            theta, y = self.root.ball(bits), ball(bits)
            with working(bits):
                return y + multiple * theta

        factor = factor_at(whole, summed)
        if factor.degree() > max(self.degree, len(polynomial), JOINED_LIMIT):
            self._refuse(polynomial, where)
        modulus = fmpq_poly(factor)
        old = above * inverse(fmpq_poly(whole.derivative()) % modulus, modulus) % modulus
        if factor.degree() == self.degree:
            own = preimage(old, modulus) - multiple * (fmpq_poly([0, 1]) % self.root.modulus)
            self.generators[generator] = own / below
            return
        self.generators = {name: composed(value, old, modulus) for name, value in self.generators.items()}
        self.generators[generator] = (fmpq_poly([0, 1]) - multiple * old) / below
        self.root = RealRoot.enclosed(factor, summed)

    def _refuse(self, polynomial: list[fmpq_poly], where: str) -> NoReturn:
        raise NumberError(
            f"{where}: requires numbers of a field of degree at most {JOINED_LIMIT} where several roots "
            f"make it, got a root of degree {len(polynomial)} beside numbers of degree {self.degree}"
        )
