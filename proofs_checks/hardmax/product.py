"""What is left of all ways to targets at last: an infinite product between two numbers.

FORMAT.md, section "Locked" and lemma ``enclosed-products``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Number
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.schedule import Quotient
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.terms import POWER_LIMIT, Terms

RATIOS, POWERS = "ratios", "inverse_powers"
"""What the parts taken at late layers are compared with: the part of the layer before, or 1/[l]."""

_ONE = Fraction(1)


@dataclass(frozen=True)
class Late:
    """How the parts t(l) taken at late layers are compared: t(l+1)/t(l), or [l] t(l), is ``part``/``whole``.

    ``total``, ``largest``: what all late t add up to, and the largest of them, if that is b at every layer.
    """

    whole: Terms
    part: Terms
    total: Callable[[Number], Number]
    largest: Callable[[Number], Number]


def check_product(field: Field, claim: Claim, run: Run, start: int) -> None:
    """Check a member ``product``, bounds of the product of rho over all layers from ``start`` on.

    The rule is in FORMAT.md, section "Locked"; from ``start`` on a part rho > 0 of every token is kept.

    Source: FORMAT.md, lemma ``enclosed-products``.
    """
    kind = RATIOS if RATIOS in field.names() else POWERS
    members = field.fields(["layer", kind, "low", "high", *([] if kind == RATIOS else ["power", "shift"])])
    layer = members["layer"].integer(start, LAYERS_LIMIT)
    least, most = members[kind].vector(2)
    schedule = run.system.schedule
    if not isinstance(schedule, Quotient):
        field.refuse("a step that is a formula")
    above, below = _positive_at(layer, *run.facts.shares.taken(schedule))
    claim.require(0 <= least <= most, "the bounds of the late steps are not in order")
    claim.require(kind == POWERS or most < 1, "the late steps are not proved to shrink")
    late = _ratios(layer, above, below) if kind == RATIOS else _powers(members, claim, layer, above, below)
    below_most = Terms(()).plus(most, late.whole).plus(-_ONE, late.part)
    above_least = late.part.plus(-least, late.whole)
    claim.require(below_most.never_negative(layer), "a late step is larger")
    claim.require(above_least.never_negative(layer), "a late step is smaller")
    claim.require(late.largest(most) < 1, "the late steps are not proved to keep a part")
    s, u, finite = late.total(least), late.total(most) / (1 - late.largest(most)), _finite(run, start, layer)
    low, high = members["low"].number(), members["high"].number()
    claim.require(low <= finite * (1 - u + u * u / 2 - u * u * u / 6), "the product may be smaller")
    claim.require(finite * (1 - s + s * s / 2) <= high, "the product may be larger")


def _ratios(layer: int, above: Terms, below: Terms) -> Late:
    first = above.at(layer) / below.at(layer)
    parts = above.times(below.following()), above.following().times(below)
    return Late(*parts, lambda b: first / (1 - b), lambda b: first)


def _powers(members: Mapping[str, Field], claim: Claim, layer: int, above: Terms, below: Terms) -> Late:
    # [l] = (l+h)(l+h+1)...(l+h+q-1), and 1/[l] adds up to 1/((q-1) (m+h)...(m+h+q-2)).
    power, shift = members["power"].integer(2, POWER_LIMIT), members["shift"].number()
    claim.require(layer + shift > 0, "the powers are not all positive")
    part: Terms = above
    here: Number = _ONE
    for j in range(power):
        work.count_fractions(4, work.longest((here, shift)))
        part = part.times(Terms.of([(_ONE, 1, _ONE), (shift + j, 0, _ONE)]))
        here *= layer + shift + j
    last = layer + shift + power - 1
    return Late(below, part, lambda b: b * last / ((power - 1) * here), lambda b: b / here)


def _positive_at(layer: int, above: Terms, below: Terms) -> tuple[Terms, Terms]:
    # The same quotient with a denominator that is positive at a layer; it is 0 at none.
    sign = _ONE if below.at(layer) > 0 else -_ONE
    return Terms(()).plus(sign, above), Terms(()).plus(sign, below)


def _finite(run: Run, start: int, layer: int) -> Number:
    """Return the product of rho over the layers from ``start`` to before ``layer``."""
    finite: Number = _ONE
    for k in range(start, layer):
        shares = run.facts.shares.at(k)
        rho = _ONE if shares is None else shares[0]  # there are shares, as the steps keep a part of the token
        work.count_fractions(1, work.longest((finite, rho)))
        finite *= rho
    return finite
