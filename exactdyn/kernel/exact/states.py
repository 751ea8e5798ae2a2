"""Exact states, computed from the itinerary when asked for: shared work, bounded memory.

The numbers of layer k have about k log2(q) bits, so a run of N layers would take N^2 bits a coordinate if all
were kept. Most are never asked for: the filter needs a few points of a few layers, a user the last state. So
nothing is computed with the run; a question is planned backwards, from the layer asked for to what is held,
and followed forwards.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from fractions import Fraction
from heapq import heappop, heappush
from threading import RLock

from exactdyn.kernel.exact.itinerary import Itinerary, LayerRecord
from exactdyn.kernel.exact.point import StepsTowards, Value, weighted_mean
from exactdyn.kernel.exact.sizes import Sized, StepSizes, step_sizes
from exactdyn.kernel.exact.start import Source

BYTES_HELD = 100_000_000
"""About how much memory the exact values that are held may take."""

Held = dict[int, Value]
"""Exact values by point."""


class ExactStates:
    """The exact states of a run, as far as its itinerary is recorded.

    The value of a point at a layer needs its own value and those of the points it attends one layer before;
    a locked point only those of the layer at which it locked (lemma ``lock-in`` in
    ``proofs_checks/FORMAT.md``). What was computed is held until it takes too much memory; then every second
    layer goes. Threads take turns: what one has planned with another could let go.

    >>> from exactdyn.kernel.recorder import record
    >>> states = record(None, Fraction(1, 2), Source([[1], [0]]), 10).states
    >>> states.all_values(10)[0]
    Value(numerators=(1,), base=1, power=0)
    """

    def __init__(self, source: Source, tau: Fraction | Sized | StepSizes, itinerary: Itinerary) -> None:
        self.source = source
        self.sizes = step_sizes(tau)
        self.itinerary = itinerary
        self._held: dict[int, Held] = {}
        self._complete: set[int] = set()
        self._bytes = 0
        self._turn = Turn()

    def values(self, layer: int, points: Collection[int]) -> Held:
        """Return the exact values of some representatives of a layer, and maybe of others.

        The itinerary must be recorded up to the layer before.
        Source: lemma ``lock-in`` in ``proofs_checks/FORMAT.md`` for points that are locked.

        >>> from exactdyn.kernel.recorder import record
        >>> states = record(None, Fraction(1, 2), Source([[1], ["1/2"], [-1]]), 9).states
        >>> states.values(2, [1])[1]
        Value(numerators=(7,), base=2, power=2)
        """
        everybody = self._alive(layer)
        if len(points) * 4 > len(everybody):
            return self.all_values(layer)
        with self._turn:
            plan = self._plan(layer, points)
            if sum(len(missing) for _, missing in plan) > 2 * len(everybody) + 10_000:
                return self.all_values(layer)  # layer by layer, which needs less memory
            self._follow(plan)
            return self._thinned(layer)

    def all_values(self, layer: int) -> Held:
        """Return the exact values of all representatives of a layer, and maybe of some that joined others.

        Source: lemma ``lock-in`` in ``proofs_checks/FORMAT.md`` for points that are locked.

        >>> from exactdyn.kernel.recorder import record
        >>> states = record(None, Fraction(1, 2), Source([[1], ["1/2"]]), 9).states
        >>> sorted(states.all_values(5))
        [0, 1]
        """
        with self._turn:
            self._walk(min(layer, len(self.itinerary.layers) - 1))
            self._follow(self._plan(layer, self._alive(layer)))
            return self._thinned(layer)

    def stands_for(self, layer: int) -> list[int]:
        """Return for every token the representative whose value it has at a recorded layer.

        >>> from exactdyn.kernel.recorder import record
        >>> record(None, Fraction(1, 2), Source([[1], [1]]), 3).states.stands_for(0)
        [0, 1]
        """
        representative = self.itinerary.layer(layer).partition.representative
        everybody = range(self.source.count)
        return list(everybody) if representative is None else [int(point) for point in representative]

    def _alive(self, layer: int) -> list[int]:
        if not self.itinerary.layers:
            return list(range(self.source.count))
        alive: list[int] = self.itinerary.layer(layer).partition.alive.tolist()
        return alive

    def _walk(self, layer: int) -> None:
        """Go layer by layer from the last one held, so that no more than two need be in memory."""
        locked = self.itinerary.locked
        reached = max((k for k in self._complete if k <= layer), default=-1)
        for k in range(reached + 1, layer + 1):
            self._follow(self._plan(k, [point for point in self._alive(k) if locked.get(point, k) >= k]))
            self._complete.add(k)
            self._thinned(k)

    def _plan(self, layer: int, points: Iterable[int]) -> list[tuple[int, set[int]]]:
        """List what has to be computed for these points, the latest layer first.

        A heap of layers: a point may need its value of the layer before or, once locked, of one far back.
        """
        needs = {layer: set(points)}
        heap = [-layer]
        plan = []
        while heap:
            k = -heappop(heap)
            missing = needs.pop(k).difference(self._held.get(k, ()))
            if missing:
                plan.append((k, missing))
            for before, group in self._by_origin(k, missing).items():
                if before not in needs:
                    needs[before] = set()
                    heappush(heap, -before)
                needs[before].update(group, self.itinerary.layers[before].attended_by(group))
        return plan

    def _by_origin(self, layer: int, points: Iterable[int]) -> dict[int, list[int]]:
        """Group points by the earlier layer from which their values at this one are computed."""
        if layer == 0:
            return {}
        locked = self.itinerary.locked
        groups: dict[int, list[int]] = {}
        for point in points:
            origin = locked.get(point, layer)
            groups.setdefault(origin if origin < layer else layer - 1, []).append(point)
        return groups

    def _follow(self, plan: list[tuple[int, set[int]]]) -> None:
        # Forwards; all values of a layer are about as long, so the memory of one stands for all.
        for layer, missing in reversed(plan):
            held = self._held.setdefault(layer, {})
            if layer == 0:
                held.update((point, self.source.value(point)) for point in missing)
            for origin, group in self._by_origin(layer, missing).items():
                self._move(origin, layer, group, held)
            if missing:
                self._bytes += len(missing) * _bytes(held[next(iter(missing))])

    def _move(self, origin: int, layer: int, points: list[int], moved: Held) -> None:
        record, before = self.itinerary.layers[origin], self._held[origin]
        approach = StepsTowards(self.sizes, origin, layer)
        means: dict[tuple[int, ...], Value] = {}
        for point, target in zip(points, record.targets[points].tolist(), strict=True):
            goal = before[target] if target >= 0 else self._mean(record, point, before, means)
            moved[point] = approach(before[point], goal)

    def _mean(
        self, record: LayerRecord, point: int, before: Held, means: dict[tuple[int, ...], Value]
    ) -> Value:
        tie = record.ties[point]
        if tie.points not in means:
            attended = [before[other] for other in tie.points]
            means[tie.points] = weighted_mean(attended, tie.weights, self.sizes)
        return means[tie.points]

    def _thinned(self, newest: int) -> Held:
        """Let go of every second layer while too much is held, but never of the newest."""
        held = self._held
        while self._bytes > BYTES_HELD and len(held) > 1:
            for k in sorted(held.keys() - {newest}, reverse=True)[::2]:
                del held[k]
                self._complete.discard(k)
            self._bytes = sum(len(own) * _bytes(next(iter(own.values()))) for own in held.values() if own)
        return held[newest]


def _bytes(value: Value) -> int:
    """About how much memory a value takes, as Python objects with their places in a dictionary."""
    bits = value.base.bit_length() + max(x.bit_length() for x in value.numerators)
    return int(250 + len(value.numerators) * (56 + bits // 8))


class Turn:
    """A lock that its holder may take again; a copy, pickled or not, is a lock of its own.

    What is computed on demand and kept may be asked for by several threads. Exact states are planned first
    (which earlier ones are held?) and computed then, and what is held is let go when memory runs short: a
    thread between the two could take away what another one counts on. Reads are therefore whole turns, taken
    by methods that call each other. Runs are sent to other processes, and a lock cannot be: the copy there
    has threads of its own.

    >>> turn = Turn()
    >>> with turn, turn:
    ...     print("alone")
    alone
    """

    def __init__(self) -> None:
        self._lock = RLock()

    def __enter__(self) -> None:
        """Wait until no other thread holds it."""
        self._lock.acquire()

    def __exit__(self, *exception: object) -> None:
        """Let the next thread have it."""
        self._lock.release()

    def __reduce__(self) -> tuple[type[Turn], tuple[()]]:
        """Leave the lock behind: locks are not copied."""
        return Turn, ()
