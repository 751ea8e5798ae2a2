"""What a kind costs: ``python -m tests.benchmarks.kinds [--rounds N]``, from the root of the repository.

Everything runs in this one process, in turn, conversion of the input included; times are medians of
processor time. First schedules of one A against the constant step, at the sizes of the kernel's benchmark.
The list that has the constant step at every layer of the run, and another one after it, says what a schedule
costs: the states are the same. A formula near the constant step moves tokens otherwise, so that it may be
settled some layers later; that of Frank and Wolfe starts with a step of 1, which takes every token onto what
it attends: copies and ties, which is other work. So it is to be compared with the constant step after a
first one of 1, which has the same layer 1. Then the general kind, a causal mask and two heads with matrices
of their own, against the loop that a competent numpy user would write. Asked for are the last state in
floats and who attended whom at every layer (of numpy a boolean matrix a layer and head), and all attention
sets as sets.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from collections.abc import Callable, Mapping

THREADS = os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the same for all, before numpy is loaded

import numpy as np  # noqa: E402

from exactdyn.numbers.reading import from_floats  # noqa: E402
from exactdyn.systems.hard_attention import HardAttention  # noqa: E402
from exactdyn.systems.hardmax import Hardmax  # noqa: E402
from exactdyn.systems.head import Head  # noqa: E402
from tests.benchmarks import rivals  # noqa: E402
from tests.benchmarks.workloads import ALPHA, Workload, workloads  # noqa: E402

Step = str | list[str] | None

SCHEDULES: dict[str, Step] = {
    "constant": None,
    "listed": "listed",
    "near it": "(k+2)/(3*k+5)",
    "1, 1/3": ["1", "1/3"],
    "2/(k+2)": "2/(k+2)",
}
"""The step tau by name; None for the constant one, "listed" for a list of it."""

TOKENS, DIMENSION, LAYERS = 128, 2, 8

Runner = Callable[[], object]


def medians(runners: Mapping[str, Runner], rounds: int) -> dict[str, float]:
    """Return the median processor time of each, run in turn."""
    times: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(rounds):
        for name, runner in runners.items():
            start = time.process_time()
            runner()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(own) for name, own in times.items()}


def scheduled(load: Workload, tau: Step) -> object:
    """Run a workload with a schedule: the last state, and who attended whom."""
    matrix = None if load.matrix is None else from_floats(load.matrix)
    if tau == "listed":
        tau = [str(ALPHA / (1 + ALPHA))] * load.layers + ["1/2"]
    system = Hardmax(matrix, ALPHA) if tau is None else Hardmax(matrix, tau=tau)
    run = system.run(rivals.as_exact(load.tokens), load.layers - 1)
    return run.floats(load.layers - 1), run.itinerary


def general_input() -> tuple[np.ndarray, list[np.ndarray], list[np.ndarray]]:
    """Return tokens, the matrices of scores of two heads, and their value matrices, no multiples of I."""
    rng = np.random.default_rng(2508_09628)
    tokens = rng.standard_normal((TOKENS, DIMENSION))
    forms = list(rng.standard_normal((2, DIMENSION, DIMENSION)))
    values = [np.array([[1.5, 0.25], [0.0, 2.0]]), np.array([[0.5, -0.25], [0.125, 1.0]])]
    return tokens, forms, values


def general_exactly(tokens: np.ndarray, forms: list[np.ndarray], values: list[np.ndarray]) -> HardAttention:
    """Return the system of :func:`general_floats`."""
    del tokens
    heads = [
        Head(from_floats(A), V=from_floats(V), mask="causal") for A, V in zip(forms, values, strict=True)
    ]
    return HardAttention(heads, ALPHA)


def general_floats(
    tokens: np.ndarray, forms: list[np.ndarray], values: list[np.ndarray]
) -> tuple[np.ndarray, list[list[np.ndarray]]]:
    """The loop that a competent numpy user would write, ties by equality of floats."""
    alpha, count = float(ALPHA), len(tokens)
    unseen = np.triu(np.ones((count, count), dtype=bool), 1)
    inverse = np.linalg.inv(np.eye(DIMENSION) + alpha * sum(values))
    parts = [inverse @ (alpha * V) for V in values]
    z = tokens.copy()
    masks: list[list[np.ndarray]] = []
    for layer in range(LAYERS):
        masks.append([])
        for A in forms:
            scores = z @ A.T @ z.T
            scores[unseen] = -np.inf
            masks[-1].append(scores == scores.max(axis=1, keepdims=True))
        if layer + 1 < LAYERS:
            pulls = [m / m.sum(axis=1, keepdims=True) @ z - z for m in masks[-1]]
            z = z + sum(pull @ P.T for pull, P in zip(pulls, parts, strict=True))
    return z, masks


def compare_schedules(rounds: int) -> None:
    """Print what schedules cost at every size, as times and as multiples of the constant step."""
    print("tokens      n    d    K  A       " + "".join(f"{name:>12s}" for name in SCHEDULES) + "   ratios")
    for load in workloads():
        n, d = load.shape
        if load.name not in ("normal", "digits") or n > 10_000:
            continue
        found = medians(
            {name: lambda tau=tau, own=load: scheduled(own, tau) for name, tau in SCHEDULES.items()}, rounds
        )
        cells = "".join(f"{seconds:12.4f}" for seconds in found.values())
        ratios = "".join(f"{seconds / found['constant']:8.2f}" for seconds in found.values())
        print(f"{load.name:9s}{n:4d} {d:4d} {load.layers:4d}  {load.A:6s}  {cells}  {ratios}", flush=True)


def compare_general(rounds: int) -> None:
    """Print what the general kind costs, and by how much more than the numpy loop."""
    given = general_input()

    def state() -> object:
        run = general_exactly(*given).run(from_floats(given[0]), LAYERS - 1)
        return run.floats(LAYERS - 1), run.recording.head_attention(LAYERS - 1)

    def sets() -> object:
        run = general_exactly(*given).run(from_floats(given[0]), LAYERS - 1)
        return [run.recording.head_attention(layer) for layer in range(LAYERS)]

    def their_sets() -> object:
        return [[rivals.as_sets(mask) for mask in own] for own in general_floats(*given)[1]]

    if [list(own) for own in sets()] != their_sets():
        raise SystemExit("the kernel and numpy disagree")
    found = medians(
        {"state": state, "masks": lambda: general_floats(*given), "sets": sets, "numpy": their_sets}, rounds
    )
    print(f"\ncausal mask, two heads with A and V of their own, n = {TOKENS}, d = {DIMENSION}, K = {LAYERS}:")
    for own, rival in (("state", "masks"), ("sets", "numpy")):
        ratio = found[own] / found[rival]
        print(f"{own:6s} {found[own]:8.4f}   numpy {found[rival]:8.4f}   ratio {ratio:.2g}")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=("schedules", "general"))
    chosen = parser.parse_args()
    print(f"seconds, medians of {chosen.rounds}; OPENBLAS_NUM_THREADS={THREADS}")
    if chosen.only != "general":
        compare_schedules(chosen.rounds)
    if chosen.only != "schedules":
        compare_general(chosen.rounds)


if __name__ == "__main__":
    main()
