"""``attention-settles``: from some layer on the attention graphs stay the same."""

from __future__ import annotations

from exactdyn.limits import Limit
from exactdyn.statements.convergence import RANK_TWO, SETTLES
from exactdyn.statements.statement import Failure, OnLimit, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import EVERY_LAYER

LEMMA, TARGETS = "locked-itinerary", "locked-targets"


def decide(run: Run, found: Limit) -> Verdict:
    """Decide whether the attention graphs stay the same from some layer on.

    It says nothing of limits: graphs that alternate for ever may belong to tokens that all converge.
    Source: lemmas ``locked-itinerary``, ``locked-targets`` and ``rank-two-settles`` in
    ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1], ["1/2"]], 0)
    >>> decide(run, limit(run)).lemma
    'locked-itinerary'
    >>> digits = Hardmax([[-1]], alpha="1/2").run([["1/2"], ["-1/2"], ["-1/6"]], 0)
    >>> decide(digits, limit(digits)).witness["phase"]
    1
    """
    if found.targets is not None:
        return Verdict("holds", EVERY_LAYER, TARGETS, evidence={"locked": found.targets.data})
    if found.lock is None and RANK_TWO.holds_for(run):
        return Verdict("holds", EVERY_LAYER, SETTLES, evidence=RANK_TWO.evidence(run))
    if found.lock is None:
        return Verdict("undecided", reason=found.reason or "limits are proved, but no itinerary")
    first = found.lock.layer
    graphs = [found.trajectory.head_attention(first + phase) for phase in range(found.lock.period)]
    for phase, graph in enumerate(graphs):
        for token in range(len(graph[0])):
            if any(own[token] != first_own[token] for own, first_own in zip(graph, graphs[0], strict=True)):
                witness = {"itinerary": found.lock.data, "token": token, "phase": phase}
                return Verdict("fails", witness=witness)
    return Verdict("holds", EVERY_LAYER, LEMMA, evidence={"itinerary": found.lock.data})


STATEMENT = Statement(
    "attention-settles",
    "from some layer on the graphs stay the same",
    OnLimit(decide, (LEMMA, TARGETS, SETTLES), (RANK_TWO,)),
    (
        Failure(
            "the attention graphs of layers {first}..{last} repeat for ever, "
            "and token {token} attends others in phase {phase} than in phase 0"
        ),
    ),
    configurations="orbits",
    wandering=True,
)
"""Source: lemma ``locked-itinerary`` in ``proofs_checks/FORMAT.md``."""
