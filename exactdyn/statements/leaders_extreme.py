"""``leaders-extreme``: from the layer on at which it leads, a leader is an extreme point of the hull."""

from __future__ import annotations

from exactdyn.geometry.membership import Inside, locate
from exactdyn.geometry.products import images
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row
from exactdyn.statements.statement import Failure, Lemma, OnLayers, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import EVERY_LAYER, computed_layers

LEMMA = "leader-exposed"


def exposed(run: Run) -> Data:
    """Return what proves that leaders are extreme points for ever: A z_i exposes a leader z_i.

    A is that of a head that sees everybody and keeps ties.

    Source: lemma ``leader-exposed`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> exposed(Hardmax().run([[1], ["1/2"]], 1))["leaders"]
    [{'token': 0, 'layer': 0, 'functionals': [[Fraction(1, 1)]]}]
    """
    places = [run.state(first).row(token) for token, first in run.leaders.items()]
    system, _ = run.system.as_one(run.start.dimension)
    head = system.heads(0, run.start.dimension)[run.facts.exposing_head or 0]
    exposing = images(head.matrix, places)
    leaders = [
        {"token": token, "layer": first, "functionals": [list(functional)]}
        for (token, first), functional in zip(run.leaders.items(), exposing, strict=True)
    ]
    return {"leaders": leaders}


def computed(run: Run) -> Verdict:
    """Decide it on the layers of a run: every leader is located exactly at every layer.

    From the layer on whose steps leave a leader's place exposed the lemma takes over, if the run has come so
    far and leaders persist before: as long as they lead they are exposed.
    Source: ``proofs_checks/FORMAT.md``, section "leaders-extreme".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).evidence["leaders"][0]["token"]
    0
    >>> computed(Hardmax(tau=[-1, 1]).run([[1]], 1)).lemma
    'leader-exposed'
    """
    start = run.facts.leaders_exposed_from
    if start and start <= run.layers and all(layer > start for layer in run.lapses.values()):
        return Verdict("holds", EVERY_LAYER, LEMMA, evidence=exposed(run))
    functionals: dict[int, list[list[object]]] = {token: [] for token in run.leaders}
    for layer, state in enumerate(run.states()):
        for token, first in run.leaders.items():
            if layer < first:
                continue
            place = _place(state, token)
            if isinstance(place, dict):
                return Verdict("fails", witness={"token": token, "leads": first, "layer": layer, **place})
            functionals[token].append(list(place))
    leaders = [
        {"token": token, "layer": first, "functionals": functionals[token]}
        for token, first in run.leaders.items()
    ]
    return Verdict("holds", computed_layers(run.layers), evidence={"leaders": leaders})


def _place(state: Points, token: int) -> Row | Data:
    # A functional that exposes the token's point, or the weights that write it by points elsewhere.
    elsewhere = [j for j in range(state.count) if j not in state.copies[token]]
    located = locate(state.row(token), [state.row(j) for j in elsewhere])
    if isinstance(located, Inside):
        return {"weights": [[elsewhere[j], weight] for j, weight in located.weights.items()]}
    return located.functional


STATEMENT = Statement(
    "leaders-extreme",
    "every leader is an extreme point of the hull",
    OnLayers(
        computed,
        Lemma(LEMMA, ("leaders_exposed",), exposed),
        final=True,
    ),
    (
        Failure(
            "token {token} is a leader at layer {leads}; at layer {layer} it is ${weights}$, no extreme point"
        ),
    ),
    role="proof",
)
"""Source: lemma ``leader-exposed`` in ``proofs_checks/FORMAT.md``."""
