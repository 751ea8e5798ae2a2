"""``hull-shrinkage``: the convex hull of the tokens at layer k+1 lies within that at layer k."""

from __future__ import annotations

from itertools import pairwise

from exactdyn.geometry.membership import Outside, locate
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row
from exactdyn.numbers.vectors import inner
from exactdyn.statements.statement import Failure, Lemma, OnLayers, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import computed_layers


def computed(run: Run) -> Verdict:
    """Decide hull shrinkage on the layers of a run: every token is located in the hull one layer earlier.

    Source: ``proofs_checks/FORMAT.md``, section "hull-shrinkage".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax(alpha=1).run([[1], ["1/2"]], 1)).evidence["weights"][0][1]
    [[0, Fraction(1, 2)], [1, Fraction(1, 2)]]
    >>> computed(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], 3)).witness["token"]
    2
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


STATEMENT = Statement(
    "hull-shrinkage",
    "the hull of the tokens never grows",
    OnLayers(computed, Lemma("convex-step", ("convex_step",))),
    (
        Failure(
            r"token {token} leaves the hull after layer {layer}: with $f = {functional}$, "
            r"$\langle f, z\rangle$ is at most ${largest_before}$ on layer {layer}, "
            "but ${after}$ for token {token} at layer {next}"
        ),
    ),
    role="proof",
)
"""Source: lemma ``convex-step`` in ``proofs_checks/FORMAT.md``."""
