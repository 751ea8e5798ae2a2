"""``attention-settles``: from some layer on the attention graphs stay the same."""

from __future__ import annotations

from exactdyn.limits import limit
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import EVERY_LAYER

LEMMA = "locked-itinerary"


def decide(run: Run, layers: int | None = None) -> Verdict:
    """Decide whether the attention graphs stay the same from some layer on.

    It says nothing of limits: graphs that alternate for ever may belong to tokens that all converge. Source:
    lemma ``locked-itinerary`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> decide(Hardmax(alpha=1).run([[1], ["1/2"]], 0)).lemma
    'locked-itinerary'
    >>> digits = Hardmax([[-1]], alpha="1/2").run([["1/2"], ["-1/2"], ["-1/6"]], 0)
    >>> decide(digits).witness["phase"]
    1
    """
    found = limit(run, layers)
    if found.lock is None:
        return Verdict("undecided", reason=found.reason or "one common limit is proved, but no itinerary")
    first = found.lock.layer
    graphs = [found.trajectory.attention(first + phase) for phase in range(found.lock.period)]
    for phase, graph in enumerate(graphs):
        for token, own in enumerate(graph):
            if own != graphs[0][token]:
                witness = {"itinerary": found.lock.data, "token": token, "phase": phase}
                return Verdict("fails", witness=witness)
    return Verdict("holds", EVERY_LAYER, LEMMA, evidence={"itinerary": found.lock.data})
