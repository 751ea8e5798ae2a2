"""Infinite products of 1 - t_k for summable t_k = N(k)/D(k), enclosed by rational numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from exactdyn.numbers.terms import LAYER, TermSum

FACTORS_LIMIT, BITS_LIMIT = 2**12, 2**17
"""Most factors that are multiplied out, and most bits of their product before still more of them are."""


@dataclass(frozen=True)
class LateSteps:
    """Bounds of all late t_k: least <= [k] t_k <= most, [k] = (k+h)(k+h+1)...(k+h+q-1); or of t_{k+1}/t_k.

    ``power``, ``shift``: q >= 2 and h; a ``power`` of 0 says that the ratios are bounded, by ``most`` < 1.

    >>> LateSteps(2, Fraction(0), Fraction(0), Fraction(1)).sums(4, Fraction(1, 36))
    (Fraction(0, 1), Fraction(1, 4))
    """

    power: int
    shift: Fraction
    least: Fraction
    most: Fraction

    def sums(self, layer: int, first: Fraction) -> tuple[Fraction, Fraction]:
        """Return bounds of the sum of t_k over all k >= ``layer``, the first of them given.

        The sum of 1/[k] is 1/((q-1) (m+h)...(m+h+q-2)) for k >= m, as it telescopes.
        Source: lemma ``enclosed-products`` in ``proofs_checks/FORMAT.md``.

        >>> LateSteps(0, Fraction(0), Fraction(0), Fraction(1, 2)).sums(4, Fraction(1, 36))
        (Fraction(1, 36), Fraction(1, 18))
        """
        if not self.power:
            return first / (1 - self.least), first / (1 - self.most)
        last = layer + self.shift + self.power - 1
        whole = last / ((self.power - 1) * rising(layer + self.shift, self.power))
        return self.least * whole, self.most * whole

    def largest(self, layer: int, first: Fraction) -> Fraction:
        """Return a bound of all t_k, k >= ``layer``, the first of them given.

        >>> LateSteps(2, Fraction(1), Fraction(0), Fraction(1)).largest(1, Fraction(1, 7))
        Fraction(1, 6)
        """
        return self.most / rising(layer + self.shift, self.power) if self.power else first


def rising(x: Fraction, power: int) -> Fraction:
    """Return x (x+1) ... (x+q-1) for a power q.

    >>> rising(Fraction(1, 2), 2)
    Fraction(3, 4)
    """
    return prod((x + j for j in range(power)), start=Fraction(1))


@dataclass(frozen=True)
class ProductBounds:
    """The product lies between ``low`` and ``high``: multiplied out up to ``layer``, then by a comparison."""

    layer: int
    late: LateSteps
    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        """How far the bounds are apart.

        >>> late = LateSteps(0, Fraction(0), Fraction(0), Fraction(0))
        >>> ProductBounds(1, late, Fraction(0), Fraction(1)).width
        Fraction(1, 1)
        """
        return self.high - self.low


def product_bounds(numerator: TermSum, denominator: TermSum, start: int) -> Iterator[ProductBounds]:
    """Yield bounds of the product of 1 - t_k over all k >= ``start``, after 1, 2, 4, ... factors.

    t_k = N(k)/D(k) with D(k) != 0 and 0 <= t_k < 1 from ``start`` on and a finite sum; up to
    :data:`FACTORS_LIMIT` factors. With s and S bounds of the sum of the others, none of which is more than T,
    the rest of the product is between e^-U, U = S/(1-T), and e^-s. Nothing comes of a layer from which on no
    comparison is proved.
    Source: lemma ``enclosed-products`` in ``proofs_checks/FORMAT.md``.

    >>> one = TermSum.number(Fraction(1))
    >>> squares = (LAYER + one) * (LAYER + one)
    >>> next(product_bounds(one, squares, 1)).low <= Fraction(1, 2)   # it is 1/2
    True
    """
    finite, layer, wanted = Fraction(1), start, 1
    while wanted <= FACTORS_LIMIT:
        for k in range(layer, start + wanted):
            finite *= 1 - numerator.at(k) / denominator.at(k)
        layer = start + wanted
        late = _compared(numerator, denominator, layer)
        if late is not None:
            yield _bounded(layer, late, finite, numerator.at(layer) / denominator.at(layer))
        if finite.denominator.bit_length() > BITS_LIMIT:
            return
        wanted *= 2


def _bounded(layer: int, late: LateSteps, finite: Fraction, first: Fraction) -> ProductBounds:
    # By Taylor's formula for e^-u and e^-s.
    s, most = late.sums(layer, first)
    u = most / (1 - late.largest(layer, first))
    return ProductBounds(layer, late, finite * (1 - u + u**2 / 2 - u**3 / 6), finite * (1 - s + s**2 / 2))


def product_from(
    numerator: TermSum, denominator: TermSum, start: int, bits: int
) -> tuple[Fraction, Fraction]:
    """Return rational numbers between which the product of 1 - t_k over all k >= ``start`` lies.

    What t_k is, and how it is done: :func:`product_bounds`. The enclosure is at most 2^-``bits`` wide if
    :data:`FACTORS_LIMIT` factors are enough for that, else as narrow as those make it.
    Source: lemma ``enclosed-products`` in ``proofs_checks/FORMAT.md``.

    >>> one = TermSum.number(Fraction(1))
    >>> lower, upper = product_from(one, (LAYER + one) * (LAYER + one), 1, 20)   # it is 1/2
    >>> lower <= Fraction(1, 2) <= upper, upper - lower <= Fraction(1, 2**20)
    (True, True)
    """
    lower, upper = Fraction(0), Fraction(1)
    for found in product_bounds(numerator, denominator, start):
        lower, upper = max(lower, found.low), min(upper, found.high)
        if upper - lower <= Fraction(1, 2**bits):
            break
    return lower, upper


def _compared(numerator: TermSum, denominator: TermSum, start: int) -> LateSteps | None:
    """Return a comparison of all t_k, k >= ``start``, or None where none is proved from there on."""
    if not denominator.positive(start):
        return None
    first = numerator.at(start) / denominator.at(start)
    leading, below = numerator.terms[0], denominator.terms[0]
    if leading.base < below.base:
        return _by_ratios(numerator, denominator, start, first)
    return _by_powers(numerator, denominator, start, first)


def _by_powers(numerator: TermSum, denominator: TermSum, start: int, first: Fraction) -> LateSteps | None:
    """Compare with [k], shifted so that [k] t_k differs from its limit by a multiple of 1/k^2 at most.

    As 1/t_k is a multiple of k^q (1 + e/k + ...) and [k] is k^q (1 + (q h + q(q-1)/2)/k + ...).
    """
    leading, below = numerator.terms[0], denominator.terms[0]
    power = below.power - leading.power
    if power < 2:
        return None
    shift = (_second(denominator) - _second(numerator)) / power - Fraction(power - 1, 2)
    weighted = numerator
    for j in range(power):
        weighted = weighted * (LAYER + TermSum.number(shift + j))
    limit = leading.coefficient / below.coefficient
    lower, upper = sorted((limit, first * rising(start + shift, power)))
    if start + shift <= 0 or upper >= rising(start + shift, power):
        return None
    if not (denominator.scaled(upper) - weighted).never_negative(start):
        return None
    known = (weighted - denominator.scaled(lower)).never_negative(start)
    return LateSteps(power, shift, lower if known else Fraction(0), upper)


def _second(terms: TermSum) -> Fraction:
    """Return the x for which a sum is c k^p r^k (1 + x/k + ...) with its first term c k^p r^k."""
    first = terms.terms[0]
    behind = (first.power - 1, first.base)
    later = next((t.coefficient for t in terms.terms if (t.power, t.base) == behind), Fraction(0))
    return later / first.coefficient


def _by_ratios(numerator: TermSum, denominator: TermSum, start: int, first: Fraction) -> LateSteps | None:
    ahead, kept = numerator.following() * denominator, numerator * denominator.following()
    candidates = [ratio for ratio in _ratios(numerator, denominator, first, start) if ratio < 1]
    most = (ratio for ratio in candidates if (kept.scaled(ratio) - ahead).never_negative(start))
    least = (ratio for ratio in candidates if (ahead - kept.scaled(ratio)).never_negative(start))
    largest = next(most, None)
    return (
        None
        if largest is None
        else LateSteps(0, Fraction(0), min(largest, next(least, Fraction(0))), largest)
    )


def _ratios(numerator: TermSum, denominator: TermSum, first: Fraction, start: int) -> Iterator[Fraction]:
    """Yield what t_{k+1}/t_k may stay below: its limit, its first value, halfway from limit to 1."""
    limit = numerator.terms[0].base / denominator.terms[0].base
    yield limit
    if first:
        yield numerator.at(start + 1) / denominator.at(start + 1) / first
    yield (1 + limit) / 2
