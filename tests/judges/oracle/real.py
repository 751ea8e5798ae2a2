"""Real algebraic numbers for the judge: in the field of the one irreducible factor that has the root.

A certificate's polynomial is factored here, so that equal numbers are equal polynomials, whatever the
certificate's own polynomial is; signs are those of balls of 700 bits and more. Nothing of this is how the
checker goes about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

from flint import arb, ctx, fmpq, fmpq_poly, fmpz_poly
from sympy import Poly, Rational, symbols

BITS = 700
"""The precision at first: more than 200 digits."""


class RealField:
    """The field of the root of a polynomial between two rationals; a ValueError if they do not show one."""

    def __init__(self, polynomial: Sequence[int], low: Fraction, high: Fraction) -> None:
        self.degree = len(polynomial) - 1
        if not _keeps_from_0(polynomial, low, high):
            raise ValueError
        whole = Poly(list(polynomial)[::-1], symbols("x"))
        ends = [Rational(end.numerator, end.denominator) for end in (low, high)]
        if low >= high or any(whole.eval(end) == 0 for end in ends) or whole.count_roots(*ends) != 1:
            raise ValueError
        factors = [factor for factor, _ in fmpz_poly(list(polynomial)).factor()[1]]
        (self.factor,) = (own for own in factors if _changes(own, low, high))
        self.modulus, self.low, self.high = fmpq_poly(self.factor), low, high
        self.balls: dict[int, arb] = {}

    def number(self, coefficients: Sequence[Fraction]) -> Real:
        exact = [fmpq(x.numerator, x.denominator) for x in coefficients]
        return Real(self, fmpq_poly(exact) % self.modulus)

    def ball(self, bits: int) -> arb:
        """A ball around the root, found by halving."""
        if bits not in self.balls:
            # Multiples of 2^-bits: the lower one is left of the root, or it, the upper one right of it.
            low, high = floor(self.low * 2**bits), ceil(self.high * 2**bits)
            falls = _value(self.factor, self.low) > 0
            while high - low > 1:
                middle = (low + high) // 2
                here = _scaled_value(self.factor, middle, bits)
                inside = self.low * 2**bits < middle < self.high * 2**bits
                left = (here > 0) == falls or here == 0 if inside else middle <= self.low * 2**bits
                low, high = (middle, high) if left else (low, middle)
            self.balls[bits] = arb(fmpq(low, 2**bits)).union(arb(fmpq(high, 2**bits)))
        return self.balls[bits]


class Real:
    """A number of such a field."""

    def __init__(self, field: RealField, polynomial: fmpq_poly) -> None:
        self.field, self.polynomial = field, polynomial

    def sign(self) -> int:
        if self.polynomial == 0:
            return 0
        before, bits = ctx.prec, BITS
        try:
            while True:
                ctx.prec = bits
                x, total = self.field.ball(bits), arb(0)
                for c in reversed(self.polynomial.coeffs()):
                    total = total * x + arb(c)
                if total > 0 or total < 0:
                    return 1 if total > 0 else -1
                bits *= 2
        finally:
            ctx.prec = before

    def _with(self, polynomial: fmpq_poly) -> Real:
        return Real(self.field, polynomial % self.field.modulus)

    def __add__(self, other: Any) -> Real:
        return self._with(self.polynomial + _polynomial(other))

    __radd__ = __add__

    def __neg__(self) -> Real:
        return self._with(-self.polynomial)

    def __sub__(self, other: Any) -> Real:
        return self + -other

    def __rsub__(self, other: Any) -> Real:
        return other + -self

    def __mul__(self, other: Any) -> Real:
        return self._with(self.polynomial * _polynomial(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Real:
        divisor = _polynomial(other) % self.field.modulus
        if divisor == 0:
            raise ZeroDivisionError
        _, inverse, _ = divisor.xgcd(self.field.modulus)
        return self._with(self.polynomial * inverse)

    def __rtruediv__(self, other: Any) -> Real:
        return self._with(_polynomial(other)) / self

    def __abs__(self) -> Real:
        return -self if self.sign() < 0 else self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Real | Fraction | int) and self.polynomial == _polynomial(other)

    def __hash__(self) -> int:
        texts = list(map(str, self.polynomial.coeffs() or [0]))
        return hash(Fraction(texts[0])) if len(texts) == 1 else hash(tuple(texts))

    def __lt__(self, other: Any) -> bool:
        return (self - other).sign() < 0

    def __le__(self, other: Any) -> bool:
        return (self - other).sign() <= 0

    def __gt__(self, other: Any) -> bool:
        return (self - other).sign() > 0

    def __ge__(self, other: Any) -> bool:
        return (self - other).sign() >= 0

    def __bool__(self) -> bool:
        return bool(self.polynomial != 0)

    def __repr__(self) -> str:
        return f"Real({self.polynomial})"


def _polynomial(number: Any) -> fmpq_poly:
    return number.polynomial if isinstance(number, Real) else fmpq_poly([_exact(Fraction(number))])


def _exact(number: Fraction) -> fmpq:
    return fmpq(number.numerator, number.denominator)


def _value(polynomial: fmpz_poly, x: Fraction) -> Fraction:
    total = Fraction(0)
    for g in reversed(polynomial.coeffs()):
        total = total * x + int(g)
    return total


def _scaled_value(polynomial: fmpz_poly, t: int, bits: int) -> int:
    # The sign of the value at t / 2^bits.
    degree = polynomial.degree()
    return sum(int(g) * t**k << bits * (degree - k) for k, g in enumerate(polynomial.coeffs()))


def _keeps_from_0(polynomial: Sequence[int], low: Fraction, high: Fraction) -> bool:
    # Horner's scheme for the derivative, on the interval.
    degree = len(polynomial) - 1
    bounds = [Fraction(degree)] * 2
    for k in range(degree - 1, 0, -1):
        corners = [x * y for x in bounds for y in (low, high)]
        bounds = [min(corners) + k * polynomial[k], max(corners) + k * polynomial[k]]
    return bounds[0] > 0 or bounds[1] < 0


def _changes(polynomial: fmpz_poly, low: Fraction, high: Fraction) -> bool:
    return _value(polynomial, low) * _value(polynomial, high) < 0
