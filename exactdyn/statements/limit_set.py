"""``limit-set``: every token converges to a point of S, and S is a finite set in the boundary of K."""

from __future__ import annotations

from exactdyn.limits import Limit
from exactdyn.limits.polytope import attention_among, rigid
from exactdyn.limits.segment import find_segment
from exactdyn.numbers.reading import Rows
from exactdyn.statements.convergence import (
    BASIN,
    GROWTH,
    LEMMA,
    MIRROR,
    NO_LIMIT,
    NO_POLYTOPE,
    TARGETS,
    divergence,
    proof_of_places,
    reason_without_places,
)
from exactdyn.statements.hypotheses import definiteness, factorisation_data
from exactdyn.statements.statement import Failure, Lemma, OnLimit, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import EVERY_LAYER

IN_S = Lemma(
    GROWTH,
    ("q_grows", "convex_step", "all_visible", "endless", "definite"),
    lambda run: {"factorisation": definiteness(run), "layer": 0},
    lambda run: all(any(row) for row, _ in run.start.points),
    "no token is 0",
    ("nonzero-tokens",),
)
"""What proves it wherever the limits are; it is enough that no token is 0 at some layer."""


def decide(run: Run, found: Limit) -> Verdict:
    """Decide whether every token converges to a point of S, a finite set in the boundary of K.

    S = { s in K, s != 0 : <As, s> = max over K of <As, .> }, and K is the hull of the limits. That S is
    finite is proved for a positive definite A, and for limits that are rigid.
    Source: arXiv 2407.01602, Theorem 2.2; lemma ``limit-set`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[-1], [0], [1]], 0)
    >>> decide(run, limit(run)).witness["limit"]
    [Fraction(0, 1)]
    """
    if not run.facts.convex_step:
        # The hulls need not shrink, so K is not known; but a token without limit converges to nothing.
        witness = divergence(found)
        if witness is not None:
            return Verdict("fails", witness=witness)
        return Verdict("undecided", reason=NO_POLYTOPE)
    proof, A = proof_of_places(found), run.facts.matrix
    if proof is None or found.places is None:
        return _by_growth(run, found)
    if A is None:
        return Verdict("undecided", reason="the set S requires one matrix of scores")
    lemma, data = proof
    limits = found.places
    witness = outside(A, limits)
    if witness is not None:
        return Verdict("fails", witness={**data, **witness})
    if found.status != "proved":
        return Verdict("fails", witness=divergence(found))
    definite = run.facts.definite
    if definite is not None:
        finite = {"factorisation": factorisation_data(definite)}
    elif rigid(A, list(dict.fromkeys(limits))):
        finite = {}
    else:
        segment = find_segment(A, found.vertices, limits)
        if segment is not None:
            ends = [[[token, weight] for token, weight in own.items()] for own in segment]
            return Verdict("fails", witness={**data, "segment": ends})
        return Verdict("undecided", reason="A is not positive definite, and S may be infinite")
    return Verdict("holds", EVERY_LAYER, lemma, evidence={**data, **finite})


def outside(A: Rows, limits: Rows) -> Data | None:
    """Return a witness that a limit is not in S = { s in K, s != 0 : <As, s> = max over K of <As, .> }.

    ``limits``: where the tokens tend, so that K is their hull; None if all are in S.
    Source: arXiv 2407.01602, Theorem 2.2.

    >>> from fractions import Fraction
    >>> outside(((Fraction(1),),), ((Fraction(1),), (Fraction(0),)))
    {'token': 1, 'limit': [Fraction(0, 1)]}
    """
    distinct = list(dict.fromkeys(limits))
    sets = attention_among(A, distinct)
    beyond = (place for k, place in enumerate(distinct) if k not in sets[k] or not any(place))
    place = next(beyond, None)
    return None if place is None else {"token": limits.index(place), "limit": list(place)}


def _by_growth(run: Run, found: Limit) -> Verdict:
    """Decide it where the limits are not known, but that they are in S and S is finite."""
    nonzero = (k for k, state in enumerate(run.states()) if all(any(row) for row, _ in state.points))
    layer = next(nonzero, None)
    if layer is None or not all(getattr(run.facts, fact) for fact in IN_S.facts):
        return Verdict("undecided", reason=reason_without_places(found))
    return Verdict("holds", EVERY_LAYER, GROWTH, evidence={**IN_S.evidence(run), "layer": layer})


STATEMENT = Statement(
    "limit-set",
    "tokens converge to a finite set in the boundary of the limit polytope",
    OnLimit(decide, (LEMMA, TARGETS, BASIN, MIRROR, GROWTH, "limit-set"), (IN_S,)),
    (
        *NO_LIMIT,
        Failure(
            "$S$ is infinite: it has the segment between the points of weights ${segment_0}$ and "
            "${segment_1}$ of the limits of tokens, but for the origin",
            told_by=lambda witness: "segment" in witness,
        ),
        Failure("token {token} tends to ${limit}$, which is not in $S$"),
    ),
    role="theorem",
    configurations="orbits",
)
"""Source: arXiv 2407.01602, Theorem 2.2; lemma ``limit-set`` in ``proofs_checks/FORMAT.md``."""
