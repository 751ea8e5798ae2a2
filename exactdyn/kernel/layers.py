"""Running the layers: filter, settle, lock, step, until everything is settled for ever.

Three invariants hold before every layer, and everything rests on them:

1. the shadow is within its bound of the exact state (proved in :mod:`exactdyn.kernel.floats.shadow`);
2. tokens with one representative are at one point (``Partition``); the converse need not hold: points that
   met are found out when they tie, and until then they are two points at one place, which attend alike;
3. what a locked point attends at the layer that locked it, it attends at every later one (``Locks``); nothing
   is locked before the layer from which on every step keeps a part of a token.

So the itinerary recorded is exact although most of it was decided by floats.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat

import numpy as np

from exactdyn.kernel.exact.itinerary import LayerRecord, Partition, Tie
from exactdyn.kernel.exact.matrix import matrix_of
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.floats.candidates import attendable
from exactdyn.kernel.floats.filter import RowInDoubt, decide
from exactdyn.kernel.floats.lattice import Lattice
from exactdyn.kernel.floats.shadow import initial_shadow
from exactdyn.kernel.fresh_shadow import anchored
from exactdyn.kernel.locks import Locks
from exactdyn.kernel.settle import settle
from exactdyn.numbers.reading import Rows

HALF = Fraction(1, 2)

STALE_BITS = 12
"""A shadow that has lost fewer bits than this is not worth replacing."""


@dataclass
class Work:
    """How a run was found: rows compared, rows among them that floats could not decide, fresh shadows.

    For benchmarks and tests: that ``settled_exactly`` is small is what makes the kernel fast.
    """

    rows: int = 0
    settled_exactly: int = 0
    anchors: int = 0


class LayerRecorder:
    """The state of a run while it is recorded: shadow, partition, and the points that are not locked.

    ``_active``: the representatives that are not locked, ascending. ``_targets``: for each token the one it
    attends, -1 where ``_ties`` has several; entries of locked points are those of the layer that locked them,
    entries of tokens that represent nobody mean nothing.

    >>> from exactdyn.kernel.exact.itinerary import Itinerary
    >>> from exactdyn.kernel.exact.start import Source
    >>> states = ExactStates(Source([[1], ["1/2"], [-1]]), HALF, Itinerary(3, 10))
    >>> LayerRecorder(states, None, Work()).run(9)
    >>> states.itinerary[9], states.itinerary.locked
    ((frozenset({0}), frozenset({0}), frozenset({2})), {0: 0, 1: 0, 2: 0})
    """

    def __init__(self, states: ExactStates, matrix: Rows | None, work: Work) -> None:
        source = states.source
        self._itinerary, self._states, self._work = states.itinerary, states, work
        self._sizes = states.sizes
        self._matrix = None if matrix is None else matrix_of(matrix)
        self._shadow = initial_shadow(*source.shadow(), self._matrix)
        self._partition = Partition(source.count, source.first_copies())
        self._active = self._partition.alive
        self._targets = np.arange(source.count)
        self._ties: dict[int, Tie] = {}
        self._locks = Locks(source.count, self._states, self._matrix)
        self._lattice: Lattice | None = None

    def run(self, layers: int) -> None:
        """Record layer by layer until the last one, or until every point is locked.

        The last layer recorded then stands for all that follow.

        >>> from exactdyn.kernel.exact.itinerary import Itinerary
        >>> from exactdyn.kernel.exact.start import Source
        >>> states = ExactStates(Source([[1, 1], [1, -1], ["1/2", 0]]), HALF, Itinerary(3, 100))
        >>> LayerRecorder(states, None, Work()).run(99)  # the tie of two leaders stays
        >>> len(states.itinerary.layers)
        1
        """
        for k in range(layers + 1):
            self._attend(k)
            if not len(self._active) or k == layers:
                return
            self._step(k)

    def _attend(self, k: int) -> None:
        """Find what the active points attend at layer k, lock what is settled, record the layer.

        Where too much is in doubt the shadow is to blame, not the tokens: it is made anew from the exact
        state, and the floats have a second go before anything is settled exactly.
        """
        columns, winners, doubt = self._decide()
        if doubt and self._anchoring_pays(doubt, columns):
            self._shadow = anchored(self._states, self._matrix, k, self._partition)
            self._work.anchors += 1
            columns, winners, doubt = self._decide()
        self._work.rows += len(self._active)
        self._targets[self._active] = winners
        if doubt:
            self._resolve(k, doubt, columns)
        self._lock(k, columns)
        self._itinerary.append(
            LayerRecord(self._targets.astype(np.int32), self._ties.copy(), self._partition)
        )

    def _decide(self) -> tuple[np.ndarray, np.ndarray, list[RowInDoubt]]:
        # Whom to compare with, the winner of each active row, and the rows in doubt among them.
        columns = attendable(self._shadow.positions, self._partition.alive)
        return columns, *decide(self._shadow, self._active, columns)

    def _anchoring_pays(self, doubt: list[RowInDoubt], columns: np.ndarray) -> bool:
        """Tell whether a fresh shadow costs less than settling these rows on the exact state.

        It reads every point exactly; settling reads one point a row and its candidates. A quarter, because
        the doubt comes back at the next layers if the shadow stays. A shadow that has lost few bits would be
        no better when fresh: then the tokens are close indeed, or tied.
        """
        compared = sum(len(columns if row.candidates is None else row.candidates) + 1 for row in doubt)
        return 4 * compared > len(self._partition.alive) and self._shadow.lost_bits() > STALE_BITS

    def _resolve(self, k: int, doubt: list[RowInDoubt], columns: np.ndarray) -> None:
        """Settle the rows in doubt: by the lattice that all coordinates lie on where it can, else exactly.

        The lattice says that all candidates are tied; it needs to know all of them. They are, if none was
        left out as interior (``everything``), or if the row names its own: then some column scores less for
        certain, so its direction is not zero. The zero direction attends interior tokens too.
        """
        lattice = self._followed_lattice()
        everything = len(columns) == len(self._partition.alive)
        attended: dict[int, tuple[int, ...] | None] = {}
        hard = []
        for row in doubt:
            if (everything or row.candidates is not None) and lattice.decides(self._shadow, row.error):
                tied = columns if row.candidates is None else row.candidates
                attended[row.token] = tuple(tied.tolist())
            else:
                hard.append(row)
        if hard:
            self._work.settled_exactly += len(hard)
            settled = settle(self._states, self._matrix, k, hard, self._shadow, columns)
            attended.update(settled.attended)
            if settled.survivors:  # some of those tied are at one point: from here on they are one
                self._merge(settled.survivors)
                attended = _surviving(attended, settled.survivors)
        self._note(attended)

    def _note(self, attended: dict[int, tuple[int, ...] | None]) -> None:
        """Take over what was settled; None, the zero direction, attends everybody."""
        ties = self._ties.copy()
        for token, points in attended.items():
            if points is not None and len(points) == 1:
                self._targets[token] = points[0]
                continue
            self._targets[token] = -1
            ties[token] = self._partition.tie(
                tuple(self._partition.alive.tolist()) if points is None else points
            )
        self._ties = ties

    def _followed_lattice(self) -> Lattice:
        # Most runs are never in doubt, so the lattice is made at the first doubt and catches up.
        if self._lattice is None:
            denominator = 1 if self._matrix is None else self._matrix.denominator
            self._lattice = Lattice(self._states.source.denominator(), denominator)
            for k, layer in enumerate(self._itinerary.layers):
                self._lattice.step(self._sizes.at(k).denominator, layer.ties)
        return self._lattice

    def _merge(self, survivors: dict[int, int]) -> None:
        # A point that joined another is represented by it: it has no row of its own any more.
        self._partition = self._partition.merged(survivors)
        gone = np.zeros(self._partition.count, dtype=bool)
        gone[list(survivors)] = True
        self._active = self._active[~gone[self._active]]

    def _lock(self, k: int, columns: np.ndarray) -> None:
        """Find the points that attend for ever what they attend now, and retire them.

        These are the leading points, those that attend one leading point alone, and those whose tie of
        leading points stays. A leading point of several tokens leads as a point, but its tokens are no
        leaders in the paper's sense (C_i = {i}): they are not listed. Before the layer from which on every
        step keeps a part of a token a leader may cease to be one: it is listed, and that is all.
        Source: lemmas ``leaders-persist``, ``lock-in``, ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.
        """
        attended = self._targets[self._active]
        settled = self._sizes.settled_from(k)
        leading = (
            self._locks.newly_leading(self._active, attended)
            if settled
            else self._active[attended == self._active]
        )
        for point in leading.tolist():
            if point not in self._partition.members:
                self._itinerary.leaders.setdefault(point, k)
        if not settled:
            return
        staying = self._locks.leading[attended] & (attended >= 0)
        if self._ties:
            # Many points share a tie: each is judged once.
            verdicts = {
                tie.points: self._locks.stays(k, tie, self._shadow, columns) for tie in self._ties.values()
            }
            for index in np.flatnonzero(attended < 0).tolist():
                staying[index] = verdicts[self._ties[int(self._active[index])].points]
        locked = self._active[staying].tolist()
        self._itinerary.locked.update(zip(locked, repeat(k), strict=False))
        self._active = self._active[~staying]

    def _step(self, k: int) -> None:
        """Let the floats take the step; the exact state is not moved, the itinerary says how it would.

        What locked points attend stays in ``_targets`` and ``_ties``; ties of active points are found anew.
        A step outside [0, 1] is no convex combination, and errors of floats may grow: they start afresh.
        """
        tau = self._sizes.at(k)
        if self._lattice is not None:
            self._lattice.step(tau.denominator, self._ties)
        if tau == HALF:
            self._join_mutual()
        if 0 <= tau <= 1:
            self._shadow = self._shadow.step(self._targets, self._ties, float(tau), self._partition)
        else:
            self._shadow = anchored(self._states, self._matrix, k + 1, self._partition)
            self._work.anchors += 1
        active = set(self._active.tolist())
        self._ties = {point: tie for point, tie in self._ties.items() if point not in active}

    def _join_mutual(self) -> None:
        """With tau = 1/2 two points that attend each other meet in their midpoint.

        The commonest way to meet, so it is not left to be found out by a tie: two rows and two columns less.
        """
        points, others = self._active, self._targets[self._active]
        mutual = (others > points) & (self._targets[others] == points)
        if mutual.any():
            self._merge(dict(zip(others[mutual].tolist(), points[mutual].tolist(), strict=True)))


def _surviving(
    attended: dict[int, tuple[int, ...] | None], survivors: dict[int, int]
) -> dict[int, tuple[int, ...] | None]:
    """Drop the rows of points that joined another one, and put that other one in their place."""
    return {
        token: None if points is None else tuple(sorted({_survivor(j, survivors) for j in points}))
        for token, points in attended.items()
        if token not in survivors
    }


def _survivor(point: int, survivors: dict[int, int]) -> int:
    while point in survivors:  # it may have joined a point that joined a third one
        point = survivors[point]
    return point
