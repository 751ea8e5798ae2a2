"""Basins: every token tends to a leading point; read off one layer, whatever the graphs of later layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exactdyn.layer.attention import AttentionSets


@dataclass(frozen=True)
class Basins:
    """Which leading point every token is thought to tend to, and what has to be positive to prove it.

    ``target``: for every token the lowest token of a leading point. Let <Ax, x> >= 0 for all x and
    0 < tau < 1, and let <A z_i, z_a - z_b> > 0 for each (i, a, b) of :meth:`comparisons`. Then every token
    tends to its target. Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.

    >>> basins = Basins((0, 0, 2), {0: frozenset({0}), 2: frozenset({2})})
    >>> list(basins.comparisons())
    [(0, 0, 2), (1, 0, 2), (1, 0, 1), (2, 2, 0), (2, 2, 1)]
    """

    target: tuple[int, ...]
    leading: Mapping[int, frozenset[int]]

    def comparisons(self) -> Iterator[tuple[int, int, int]]:
        """Yield (i, a, b): token i prefers its target a to b, which is of another group, or i itself.

        >>> list(Basins((0, 0), {0: frozenset({0, 1})}).comparisons())
        []
        """
        for i, p in enumerate(self.target):
            for b, other in enumerate(self.target):
                if other != p:
                    yield i, p, b
            if i not in self.leading[p]:
                yield i, p, i


def basins(sets: AttentionSets, leading: Sequence[frozenset[int]]) -> Basins | None:
    """Return the basins that attention suggests, each token going where those go that it attends, or None.

    ``leading``: the leading points of the layer, each as its set of tokens
    (:func:`~exactdyn.layer.attention.leading_points`). None where what a token attends goes to several.
    Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.

    >>> basins((frozenset({0}), frozenset({0}), frozenset({1})), [frozenset({0})]).target
    (0, 0, 0)
    >>> basins((frozenset({0}), frozenset({1}), frozenset({0, 1})), [frozenset({0}), frozenset({1})])
    """
    target = {token: min(point) for point in leading for token in point}
    waiting = [i for i in range(len(sets)) if i not in target]
    while waiting:
        later = []
        for i in waiting:
            others = sets[i] - {i}
            goals = {target[j] for j in others if j in target}
            if len(goals) > 1 or not others:
                return None
            if others <= target.keys():
                target[i] = goals.pop()
            else:
                later.append(i)
        if len(later) == len(waiting):
            return None
        waiting = later
    points = {min(point): frozenset(point) for point in leading}
    return Basins(tuple(target[i] for i in range(len(sets))), points)
