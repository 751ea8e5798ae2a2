"""Who does the work of a hunt: the calling process, processes beside it, or a Dask cluster."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from importlib.metadata import version as metadata_version
from types import FrameType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from exactdyn.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

SCHEDULER_PATIENCE = 3
"""Seconds after which a scheduler that does not answer is unreachable."""

P = ParamSpec("P")
T = TypeVar("T")


class InCaller(Executor):
    """Does everything at once, in the calling process.

    >>> InCaller().submit(max, 1, 2).result()
    2
    """

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call a function; what it raises is kept in the future, but for Ctrl-C."""
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

    Raised in the midst of waiting for others it may leave a lock behind for which they wait for ever.
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


@contextmanager
def dask(address: str, version: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a Dask cluster; yields an executor and the number of its workers' threads.

    ``version``: of exactdyn, which the workers must have, too. Raises :class:`~exactdyn.errors.InputError` if
    the package distributed is missing, no scheduler answers or the workers have another version.
    """
    try:
        from distributed import Client
    except ImportError:
        raise InputError(
            "--dask: requires the package distributed (in a clone of exactdyn: pip install '.[cluster]')"
        ) from None
    for logger in ("distributed", "distributed.client"):  # what goes wrong is told in our own words
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    _require_scheduler(address)
    client = Client(address, timeout=SCHEDULER_PATIENCE, set_as_default=False)
    try:
        _require_version(client, version)
        executor = client.get_executor(pure=False)
        try:
            yield executor, max(1, sum(client.nthreads().values()))
        finally:
            executor.shutdown(wait=False)
    finally:
        client.close()


def _raise_overtime(number: int, frame: FrameType | None) -> None:
    raise OvertimeError


async def _greet(address: str) -> None:
    from distributed.comm import connect

    await (await asyncio.wait_for(connect(address, SCHEDULER_PATIENCE), SCHEDULER_PATIENCE + 1)).close()


def _require_scheduler(address: str) -> None:
    # A Client that finds none leaves a half-open one behind, which complains when Python ends.
    try:
        asyncio.run(_greet(address))
    except Exception:  # whatever else answers there may say anything
        wanted = "requires the address of a scheduler such as tcp://host:8786"
        raise InputError(f"--dask: {wanted}, none answers at {address!r}") from None


def _require_version(client: Client, version: str) -> None:
    try:
        found: Mapping[str, str] = client.run(_installed_version)
        found = {"the scheduler": client.run_on_scheduler(_installed_version), **found}
    except ImportError:
        raise InputError(f"--dask: requires exactdyn {version} on scheduler and workers, got none") from None
    for where, theirs in found.items():
        if theirs != version:
            wanted = f"requires exactdyn {version} on scheduler and workers"
            raise InputError(f"--dask: {wanted}, got {theirs} on {where}")


def _installed_version() -> str:
    return metadata_version("exactdyn")
