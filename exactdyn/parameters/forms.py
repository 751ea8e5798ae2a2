"""Regions on which the attention graph stays for ever, by positive definite forms: rates may be complex."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq_poly, fmpz_poly

from exactdyn.layer.attention import AttentionSets
from exactdyn.limits.recurrence import coefficients_of, eigenvector_weights
from exactdyn.numbers.vectors import inner
from exactdyn.parameters.closing import Closing, differs
from exactdyn.parameters.layers import Known
from exactdyn.parameters.minors import leading_minors
from exactdyn.parameters.recurrence import averages
from exactdyn.parameters.region import Region
from exactdyn.parameters.rows import Polynomials, points_of
from exactdyn.parameters.scored import Scored, image

SIZE_LIMIT = 4
"""Largest degree of the polynomial of the averaging, the size of the forms."""


def by_forms(
    scored: Scored, sets: AttentionSets, sample: Fraction, known: Known, relation: fmpq_poly
) -> tuple[Region, Closing] | None:
    """Close by the lemma ``definite-forms``: the graph of this layer stays for ever.

    With W the averaging of the constant graph and m its polynomial of degree s, m(W) Z = 0, every later state
    is a combination sum_l w_l W^l Z, l < s, and a difference of scores the form [<A (W^l z)_i, (W^q z)_a -
    (W^q z)_b>] at w. ``known``: tokens that are locked; ``relation``: m.
    Source: lemma ``definite-forms`` in ``proofs_checks/parameters/FORMAT.md``.
    """
    size = relation.degree()
    if size > SIZE_LIMIT or _may_vanish(relation):
        return None
    states = [scored.state]
    for _ in range(size - 1):
        states.append(states[-1].averaged(sets))
    common = points_of(states)
    minors: list[fmpz_poly] = []
    for i in (token for token in range(len(sets)) if token not in known):
        images = [image(scored.A, rows[i]) for rows in common]
        for b in range(len(sets)):
            own = _conditions(scored, sample, _form(images, common, min(sets[i]), b), b in sets[i])
            if own is None:
                return None
            minors += own
    where = scored.where(sample, minors)
    if where is None:
        return None
    weights = eigenvector_weights(relation, Fraction(1))
    evidence = {"polynomial": list(coefficients_of(relation)), "weights": list(weights)}
    return where, Closing("definite-forms", averages(scored.state, sets, weights), evidence)


def _conditions(scored: Scored, sample: Fraction, form: Polynomials, tied: bool) -> list[fmpz_poly] | None:
    """Return what has to be positive around a sample for a form to be 0, of a tie, or else positive definite.

    None: it is not so even there.
    """
    if tied:
        return None if any(differs(scored, entry) for row in form for entry in row) else []
    minors: list[fmpz_poly] = []
    for minor in leading_minors(form):
        if not scored.positive_at(sample, minor):
            return None
        minors.append(minor)
    return minors


def _may_vanish(relation: fmpq_poly) -> bool:
    """Tell whether the polynomial is a power of x - r with r < 0, so that a state might be 0."""
    size = relation.degree()
    root = -relation[size - 1] / size if size else 0
    return size == 0 or (root < 0 and relation == fmpq_poly([-root, 1]) ** size)


def _form(
    images: Sequence[list[fmpz_poly]], states: Sequence[Polynomials], a: int, b: int
) -> list[list[fmpz_poly]]:
    """Return twice the symmetric part of the form of a difference of scores."""
    ways = [[x - y for x, y in zip(rows[a], rows[b], strict=True)] for rows in states]
    size = range(len(states))
    entries = [[inner(images[row], ways[column]) for column in size] for row in size]
    return [[entries[row][column] + entries[column][row] for column in size] for row in size]
