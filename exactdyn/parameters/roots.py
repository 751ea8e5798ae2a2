"""Real algebraic numbers as ends of cells: roots of integer polynomials, isolated, told apart exactly."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from math import lcm

from flint import arb, fmpq_poly, fmpz, fmpz_poly

from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import to_fmpq


class Root:
    """The one root of an irreducible integer polynomial between two rationals, or a rational number.

    ``polynomial``: primitive, its leading coefficient positive. ``low``, ``high``: the polynomial has
    opposite signs there; for a rational number both are the number. They move together when a question needs
    it, so no two places may share a root: :class:`Roots` hands out one object for every root.

    >>> root = Root(fmpz_poly([-2, 0, 1]), Fraction(1), Fraction(2))
    >>> root.halve()
    >>> root.high, root.sign(fmpz_poly([-7, 5]))
    (Fraction(3, 2), 1)
    """

    def __init__(self, polynomial: fmpz_poly, low: Fraction, high: Fraction) -> None:
        self.polynomial, self.low, self.high = polynomial, low, high
        self._modulus = fmpq_poly(polynomial)
        self._rising = polynomial(to_fmpq(high)) > 0

    @classmethod
    def rational(cls, number: Fraction) -> Root:
        """Return the place of a rational number.

        >>> Root.rational(Fraction(2, 3)).polynomial
        3*x + (-2)
        """
        return cls(fmpz_poly([-number.numerator, number.denominator]), number, number)

    @property
    def number(self) -> Fraction | None:
        """The number, if it is rational.

        >>> Root.rational(Fraction(2, 3)).number
        Fraction(2, 3)
        """
        return self.low if self.low == self.high else None

    def halve(self) -> None:
        """Halve the interval; a rational number stays.

        >>> Root.rational(Fraction(2, 3)).halve()
        """
        if self.low == self.high:
            return
        middle = (self.low + self.high) / 2  # no root: irreducible polynomials of higher degree have no such
        if (self.polynomial(to_fmpq(middle)) > 0) == self._rising:
            self.high = middle
        else:
            self.low = middle

    def within(self, width: Fraction) -> Root:
        """Halve the interval until it is no wider than this.

        >>> Root(fmpz_poly([-2, 0, 1]), Fraction(1), Fraction(2)).within(Fraction(1, 4)).low
        Fraction(5, 4)
        """
        while self.high - self.low > width:
            self.halve()
        return self

    def below(self, other: Root) -> bool:
        """Tell whether this number is less than another one.

        >>> Root(fmpz_poly([-2, 0, 1]), Fraction(1), Fraction(2)).below(Root.rational(Fraction(3, 2)))
        True
        """
        if self is other:
            return False
        while True:
            if self.high <= other.low:
                # Ends that meet are no roots, unless the number is rational.
                return not self.high == other.low == self.number == other.number
            if other.high <= self.low:
                return False
            wider = self if self.high - self.low >= other.high - other.low else other
            wider.halve()

    def vanishes(self, polynomial: fmpz_poly) -> bool:
        """Tell whether a polynomial is 0 here.

        >>> Root(fmpz_poly([-2, 0, 1]), Fraction(1), Fraction(2)).vanishes(fmpz_poly([0, -2, 0, 1]))
        True
        """
        return polynomial.is_zero() or (fmpq_poly(polynomial) % self._modulus).is_zero()

    def sign(self, polynomial: fmpz_poly) -> int:
        """Return the sign of a polynomial here.

        Source: balls, arXiv 1611.02831; what the irreducible polynomial of the place does not divide is not 0
        here, so halving ends.

        >>> Root.rational(Fraction(2, 3)).sign(fmpz_poly([-2, 3]))
        0
        """
        if self.vanishes(polynomial):
            return 0
        if self.number is not None:
            return 1 if polynomial(to_fmpq(self.number)) > 0 else -1
        while True:
            value = self._ball(polynomial)
            if value > 0:
                return 1
            if value < 0:
                return -1
            for _ in range(8):
                self.halve()

    def _ball(self, polynomial: fmpz_poly) -> arb:
        """Return a ball that contains the value of a polynomial here."""
        middle, radius = (self.low + self.high) / 2, (self.high - self.low) / 2
        bits = radius.denominator.bit_length() + 2 * polynomial.degree() + 64
        with working(bits):
            return polynomial(arb(to_fmpq(middle), arb(to_fmpq(radius)).upper()))

    def __float__(self) -> float:
        self.within(Fraction(1, 2**70))
        return float((self.low + self.high) / 2)

    def __repr__(self) -> str:
        return f"Root({self.polynomial}, {self.low}..{self.high})"


class Roots:
    """The roots between two rationals of integer polynomials; equal roots are one object.

    >>> roots = Roots(Fraction(0), Fraction(1))
    >>> [float(root) for root in roots.of(fmpz_poly([-1, 0, 4]))]
    [0.5]
    >>> roots.of(fmpz_poly([1, -2]))[0] is roots.of(fmpz_poly([-1, 0, 4]))[0]
    True
    """

    def __init__(self, low: Fraction, high: Fraction) -> None:
        self.low, self.high = low, high
        self._of: dict[tuple[int, ...], tuple[Root, ...]] = {}
        self._factors: dict[str, tuple[Root, ...]] = {}

    def of(self, polynomial: fmpz_poly) -> tuple[Root, ...]:
        """Return the roots of a nonzero polynomial in the open interval, in no order.

        Source: Descartes' rule of signs and bisection, G. E. Collins and A. G. Akritas, 1976.

        >>> Roots(Fraction(0), Fraction(1)).of(fmpz_poly([0, -1, 1]))
        ()
        """
        key = tuple(map(int, polynomial.coeffs()))
        if key not in self._of:
            found: tuple[Root, ...] = ()
            if variations(polynomial, self.low, self.high):
                for factor, _ in polynomial.factor()[1]:
                    found += self._irreducible(factor)
            self._of[key] = found
        return self._of[key]

    def _irreducible(self, factor: fmpz_poly) -> tuple[Root, ...]:
        factor = factor if factor.leading_coefficient() > 0 else -factor
        key = str(factor)
        if key not in self._factors:
            self._factors[key] = tuple(self._isolated(factor))
        return self._factors[key]

    def _isolated(self, factor: fmpz_poly) -> Iterator[Root]:
        # By Descartes' rule one change of sign is one root and none is none; several are halved apart. No
        # half ends at a root, as an irreducible polynomial of higher degree has no rational one.
        if factor.degree() == 1:
            number = Fraction(-int(factor[0]), int(factor[1]))
            if self.low < number < self.high:
                yield Root.rational(number)
            return
        parts = [(self.low, self.high)]
        while parts:
            low, high = parts.pop()
            changes = variations(factor, low, high)
            if changes == 1:
                yield Root(factor, low, high)
            elif changes > 1:
                middle = (low + high) / 2
                parts += [(low, middle), (middle, high)]


def variations(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> int:
    """Return a bound for the number of roots in an open interval, exact where it is 0 or 1.

    Source: Descartes' rule of signs for (1 + s)^m p((low + high s)/(1 + s)).

    >>> variations(fmpz_poly([-1, 0, 2]), Fraction(0), Fraction(1))
    1
    """
    common = lcm(low.denominator, high.denominator)
    start, end = (x.numerator * (common // x.denominator) for x in (low, high))
    degree = polynomial.degree()
    scaled = fmpz_poly([c * fmpz(common) ** (degree - m) for m, c in enumerate(polynomial.coeffs())])
    on_unit = scaled(fmpz_poly([start, end - start]))
    # Padded where the degree has dropped: reversing keeps the place of every coefficient.
    reversed_coefficients = [on_unit[degree - m] for m in range(degree + 1)]
    signs = [c > 0 for c in fmpz_poly(reversed_coefficients)(fmpz_poly([1, 1])).coeffs() if c != 0]
    return sum(a != b for a, b in pairwise(signs))


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """Return the rational number of least denominator strictly between two.

    Source: Stern and Brocot; R. L. Graham, D. E. Knuth, O. Patashnik, Concrete Mathematics, section 4.5.

    >>> simplest_between(Fraction(1, 3), Fraction(1, 2)), simplest_between(Fraction(0), Fraction(1))
    (Fraction(2, 5), Fraction(1, 2))
    """
    return Fraction(*_simplest(*low.as_integer_ratio(), *high.as_integer_ratio()))


def _simplest(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Return the parts of the simplest number between a/b and c/d."""
    whole = a // b
    if (whole + 1) * d < c:
        return whole + 1, 1
    a, c = a - whole * b, c - whole * d
    if a == 0:
        below = d // c + 1
        return whole * below + 1, below
    top, below = _simplest(d, c, b, a)
    return whole * top + below, top
