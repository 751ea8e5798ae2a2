"""Work in the calling process, within a time, and with Ctrl-C at a moment that does no harm."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from types import FrameType
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InCaller(Executor):
    """Does everything at once, in the calling process.

    >>> InCaller().submit(max, 1, 2).result()
    2
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call a function; what it raises is kept in the future, but for Ctrl-C.

        >>> InCaller().submit(divmod, 1, 0).exception()
        ZeroDivisionError('integer division or modulo by zero')
        """
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class OvertimeError(BaseException):
    """A time limit is reached: raised in the midst of whatever is being done, as KeyboardInterrupt is."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raise :class:`OvertimeError` in the main thread, from which this is called, after so many seconds.

    None is no limit; nor is there one where the system knows no alarms.

    >>> try:
    ...     with time_limit(0.01):
    ...         while True:
    ...             pass
    ... except OvertimeError:
    ...     print("over")
    over
    """
    if seconds is None or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise_overtime)
    # Again and again: what is raised while Python tidies up is lost.
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-3), 0.1)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    finally:  # once more: an alarm may have come in between
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def interruption() -> Iterator[Callable[[], bool]]:
    """Take note of Ctrl-C, and raise KeyboardInterrupt only at the end; yields whether it has come.

    Raised in the midst of waiting for others it may leave a lock behind for which they wait for ever. To be
    called in the main thread.

    >>> with interruption() as interrupted:
    ...     interrupted()
    False
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield lambda: False
        return
    noted: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: noted.append(number))
    try:
        yield lambda: bool(noted)
    finally:
        signal.signal(signal.SIGINT, before)
    if noted:
        raise KeyboardInterrupt


def _raise_overtime(number: int, frame: FrameType | None) -> None:
    raise OvertimeError
