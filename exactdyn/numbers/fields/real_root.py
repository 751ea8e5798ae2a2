"""One real root of an integer polynomial: balls around it, and the signs of polynomials at it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from flint import arb, fmpq_poly, fmpz, fmpz_poly

from exactdyn.errors import InputError
from exactdyn.numbers.precision import FIRST_BITS, working
from exactdyn.numbers.reading import to_fmpq


class RealRoot:
    """The one root theta, between two rationals, of a monic irreducible integer polynomial G.

    G changes its sign from ``low`` to ``high``, and G' has no zero between them: that is how a reader sees
    that there is exactly one root. As G is irreducible, a polynomial of lower degree that vanishes at theta
    is the zero polynomial, and so every sign is decided. Made by :meth:`of` or :meth:`enclosed`, which check
    this.

    >>> root = RealRoot.of([-2, 0, 1], Fraction(1), Fraction(2))
    >>> root.degree, root.sign(fmpz_poly([-3, 2])), root.sign(fmpz_poly([]))
    (2, -1, 0)
    """

    def __init__(self, polynomial: fmpz_poly, low: Fraction, high: Fraction) -> None:
        self.polynomial, self.low, self.high = polynomial, low, high
        self.modulus = fmpq_poly(polynomial)
        self._slope = polynomial.derivative()
        self._ends = to_fmpq(low), to_fmpq(high)
        self._rising = self.polynomial(self._ends[1]) > 0
        self._balls: dict[int, arb] = {}

    @classmethod
    def of(cls, coefficients: Iterable[int | fmpz], low: Fraction, high: Fraction) -> RealRoot:
        """Return the root between two rationals of a polynomial, coefficients from the lowest degree on.

        Raises :class:`~exactdyn.errors.InputError` unless the polynomial is monic and irreducible, changes
        its sign, and its derivative has no zero as far as interval arithmetic tells.
        Source: intermediate value theorem; a function whose derivative has one sign has at most one root.

        >>> RealRoot.of([1, 0, 1], Fraction(0), Fraction(1))
        Traceback (most recent call last):
        exactdyn.errors.InputError: field: requires a polynomial with one root from 0 to 1, got x^2 + 1
        """
        polynomial = fmpz_poly(list(coefficients))
        factors = polynomial.factor()[1] if polynomial.degree() > 0 else []
        if [power for _, power in factors] != [1] or polynomial.leading_coefficient() != 1:
            raise InputError(f"field: requires a monic irreducible polynomial, got {polynomial}")
        if not isolates(polynomial, low, high):
            raise InputError(
                f"field: requires a polynomial with one root from {low} to {high}, got {polynomial}"
            )
        return cls(polynomial, low, high)

    @classmethod
    def enclosed(cls, polynomial: fmpz_poly, ball: Callable[[int], arb]) -> RealRoot:
        """Return the root of a monic irreducible polynomial that balls of growing precision contain.

        The interval is the widest [i, i + 1] / 2^e, e = 0, 1, ..., that isolates the root, and of degree 1
        the integers beside it.

        >>> root = RealRoot.enclosed(fmpz_poly([-2, 0, 1]), lambda bits: arb(2).sqrt())
        >>> root.low, root.high
        (Fraction(1, 1), Fraction(2, 1))
        """
        if polynomial.degree() == 1:
            value = Fraction(-int(polynomial[0]))
            return cls(polynomial, value - 1, value + 1)
        power, bits = 0, FIRST_BITS
        while True:
            with working(bits):
                cell = (ball(bits) * fmpz(2) ** power).floor().unique_fmpz()
            if cell is None or power > bits // 2:
                bits *= 2  # an irrational number is no end of a cell, so this ends
                continue
            low, high = (Fraction(int(cell) + side, 2**power) for side in (0, 1))
            if isolates(polynomial, low, high):
                return cls(polynomial, low, high)
            power += 1

    @property
    def degree(self) -> int:
        """The degree of the polynomial.

        >>> RealRoot.of([-2, 0, 0, 1], Fraction(1), Fraction(2)).degree
        3
        """
        return int(self.polynomial.degree())

    def ball(self, bits: int) -> arb:
        """Return a ball that contains the root, of a radius of about 2^-bits.

        Source: the interval Newton operator, U. W. Kulisch and W. L. Miranker, Computer Arithmetic in Theory
        and Practice, 1981; arXiv 1611.02831 for balls.

        >>> RealRoot.of([-2, 0, 1], Fraction(1), Fraction(2)).ball(100).str(20, radius=False)
        '1.4142135623730950488'
        """
        if bits not in self._balls:
            spare = self.polynomial.height_bits() + 2 * self.degree + 32
            while not (ball := self._newton(bits + spare)).rad() < arb(2) ** -bits:
                self._halve()
                spare += 8
            self._balls[bits] = ball
        return self._balls[bits]

    def sign(self, polynomial: fmpz_poly) -> int:
        """Return the sign, -1, 0 or 1, of a polynomial of lower degree at the root.

        >>> RealRoot.of([-2, 0, 1], Fraction(1), Fraction(2)).sign(fmpz_poly([-7, 5]))
        1
        """
        if polynomial.degree() < 1:
            constant = polynomial[0]
            return (constant > 0) - (constant < 0)
        bits = FIRST_BITS
        while True:
            value = self.value(polynomial, bits)
            if value > 0:
                return 1
            if value < 0:
                return -1
            bits *= 2  # not 0, as the root has no polynomial of lower degree than its own: this ends

    def value(self, polynomial: fmpz_poly, bits: int) -> arb:
        """Return a ball that contains the value of a polynomial at the root.

        >>> root = RealRoot.of([-2, 0, 1], Fraction(1), Fraction(2))
        >>> root.value(fmpz_poly([1, 1]), 64).str(5, radius=False)
        '2.4142'
        """
        ball = self.ball(bits)
        with working(bits):
            return polynomial(ball)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, RealRoot):
            return NotImplemented
        if self is other:
            return True
        return self.polynomial == other.polynomial and self._contains(other)

    def __hash__(self) -> int:
        return hash(tuple(map(int, self.polynomial.coeffs())))

    def __reduce__(self) -> tuple[object, ...]:
        return RealRoot.of, (list(map(int, self.polynomial.coeffs())), self.low, self.high)

    def __repr__(self) -> str:
        return f"RealRoot({self.polynomial}, {self.low}..{self.high})"

    def _contains(self, other: RealRoot) -> bool:
        """Tell whether a root of the same polynomial lies between the ends of this one, and so is it."""
        if self.degree == 1:
            return True
        above = other.sign(_linear(self.low)) > 0
        return above and other.sign(_linear(self.high)) < 0

    def _newton(self, bits: int) -> arb:
        """Return the ball that steps of Newton's method reach from the interval, while they halve it."""
        low, high = self._ends
        with working(bits):
            ball = arb((low + high) / 2, arb((high - low) / 2).upper())
            narrower = self._narrowed(ball)
            while narrower.rad() < ball.rad() / 2:
                ball, narrower = narrower, self._narrowed(narrower)
        return narrower

    def _narrowed(self, ball: arb) -> arb:
        """Return a ball within this one that contains the root, by one step of Newton's method."""
        middle = ball.mid()
        step = middle - self.polynomial(middle) / self._slope(ball)
        return step.intersection(ball) if step.is_finite() else ball

    def _halve(self) -> None:
        """Halve the interval eight times, by exact signs, so that Newton's method comes to converge."""
        low, high = self._ends
        for _ in range(8):
            middle = (low + high) / 2
            low, high = (low, middle) if (self.polynomial(middle) > 0) == self._rising else (middle, high)
        self._ends = low, high


def isolates(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> bool:
    """Tell whether a polynomial changes its sign, and interval arithmetic excludes a zero of its derivative.

    Source: interval Horner scheme, R. E. Moore, Interval Analysis, 1966.

    >>> isolates(fmpz_poly([-2, 0, 1]), Fraction(1), Fraction(2))
    True
    """
    if not low < high or polynomial(to_fmpq(low)) * polynomial(to_fmpq(high)) >= 0:
        return False
    least = most = Fraction(0)
    for coefficient in reversed(polynomial.derivative().coeffs()):
        ends = [end * x for end in (least, most) for x in (low, high)]
        least, most = min(ends) + int(coefficient), max(ends) + int(coefficient)
    return least > 0 or most < 0


def _linear(number: Fraction) -> fmpz_poly:
    """Return a polynomial with the sign of x - number."""
    return fmpz_poly([-number.numerator, number.denominator])
