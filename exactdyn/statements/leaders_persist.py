"""``leaders-persist``: whoever attends itself alone does so at every later layer, at rest."""

from __future__ import annotations

from exactdyn.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.claims import EVERY_LAYER, computed_layers


def decide(run: Run) -> Verdict:
    """Decide whether leaders persist.

    Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md`` for alpha >= 0, whatever A is; otherwise
    the attention sets of all layers say it. A leader that attends itself alone does not move.

    >>> from exactdyn.hardmax import Hardmax
    >>> decide(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 3)).witness
    {'token': 1, 'leads': 0, 'layer': 1, 'rival': 2}
    """
    if run.system.alpha >= 0:
        return Verdict("holds", EVERY_LAYER, "leaders-persist")
    for layer in range(run.layers + 1):
        for token, first in run.leaders.items():
            rivals = run.attention(layer)[token] - {token}
            if layer > first and rivals:
                witness = {"token": token, "leads": first, "layer": layer, "rival": min(rivals)}
                return Verdict("fails", witness=witness)
    return Verdict("holds", computed_layers(run.layers))
