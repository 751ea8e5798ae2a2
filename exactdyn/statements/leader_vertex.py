"""``leader-vertex``: there is a leader, and the leaders are the vertices of the limit polytope."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exactdyn.geometry.membership import Inside, locate
from exactdyn.layer.attention import sole_attention
from exactdyn.limits import Limit
from exactdyn.limits.polytope import Corner
from exactdyn.numbers.reading import Row, Rows
from exactdyn.statements.convergence import (
    BASIN,
    LEMMA,
    MIRROR,
    NO_POLYTOPE,
    TARGETS,
    proof_of_places,
    reason_without_places,
)
from exactdyn.statements.hypotheses import definiteness
from exactdyn.statements.statement import Failure, Lemma, OnLimit, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import EVERY_LAYER

LEADING = "leading-points"

POINTS = Lemma(
    LEADING,
    ("q_grows", "steady", "definite"),
    definiteness,
    lambda run: all(len(copies) == 1 for copies in run.start.copies),
    "no two tokens are equal",
    ("distinct-tokens",),
)
"""What proves it wherever the limits are."""


def decide(run: Run, found: Limit) -> Verdict:
    """Decide whether every vertex of the limit polytope is the place of a leader, and every leader at one.

    Source: arXiv 2407.01602, Theorem 2.2; lemma ``locked-limit`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], 0)
    >>> decide(run, limit(run)).evidence["combinations"][2]
    [[0, Fraction(1, 2)], [1, Fraction(1, 2)]]
    >>> copies = Hardmax(alpha=1).run([[1], [1]], 0)
    >>> decide(copies, limit(copies)).witness["token"]
    0
    """
    if not run.facts.convex_step:
        return Verdict("undecided", reason=NO_POLYTOPE)
    proof = proof_of_places(found)
    if proof is None or found.places is None:
        if POINTS.holds_for(run):
            return Verdict("holds", EVERY_LAYER, LEADING, evidence=POINTS.evidence(run))
        return Verdict("undecided", reason=reason_without_places(found))
    lemma, data = proof
    limits, leaders = found.places, _leaders(found)
    if leaders is None:
        return Verdict("undecided", reason="a token that leads at an early layer does not lead for ever")
    witness = mismatch(limits, leaders, found.corners)
    if witness is not None:
        return Verdict("fails", witness={**data, **witness})
    led = {limits[token]: token for token in leaders}
    functionals = {limits[corner.token]: corner.functional for corner in found.corners}
    combinations = {place: _combination(place, limits, led) for place in dict.fromkeys(limits)}
    evidence = {
        **data,
        "functionals": [list(functionals[limits[token]]) for token in leaders],
        "combinations": [combinations[place] for place in limits],
    }
    return Verdict("holds", EVERY_LAYER, lemma, evidence=evidence)


def mismatch(limits: Rows, leaders: Sequence[int], corners: Sequence[Corner]) -> Data | None:
    """Return a witness that leaders are not the vertices of the limit polytope, one each; None if they are.

    ``limits``: where the tokens tend; ``leaders``: all tokens that ever lead; ``corners``: the vertices.
    Source: arXiv 2407.01602, Theorem 2.2.

    >>> from exactdyn.limits.polytope import corners
    >>> rows = tuple((Fraction(x),) for x in (1, 0, -1))
    >>> mismatch(rows, [0], corners(((Fraction(1),),), rows))
    {'token': 2, 'functional': [Fraction(-1, 1)]}
    """
    led: dict[Row, int] = {}
    for token in leaders:
        led.setdefault(limits[token], token)
    for corner in corners:
        if limits[corner.token] not in led:
            return {"token": corner.token, "functional": list(corner.functional)}
    vertices = {limits[corner.token] for corner in corners}
    for token in leaders:
        place = limits[token]
        if led[place] != token:
            return {"leaders": [led[place], token]}
        if place not in vertices:
            return {"token": token, "weights": _inside(token, limits)}
    return None


def _leaders(found: Limit) -> list[int] | None:
    """Return all tokens that ever lead, each for ever from the proof on; None where that is not so."""
    trajectory, period = found.trajectory, 1 if found.lock is None else found.lock.period
    leaders = sole_attention(trajectory.attention(found.layer))
    if not trajectory.facts.leaders_stay:
        for layer in range(found.layer + period):
            leading = sole_attention(trajectory.attention(layer))
            if not leading <= leaders or (layer >= found.layer and leading != leaders):
                return None
    return sorted(leaders)


def _inside(token: int, limits: Rows) -> list[list[object]]:
    """Return weights of tokens at other places whose combination is this token's, which is no vertex."""
    others = [j for j, place in enumerate(limits) if place != limits[token]]
    located = locate(limits[token], [limits[j] for j in others])
    weights = located.weights if isinstance(located, Inside) else {}
    return [[others[j], weight] for j, weight in weights.items()]


def _combination(place: Row, limits: Rows, led: dict[Row, int]) -> list[list[object]]:
    if place in led:
        return [[led[place], Fraction(1)]]
    leaders = list(led.values())
    located = locate(place, [limits[token] for token in leaders])
    weights = located.weights if isinstance(located, Inside) else {}
    return [[leaders[j], weight] for j, weight in weights.items()]


STATEMENT = Statement(
    "leader-vertex",
    "the leaders are the vertices of the limit polytope",
    OnLimit(decide, (LEMMA, TARGETS, BASIN, MIRROR, LEADING), (POINTS,)),
    (
        Failure(
            "token {token} tends to a vertex of the limit polytope, "
            "exposed by $f = {functional}$, where no leader is",
            told_by=lambda witness: "functional" in witness,
        ),
        Failure(
            "token {token} leads at no vertex of the limit polytope: it is between the limits of others",
            told_by=lambda witness: "weights" in witness,
        ),
        Failure("tokens {leaders} lead for ever at one point", told_by=lambda witness: "leaders" in witness),
    ),
    role="theorem",
    configurations="cycles",
    polytope=True,
)
"""Source: arXiv 2407.01602, Theorem 2.2."""
