"""``leader-vertex``: there is a leader, and the leaders are the vertices of the limit polytope."""

from __future__ import annotations

from fractions import Fraction

from exactdyn.geometry.membership import Inside, locate
from exactdyn.layer.attention import sole_attention
from exactdyn.limits import Limit
from exactdyn.numbers.reading import Row, Rows
from exactdyn.statements.convergence import LEMMA, locked_data
from exactdyn.statements.statement import Failure, OnLimit, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import EVERY_LAYER


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
        return Verdict("undecided", reason="the limit polytope requires alpha >= 0")
    if found.lock is None or found.places is None:
        return Verdict("undecided", reason=found.reason or "one common limit is proved, but no itinerary")
    limits = found.places
    leaders = sorted(sole_attention(found.trajectory.attention(found.lock.layer)))
    led = {limits[token]: token for token in leaders}
    for corner in found.corners:
        if limits[corner.token] not in led:
            witness = {"token": corner.token, "functional": list(corner.functional)}
            return Verdict("fails", witness={**locked_data(found.lock), **witness})
    functionals = {limits[corner.token]: corner.functional for corner in found.corners}
    combinations = {place: _combination(place, limits, led) for place in dict.fromkeys(limits)}
    evidence = {
        **locked_data(found.lock),
        "functionals": [list(functionals[limits[token]]) for token in leaders],
        "combinations": [combinations[place] for place in limits],
    }
    return Verdict("holds", EVERY_LAYER, LEMMA, evidence=evidence)


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
    OnLimit(decide, (LEMMA,)),
    (
        Failure(
            "token {token} tends to a vertex of the limit polytope, "
            "exposed by $f = {functional}$, where no leader is"
        ),
    ),
    role="theorem",
    configurations="cycles",
    polytope=True,
)
"""Source: arXiv 2407.01602, Theorem 2.2."""
