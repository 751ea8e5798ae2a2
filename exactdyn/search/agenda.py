"""Which tasks a hunt has, and in which order they count: by configuration, then depth first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from typing import TypeAlias

from exactdyn.search.request import Request, Result, Task

Key: TypeAlias = tuple[int, ...]
"""The index of a configuration, then a task's position among those below the one above it, and so on."""


@dataclass(frozen=True)
class Progress:
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

    ``configurations``: so many are gone through, with all their tasks; None: the hunt ends with the first
    counterexample in the order. A complete request has one configuration. ``done``: results known from
    before, which are not asked for again.

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
        self.progress = Progress()
        self._all = configurations is not None
        self._begun, self._end = 0, 1 if request.complete else configurations
        self._done = done
        self._keys: dict[Task, Key] = {}
        self._waiting: list[tuple[Key, Task]] = []
        self._open: dict[int, int] = {}
        self._first: Key | None = None

    def take(self) -> Task | None:
        """Return the next task; None if none is left, or none before others are finished."""
        while True:
            self._begin()
            if not self._waiting or self.overtaken(self._waiting[0][1]):
                return None
            _, task = heappop(self._waiting)
            if task not in self._done:
                return task
            self.finish(task, self._done[task])

    def finish(self, task: Task, result: Result) -> None:
        """Take note of the result of a task that was taken: what is below it waits from now on."""
        key = self._keys[task]
        for position, place in enumerate(result.below):
            self._await((*key, position), Task(task.index, place))
        if result.counterexample is not None and (self._first is None or key < self._first):
            self._first = key
        settled = result.counterexample is None and result.reason is None
        self._open[task.index] += len(result.below) - 1 if settled else len(result.below)
        self.progress = replace(
            self.progress,
            found=self.progress.found + (result.counterexample is not None),
            absent=self.progress.absent + (not self._open[task.index]),
            programs=self.progress.programs + result.programs,
            runs=self.progress.runs + result.runs,
        )

    def overtaken(self, task: Task) -> bool:
        """Tell whether a task comes after the counterexample with which the hunt ends."""
        return not self._all and self._first is not None and self._keys[task] > self._first

    def _begin(self) -> None:
        index = self._begun
        ended = self._end is not None and index >= self._end
        if self._waiting or ended or (self._first is not None and not self._all):
            return
        self._begun, self._open[index] = index + 1, 1
        self.progress = replace(self.progress, tried=index + 1)
        self._await((index,), Task(index))

    def _await(self, key: Key, task: Task) -> None:
        self._keys[task] = key
        heappush(self._waiting, (key, task))


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
