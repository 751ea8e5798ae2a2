"""What the guard times: a task of ours, and beside each the work of somebody else on the same machine.

The rival of a run is the loop of a numpy user. What has no rival is measured against the definition in the
standard library's fractions, run on one small system: it does not change when exactdyn does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import cos, pi, sin
from typing import NamedTuple

import numpy as np

from exactdyn import cells, check, compare, hunt, limit, load_example, softmax, verify
from exactdyn.numbers.reading import from_floats
from exactdyn.statements.theorem import limit_certificate
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
    yield from _late_decisions()
    yield "check of the heptagon, over a field", lambda: check(load_example("heptagon"))
    yield "all alpha of emerging-leader", lambda: cells(load_example("emerging-leader"))
    size = {"count": 4, "dimension": 2, "seed": 0, "configurations": 20}
    yield "hunt for norm-growth, 20 configurations", lambda: hunt("norm-growth", kind="symmetric", **size)
    yield "softmax of softmax-polytope to T = 3", lambda: softmax(load_example("softmax-polytope"), 3)
    proof = cache(lambda: softmax(load_example("softmax-polytope"), 3))
    yield "its certificate, checked", lambda: verify(proof().certificate)


def _late_decisions() -> Iterator[tuple[str, Work]]:
    """Limits where graphs change after 2^50 layers and more, and one where rates are complex for ever."""
    slow = _lattice(46, 2, [[4, -7], [9, -3]], Fraction(1, 2**60))
    yield "limit, n = 46, d = 2, alpha = 2^-60", lambda: limit(slow)
    turning = _lattice(45, 4, [[0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]], 10**30)
    yield "limit, n = 45, d = 4, A a permutation, alpha = 10^30", lambda: limit(turning)
    # The corners of a 12-gon, rounded, and the rotation by 30 degrees, rounded.
    corners = [[round(1000 * cos(pi * i / 6)), round(1000 * sin(pi * i / 6))] for i in range(12)]
    chase = Hardmax([[866, -500], [500, 866]], "1/2").run(corners, 0)
    yield "limit of 12 tokens that chase each other", lambda: limit(chase)
    proof = cache(lambda: limit_certificate(chase, limit(chase)))
    yield "its certificate of forms, checked", lambda: verify(proof())


def _lattice(count: int, dimension: int, A: list[list[int]], alpha: Fraction | int) -> Run:
    tokens = np.random.default_rng(0).integers(-20, 21, (count, dimension))
    return Hardmax(A, alpha).run(tokens.tolist(), 0)
