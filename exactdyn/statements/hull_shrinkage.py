"""``hull-shrinkage``: the convex hull of the tokens at layer k+1 lies within that at layer k."""

from __future__ import annotations

from itertools import pairwise

from exactdyn.geometry.membership import Outside, locate
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row
from exactdyn.numbers.vectors import inner
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import EVERY_LAYER, computed_layers


def decide(run: Run) -> Verdict:
    """Decide hull shrinkage.

    Source: lemma ``convex-step`` in ``proofs_checks/FORMAT.md`` for alpha >= 0; otherwise it is computed.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> decide(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 3)).witness["token"]
    2
    """
    return Verdict("holds", EVERY_LAYER, "convex-step") if run.facts.convex_step else computed(run)


def computed(run: Run) -> Verdict:
    """Decide hull shrinkage on the layers of a run: every token is located in the hull one layer earlier.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).evidence["weights"][0][1]
    [[0, Fraction(1, 2)], [1, Fraction(1, 2)]]
    """
    weights: list[list[list[list[object]]]] = []
    for layer, (before, after) in enumerate(pairwise(map(_places, run.states()))):
        combinations: list[list[list[object]]] = []
        for token, point in enumerate(after):
            located = locate(point, before)
            if isinstance(located, Outside):
                return Verdict("fails", witness=_witness(layer, token, point, before, located.functional))
            combinations.append([[j, weight] for j, weight in located.weights.items()])
        weights.append(combinations)
    return Verdict("holds", computed_layers(run.layers), evidence={"weights": weights})


def _places(state: Points) -> list[Row]:
    return [state.row(token) for token in range(state.count)]


def _witness(layer: int, token: int, point: Row, before: list[Row], functional: Row) -> Data:
    return {
        "layer": layer,
        "token": token,
        "functional": list(functional),
        "largest_before": max(inner(functional, other) for other in before),
        "after": inner(functional, point),
    }
