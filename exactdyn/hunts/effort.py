"""How much a hunt may take and who does the work, and the hunt itself under these terms."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from exactdyn.errors import InputError
from exactdyn.hunts.agenda import Tally
from exactdyn.hunts.answer import Answer, gathered
from exactdyn.hunts.hunt import hunt
from exactdyn.hunts.request import Request, Result, Task
from exactdyn.numbers.reading import integer
from exactdyn.work.cluster import dask
from exactdyn.work.executors import InCaller, OvertimeError, interruption, time_limit
from exactdyn.work.processes import available_cores, processes

ALONE = 1.0
"""Seconds that the calling process hunts by itself first: about what it takes to start others."""

WORKERS_LIMIT = 1024
"""Largest number of processes."""

BUDGET_LIMIT = 10**9
"""Most seconds, thirty years; clocks cannot wait for much more."""

_AHEAD = 2
"""Tasks a worker that are under way or wait for it."""


@dataclass(frozen=True)
class Effort:
    """How long a hunt may take, and who does the work.

    ``configurations``: how many it goes through, None up to the first counterexample. ``budget``: seconds,
    None for no end. ``workers``: processes, None for one a core; 1 is the calling process. ``address``: of a
    Dask scheduler, then there are no processes.

    Raises :class:`~exactdyn.errors.InputError` where this makes no sense.
    """

    configurations: int | None = None
    budget: float | None = None
    workers: int | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        if self.configurations is not None:
            integer(self.configurations, "configurations", 1)
        if self.budget is not None and not 0 < self.budget < float("inf"):
            raise InputError(f"budget: requires a positive number of seconds, got {self.budget:g}")
        if self.budget is not None and self.budget > BUDGET_LIMIT:
            raise InputError(f"budget: requires at most {BUDGET_LIMIT} seconds, got {self.budget:g}")
        if self.workers is not None:
            integer(self.workers, "workers", 1, WORKERS_LIMIT)
        if self.workers is not None and self.address is not None:
            raise InputError("workers: requires no address of a cluster, which has its own")


def pursue(
    request: Request,
    effort: Effort,
    results: dict[Task, Result] | None = None,
    record: Callable[[Task, Result], None] = lambda task, result: None,
    report: Callable[[Tally], None] = lambda progress: None,
) -> Answer:
    """Hunt, and return what all results amount to.

    ``results``: those known from before; every new one is added as it comes, once ``record`` has taken it.

    >>> request, results = Request("distinctness-preserved", "general", (), 2, 1, 1), {}
    >>> pursue(request, Effort(workers=1), results).status, len(results)
    ('found', 1)
    """
    results = {} if results is None else results
    deadline = None if effort.budget is None else time.monotonic() + effort.budget

    def keep(task: Task, result: Result) -> None:
        record(task, result)
        results[task] = result

    def search(executor: Executor, ahead: int, broken_off: Callable[[], bool] = lambda: False) -> Answer:
        return hunt(
            request,
            executor,
            done=results,
            record=keep,
            configurations=effort.configurations,
            ahead=ahead,
            stop=lambda: broken_off() or (deadline is not None and time.monotonic() >= deadline),
            report=report,
        )

    def alone(seconds: float | None) -> Answer:
        # One task may take longer than is left: it is broken off.
        with suppress(OvertimeError), time_limit(seconds):
            return search(InCaller(), 1)
        return gathered(request, results, effort.configurations)

    if effort.workers == 1:
        return alone(effort.budget)
    if effort.address is None and not results:
        # A short hunt ends here, a longer one goes on from these results: who found them makes no difference.
        alone(ALONE if effort.budget is None else min(ALONE, effort.budget))
    with _others(effort) as (executor, count), interruption() as interrupted:
        return search(executor, _AHEAD * count, interrupted)


@contextmanager
def _others(effort: Effort) -> Iterator[tuple[Executor, int]]:
    if effort.address is not None:
        with dask(effort.address, "exactdyn") as cluster:
            yield cluster
        return
    count = effort.workers or available_cores()
    with processes(count) as executor:
        yield executor, count
