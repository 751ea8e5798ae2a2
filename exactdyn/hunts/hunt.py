"""A hunt: tasks handed to an executor in their order, results recorded as they come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from typing import TypeAlias

from exactdyn.errors import ExactdynError
from exactdyn.hunts.agenda import Agenda, Tally
from exactdyn.hunts.answer import Answer, excluding_lemma, gathered
from exactdyn.hunts.examine import examine
from exactdyn.hunts.request import Request, Result, Task

Examine: TypeAlias = Callable[[Request, Task, int], Result]
"""Examines a task until about so much work is done; what is left of it is named in ``below``."""

TASK_LIMIT = 200
"""About so much work is in a task before what is left of it becomes tasks of their own.

A constant, because the tree of tasks must not depend on who goes through it.
"""

_PATIENCE = 0.1
"""Seconds after which a hunt that waits looks whether it is to stop."""


class LostWorkerError(ExactdynError):
    """An executor has lost a task: a worker has ended abruptly, or a scheduler has gone."""


def hunt(
    request: Request,
    executor: Executor,
    *,
    examine: Examine = examine,
    done: Mapping[Task, Result] | None = None,
    record: Callable[[Task, Result], None] = lambda task, result: None,
    configurations: int | None = None,
    ahead: int = 1,
    stop: Callable[[], bool] = lambda: False,
    report: Callable[[Tally], None] = lambda progress: None,
) -> Answer:
    """Look for a counterexample, and return what all results amount to, those known before included.

    ``executor``: who examines; ``ahead``: how many tasks it is given at once. ``done``: results from before,
    which are not computed again; ``record`` is called with every new one as soon as it is there.
    ``configurations``: so many are gone through, each up to its first counterexample, and the smallest of
    these is the answer; None: the hunt goes on to the first of all in the order of the tasks, and what was
    examined beyond it plays no part. So the answer does not depend on the executor or on interruptions,
    unless ``stop``, which is asked every now and then, ends the hunt before its time. The executor may then
    still be at a few tasks that nobody waits for.

    Raises :class:`LostWorkerError` if a worker ends abruptly, and what an examination raises.

    >>> from concurrent.futures import ThreadPoolExecutor
    >>> request = Request("distinctness-preserved", "general", (), 2, 1, 1)
    >>> with ThreadPoolExecutor(1) as threads:
    ...     hunt(request, threads).status
    'found'
    """
    if excluding_lemma(request) is not None:
        return gathered(request, {})
    results = dict(done or {})
    agenda = Agenda(request, configurations, dict(results))
    flying: dict[Future[Result], Task] = {}
    while not stop():
        while len(flying) < ahead and (task := agenda.take()) is not None:
            flying[executor.submit(examine, request, task, TASK_LIMIT)] = task
        if not flying:
            break
        for future in wait(flying, _PATIENCE, FIRST_COMPLETED).done:
            task, result = flying.pop(future), _result(future)
            record(task, result)
            results[task] = result
            agenda.finish(task, result)
        # Not cancelled: some executors cannot be ended at once with cancelled futures in them.
        flying = {future: task for future, task in flying.items() if not agenda.overtaken(task)}
        report(agenda.progress)
    return gathered(request, results, configurations)


def _result(future: Future[Result]) -> Result:
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):
        raise LostWorkerError(
            "workers: a task was lost, as a worker or the scheduler has ended abruptly"
        ) from None
