"""``frank-wolfe-clusters``: every token goes straight to the one point that it attends at layer 0."""

from __future__ import annotations

from fractions import Fraction

from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import LayerHead
from exactdyn.numbers.points import Points
from exactdyn.numbers.vectors import inner
from exactdyn.statements.statement import About, Failure, Lemma, OnLayers, Statement
from exactdyn.systems.facts import Facts
from exactdyn.systems.run import Run
from exactdyn.verdict import Verdict
from proofs_checks.format.claims import computed_layers

NO_SHARE = "what a token keeps of itself in a step is not known to be one number"


def attends_points_that_attend_themselves(run: Run) -> bool:
    """Tell whether at layer 0 every token attends one point alone, and that point would attend itself alone.

    It would so among all that the token sees: of that <A v, .> is largest at the point v alone.
    Source: lemma ``frank-wolfe-clusters`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> attends_points_that_attend_themselves(Hardmax(alpha=1).run([[1], [-1], ["1/2"]], 0))
    True
    >>> attends_points_that_attend_themselves(Hardmax([[-1]], alpha=1).run([[1], [-1]], 0))
    False
    """
    start, sets = run.start, run.attention(0)
    if any(several(start, own) for own in sets):
        return False
    targets = {j for own in sets for j in own}
    if any(start.points[p] != start.points[j] for j in targets for p in sets[j]):
        return False
    return run.facts.all_visible or _seen_from_there(run.system.heads(0, start.dimension)[0], start, sets)


def _seen_from_there(head: LayerHead, start: Points, sets: AttentionSets) -> bool:
    # Under a mask a token may see what the point that it attends does not.
    rows = [tuple(row) for row in start.rows()]
    views = (
        (frozenset(range(start.count)),) * start.count if head.mask is None else head.mask.seen(start.count)
    )
    for own, view in zip(sets, views, strict=True):
        target = rows[min(own)]
        direction = tuple(inner(row, target) for row in head.matrix)
        if any(inner(direction, rows[j]) >= inner(direction, target) for j in view - own):
            return False
    return True


def several(start: Points, own: frozenset[int]) -> list[int]:
    """Return two tokens of a set that are at different points; none if all are at one.

    Source: ``proofs_checks/FORMAT.md``, section "frank-wolfe-clusters".

    >>> several(Points.from_rows([[1], [1], [2]]), frozenset({0, 1, 2}))
    [0, 2]
    """
    first = min(own)
    other = next((j for j in sorted(own) if start.points[j] != start.points[first]), None)
    return [] if other is None else [first, other]


def computed(run: Run) -> Verdict:
    """Decide it on the layers of a run: z_i^t is compared with pi_t z_i^0 + (1 - pi_t) v_i.

    pi_t is the product of what is kept in the steps before layer t, with one head and V = I of 1 - tau_m.
    Source: ``proofs_checks/FORMAT.md``, section "frank-wolfe-clusters".

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> computed(Hardmax([[-1]], tau="2/(k+2)").run([[3], [-1]], 3)).witness["layer"]
    2
    """
    start, sets, pulls = run.start, run.attention(0), run.facts.schedule
    if pulls is None:
        return Verdict("undecided", reason=NO_SHARE)
    for token, own in enumerate(sets):
        if attended := several(start, own):
            return Verdict("fails", witness={"layer": 0, "token": token, "attended": attended})
    kept, rows = Fraction(1), start.rows()
    for layer, state in enumerate(run.states()):
        for token, place in enumerate(state.rows()):
            target = min(sets[token])
            line = zip(rows[token], rows[target], place, strict=True)
            if any(x != b + kept * (a - b) for a, b, x in line):
                where = {"layer": layer, "token": token, "target": target}
                return Verdict("fails", witness={**where, "kept": kept, "point": place})
        kept *= 1 - pulls.at(layer)
    return Verdict("holds", computed_layers(run.layers))


def about_schedules(facts: Facts) -> bool:
    """Tell whether a system is one head with steps that differ from layer to layer.

    Source: arXiv 2508.09628 v1, where they are those of Frank and Wolfe.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> about_schedules(Hardmax(tau="2/(k+2)").facts(1)), about_schedules(Hardmax(alpha=1).facts(1))
    (True, False)
    """
    return facts.one_head and facts.schedule is not None and facts.schedule.constant is None


LEMMA = Lemma(
    "frank-wolfe-clusters",
    ("convex_step", "one_head", "ties_kept", "same_attention", "transitive_masks"),
    start=attends_points_that_attend_themselves,
    of_start="at layer 0 every token attends one point v alone, and <Av, .> is largest at v alone",
)
"""Every token goes straight to what it attends at layer 0."""

STATEMENT = Statement(
    "frank-wolfe-clusters",
    "every token goes straight to the one point that it attends at layer 0",
    OnLayers(computed, LEMMA, families=None),
    (
        Failure(
            "token {token} is at ${point}$ on layer {layer}, not on the way to token {target}, which it "
            "attends at layer 0, with ${kept}$ of the distance left",
            told_by=lambda witness: "kept" in witness,
        ),
        Failure(
            "token {token} attends tokens {attended_0} and {attended_1}, at two points, at layer {layer}"
        ),
    ),
    role="kind",
    about=About("one head and steps that depend on the layer", about_schedules),
)
"""Source: arXiv 2508.09628 v1, Theorem 4.2; lemma ``frank-wolfe-clusters`` in ``proofs_checks/FORMAT.md``."""
