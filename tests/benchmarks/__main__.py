"""All in one table, and what has become slower: ``python -m tests.benchmarks [--record]``, from the root.

Every task runs in turn with its rival, in one process, on one thread of the linear algebra; seconds are
medians of processor time. Compared is the ratio, ours / the rival's, with the ratio in ``figures.json``: what
has become more than 30 % slower is flagged, and the exit status is 1. ``--record`` writes the ratios found as
the new ones.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from pathlib import Path
from time import process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded

from tests.benchmarks.suite import Task, Work, tasks

FIGURES = Path(__file__).with_name("figures.json")
SLOWER = 1.3
ROUNDS = 5
LEAST, ENOUGH = 0.3, 6.0
"""So many seconds a task and its rival run at least, and after so many they are not run once more."""


def timed(work: Work) -> float:
    """Return the processor time that it takes."""
    start = process_time()
    work()
    return process_time() - start


def measured(task: Task) -> tuple[float, float]:
    """Return the medians of our times and of the rival's, after one round that does not count."""
    timed(task.ours), timed(task.theirs)
    ours: list[float] = []
    theirs: list[float] = []
    spent = 0.0
    while (len(ours) < ROUNDS or spent < LEAST) and spent < ENOUGH:
        ours.append(timed(task.ours))
        theirs.append(timed(task.theirs))
        spent += ours[-1] + theirs[-1]
    return statistics.median(ours), statistics.median(theirs)


def main() -> int:
    """Print the table; return 1 if a task is slower than it was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", action="store_true", help="write the ratios found to figures.json")
    record = parser.parse_args().record
    known: dict[str, float] = json.loads(FIGURES.read_text(encoding="utf-8"))
    found: dict[str, float] = {}
    print("| task | seconds | beside it | seconds | ratio | stored | |\n|" + " --- |" * 7)
    for task in tasks():
        ours, theirs = measured(task)
        found[task.name] = float(f"{ours / theirs:.2g}")
        before = known.get(task.name)
        flag = "" if before is None else flagged(found[task.name], before)
        cells = [task.name, f"{ours:.2g}", task.rival, f"{theirs:.2g}", f"{found[task.name]:g}"]
        print("| " + " | ".join([*cells, "" if before is None else f"{before:g}", flag]) + " |", flush=True)
    if record:
        FIGURES.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    slower = [name for name, ratio in found.items() if name in known and flagged(ratio, known[name])]
    if gone := known.keys() - found.keys():
        print("not timed any more: " + ", ".join(sorted(gone)))
    print(f"more than 30 % slower than stored: {', '.join(slower) or 'nothing'}")
    return int(bool(slower))


def flagged(ratio: float, before: float) -> str:
    """Say whether a task is slower than it was."""
    return "SLOWER" if ratio > SLOWER * before else ""


if __name__ == "__main__":
    sys.exit(main())
