"""What is left of all ways to targets at last: an infinite product between two numbers.

FORMAT.md, section "Locked" and lemma ``enclosed-products``.
"""

from __future__ import annotations

from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Number
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.schedule import Quotient
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.terms import Terms

RATIOS, SQUARES = "ratios", "inverse_squares"
"""What the parts taken at late layers are compared with: the part of the layer before, or 1/(l(l+1))."""

_ONE = Fraction(1)


def check_product(field: Field, claim: Claim, run: Run, start: int) -> None:
    """Check a member ``product``, bounds of the product of rho over all layers from ``start`` on.

    The rule is in FORMAT.md, section "Locked"; from ``start`` on a part rho > 0 of every token is kept.

    Source: FORMAT.md, lemma ``enclosed-products``.
    """
    kind = RATIOS if RATIOS in field.names() else SQUARES
    members = field.fields(["layer", kind, "low", "high"])
    layer = members["layer"].integer(max(start, 0 if kind == RATIOS else 1), LAYERS_LIMIT)
    least, most = members[kind].vector(2)
    schedule = run.system.schedule
    if not isinstance(schedule, Quotient):
        field.refuse("a step that is a formula")
    above, below = _positive_at(layer, *run.facts.shares.taken(schedule))
    claim.require(0 <= least <= most, "the bounds of the late steps are not in order")
    claim.require(kind == SQUARES or most < 1, "the late steps are not proved to shrink")
    whole, part = _compared(kind, above, below)
    below_most, above_least = Terms(()).plus(most, whole).plus(-_ONE, part), part.plus(-least, whole)
    claim.require(below_most.never_negative(layer), "a late step is larger")
    claim.require(above_least.never_negative(layer), "a late step is smaller")
    taken = above.at(layer) / below.at(layer)
    small, large = (taken / (1 - x) if kind == RATIOS else x / layer for x in (least, most))
    finite = _finite(run, start, layer)
    claim.require(members["low"].number() <= finite * (1 - large), "the product may be smaller")
    claim.require(finite <= members["high"].number() * (1 + small), "the product may be larger")


def _positive_at(layer: int, above: Terms, below: Terms) -> tuple[Terms, Terms]:
    # The same quotient with a denominator that is positive at a layer; it is 0 at none.
    sign = _ONE if below.at(layer) > 0 else -_ONE
    return Terms(()).plus(sign, above), Terms(()).plus(sign, below)


def _compared(kind: str, above: Terms, below: Terms) -> tuple[Terms, Terms]:
    """Return P and Q such that t(l+1)/t(l), or l(l+1) t(l), is Q/P, of t = N/E."""
    if kind == SQUARES:
        return below, above.times(Terms.of([(_ONE, 2, _ONE), (_ONE, 1, _ONE)]))
    return above.times(below.following()), above.following().times(below)


def _finite(run: Run, start: int, layer: int) -> Number:
    """Return the product of rho over the layers from ``start`` to before ``layer``."""
    finite: Number = _ONE
    for k in range(start, layer):
        shares = run.facts.shares.at(k)
        rho = _ONE if shares is None else shares[0]  # there are shares, as the steps keep a part of the token
        work.count_fractions(1, work.longest((finite, rho)))
        finite *= rho
    return finite
