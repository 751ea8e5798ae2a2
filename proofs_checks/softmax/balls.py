"""Fixed-point interval arithmetic in plain integers, every rounding outwards.

A ball (m, r) stands for all numbers within r of m, both in units of 2^-bits. Nothing here loses a number: the
result of an operation contains what the operation gives for any choice of numbers in its arguments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from proofs_checks import work
from proofs_checks.format.errors import RejectedError


@dataclass(frozen=True)
class Ball:
    """All numbers within ``radius`` of ``middle``, in units of 2^-bits (of the :class:`Arithmetic`)."""

    middle: int
    radius: int

    def __add__(self, other: Ball) -> Ball:
        """Return a ball of all sums."""
        return Ball(self.middle + other.middle, self.radius + other.radius)

    def __sub__(self, other: Ball) -> Ball:
        """Return a ball of all differences."""
        return Ball(self.middle - other.middle, self.radius + other.radius)

    def __neg__(self) -> Ball:
        """Return the ball of the negatives."""
        return Ball(-self.middle, self.radius)

    @property
    def low(self) -> int:
        """The lower end.

        >>> Ball(3, 1).low
        2
        """
        return self.middle - self.radius

    @property
    def high(self) -> int:
        """The upper end.

        >>> Ball(3, 1).high
        4
        """
        return self.middle + self.radius

    @property
    def size(self) -> int:
        """The largest absolute value.

        >>> Ball(-3, 1).size
        4
        """
        return abs(self.middle) + self.radius

    def positive(self) -> bool:
        """Tell whether every number in the ball is > 0.

        >>> Ball(1, 1).positive()
        False
        """
        return self.low > 0

    def widened(self, radius: int) -> Ball:
        """Return the ball of all numbers within ``radius`` of this one.

        >>> Ball(1, 1).widened(2)
        Ball(middle=1, radius=3)
        """
        return Ball(self.middle, self.radius + radius)


def between(low: int, high: int) -> Ball:
    """Return a ball that contains everything from low to high.

    >>> between(1, 4)
    Ball(middle=2, radius=2)
    """
    middle = (low + high) // 2
    return Ball(middle, max(high - middle, middle - low))


def upwards(numerator: int, denominator: int) -> int:
    """Return a quotient (denominator > 0) rounded up.

    >>> upwards(7, 2), upwards(-7, 2)
    (4, -3)
    """
    return -(-numerator // denominator)


@dataclass(frozen=True)
class Arithmetic:
    """Operations on balls in units of 2^-bits."""

    bits: int

    @property
    def one(self) -> Ball:
        """The number 1.

        >>> Arithmetic(4).one
        Ball(middle=16, radius=0)
        """
        return Ball(1 << self.bits, 0)

    def ball(self, number: Fraction, radius: Fraction = Fraction(0)) -> Ball:
        """Return a ball that contains every number within ``radius`` >= 0 of a rational number.

        >>> Arithmetic(4).ball(Fraction(1, 3))
        Ball(middle=5, radius=1)
        """
        work.count_fractions(1, self.bits + number.denominator.bit_length())
        scaled = number * (1 << self.bits)
        exact = scaled.denominator == 1
        return Ball(scaled.numerator // scaled.denominator, (0 if exact else 1) + self.above(radius))

    def balls(self, rows: Iterable[Iterable[Fraction]]) -> list[list[Ball]]:
        """Return a ball for every number of a matrix.

        >>> Arithmetic(4).balls([[Fraction(1, 2), Fraction(2)]])
        [[Ball(middle=8, radius=0), Ball(middle=32, radius=0)]]
        """
        return [[self.ball(x) for x in row] for row in rows]

    def above(self, number: Fraction) -> int:
        """Return a rational number in units of 2^-bits, rounded up.

        >>> Arithmetic(4).above(Fraction(1, 3))
        6
        """
        return upwards(number.numerator << self.bits, number.denominator)

    def below(self, number: Fraction) -> int:
        """Return a rational number in units of 2^-bits, rounded down.

        >>> Arithmetic(4).below(Fraction(1, 3))
        5
        """
        return (number.numerator << self.bits) // number.denominator

    def times(self, x: Ball, y: Ball) -> Ball:
        """Return a ball of all products.

        Source: FORMAT.md here, section "Arithmetic".

        >>> Arithmetic(4).times(Ball(32, 0), Ball(8, 1))
        Ball(middle=16, radius=4)
        """
        work.count_products(5, 0)  # what a ball takes beside its products
        work.count_products(3, max(x.middle.bit_length(), y.middle.bit_length()))
        error = abs(x.middle) * y.radius + x.radius * y.size
        return Ball((x.middle * y.middle) >> self.bits, (error >> self.bits) + 2)

    def dot(self, xs: Iterable[Ball], ys: Iterable[Ball]) -> Ball:
        """Return a ball of all inner products.

        >>> Arithmetic(4).dot([Ball(32, 0)], [Ball(8, 0)])
        Ball(middle=16, radius=2)
        """
        total = Ball(0, 0)
        for x, y in zip(xs, ys, strict=True):
            total += self.times(x, y)
        return total

    def divide(self, x: Ball, y: Ball) -> Ball:
        """Return a ball of all quotients; the divisor must be positive, else :class:`RejectedError`.

        Source: FORMAT.md here, section "Arithmetic".

        >>> Arithmetic(4).divide(Ball(16, 0), Ball(48, 0))
        Ball(middle=5, radius=1)
        """
        if not y.positive():
            raise RejectedError("a divisor may be zero")
        work.count_products(6, 2 * max(x.middle.bit_length(), y.middle.bit_length(), self.bits))
        # |x/y - m| <= (x.radius + |m| y.radius) / y.low for m = x.middle / y.middle.
        middle = (x.middle << self.bits) // y.middle
        error = (x.radius << self.bits) + (abs(middle) + 1) * y.radius
        return Ball(middle, upwards(error, y.low) + 1)

    def exp(self, x: Ball) -> Ball:
        """Return a ball that contains the exponential of every number in a ball.

        Source: FORMAT.md here, section "Arithmetic".

        >>> found = Arithmetic(40).exp(Ball(0, 0))
        >>> found.low <= 2**40 <= found.high
        True
        """
        if x.radius << NARROW > self.one.middle:
            return between(self._exp_point(x.low).low, self._exp_point(x.high).high)
        # |exp(m + d) - exp(m)| <= exp(m) (exp(r) - 1) <= exp(m) (r + r^2) for |d| <= r <= 1.
        found = self._exp_point(x.middle)
        spread = x.radius + upwards(x.radius * x.radius, 1 << self.bits)
        return found.widened(upwards(found.high * spread, 1 << self.bits))

    def exp_above(self, x: int) -> int:
        """Return an upper bound of exp(x / 2^bits) in units of 2^-bits.

        >>> Arithmetic(40).exp_above(-(1 << 50))
        1
        """
        return self._exp_point(x).high

    def exp_at_most(self, x: int) -> int:
        """Return an upper bound of exp(x / 2^bits), x >= 0, quickly: a little too large.

        Source: FORMAT.md here, lemma ``tube``.

        >>> Arithmetic(40).exp_at_most(1 << 40) / 2**40
        2.7201...
        """
        halvings = max(0, x.bit_length() - self.bits + 2)
        r = upwards(x, 1 << halvings)
        square = upwards(r * r, 1 << self.bits)
        found = self.one.middle + r + upwards(square, 2) + upwards(2 * square * r, 9 << self.bits)
        for _ in range(halvings):
            found = upwards(found * found, 1 << self.bits)
        return found

    def vanishes(self, x: int) -> bool:
        """Tell whether exp(x / 2^bits) is provably less than 2^-bits, since x / 2^bits < -2 bits.

        >>> Arithmetic(40).vanishes(-(1 << 50)), Arithmetic(40).vanishes(0)
        (True, False)
        """
        return x < -2 * self.bits << self.bits

    def log_above(self, number: int) -> int:
        """Return an upper bound of the natural logarithm of an integer >= 1.

        The least multiple of 2^-40 whose exponential is provably at least the number, by bisection.

        Source: FORMAT.md here, lemma ``hyperplane-trap``.

        >>> Arithmetic(40).log_above(2) > 0.6931 * 2**40
        True
        """
        low, high = -1, number.bit_length() << 40
        while high - low > 1:
            middle = (low + high) // 2
            enough = self._exp_point(middle << self.bits >> 40).low >= number << self.bits
            low, high = (low, middle) if enough else (middle, high)
        return upwards(high << self.bits, 1 << 40)

    def _exp_point(self, x: int) -> Ball:
        """Return a ball that contains exp(x / 2^bits); more than LARGEST is :class:`RejectedError`."""
        work.count_products(8, 0)
        if x > LARGEST << self.bits:
            raise RejectedError("an exponential is too large")
        if self.vanishes(x):
            return Ball(0, 1)
        # exp(x) = exp(x / 2^h)^(2^h), |x / 2^h| < 2^-8, in as many more bits as squaring may lose.
        halvings = max(0, abs(x).bit_length() - self.bits + 8)
        growth = max(0, x >> self.bits) * 3 // 2
        bits = self.bits + 2 * halvings + growth + 16
        # The series has a term for about every 8 bits.
        work.count_products(bits // 4 + 4 * halvings + 32, bits)
        middle, radius = _taylor((x << bits - self.bits) >> halvings, bits)
        for _ in range(halvings):  # |X^2 - m^2| <= 2 |m| r + r^2 for |X - m| <= r
            middle, radius = middle * middle >> bits, ((2 * middle + radius) * radius >> bits) + 2
        shift = bits - self.bits
        return Ball(middle >> shift, upwards(radius, 1 << shift) + 1)


def _taylor(x: int, bits: int) -> tuple[int, int]:
    """Return an approximation of exp(x) for |x| < 2^-8, x off by up to 1, and a bound of its error.

    Everything is in units of 2^-bits. Two roundings cost each term less than 2 units more than what the error
    of the term before leaves, less than 2^-8 of it: less than 3 units in all. When the last term is found to
    be at most 1, the terms left out are below (1 + 3) / 2^7; x itself being off adds less than 2.
    """
    total = term = 1 << bits
    count = 0
    while abs(term) > 1:
        count += 1
        term = (term * x >> bits) // count
        total += term
    return total, 3 * count + 3


NARROW = 8
"""A ball counts as narrow if its radius is at most 2^-NARROW."""

LARGEST = 10_000
"""Exponentials of more than this are not computed."""


def largest(balls: Sequence[Ball]) -> int:
    """Return the largest absolute value in any of these balls.

    >>> largest([Ball(-3, 1), Ball(2, 1)])
    4
    """
    return max(ball.size for ball in balls)


def length(vector: Iterable[Ball]) -> int:
    """Return an upper bound of a Euclidean norm.

    >>> length([Ball(3, 0), Ball(-3, 1)])
    6
    """
    return isqrt(sum(x.size**2 for x in vector)) + 1
