"""A Dask cluster as an executor."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from typing import TYPE_CHECKING

from exactdyn.errors import InputError

if TYPE_CHECKING:
    from distributed import Client

SCHEDULER_PATIENCE = 3
"""Seconds after which a scheduler that does not answer is unreachable."""


class ClusterError(InputError):
    """A cluster cannot do the work: none answers, or it does not have what is needed."""


@contextmanager
def dask(address: str, package: str) -> Iterator[tuple[Executor, int]]:
    """Connect to a Dask cluster; yields an executor and the number of its workers' threads.

    ``package``: what the work is done with; scheduler and workers must have it in the version that is here.
    Raises :class:`ClusterError` if the package distributed is missing, no scheduler answers or the cluster
    has another version.

    >>> with dask("nowhere", "exactdyn") as (executor, count):  # doctest: +ELLIPSIS
    ...     pass
    Traceback (most recent call last):
    exactdyn.work.cluster.ClusterError: requires the ...
    """
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            f"requires the package distributed (in a clone of {package}: pip install '.[cluster]')"
        ) from None
    for logger in ("distributed", "distributed.client"):  # what goes wrong is told in our own words
        logging.getLogger(logger).setLevel(logging.CRITICAL)
    _require_scheduler(address)
    client = Client(address, timeout=SCHEDULER_PATIENCE, set_as_default=False)
    try:
        _require_version(client, package)
        executor = client.get_executor(pure=False)
        try:
            yield executor, max(1, sum(client.nthreads().values()))
        finally:
            executor.shutdown(wait=False)
    finally:
        client.close()


async def _greet(address: str) -> None:
    from distributed.comm import connect

    await (await asyncio.wait_for(connect(address, SCHEDULER_PATIENCE), SCHEDULER_PATIENCE + 1)).close()


def _require_scheduler(address: str) -> None:
    # A Client that finds none leaves a half-open one behind, which complains when Python ends.
    try:
        asyncio.run(_greet(address))
    except Exception:  # whatever else answers there may say anything
        wanted = "requires the address of a scheduler such as tcp://host:8786"
        raise ClusterError(f"{wanted}, none answers at {address!r}") from None


def _require_version(client: Client, package: str) -> None:
    # Otherwise a worker may answer another question than the one that is asked here.
    ours = version(package)
    wanted = f"requires {package} {ours} on scheduler and workers"
    installed = partial(version, package)
    try:
        found: Mapping[str, str] = client.run(installed)
        found = {"the scheduler": client.run_on_scheduler(installed), **found}
    except ImportError:  # the error of importlib.metadata for a package that is not there is one
        raise ClusterError(f"{wanted}, got none") from None
    for where, theirs in found.items():
        if theirs != ours:
            raise ClusterError(f"{wanted}, got {theirs} on {where}")
