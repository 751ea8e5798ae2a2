"""What the published form of a statement assumes, and a run may lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from exactdyn.geometry.membership import Inside, locate
from exactdyn.statements.frank_wolfe_clusters import several
from exactdyn.systems.run import Run


def lacking(statement: str, run: Run) -> tuple[str, ...]:
    """Return what the published form of a statement assumes and a run does not have, in words.

    Where something is lacking, a failure refutes nothing that was published. ``statement``: a name of the
    catalogue; but for those of Frank and Wolfe the answer is empty, as what the clustering theorem assumes
    are hypotheses of their own.
    Source: arXiv 2508.09628 v1, Theorems 3.1 and 4.2, as transcribed in a public Lean text.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> system = Hardmax([[-1]], tau="2/(k+2)")
    >>> lacking("frank-wolfe-rate", system.run([[1], [2]], 0))
    ('0 in the hull of the tokens at layer 0',)
    >>> lacking("frank-wolfe-rate", system.run([[3], [-1]], 0))
    ()
    """
    return tuple(words for words, holds in ASSUMED.get(statement, {}).items() if not holds(run))


def _negative(run: Run) -> bool:
    return run.facts.symmetric and run.facts.opposite is not None


def _positive(run: Run) -> bool:
    return run.facts.symmetric and run.facts.definite is not None


def _around_zero(run: Run) -> bool:
    rows = [tuple(row) for row in run.start.rows()]
    return isinstance(locate(tuple(x - x for x in rows[0]), rows), Inside)


def _within(run: Run) -> bool:
    steps = run.facts.schedule
    return steps is not None and run.facts.keeps and all(steps.at(k) > 0 for k in range(run.layers))


def _at_vertices(run: Run) -> bool:
    # Whoever attends itself alone is a vertex, and whoever is a vertex is no mean of such others.
    start, sets = run.start, run.attention(0)
    if any(several(start, own) for own in sets):
        return False
    leading = [i for i, own in enumerate(sets) if start.points[i] == start.points[min(own)]]
    if any(start.points[min(own)] not in {start.points[i] for i in leading} for own in sets):
        return False
    rows = [tuple(row) for row in start.rows()]
    return all(isinstance(locate(row, [rows[i] for i in leading]), Inside) for row in rows)


_CLUSTERS: Mapping[str, Callable[[Run], bool]] = {
    "A symmetric and positive definite": _positive,
    "steps between 0 and 1": _within,
    "at layer 0 all vertices attend themselves alone, and all tokens one vertex alone": _at_vertices,
}

ASSUMED: Mapping[str, Mapping[str, Callable[[Run], bool]]] = {
    "frank-wolfe-rate": {
        "A symmetric and negative semidefinite": _negative,
        "0 in the hull of the tokens at layer 0": _around_zero,
    },
    "frank-wolfe-clusters": _CLUSTERS,
    "frank-wolfe-exponential": _CLUSTERS,
}
"""What is assumed, in words, and whether a run has it."""
