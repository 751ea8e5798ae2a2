"""Which tasks a hunt has, and in which order they count: by configuration, then depth first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import TypeAlias

from exactdyn.hunts.request import Request, Result, Task

Key: TypeAlias = tuple[int, ...]
"""The index of a configuration, then a task's position among those below the one above it, and so on."""


@dataclass(frozen=True)
class Tally:
    """How far a hunt is.

    ``tried``: configurations begun. ``found``: counterexamples. ``absent``: configurations that are proved
    to have none. ``programs``, ``runs``: linear programs solved and limits looked at.
    """

    tried: int = 0
    found: int = 0
    absent: int = 0
    programs: int = 0
    runs: int = 0


class Agenda:
    """The tasks of a hunt that are still to be done, in their order.

    ``configurations``: so many are gone through, each up to its first counterexample, one task after the
    other, several configurations at once. None: the hunt ends with the first counterexample of all, and
    tasks of one configuration are given out at once, too. A complete request has one configuration.
    ``done``: results known from before, which are not asked for again.

    >>> agenda = Agenda(Request("norm-growth", "general", (), 2, 1, 1), None, {})
    >>> agenda.take(), agenda.take()
    (Task(index=0, place=()), Task(index=1, place=()))
    >>> agenda.finish(Task(0), Result(below=((0,), (1,))))
    >>> agenda.take()
    Task(index=0, place=(0,))
    >>> agenda.finish(Task(0, (0,)), Result(counterexample={}, size=(1,)))
    >>> agenda.take(), agenda.overtaken(Task(1))
    (None, True)
    """

    def __init__(self, request: Request, configurations: int | None, done: Mapping[Task, Result]) -> None:
        self.progress = Tally()
        self._to_first = configurations is None
        self._begun, self._end = 0, 1 if request.complete else configurations
        self._done = done
        self._keys: dict[Task, Key] = {}
        self._waiting: dict[int, list[tuple[Key, Task]]] = {}  # by configuration, never empty
        self._busy: set[int] = set()
        self._open: dict[int, int] = {}
        self._first: Key | None = None

    def take(self) -> Task | None:
        """Return the next task; None if none is left, or none before others are finished.

        >>> Agenda(Request("norm-growth", "general", (), 2, 1, 1), 1, {}).take()
        Task(index=0, place=())
        """
        while (task := self._next()) is not None:
            if task not in self._done:
                return task
            self.finish(task, self._done[task])
        return None

    def finish(self, task: Task, result: Result) -> None:
        """Take note of the result of a task that was taken: what is below it waits from now on.

        >>> agenda = Agenda(Request("norm-growth", "general", (), 2, 1, 1), 1, {})
        >>> agenda.finish(agenda.take(), Result(programs=5))
        >>> agenda.progress
        Tally(tried=1, found=0, absent=1, programs=5, runs=0)
        """
        key, index, found = self._keys.pop(task), task.index, result.counterexample is not None
        for position, place in enumerate(result.below):
            self._await((*key, position), Task(index, place))
        if found:
            self._first = key if self._first is None else min(key, self._first)
            if not self._to_first:
                self._waiting.pop(index, None)
        self._busy.discard(index)
        self._open[index] += len(result.below) - (not found and result.reason is None)
        self.progress = replace(
            self.progress,
            found=self.progress.found + found,
            absent=self.progress.absent + (not self._open[index]),
            programs=self.progress.programs + result.programs,
            runs=self.progress.runs + result.runs,
        )

    def overtaken(self, task: Task) -> bool:
        """Tell whether a task that was taken comes after the counterexample with which the hunt ends.

        >>> agenda = Agenda(Request("norm-growth", "general", (), 2, 1, 1), None, {})
        >>> first, second = agenda.take(), agenda.take()
        >>> agenda.finish(first, Result(counterexample={}, size=(1,)))
        >>> agenda.overtaken(second)
        True
        """
        return self._beyond(self._keys[task])

    def _next(self) -> Task | None:
        # The first task that waits in the first configuration of which none is under way; else one of a
        # configuration that is begun for it. Up to the first counterexample of all, any may be under way.
        index = min(self._waiting.keys() - self._busy, default=None)
        if index is None:
            index = self._begin()
        if index is None or self._beyond(self._waiting[index][0][0]):
            return None
        _, task = heappop(self._waiting[index])
        if not self._waiting[index]:
            del self._waiting[index]
        if not self._to_first:
            self._busy.add(index)
        return task

    def _begin(self) -> int | None:
        index = self._begun
        if (self._end is not None and index >= self._end) or self._beyond((index,)):
            return None
        self._begun, self._open[index] = index + 1, 1
        self.progress = replace(self.progress, tried=index + 1)
        self._await((index,), Task(index))
        return index

    def _beyond(self, key: Key) -> bool:
        return self._to_first and self._first is not None and key > self._first

    def _await(self, key: Key, task: Task) -> None:
        self._keys[task] = key
        heappush(self._waiting.setdefault(task.index, []), (key, task))


def in_order(index: int, results: Mapping[Task, Result]) -> Iterator[tuple[Task, Result | None]]:
    """Go through the tasks of a configuration in their order, each with its result, None if it has none.

    >>> results = {Task(0): Result(below=((1,), (0,))), Task(0, (0,)): Result(programs=2)}
    >>> [(task.place, result and result.programs) for task, result in in_order(0, results)]
    [((), 0), ((1,), None), ((0,), 2)]
    """
    left = [Task(index)]
    while left:
        task = left.pop()
        result = results.get(task)
        yield task, result
        if result is not None:
            left += [Task(index, place) for place in reversed(result.below)]
