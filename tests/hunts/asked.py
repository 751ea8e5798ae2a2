"""Hunts for tests: made-up examinations that any process can import, and executors of all kinds."""

import os
from contextlib import contextmanager
from fractions import Fraction
from multiprocessing import get_context
from random import Random

import pytest

from exactdyn.hunts.request import Request, Result
from exactdyn.work.executors import InCaller

GENERATED = Request("norm-growth", "general", (), 3, 2, 2)
GIVEN = Request("norm-growth", "general", ((Fraction(1),), (Fraction(-2),)), 2, 1, 1, alpha=Fraction(1))


def made_up(request, task, limit):
    """Decide by the name of the task: a few levels of tasks below, now and then a counterexample."""
    rng = Random(f"{task.index}:{task.place}")
    found, below = rng.random() < 0.1, range(rng.randint(0, 3)) if len(task.place) < 3 else ()
    places = tuple((*task.place, i) for i in rng.sample(below, len(below)))
    if found:
        return Result({"number": task.index}, (rng.randint(1, 99), task.index), below=places, programs=1)
    reason = "too hard" if rng.random() < 0.1 else None
    return Result(piece=[{"at": list(task.place)}], below=places, reason=reason, programs=2, runs=1)


def fatal(request, task, limit):
    """End the process that examines."""
    os._exit(1)


def without_counterexamples(request, task, limit):
    """Decide as :func:`made_up`, but prove that nothing is there where it would find something."""
    result = made_up(request, task, limit)
    return Result(piece=result.piece or [{}], below=result.below)


@contextmanager
def executor(kind):
    """Give an executor of this kind, with two workers if it has any."""
    if kind == "caller":
        yield InCaller()
    elif kind == "threads":
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(2) as threads:
            yield threads
    elif kind == "processes":
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(2, get_context("spawn")) as processes:
            yield processes
    else:
        with cluster() as address:
            from distributed import Client

            with Client(address, set_as_default=False) as client, client.get_executor(pure=False) as dask:
                yield dask


@contextmanager
def cluster():
    """Start a Dask scheduler with two worker processes and yield its address."""
    distributed = pytest.importorskip("distributed", reason="needs the extra cluster")
    settings = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**settings) as local:
        yield local.scheduler_address
