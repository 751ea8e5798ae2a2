"""``hull-of-the-seen``: the hull of what a token sees, and of the token itself, never grows."""

from __future__ import annotations

from itertools import pairwise

from exactdyn.geometry.membership import Outside, locate
from exactdyn.numbers.reading import Row
from exactdyn.numbers.vectors import inner
from exactdyn.statements.statement import About, Failure, Lemma, OnLayers, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import computed_layers


def seen_by(run: Run) -> list[list[int]]:
    """Return for every token i the tokens that it sees in some head, and i itself, in order.

    Masks are the same at all layers.
    Source: ``proofs_checks/FORMAT.md``, section "hull-of-the-seen".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> seen_by(Hardmax(mask="strict").run([[1], [2], [3]], 0))
    [[0], [0, 1], [0, 1, 2]]
    """
    count = run.start.count
    masks = {head.mask for head in run.system.heads(0, run.start.dimension)}
    if None in masks:
        return [list(range(count))] * count
    views = [mask.seen(count) for mask in masks if mask is not None]
    return [sorted({i}.union(*(view[i] for view in views))) for i in range(count)]


def computed(run: Run) -> Verdict:
    """Decide it on the layers of a run: what a token sees is located in the hull of that one layer earlier.

    Source: ``proofs_checks/FORMAT.md``, section "hull-of-the-seen".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> away = Hardmax(alpha=1, mask=[[1, 1, 0], [0, 1, 1], [0, 0, 1]]).run([[1], [2], [4]], 1)
    >>> [computed(away).witness[name] for name in ("layer", "token", "seen")]
    [0, 0, 1]
    """
    seen = seen_by(run)
    weights: list[list[list[list[list[object]]]]] = []
    for layer, (before, after) in enumerate(pairwise(run.states())):
        here, there = (tuple(map(tuple, state.rows())) for state in (before, after))
        found: dict[tuple[int, ...], list[list[list[object]]]] = {}
        for token, own in enumerate(seen):
            if tuple(own) in found:
                continue
            combinations, places = [], [here[other] for other in own]
            for j in own:
                located = locate(there[j], places)
                if isinstance(located, Outside):
                    where = {"layer": layer, "token": token, "seen": j}
                    return Verdict(
                        "fails", witness={**where, **_values(located.functional, places, there[j])}
                    )
                combinations.append([[own[place], weight] for place, weight in located.weights.items()])
            found[tuple(own)] = combinations
        weights.append([found[tuple(own)] for own in seen])
    return Verdict("holds", computed_layers(run.layers), evidence={"weights": weights})


def _values(functional: Row, places: list[Row], after: Row) -> Data:
    # The functional that separates what is seen from what was seen a layer earlier.
    return {
        "functional": list(functional),
        "largest_before": max(inner(functional, place) for place in places),
        "after": inner(functional, after),
    }


STATEMENT = Statement(
    "hull-of-the-seen",
    "for every token the hull of itself and of what it sees never grows",
    OnLayers(computed, Lemma("convex-step-of-the-seen", ("convex_step", "transitive_masks"))),
    (
        Failure(
            r"token {seen}, which token {token} sees, leaves the hull of what token {token} sees after layer "
            r"{layer}: with $f = {functional}$, $\langle f, z\rangle$ is at most ${largest_before}$ there on "
            "layer {layer}, but ${after}$ for token {seen} at layer {next}"
        ),
    ),
    role="kind",
    about=About("masks", lambda facts: not facts.all_visible),
)
"""Source: lemma ``convex-step-of-the-seen`` in ``proofs_checks/FORMAT.md``."""
