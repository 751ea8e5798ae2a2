"""Functions of s in [0, 1] as power series in the norm that adds up the absolute values of coefficients.

A polynomial is a sequence of integers, lowest power first. Products of polynomials are products of their
values at a power of 2 so large that every coefficient of the product can be read off: one long product costs
less than many short ones. FORMAT.md here, section "Arithmetic".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import mul
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.format.errors import RejectedError
from proofs_checks.softmax.balls import Arithmetic, Ball, upwards

Polynomial: TypeAlias = Sequence[int]
"""Coefficients, lowest power first."""


@dataclass(frozen=True)
class Series:
    """All power series g with |g - polynomial| <= error, both in units of 2^-bits (of the Arithmetic)."""

    polynomial: Polynomial
    error: int


def norm(polynomial: Polynomial) -> int:
    """Return the sum of the absolute values of the coefficients.

    >>> norm([1, -2])
    3
    """
    return sum(map(abs, polynomial))


def width_for(largest: int) -> int:
    """Return how many bits a coefficient takes of which the absolute value is at most ``largest``.

    >>> width_for(127), width_for(128)
    (8, 16)
    """
    return largest.bit_length() // 8 * 8 + 8


def pack(polynomial: Polynomial, width: int) -> int:
    """Return the value of a polynomial at 2^width.

    >>> pack([1, -2], 8)
    -511
    """
    total = 0
    for coefficient in reversed(polynomial):
        total = (total << width) + coefficient
    return total


def unpack(packed: int, width: int, count: int) -> list[int]:
    """Return the lowest coefficients of a packed polynomial, each of absolute value below 2^(width-1).

    >>> unpack(-511, 8, 2)
    [1, -2]
    """
    half, lifts, mask = _lifts(width, count)
    size = width // 8
    text = (packed + lifts & mask).to_bytes(count * size, "little")
    read = int.from_bytes
    return [read(text[at : at + size], "little") - half for at in range(0, count * size, size)]


@lru_cache(maxsize=64)
def _lifts(width: int, count: int) -> tuple[int, int, int]:
    # What lifts every coefficient to at least 0: half of 2^width.
    half, mask = 1 << width - 1, (1 << width * count) - 1
    return half, half * (mask // ((1 << width) - 1)), mask


def product(x: Polynomial, y: Polynomial) -> list[int]:
    """Return the product of two polynomials.

    >>> product([1, 1], [1, -1])
    [1, 0, -1]
    """
    width, count = width_for(norm(x) * norm(y)), len(x) + len(y) - 1
    work.count_products(8, width * count)
    return unpack(pack(x, width) * pack(y, width), width, count)


def times(context: Arithmetic, x: Series, y: Series) -> Series:
    """Return a product, cut to the length of the first factor.

    For |g - x| <= d and |h - y| <= e: |gh - xy| <= |x| e + d (|y| + e).

    Source: FORMAT.md here, section "Arithmetic".

    >>> times(Arithmetic(4), Series([16, 16], 0), Series([16, 16], 0))  # (1 + s)^2
    Series(polynomial=[16, 32], error=19)
    """
    error = norm(x.polynomial) * y.error + x.error * (norm(y.polynomial) + y.error)
    return cut(product(x.polynomial, y.polynomial), len(x.polynomial), context.bits, error)


def cut(polynomial: Polynomial, count: int, bits: int, error: int) -> Series:
    """Return a series with its higher powers left out, its units made 2^bits times as large.

    >>> cut([5, 2, 3], 2, 1, 0)
    Series(polynomial=[2, 1], error=4)
    """
    rest = norm(polynomial[count:]) + error
    return Series([c >> bits for c in polynomial[:count]], (rest >> bits) + 1 + count)


def exponential(context: Arithmetic, x: Series) -> Series:
    """Return the exponential e of x, from its powers k e_k = sum_(l = 1..k) l x_l e_(k-l).

    How far these are from the exponential, which does not end, follows from how well they solve e' = x' e.

    Source: FORMAT.md here, section "Arithmetic".

    >>> found = exponential(Arithmetic(40), Series((0, 1 << 30, 0), 0))
    >>> [abs(m - true) <= found.error for m, true in zip(found.polynomial, (2**40, 2**30, 2**19))]
    [True, True, True]
    """
    bits, count = context.bits, len(x.polynomial)
    one = 1 << bits
    if x.error > one:
        raise RejectedError("a logit is not known well enough")
    steepness = norm(x.polynomial[1:])
    highest = x.polynomial[0] + steepness + x.error
    if steepness > bits << bits:
        return Series([0] * count, context.exp_above(highest))
    # The error may be exp(2 |x - x_0|) times a rounding: so many bits more.
    more = 0 if steepness <= one else (3 * steepness >> bits) + 3
    work.count_products(count * (count + 12) // 2, bits + more)
    first = context.exp(Ball(x.polynomial[0], 0))
    slopes = [power * c for power, c in enumerate(x.polynomial)][1:]
    powers = [first.middle << more]
    for k in range(1, count):
        powers.append(sum(map(mul, slopes, powers[::-1])) // (k << bits))
    sizes = list(accumulate(map(abs, reversed(powers))))
    beyond = sum(map(mul, map(abs, slopes), sizes)) // (count << bits) + 1
    growth = (
        one + steepness + (steepness * steepness >> bits) + 1
        if steepness <= one
        else context.exp_above(steepness)
    )
    base = (growth * (first.radius << more) >> bits) + (growth * growth * (count + beyond) >> 2 * bits) + 2
    spread = x.error + (x.error * x.error >> bits) + 1
    error = base + ((sizes[-1] + base) * spread >> bits) + 1
    if not more:
        return Series(powers, error)
    kept = [c >> more for c in powers]
    return Series(kept, min((error >> more) + 1 + count, context.exp_above(highest) + norm(kept)))


def inverse(context: Arithmetic, x: Series) -> Series:
    """Return 1 / x, by y_k = -sum_(l >= 1) x_l y_(k-l) / x_0; what is wrong with it is 1 - x y.

    Raises :class:`~proofs_checks.format.errors.RejectedError` unless |1 - x y| is proved to be less than 1.

    Source: FORMAT.md here, section "Arithmetic".

    >>> inverse(Arithmetic(40), Series([1 << 40, 1 << 20], 0)).polynomial  # 1 / (1 + s / 2^20)
    [1099511627776, -1048576]
    """
    bits, start = context.bits, x.polynomial[0]
    one = 1 << bits
    if start <= 0:
        raise RejectedError("a divisor may be zero")
    rest, powers = x.polynomial[1:], [(one << bits) // start]
    for _ in rest:
        powers.append(-sum(map(mul, rest, powers[::-1])) // start)
    missed = product(x.polynomial, powers)
    missed[0] -= one << bits
    size = norm(powers)
    off = upwards(norm(missed) + x.error * size, one)
    if off >= one:
        raise RejectedError("a divisor may be zero")
    return Series(powers, upwards(size * off, one - off))
