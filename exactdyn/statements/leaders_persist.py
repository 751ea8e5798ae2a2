"""``leaders-persist``: whoever attends itself alone does so at every later layer, at rest."""

from __future__ import annotations

from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import EVERY_LAYER, computed_layers


def decide(run: Run) -> Verdict:
    """Decide whether leaders persist.

    Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md`` for alpha >= 0, whatever A is; otherwise
    it is computed.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> decide(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 3)).witness
    {'token': 1, 'leads': 0, 'layer': 1, 'rival': 2}
    """
    return Verdict("holds", EVERY_LAYER, "leaders-persist") if run.facts.leaders_stay else computed(run)


def computed(run: Run) -> Verdict:
    """Decide whether leaders persist on the layers of a run, by their attention sets.

    A leader attends itself alone, so it does not move.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).scope
    'layers 0..1'
    """
    for layer in range(run.layers + 1):
        for token, first in run.leaders.items():
            rivals = run.attention(layer)[token] - {token}
            if layer > first and rivals:
                witness = {"token": token, "leads": first, "layer": layer, "rival": min(rivals)}
                return Verdict("fails", witness=witness)
    return Verdict("holds", computed_layers(run.layers))
