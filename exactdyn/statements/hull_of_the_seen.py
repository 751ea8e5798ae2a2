"""``hull-of-the-seen``: the hull of what a token sees, and of the token itself, never grows."""

from __future__ import annotations

from itertools import pairwise

from exactdyn.errors import LackingError
from exactdyn.statements.hull_shrinkage import Combination, Left, kept_in_hull
from exactdyn.statements.statement import About, Failure, Lemma, OnLayers, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import computed_layers


def seen_by(run: Run) -> list[tuple[int, ...]]:
    """Return for every token i the tokens that it sees in some head, and i itself, in order.

    Raises :class:`~exactdyn.errors.LackingError` where masks change from layer to layer.
    Source: ``proofs_checks/FORMAT.md``, section "hull-of-the-seen".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> seen_by(Hardmax(mask="strict").run([[1], [2], [3]], 0))
    [(0,), (0, 1), (0, 1, 2)]
    """
    count = run.start.count
    layers = range(run.layers + 1)
    masks, *others = ({head.mask for head in run.system.heads(k, run.start.dimension)} for k in layers)
    if any(other != masks for other in others):
        raise LackingError("it speaks of masks that are the same at all layers")
    if None in masks:
        return [tuple(range(count))] * count
    views = [mask.seen(count) for mask in masks if mask is not None]
    return [tuple(sorted({i}.union(*(view[i] for view in views)))) for i in range(count)]


def computed(run: Run) -> Verdict:
    """Decide it on the layers of a run: what a token sees is located in the hull of that one layer earlier.

    Source: ``proofs_checks/FORMAT.md``, section "hull-of-the-seen".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> away = Hardmax(alpha=1, mask=[[1, 1, 0], [0, 1, 1], [0, 0, 1]]).run([[1], [2], [4]], 1)
    >>> [computed(away).witness[name] for name in ("layer", "token", "seen")]
    [0, 0, 1]
    """
    seen = seen_by(run)
    weights: list[list[list[Combination]]] = []
    earlier: dict[tuple[int, ...], list[Combination]] = {}
    for layer, (before, after) in enumerate(pairwise(run.states())):
        found: dict[tuple[int, ...], list[Combination]] = {}
        for token, own in enumerate(seen):
            kept = found.get(own) or kept_in_hull(own, before, after, earlier.get(own, ()))
            if isinstance(kept, Left):
                where = {"layer": layer, "token": token, "seen": kept.token}
                return Verdict("fails", witness={**where, **kept.separated})
            found[own] = kept
        weights.append([found[own] for own in seen])
        earlier = found
    return Verdict("holds", computed_layers(run.layers), evidence={"weights": weights})


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
