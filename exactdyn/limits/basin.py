"""Basins: every token tends to a leading point; read off one layer, whatever the graphs of later layers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exactdyn.layer.attention import AttentionSets, leading_points
from exactdyn.limits.preference import prefer_own
from exactdyn.numbers.fields.joining import mapped, simple
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import Rows
from exactdyn.systems.trajectory import Trajectory
from exactdyn.verdict import Data


@dataclass(frozen=True)
class Basins:
    """Which leading point every token is thought to tend to, and what has to be positive to prove it.

    ``target``: for every token the lowest token of a leading point. Let <Ax, x> >= 0 for all x and
    0 < tau < 1, and let <A z_i, z_a - z_b> > 0 for each (i, a, b) of :meth:`comparisons`. Then every token
    tends to its target.
    Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.

    >>> basins = Basins((0, 0, 2), {0: frozenset({0}), 2: frozenset({2})})
    >>> list(basins.comparisons())
    [(0, 0, 2), (1, 0, 2), (1, 0, 1), (2, 2, 0), (2, 2, 1)]
    """

    target: tuple[int, ...]
    leading: Mapping[int, frozenset[int]]

    def comparisons(self) -> Iterator[tuple[int, int, int]]:
        """Yield (i, a, b): token i prefers its target a to b, which is of another group, or i itself.

        Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.

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


@dataclass(frozen=True)
class BasinProof:
    """A proof that from ``layer`` on every token is in the basin of the leading point that it tends to.

    ``targets``: for every token the lowest token of that leading point; ``places``: where it is, n rows.
    Nothing is said of the attention graphs of later layers.
    """

    layer: int
    targets: tuple[int, ...]
    places: Rows

    @property
    def data(self) -> Data:
        """The members ``layer`` and ``targets`` of the member ``basin`` of a certificate.

        Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.

        >>> BasinProof(3, (0, 0), ()).data
        {'layer': 3, 'targets': [0, 0]}
        """
        return {"layer": self.layer, "targets": list(self.targets)}


def find_basins(trajectory: Trajectory, end: int) -> BasinProof | None:
    """Return the proof at the first layer before ``end`` at which there is one, None without it.

    None too where <Ax, x> is negative for some x, and where the lemma is not about such a system.
    Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[2, 0], [-2, 1], [1, "1/2"], ["-1/2", 1]], layers=0)
    >>> find_basins(Trajectory(run), 1).targets
    (0, 1, 0, 1)
    """
    facts = trajectory.facts
    about = facts.one_head and facts.all_visible and facts.keeps and facts.same_attention and facts.moves
    if facts.step is None or facts.semidefinite is None or not about:
        return None
    return next((proof for k in range(end) if (proof := basins_at(trajectory, k)) is not None), None)


def basins_at(trajectory: Trajectory, layer: int) -> BasinProof | None:
    """Return the proof at one layer of a system that the lemma is about, None without it.

    Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> basins_at(Trajectory(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)), 0).places
    ((Fraction(1, 1),), (Fraction(1, 1),))
    """
    state, sets = trajectory.state(layer), trajectory.attention(layer)
    found = basins(sets, leading_points(state, sets))
    if found is None:
        return None
    if not _preferred(trajectory, layer, found):
        return None
    rows = mapped(state.rows(), simple)
    return BasinProof(layer, found.target, tuple(tuple(rows[p]) for p in found.target))


def _preferred(trajectory: Trajectory, layer: int, found: Basins) -> bool:
    """Tell whether <A z_i, z_a - z_b> > 0 for each (i, a, b) that the lemma compares, exactly."""
    state = trajectory.state(layer)
    if state.domain == RATIONALS:
        led = frozenset[int]().union(*found.leading.values())
        return prefer_own(trajectory.form.matrix, state, found.target, led)
    scores = state.domain.compared(trajectory.scores(layer)[0])
    return all(scores[i][a] > scores[i][b] for i, a, b in found.comparisons())
