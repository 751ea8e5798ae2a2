"""What the guard times: a task of ours, and beside each the work of somebody else on the same machine.

The rival of a run is the loop of a numpy user. What has no rival is measured against the definition in the
standard library's fractions, run on one small system: it does not change when exactdyn does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import numpy as np

from exactdyn import cells, check, compare, hunt, limit, load_example, softmax, verify
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import Run
from tests.benchmarks import rivals
from tests.benchmarks.workloads import ALPHA, Workload, workloads
from tests.random_systems import definite_system

Work = Callable[[], object]

YARDSTICK = "the definition in fractions"
NUMPY = "numpy, states and masks"
SETS = "numpy, sets"


class Task(NamedTuple):
    """A piece of our work, and the rival it is measured against."""

    name: str
    ours: Work
    rival: str
    theirs: Work


def tasks() -> Iterator[Task]:
    """All that is timed, the quick ones first."""
    for load in workloads():
        if load.name == "normal" and len(load.tokens) <= 2000:
            n, d = load.shape
            size = f"n = {n}, d = {d}, K = {load.layers}, A = {load.A}"
            yield Task(f"run, {size}", _on(rivals.filtered_masks, load), NUMPY, _on(rivals.float_masks, load))
            yield Task(f"sets, {size}", _on(rivals.filtered, load), SETS, _on(rivals.vectorised_floats, load))
    yield from _about_runs()
    for name, work in _others():
        yield Task(name, work, YARDSTICK, yardstick)


def yardstick() -> object:
    """Run the definition on 24 tokens in the plane through 4 layers."""
    tokens = [[Fraction(i * i % 17, 7), Fraction(i * 5 % 13, 3)] for i in range(24)]
    return rivals.plain_fractions(tokens, None, ALPHA, 4)


def _on(runner: Callable[..., object], load: Workload) -> Work:
    return lambda: runner(load.tokens, load.matrix, load.alpha, load.layers)


@dataclass(frozen=True)
class _Random:
    count: int
    dimension: int
    layers: int

    @property
    def tokens(self) -> np.ndarray:
        return np.random.default_rng(self.count).standard_normal((self.count, self.dimension))

    def run(self) -> Run:
        return Hardmax(None, ALPHA).run(from_floats(self.tokens), self.layers)

    def rival(self) -> object:
        return rivals.float_masks(self.tokens, None, ALPHA, self.layers)


def _about_runs() -> Iterator[Task]:
    questions: tuple[tuple[str, Callable[[Run], object], _Random], ...] = (
        ("check", check, _Random(500, 64, 30)),
        ("limit", limit, _Random(500, 64, 30)),
        ("limit", limit, _Random(2000, 2, 30)),
        ("compare", compare, _Random(512, 64, 20)),
    )
    for name, question, size in questions:
        of = f"n = {size.count}, d = {size.dimension}, K = {size.layers}, A = I"
        yield Task(f"{name}, {of}", lambda ask=question, size=size: ask(size.run()), NUMPY, size.rival)


def _others() -> Iterator[tuple[str, Work]]:
    systems = [definite_system(seed) for seed in range(40)]
    runs = [Hardmax(system.A, system.alpha).run(system.tokens, 0) for system in systems]
    yield "limits of 40 random systems, A definite", lambda: [limit(run) for run in runs]
    certificates = [check(run).certificate for run in runs]
    yield "their certificates, checked", lambda: [verify(certificate) for certificate in certificates]
    yield "check of the heptagon, over a field", lambda: check(load_example("heptagon"))
    yield "all alpha of emerging-leader", lambda: cells(load_example("emerging-leader"))
    size = {"count": 4, "dimension": 2, "seed": 0, "configurations": 20}
    yield "hunt for norm-growth, 20 configurations", lambda: hunt("norm-growth", kind="symmetric", **size)
    yield "softmax of softmax-polytope to T = 3", lambda: softmax(load_example("softmax-polytope"), 3)
    proof = cache(lambda: softmax(load_example("softmax-polytope"), 3))
    yield "its certificate, checked", lambda: verify(proof().certificate)
