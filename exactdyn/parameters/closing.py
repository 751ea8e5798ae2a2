"""What closes a region for ever: from some layer on nothing more need be computed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, TypeAlias

from flint import fmpz_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.limits.basin import basins
from exactdyn.numbers.vectors import inner
from exactdyn.parameters.region import Region
from exactdyn.parameters.scored import Scored, image
from exactdyn.parameters.states import PolynomialState

Lemma: TypeAlias = Literal[
    "lock-in", "tie-lock-in", "basin", "locked-itinerary", "periodic-itinerary", "definite-forms"
]

LEMMAS: dict[Lemma, str] = {
    "lock-in": "every token leads, or follows one leading point for ever",
    "tie-lock-in": "every token leads, or follows leading points tied for ever",
    "basin": "every token tends to a leading point, whatever later graphs are",
    "locked-itinerary": "the attention graph stays as it is for ever",
    "periodic-itinerary": "the attention graphs of the last layers repeat for ever",
    "definite-forms": "the attention graph stays as it is for ever, though rates may be complex",
}
"""What closes a region, and what that says."""


@dataclass(frozen=True)
class Closing:
    """A proof that settles a region for all later layers.

    ``lemma``: by which lemma of ``proofs_checks/FORMAT.md``; by ``basin`` the limits are known though not
    the later graphs, by all others the graphs of the last ``period`` layers repeat for ever. ``limits``:
    where the tokens tend, as polynomials in the parameter; None where they do not converge. ``evidence``:
    what a certificate states besides.
    """

    lemma: Lemma
    limits: PolynomialState | None
    evidence: Mapping[str, object] = field(default_factory=dict)
    period: int = 1


def leading(sets: AttentionSets, copies: Sequence[frozenset[int]]) -> frozenset[int]:
    """Return the tokens of leading points: those whose copies attend exactly each other.

    Source: ``proofs_checks/parameters/FORMAT.md``, section "Closing".

    >>> sorted(leading((frozenset({0}), frozenset({0})), (frozenset({0}), frozenset({1}))))
    [0]
    """
    return frozenset(i for i, own in enumerate(copies) if all(sets[j] == own for j in own))


def by_following(scored: Scored, sets: AttentionSets, sample: Fraction) -> tuple[Region, Closing] | None:
    """Close by the lemmas ``lock-in`` and ``tie-lock-in``: every token follows leading points for ever.

    Source: lemmas ``lock-in`` and ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.
    """
    copies = scored.state.copies
    lead = leading(sets, copies)
    targets = set(sets)
    if not all(own <= lead for own in targets):
        return None
    ties = sorted((own for own in targets if own != copies[min(own)]), key=sorted)
    not_negative: list[fmpz_poly] = []
    for own in ties:
        values = _values(scored, own)
        largest = values[min(own)]
        if any(differs(scored, largest - values[j]) for j in own):
            return None
        not_negative += [largest - values[j] for j in range(len(sets)) if j not in own]
    where = scored.where(sample, (), not_negative)
    if where is None:
        return None
    return where, Closing("tie-lock-in" if ties else "lock-in", scored.state.averaged(sets))


def differs(scored: Scored, polynomial: fmpz_poly) -> bool:
    """Tell whether a polynomial is not 0 on all of a region."""
    if scored.region.point:
        return not scored.region.low.vanishes(polynomial)
    return not polynomial.is_zero()


def _values(scored: Scored, own: frozenset[int]) -> list[fmpz_poly]:
    """Return <A c, z_j> for every token j, up to one positive factor, c the mean of these tokens."""
    rows = scored.state.polynomials
    total = [sum(column, fmpz_poly([])) for column in zip(*(rows[j] for j in own), strict=True)]
    direction = image(scored.A, total)
    return [inner(direction, list(row)) for row in rows]


def by_basin(
    scored: Scored, sets: AttentionSets, sample: Fraction, minors: Sequence[fmpz_poly]
) -> tuple[Region, Closing] | None:
    """Close by the lemma ``basin``, where <Ax, x> >= 0 for all x: where these minors are not negative.

    Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.
    """
    lead = leading(sets, copies := scored.state.copies)
    found = basins(sets, [copies[i] for i in sorted(lead) if i == min(copies[i])])
    if found is None:
        return None
    scored.compute(range(len(sets)))
    rows = [scored.row(i) for i in range(len(sets))]
    unclear = []
    for i, a, b in found.comparisons():
        sign = scored.window.sign(rows[i][a] - rows[i][b])
        if sign is None:
            unclear.append(scored.difference(i, a, b))
        elif sign < 1:
            return None
    where = scored.where(sample, unclear, minors)
    if where is None:
        return None
    follow = tuple(found.leading[p] for p in found.target)
    return where, Closing("basin", scored.state.averaged(follow), {"targets": found.target})
