"""Configurations and linear programs a second: ``python -m tests.benchmarks.hunts [CONFIGURATIONS]``.

From the root of the repository. Each hunt goes through so many configurations (default 40), in the calling
process, where its processor time counts, and with two processes that have started before, which have to find
the same.
"""

from __future__ import annotations

import sys
from concurrent.futures import Executor
from contextlib import nullcontext
from time import perf_counter, process_time

from exactdyn.hunts.answer import Answer
from exactdyn.hunts.hunt import hunt
from exactdyn.hunts.request import Request
from exactdyn.work.executors import InCaller
from exactdyn.work.processes import processes

REQUESTS = (
    Request("norm-growth", "general", (), 3, 2, 2),
    Request("norm-growth", "positive-semidefinite", (), 4, 2, 2),
    Request("norm-growth", "general", (), 8, 3, 2),
    Request("distinctness-preserved", "general", (), 4, 2, 2),
    Request("convergence", "symmetric", (), 5, 3, 10),
)


def timed(request: Request, executor: Executor, workers: int, count: int) -> tuple[float, Answer]:
    """Hunt, and return how long it took."""
    clock = process_time if workers == 1 else perf_counter
    start = clock()
    answer = hunt(request, executor, configurations=count, ahead=2 * workers)
    return clock() - start, answer


def main(arguments: list[str]) -> None:
    """Print a line a hunt and number of workers."""
    count = int(arguments[0]) if arguments else 40
    print(
        f"{'statement':24s}{'class':24s}  n  d  workers  seconds  conf./s  LPs/s  limits/s  counterexamples"
    )
    answers: list[Answer] = []
    for workers, crew in ((1, nullcontext(InCaller())), (2, processes(2))):
        with crew as executor:
            timed(REQUESTS[0], executor, workers, 2 * workers)
            for request in REQUESTS:
                seconds, answer = timed(request, executor, workers, count)
                answers.append(answer)
                searched = answer.searched
                rates = [f"{x / seconds:8.1f}" for x in (count, searched.programs, searched.runs)]
                size = f"{request.count:2d} {request.dimension:2d}  {workers:7d} {seconds:8.2f}"
                names = f"{request.statement:24s}{request.kind:24s}"
                print(f"{names} {size} {' '.join(rates)} {sum(searched.found.values()):6d}", flush=True)
    if answers[: len(REQUESTS)] != answers[len(REQUESTS) :]:
        raise SystemExit("the answers depend on the number of workers")


if __name__ == "__main__":
    main(sys.argv[1:])
