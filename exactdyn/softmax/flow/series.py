"""Functions of s in [0, 1] as power series in the norm that adds up the absolute values of coefficients.

All in units of 2^-bits, polynomials as integers, lowest power first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import mul

from flint import arb, fmpz_poly

from exactdyn.errors import ExactdynError
from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import dyadic, integer

STEEP = 64
"""The logarithm of the largest exponential: others than the reference hardly overtake it in one step."""


class TooSteepError(ExactdynError):
    """What is to be computed along a polynomial is not bounded: a shorter step is needed."""


@dataclass(frozen=True)
class Series:
    """All power series g for which the norm of g - polynomial is at most ``error``."""

    polynomial: Sequence[int]
    error: int


def norm(polynomial: Sequence[int]) -> int:
    """Return the sum of the absolute values of the coefficients.

    >>> norm([1, -2])
    3
    """
    return sum(map(abs, polynomial))


def coefficients(polynomial: fmpz_poly, count: int) -> list[int]:
    """Return so many coefficients as integers.

    >>> coefficients(fmpz_poly([1, 2]), 3)
    [1, 2, 0]
    """
    found = list(map(int, polynomial.coeffs()[:count]))
    return found + [0] * (count - len(found))


def cut(polynomial: fmpz_poly, count: int, numerator: int, denominator: int, error: int) -> Series:
    """Return a polynomial times a number > 0 as a series of so many terms, ``error`` counted before.

    >>> cut(fmpz_poly([5, 2, 3]), 2, 1, 2, 0)
    Series(polynomial=[2, 1], error=4)
    """
    rest = int(sum(map(abs, polynomial.coeffs()[count:]))) + error
    kept = [c * numerator // denominator for c in coefficients(polynomial, count)]
    return Series(kept, -(-rest * numerator // denominator) + count)


def times(x: Series, y: Series, bits: int) -> Series:
    """Return a product, cut to the terms of the first factor.

    >>> times(Series([16, 16], 0), Series([16, 16], 0), 4).polynomial  # (1 + s)^2
    [16, 32]
    """
    error = norm(x.polynomial) * y.error + x.error * (norm(y.polynomial) + y.error)
    whole = fmpz_poly(list(x.polynomial)) * fmpz_poly(list(y.polynomial))
    return cut(whole, len(x.polynomial), 1, 1 << bits, error)


def exponential(x: Series, bits: int) -> Series:
    """Return the exponential e of a series, from k e_k = sum_(l = 1..k) l x_l e_(k-l).

    Raises :class:`TooSteepError` if x is not known to within 1, or the exponential may be large.
    Source: section "Arithmetic" in ``proofs_checks/softmax/FORMAT.md``; A. Griewank and A. Walther,
    Evaluating Derivatives (2nd edition, 2008), chapter 13.

    >>> found = exponential(Series([0, 1 << 30, 0], 0), 40)
    >>> [abs(m - true) <= found.error for m, true in zip(found.polynomial, (2**40, 2**30, 2**19))]
    [True, True, True]
    """
    one, count = 1 << bits, len(x.polynomial)
    if x.error > one:
        raise TooSteepError("a logit is not known to within 1")
    steepness = norm(x.polynomial[1:])
    highest = x.polynomial[0] + steepness + x.error
    if highest > STEEP << bits:
        raise TooSteepError("an exponential may be too large")
    if 10 * highest < -7 * (bits << bits):
        return Series([0] * count, 1)  # exp(-7/10) < 1/2: less than a unit
    if steepness > bits << bits:
        return Series([0] * count, _above(highest, bits))
    # What is lost to rounding is multiplied by exp(2 |x - x_0|) at most.
    more = 0 if steepness <= one else (3 * steepness >> bits) + 3
    first, radius = _exponential_of(x.polynomial[0], bits + more, bits)
    slopes = [power * c for power, c in enumerate(x.polynomial)][1:]
    powers = [first]
    for k in range(1, count):
        powers.append(sum(map(mul, slopes, powers[::-1])) // (k << bits))
    sizes = list(accumulate(map(abs, reversed(powers))))
    beyond = sum(map(mul, map(abs, slopes), sizes)) // (count << bits) + 1
    growth = one + steepness + (steepness * steepness >> bits) + 1 if not more else _above(steepness, bits)
    known = (growth * radius >> bits) + (growth * growth * (count + beyond) >> 2 * bits) + 2
    spread = x.error + (x.error * x.error >> bits) + 1
    error = known + ((sizes[-1] + known) * spread >> bits) + 1
    if not more:
        return Series(powers, error)
    kept = [c >> more for c in powers]
    return Series(kept, min((error >> more) + 1 + count, _above(highest, bits) + norm(kept)))


def _exponential_of(x: int, units: int, bits: int) -> tuple[int, int]:
    # exp(x / 2^bits) in units of 2^-units, and a bound of the error.
    with working(units + max(0, 2 * x >> bits) + 16):
        found: arb = dyadic(x, bits).exp() * arb((1, units))
        middle = integer(found.mid().floor())
        return middle, integer(abs(found - middle).upper().ceil())


def _above(x: int, bits: int) -> int:
    with working(bits + max(0, 2 * x >> bits) + 16):
        return integer((dyadic(x, bits).exp() * arb((1, bits))).upper().ceil())


def inverse(x: Series, bits: int) -> Series:
    """Return 1 / x, by y_k = -sum_(l >= 1) x_l y_(k-l) / x_0; what is wrong with it is 1 - x y.

    Raises :class:`TooSteepError` unless the norm of 1 - x y is less than 1.
    Source: section "Arithmetic" in ``proofs_checks/softmax/FORMAT.md``.

    >>> inverse(Series([1 << 40, 1 << 20], 0), 40).polynomial  # 1 / (1 + s / 2^20)
    [1099511627776, -1048576]
    """
    one, start, rest = 1 << bits, x.polynomial[0], x.polynomial[1:]
    if start <= 0:
        raise TooSteepError("a divisor may be zero")
    powers = [(one << bits) // start]
    for _ in rest:
        powers.append(-sum(map(mul, rest, powers[::-1])) // start)
    missed = fmpz_poly(list(x.polynomial)) * fmpz_poly(powers) - (one << bits)
    size = norm(powers)
    off = -(-(int(sum(map(abs, missed.coeffs()))) + x.error * size) // one)
    if off >= one:
        raise TooSteepError("a divisor may be zero")
    return Series(powers, -(-size * off // (one - off)))
