"""Infinite products of 1 - t_k for summable t_k = N(k)/D(k), enclosed by rational numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.numbers.terms import LAYER, TermSum

FACTORS_LIMIT = 2**12
"""Most factors that are multiplied out."""

_ONE = TermSum.number(Fraction(1))


@dataclass(frozen=True)
class LateSteps:
    """Bounds of all late t_k: least <= t_{k+1}/t_k <= most < 1; with ``squares``, of k(k+1) t_k instead.

    >>> LateSteps(True, Fraction(0), Fraction(1)).sums(4, Fraction(1, 36))
    (Fraction(0, 1), Fraction(1, 4))
    """

    squares: bool
    least: Fraction
    most: Fraction

    def sums(self, layer: int, first: Fraction) -> tuple[Fraction, Fraction]:
        """Return bounds of the sum of t_k over all k >= ``layer``, the first of them given.

        1/(k(k+1)) = 1/k - 1/(k+1) adds up to 1/layer.
        Source: lemma ``enclosed-products`` in ``proofs_checks/FORMAT.md``.

        >>> LateSteps(False, Fraction(0), Fraction(1, 2)).sums(4, Fraction(1, 36))
        (Fraction(1, 36), Fraction(1, 18))
        """
        if self.squares:
            return self.least / layer, self.most / layer
        return first / (1 - self.least), first / (1 - self.most)


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

        >>> ProductBounds(1, LateSteps(True, Fraction(0), Fraction(1)), Fraction(0), Fraction(1)).width
        Fraction(1, 1)
        """
        return self.high - self.low


def product_bounds(numerator: TermSum, denominator: TermSum, start: int) -> Iterator[ProductBounds]:
    """Yield bounds of the product of 1 - t_k over all k >= ``start``, after 1, 2, 4, ... factors.

    t_k = N(k)/D(k) with D(k) != 0 and 0 <= t_k < 1 from ``start`` on and a finite sum; up to
    :data:`FACTORS_LIMIT` factors. With s and S bounds of the sum of the others, the rest of the product is at
    least 1 - S and at most 1/(1 + s). Nothing comes of a layer from which on no comparison is proved.
    Source: lemma ``enclosed-products`` in ``proofs_checks/FORMAT.md``; Weierstrass's inequalities, T. J. I'A.
    Bromwich, An Introduction to the Theory of Infinite Series, article 38.

    >>> squares = (LAYER + _ONE) * (LAYER + _ONE)
    >>> next(product_bounds(_ONE, squares, 1)).low <= Fraction(1, 2)   # it is 1/2
    True
    """
    finite, layer, wanted = Fraction(1), start, 1
    while wanted <= FACTORS_LIMIT:
        for k in range(layer, start + wanted):
            finite *= 1 - numerator.at(k) / denominator.at(k)
        layer = start + wanted
        late = _compared(numerator, denominator, layer)
        if late is not None:
            least, most = late.sums(layer, numerator.at(layer) / denominator.at(layer))
            yield ProductBounds(layer, late, finite * (1 - most), finite / (1 + least))
        wanted *= 2


def product_from(
    numerator: TermSum, denominator: TermSum, start: int, bits: int
) -> tuple[Fraction, Fraction]:
    """Return rational numbers between which the product of 1 - t_k over all k >= ``start`` lies.

    What t_k is, and how it is done: :func:`product_bounds`. The enclosure is at most 2^-``bits`` wide if
    :data:`FACTORS_LIMIT` factors are enough for that, else as narrow as those make it.
    Source: lemma ``enclosed-products`` in ``proofs_checks/FORMAT.md``.

    >>> lower, upper = product_from(_ONE, (LAYER + _ONE) * (LAYER + _ONE), 1, 20)   # it is 1/2
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
    weighted = numerator * LAYER * (LAYER + _ONE)
    limit = leading.coefficient / below.coefficient if leading.power - below.power == -2 else Fraction(0)
    lower, upper = sorted((limit, first * start * (start + 1)))
    if start < 1 or not (denominator.scaled(upper) - weighted).never_negative(start):
        return None
    known = (weighted - denominator.scaled(lower)).never_negative(start)
    return LateSteps(True, lower if known else Fraction(0), upper)


def _by_ratios(numerator: TermSum, denominator: TermSum, start: int, first: Fraction) -> LateSteps | None:
    ahead, kept = numerator.following() * denominator, numerator * denominator.following()
    candidates = [ratio for ratio in _ratios(numerator, denominator, first, start) if ratio < 1]
    most = (ratio for ratio in candidates if (kept.scaled(ratio) - ahead).never_negative(start))
    least = (ratio for ratio in candidates if (ahead - kept.scaled(ratio)).never_negative(start))
    largest = next(most, None)
    return None if largest is None else LateSteps(False, min(largest, next(least, Fraction(0))), largest)


def _ratios(numerator: TermSum, denominator: TermSum, first: Fraction, start: int) -> Iterator[Fraction]:
    """Yield what t_{k+1}/t_k may stay below: its limit, its first value, halfway from limit to 1."""
    limit = numerator.terms[0].base / denominator.terms[0].base
    yield limit
    if first:
        yield numerator.at(start + 1) / denominator.at(start + 1) / first
    yield (1 + limit) / 2
