"""Rates that decay, stated as numbers or as a recurrence; FORMAT.md, lemma ``decaying-rates``."""

from __future__ import annotations

from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.vectors import summed


def read_decay(field: Field, claim: Claim, stated: str) -> Vector:
    """Read ``rates`` or ``recurrence``; return coefficients of sum 1 of a polynomial that has these roots.

    Raises RejectedError unless all roots are inside of the unit circle. The constant coefficient is first.

    Source: FORMAT.md, lemma ``decaying-rates``.
    """
    if stated == "rates":
        rates = field.vector()
        claim.require(all(-1 < rate < 1 for rate in rates), "a rate does not decay")
        return _expanded(rates)
    polynomial: Vector = (*field.vector(), Fraction(1))
    claim.require(decays(polynomial), "the recurrence does not decay")
    size = summed(polynomial)
    work.count_fractions(len(polynomial), 2 * work.longest(polynomial))
    return tuple(x / size for x in polynomial)


def decays(polynomial: Vector) -> bool:
    """Tell whether all roots of a polynomial are inside of the unit circle, the constant coefficient first.

    Source: FORMAT.md, lemma ``decaying-rates`` (the recursion of Schur and Cohn).

    >>> decays((Fraction(1, 2), Fraction(-1), Fraction(1))), decays((Fraction(1), Fraction(0), Fraction(1)))
    (True, False)
    """
    while len(polynomial) > 1:
        first, *_, last = polynomial
        if first * first >= last * last:
            return False
        work.count_fractions(4 * len(polynomial), 2 * work.longest(polynomial))
        backwards = polynomial[::-1]
        polynomial = tuple(last * x - first * y for x, y in zip(polynomial[1:], backwards[1:], strict=True))
    return True


def _expanded(rates: Vector) -> Vector:
    """Return the coefficients of the product of all (x - rate)/(1 - rate), the constant one first."""
    weights: Vector = (Fraction(1),)
    for rate in rates:
        work.count_fractions(4 * len(weights), work.longest((rate, *weights)))
        pairs = zip((Fraction(0), *weights), (*weights, Fraction(0)), strict=True)
        weights = tuple((higher - rate * x) / (1 - rate) for higher, x in pairs)
    return weights
