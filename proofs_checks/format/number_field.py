"""The numbers Q(theta) of a certificate, theta a real root of a polynomial; FORMAT.md, "Number fields"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from proofs_checks import work
from proofs_checks.format.errors import RejectedError

DEGREE_LIMIT = 64
"""Largest degree of the polynomial of a number field."""

FIRST_BITS = 64
"""Bits after the point to which theta is known at first, where a sign is asked for."""


class NumberField:
    """Polynomials in theta, the only root between two rationals of a monic polynomial G with integer entries.

    ``polynomial``: the entries of G, the constant one first. G need not be irreducible: numbers are vectors,
    multiplied modulo G, so each has one value at theta; two of them may have the same value.

    Raises RejectedError unless G changes its sign between the rationals and its derivative is not 0 there.

    Source: FORMAT.md, section "Number fields".

    >>> root_of_2 = NumberField((-2, 0, 1), Fraction(1), Fraction(2))
    >>> root_of_2.times((0, 1), (0, 1)), root_of_2.sign((-3, 2))
    ((2, 0), -1)
    """

    def __init__(self, polynomial: tuple[int, ...], low: Fraction, high: Fraction) -> None:
        self.polynomial, self.low, self.high = polynomial, low, high
        self.degree = len(polynomial) - 1
        self._entries = [(place, g) for place, g in enumerate(polynomial[:-1]) if g]
        self._floors: dict[int, int] = {}
        self._powers: dict[int, list[tuple[int, int]]] = {}
        below, above = (_value(polynomial, end) for end in (low, high))
        if low >= high or below * above >= 0:
            raise RejectedError("system.field: requires a polynomial of opposite signs at ends in order")
        if not self._is_monotone():
            raise RejectedError("system.field: requires a derivative that interval arithmetic keeps from 0")
        self._rises = above > 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NumberField) and self._stated == other._stated

    def __hash__(self) -> int:
        return hash(self._stated)

    @property
    def _stated(self) -> tuple[object, ...]:
        return self.polynomial, self.low, self.high

    def times(self, x: Sequence[int], y: Sequence[int]) -> tuple[int, ...]:
        """Return the product of two integer vectors modulo G.

        >>> NumberField((-2, 0, 0, 1), Fraction(1), Fraction(2)).times((0, 1, 1), (1, 0, 1))
        (2, 3, 1)
        """
        size = self.degree
        found = [0] * (2 * size - 1)
        for i, a in enumerate(x):
            if a:
                for j, b in enumerate(y, start=i):
                    found[j] += a * b
        for top in range(2 * size - 2, size - 1, -1):
            if c := found[top]:
                for place, g in self._entries:
                    found[top - size + place] -= c * g
        return tuple(found[:size])

    def inverse(self, x: Sequence[int]) -> tuple[Fraction, ...]:
        """Return the vector whose product with an integer vector is 1; raises RejectedError if there is none.

        Source: the extended Euclidean algorithm; the product is computed again.

        >>> NumberField((-2, 0, 1), Fraction(1), Fraction(2)).inverse((0, 1))
        (Fraction(0, 1), Fraction(1, 2))
        """
        size, divisor = self.degree, [Fraction(a) for a in x]
        rest, factor, other = [Fraction(g) for g in self.polynomial], [Fraction(0)], [Fraction(1)]
        while len(_trimmed(divisor)) > 1:
            rest, divisor, factor, other = divisor, *_step(rest, divisor, factor, other)
        if not divisor:
            raise RejectedError("system.field: requires a divisor that has an inverse")
        found = [c / divisor[0] for c in other] + [Fraction(0)] * size
        return tuple(found[:size])

    def sign(self, x: Sequence[int]) -> int:
        """Return the sign of an integer vector's value at theta; raises RejectedError where it is not found.

        It is 0 of the zero vector alone: of another one whose value is 0 it is not found.

        Source: FORMAT.md, section "Number fields".

        >>> NumberField((-2, 0, 1), Fraction(1), Fraction(2)).sign((-7, 5))
        1
        """
        if not any(x[1:]):
            work.count_products(8, 0)
            return (x[0] > 0) - (x[0] < 0)
        size, width = self.degree, max(map(int.bit_length, x))
        largest, bits = size * (width + (self._entry_bits + 2) * size) + 64, FIRST_BITS
        while True:
            work.count_products(16 + size, max(width, bits))
            low = high = 0
            for a, (least, most) in zip(x, self._enclosed(bits), strict=True):
                low, high = (
                    (low + a * least, high + a * most) if a > 0 else (low + a * most, high + a * least)
                )
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            if bits >= largest:
                raise RejectedError("system.field: a number other than 0 is not told from 0")
            bits *= 2

    @cached_property
    def _entry_bits(self) -> int:
        # Bits of 1 + max |g|, below which all roots of G are in size.
        return (1 + max(map(abs, self.polynomial[:-1]))).bit_length()

    def _enclosed(self, bits: int) -> list[tuple[int, int]]:
        """Return integers between which 2^bits times each power of theta lies."""
        if bits not in self._powers:
            floor = self._floor(bits)
            found = [(1 << bits, 1 << bits)]
            work.count_products(4 * self.degree, 2 * bits)
            while len(found) < self.degree:
                products = [x * y for x in found[-1] for y in (floor, floor + 1)]
                found.append((min(products) >> bits, -(-max(products) >> bits)))
            self._powers[bits] = found
        return self._powers[bits]

    def _floor(self, bits: int) -> int:
        """Return the largest integer t with t/2^bits <= theta; Newton's method guesses it."""
        if bits in self._floors:
            return self._floors[bits]
        if bits <= FIRST_BITS:
            least, beyond = floor(self.low * (1 << bits)), ceil(self.high * (1 << bits))
        else:
            near, more = 2 * self._floor(bits // 2) + 1, bits - bits // 2 - 1
            value, slope = self._scaled(near, bits // 2 + 1)
            least = (near << more) - (value << more) // (slope or 1)
            beyond, reach = least + 1, 1
            while not self._reaches(least, bits):
                least, reach = least - reach, 2 * reach
            while self._reaches(beyond, bits):
                beyond, reach = beyond + reach, 2 * reach
        while beyond - least > 1:
            middle = (least + beyond) // 2
            least, beyond = (middle, beyond) if self._reaches(middle, bits) else (least, middle)
        self._floors[bits] = least
        return least

    def _reaches(self, t: int, bits: int) -> bool:
        """Tell whether t/2^bits <= theta: by the interval, and within it by the sign of G."""
        if t <= self.low * (1 << bits) or t >= self.high * (1 << bits):
            return t <= self.low * (1 << bits)
        value, _ = self._scaled(t, bits)
        return value == 0 or (value < 0) == self._rises

    def _scaled(self, t: int, bits: int) -> tuple[int, int]:
        """Return G and its derivative at t/2^bits, times the powers of 2^bits that make them integers."""
        work.count_products(3 * self.degree, bits * self.degree)
        value, slope, scale = 1, 0, bits
        for g in reversed(self.polynomial[:-1]):
            value, slope = value * t + (g << scale), slope * t + value
            scale += bits
        return value, slope

    def _is_monotone(self) -> bool:
        """Tell whether Horner's scheme in intervals keeps the derivative of G away from 0."""
        least = most = Fraction(0)
        for k in range(self.degree, 0, -1):
            work.count_fractions(6, work.longest((least, most, self.low, self.high)))
            products = [x * y for x in (least, most) for y in (self.low, self.high)]
            least, most = (end + k * self.polynomial[k] for end in (min(products), max(products)))
        return least > 0 or most < 0


def _value(polynomial: Sequence[int], x: Fraction) -> Fraction:
    total = Fraction(0)
    for g in reversed(polynomial):
        work.count_fractions(2, work.longest((total, x)))
        total = total * x + g
    return total


def _trimmed(polynomial: list[Fraction]) -> list[Fraction]:
    while polynomial and not polynomial[-1]:
        polynomial.pop()
    return polynomial


def _step(
    rest: list[Fraction], divisor: list[Fraction], factor: list[Fraction], other: list[Fraction]
) -> tuple[list[Fraction], list[Fraction], list[Fraction]]:
    """Return the remainder of a division, and the factors of x in the divisor and in the remainder."""
    rest, later = rest.copy(), factor + [Fraction(0)] * (len(rest) + len(other))
    while len(rest) >= len(divisor):
        shift, c = len(rest) - len(divisor), rest[-1] / divisor[-1]
        work.count_fractions(4 * (len(divisor) + len(other)), work.longest((*rest, *divisor, *other)))
        for place, d in enumerate(divisor):
            rest[shift + place] -= c * d
        for place, d in enumerate(other):
            later[shift + place] -= c * d
        rest.pop()
    return _trimmed(rest), other, _trimmed(later)
