"""Processes beside this one: they do not hear Ctrl-C, and none outlives the process that started it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class _Processes(ProcessPoolExecutor):
    """Processes that do not hear Ctrl-C, which a terminal sends to all, from their first moment on."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        # Processes are started here, and take over what is blocked; this one hears of it afterwards.
        if not hasattr(signal, "pthread_sigmask"):
            return super().submit(fn, *args, **kwargs)
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return super().submit(fn, *args, **kwargs)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def processes(
    count: int, start: str | None = "spawn", prepare: Callable[[], object] | None = None
) -> Iterator[Executor]:
    """Keep so many processes, from the main thread; at the end they are ended, whatever they are at.

    ``start``: how they are started, None for what is usual on the system. ``prepare``: called in each of them
    before it gets work.

    >>> with processes(2, None) as executor:
    ...     executor.submit(max, 1, 2).result()
    2
    """
    pool = _Processes(count, get_context(start), initializer=_begin, initargs=(prepare,))
    try:
        yield pool
    finally:
        # Once told not to wait, a pool forgets this thread; one that is not done when Python ends complains.
        manager: threading.Thread | None = getattr(pool, "_executor_manager_thread", None)
        pool.shutdown(wait=False, cancel_futures=True)
        for process in active_children():
            process.terminate()
        if manager is not None:
            manager.join()


def available_cores() -> int:
    """Return how many cores this process may use.

    >>> available_cores() >= 1
    True
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _begin(prepare: Callable[[], object] | None) -> None:
    # A process that is killed cannot end its workers; nor would they notice while they compute.
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.join,), daemon=True).start()
    if prepare is not None:
        prepare()


def _outlive(join: Callable[[], None]) -> None:
    join()
    os._exit(1)
