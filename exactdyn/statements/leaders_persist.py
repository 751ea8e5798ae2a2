"""``leaders-persist``: whoever attends itself alone does so at every later layer, at rest."""

from __future__ import annotations

from exactdyn.statements.statement import Failure, Lemma, OnLayers, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import EVERY_LAYER, computed_layers

LEMMA = "leaders-persist"


def computed(run: Run) -> Verdict:
    """Decide whether leaders persist on the layers of a run, by their attention sets.

    A leader attends itself alone, so it does not move where steps are linear; otherwise it is looked at. From
    the layer on that keeps a part of every token the lemma takes over, if the run has come so far.
    Source: ``proofs_checks/FORMAT.md``, section "leaders-persist".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).scope
    'layers 0..1'
    >>> computed(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 3)).witness
    {'token': 1, 'leads': 0, 'layer': 1, 'rival': 2}
    """
    if run.lapses:
        token, layer = min(run.lapses.items(), key=lambda lapse: lapse[1])
        rival = min(run.attention(layer)[token] - {token})
        witness = {"token": token, "leads": run.leaders[token], "layer": layer, "rival": rival}
        return Verdict("fails", witness=witness)
    moved = None if run.facts.linear else _moved(run)
    if moved is not None:
        return Verdict("fails", witness=moved)
    start = run.facts.leaders_stay_from
    if not start or start > run.layers:  # from layer 0 on the lemma needs no layers computed
        return Verdict("holds", computed_layers(run.layers))
    return Verdict("holds", EVERY_LAYER, LEMMA)


def _moved(run: Run) -> Data | None:
    """Return the witness that a leader moves after it has become one, or None."""
    places = {token: run.state(first).points[token] for token, first in run.leaders.items()}
    for layer in range(run.layers + 1):
        for token, first in run.leaders.items():
            if layer > first and run.state(layer).points[token] != places[token]:
                point = run.state(layer).rows()[token]
                return {"token": token, "leads": first, "layer": layer, "point": point}
    return None


STATEMENT = Statement(
    "leaders-persist",
    "once a leader, always a leader, and at rest",
    OnLayers(computed, Lemma(LEMMA, ("leaders_stay",)), final=True),
    (
        Failure(
            "token {token} is a leader at layer {leads}, but attends token {rival} at layer {layer}",
            told_by=lambda witness: "rival" in witness,
        ),
        Failure("token {token} is a leader at layer {leads}, but at ${point}$ at layer {layer}"),
    ),
    role="proof",
)
"""Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``."""
