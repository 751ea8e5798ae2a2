"""Infinite products of 1 - t_k for summable t_k = N(k)/D(k), enclosed by rational numbers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from exactdyn.numbers.terms import LAYER, TermSum

FACTORS_LIMIT = 2**12
"""Most factors that are multiplied out."""

_ONE = TermSum.number(Fraction(1))


def product_from(
    numerator: TermSum, denominator: TermSum, start: int, bits: int
) -> tuple[Fraction, Fraction]:
    """Return rational numbers between which the product of 1 - t_k over all k >= ``start`` lies.

    t_k = N(k)/D(k) with D(k) > 0 and 0 <= t_k < 1 from ``start`` on and a finite sum. The first factors, up
    to a layer m, are multiplied out; with S the sum of the others, the rest of the product is at least 1 - S
    and at most 1/(1 + S). The enclosure is at most 2^-``bits`` wide if :data:`FACTORS_LIMIT` factors are
    enough for that, else as narrow as those make it. Bounds of S: :func:`_tail`.
    Source: Weierstrass's inequalities, T. J. I'A. Bromwich, An Introduction to the Theory of Infinite Series,
    article 38.

    >>> lower, upper = product_from(_ONE, (LAYER + _ONE) * (LAYER + _ONE), 1, 20)   # it is 1/2
    >>> lower <= Fraction(1, 2) <= upper, upper - lower <= Fraction(1, 2**20)
    (True, True)
    """
    finite, done, wanted = Fraction(1), start, 1
    lower, upper = Fraction(0), Fraction(1)
    while True:
        for layer in range(done, start + wanted):
            finite *= 1 - numerator.at(layer) / denominator.at(layer)
        done = start + wanted
        tail = _tail(numerator, denominator, done)
        if tail is not None:
            lower, upper = max(lower, finite * (1 - tail[1])), min(upper, finite / (1 + tail[0]))
        if upper - lower <= Fraction(1, 2**bits) or wanted >= FACTORS_LIMIT:
            return lower, upper
        wanted *= 2


def _tail(numerator: TermSum, denominator: TermSum, start: int) -> tuple[Fraction, Fraction] | None:
    """Return bounds of the sum of t_k over all k >= ``start``, or None where none is proved from there on.

    With t_k <= rho^(k-m) t_m the sum is at most t_m/(1 - rho), and with t_k <= C/(k(k+1)) at most C/m, as
    1/(k(k+1)) = 1/k - 1/(k+1); likewise from below.
    """
    first = numerator.at(start) / denominator.at(start)
    leading, below = numerator.terms[0], denominator.terms[0]
    if leading.base < below.base:
        return _geometric_tail(numerator, denominator, start, first)
    if start < 1:
        return None
    weighted = numerator * LAYER * (LAYER + _ONE)
    limit = leading.coefficient / below.coefficient if leading.power - below.power == -2 else Fraction(0)
    at_start = first * start * (start + 1)
    lower, upper = sorted((limit, at_start))
    if not (denominator.scaled(upper) - weighted).never_negative(start):
        return None
    least = first
    if (weighted - denominator.scaled(lower)).never_negative(start):
        least = max(first, lower / start)
    return least, upper / start


def _geometric_tail(
    numerator: TermSum, denominator: TermSum, start: int, first: Fraction
) -> tuple[Fraction, Fraction] | None:
    ahead, kept = numerator.following() * denominator, numerator * denominator.following()
    for ratio in _ratios(numerator, denominator, first, start):
        if ratio < 1 and (kept.scaled(ratio) - ahead).never_negative(start):
            return first, first / (1 - ratio)
    return None


def _ratios(numerator: TermSum, denominator: TermSum, first: Fraction, start: int) -> Iterator[Fraction]:
    """Yield what t_{k+1}/t_k may stay below: its limit, its first value, halfway from limit to 1."""
    limit = numerator.terms[0].base / denominator.terms[0].base
    yield limit
    if first:
        yield numerator.at(start + 1) / denominator.at(start + 1) / first
    yield (1 + limit) / 2
