"""Truncated power series whose coefficients are fixed-point balls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add, mul, sub

from proofs_checks import work
from proofs_checks.softmax.balls import Arithmetic, Ball, upwards


@dataclass(frozen=True)
class Series:
    """The coefficients 0, 1, ... of a power series: middles and radii in units of 2^-bits.

    A series of one term is a ball.
    """

    middles: tuple[int, ...]
    radii: tuple[int, ...]

    def __add__(self, other: Series) -> Series:
        """Return the sum, coefficient by coefficient."""
        return Series(tuple(map(add, self.middles, other.middles)), tuple(map(add, self.radii, other.radii)))

    def __sub__(self, other: Series) -> Series:
        """Return the difference, coefficient by coefficient."""
        return Series(tuple(map(sub, self.middles, other.middles)), tuple(map(add, self.radii, other.radii)))

    def times_integer(self, factor: int) -> Series:
        """Return the product with an integer >= 0.

        >>> Series((1, 2), (0, 1)).times_integer(3)
        Series(middles=(3, 6), radii=(0, 3))
        """
        return Series(tuple(factor * m for m in self.middles), tuple(factor * r for r in self.radii))

    def __getitem__(self, power: int) -> Ball:
        """Return a coefficient."""
        return Ball(self.middles[power], self.radii[power])

    def __len__(self) -> int:
        """Return the number of terms."""
        return len(self.middles)


def series(balls: Iterable[Ball]) -> Series:
    """Return the series with these coefficients.

    >>> series([Ball(1, 0), Ball(2, 1)])
    Series(middles=(1, 2), radii=(0, 1))
    """
    kept = list(balls)
    return Series(tuple(b.middle for b in kept), tuple(b.radius for b in kept))


def constant(ball: Ball, terms: int) -> Series:
    """Return a constant as a series.

    >>> constant(Ball(5, 1), 3)
    Series(middles=(5, 0, 0), radii=(1, 0, 0))
    """
    rest = (0,) * (terms - 1)
    return Series((ball.middle, *rest), (ball.radius, *rest))


def times(context: Arithmetic, x: Series, y: Series) -> Series:
    """Return a product, cut to the terms of its factors.

    For coefficients a, b the product of what two balls stand for differs from the product of the middles by
    at most |middle a| radius b + radius a (|middle b| + radius b).

    Source: FORMAT.md here, section "Arithmetic".

    >>> times(Arithmetic(4), Series((16, 16), (0, 0)), Series((16, 16), (0, 0))).middles  # (1 + s)^2
    (16, 32)
    """
    _count(x, y)
    bits, sizes = context.bits, tuple(map(abs, x.middles))
    reached = tuple(map(add, map(abs, y.middles), y.radii))
    middles, radii = [], []
    for power in range(len(x)):
        backwards = slice(power, None, -1)
        middles.append(sum(map(mul, x.middles, y.middles[backwards])) >> bits)
        error = sum(map(mul, sizes, y.radii[backwards])) + sum(map(mul, x.radii, reached[backwards]))
        radii.append((error >> bits) + 2)
    return Series(tuple(middles), tuple(radii))


def dot(context: Arithmetic, xs: Sequence[Series], ys: Sequence[Series]) -> Series:
    """Return an inner product.

    >>> one = Series((16, 0), (0, 0))
    >>> dot(Arithmetic(4), [one, one], [one, one]).middles
    (32, 0)
    """
    products = [times(context, x, y) for x, y in zip(xs, ys, strict=True)]
    total = products[0]
    for product in products[1:]:
        total += product
    return total


def scaled(context: Arithmetic, factors: Sequence[Ball], xs: Sequence[Series]) -> Series:
    """Return a combination of series with constant factors.

    >>> scaled(Arithmetic(4), [Ball(32, 0)], [Series((16, 16), (0, 0))]).middles
    (32, 32)
    """
    return dot(context, [constant(factor, len(xs[0])) for factor in factors], xs)


def exponential(context: Arithmetic, x: Series) -> Series:
    """Return the exponential e of x, by e_0 = exp(x_0) and k e_k = sum_(l = 1..k) l x_l e_(k-l).

    The recursion can multiply an error by exp(|x_1| + |x_2| + ...): it runs in that many more bits. It is not
    needed where exp(x_0 + |x_1|/4 + |x_2|/16 + ... + 2k), which bounds |e_k|, is nothing at these bits.

    Source: FORMAT.md here, section "Arithmetic".

    >>> found = exponential(Arithmetic(40), Series((0, 1 << 40, 0), (0, 0, 0)))  # 1 + s + s^2/2
    >>> [abs(m - true) <= r for m, r, true in zip(found.middles, found.radii, (2**40, 2**40, 2**39))]
    [True, True, True]
    """
    sizes = [x[power].size for power in range(1, len(x))]
    highest = x[0].high + sum(upwards(size, 4**power) for power, size in enumerate(sizes, start=1))
    if context.vanishes(highest + (2 * len(x) << context.bits)):
        return Series((0,) * len(x), (1,) * len(x))
    steepness = sum(sizes)
    more = min((steepness >> context.bits) * 3 // 2 + 2, 4 * context.bits)
    finer = Arithmetic(context.bits + more)
    raised = Series(tuple(m << more for m in x.middles), tuple(r << more for r in x.radii))
    found = _recursion(finer, raised)
    return Series(
        tuple(m >> more for m in found.middles), tuple(upwards(r, 1 << more) + 1 for r in found.radii)
    )


def _recursion(context: Arithmetic, x: Series) -> Series:
    _count(x, x)
    bits = context.bits
    slopes = [power * m for power, m in enumerate(x.middles)][1:]
    slope_sizes = [abs(m) for m in slopes]
    slope_radii = [power * r for power, r in enumerate(x.radii)][1:]
    first = context.exp(x[0])
    middles, radii, reached = [first.middle], [first.radius], [first.size]
    for power in range(1, len(x)):
        middle = sum(map(mul, slopes, middles[::-1])) >> bits
        error = sum(map(mul, slope_sizes, radii[::-1])) + sum(map(mul, slope_radii, reached[::-1]))
        middles.append(middle // power)
        radii.append(upwards((error >> bits) + 2, power) + 1)
        reached.append(abs(middles[-1]) + radii[-1])
    return Series(tuple(middles), tuple(radii))


def divide(context: Arithmetic, x: Series, y: Series) -> Series:
    """Return a quotient q: x_k = sum_l y_l q_(k-l), so q_k = (x_k - sum_(l >= 1) y_l q_(k-l)) / y_0.

    Raises :class:`~proofs_checks.format.errors.RejectedError` unless y_0 is positive.

    Source: FORMAT.md here, section "Arithmetic".

    >>> divide(Arithmetic(4), Series((16, 0), (0, 0)), Series((16, 16), (0, 0))).middles  # 1 / (1 + s)
    (16, -16)
    """
    _count(x, y)
    rest = Series(y.middles[1:], y.radii[1:])
    sizes = [abs(m) for m in rest.middles]
    middles: list[int] = []
    radii: list[int] = []
    for power in range(len(x)):
        known = sum(map(mul, rest.middles, middles[::-1])) >> context.bits
        reached = map(add, map(abs, middles[::-1]), radii[::-1])
        error = sum(map(mul, sizes, radii[::-1])) + sum(map(mul, rest.radii, reached))
        top = x[power] - Ball(known, (error >> context.bits) + 2)
        quotient = context.divide(top, y[0])
        middles.append(quotient.middle)
        radii.append(quotient.radius)
    return Series(tuple(middles), tuple(radii))


def _count(x: Series, y: Series) -> None:
    # Three products for every two terms of which the one stands no further than the other.
    widest = max(map(int.bit_length, x.middles)) + max(map(int.bit_length, y.middles))
    work.count_products(2 * len(x) * (len(x) + 4), widest // 2)
