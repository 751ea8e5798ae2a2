"""What a summary of a long hunt costs: ``python -m tests.benchmarks.summaries [CONFIGURATIONS]``.

The results of a real hunt of REAL configurations are repeated up to so many (default 100,000), each
counterexample as if it had been shrunk from another one; then the whole command ``hunt --summary`` is run.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from exactdyn.hunts.effort import Effort, pursue
from exactdyn.hunts.request import Request, Result, Task
from exactdyn.hunts.store import open_store
from exactdyn.hunts.tokens.configurations import configuration

REAL = 500
REQUEST = Request("leaders-persist", "positive-definite", (), 2, 1, 1, dropped=frozenset({"positive-alpha"}))
ASKED = "leaders-persist --class positive-definite --drop positive-alpha --tokens 2 --dim 1 --layers 1"


def main(arguments: list[str]) -> None:
    """Fill a store and print what the command says of it, and the seconds of processor time it took."""
    count = int(arguments[0]) if arguments else 100_000
    real: dict[Task, Result] = {}
    pursue(REQUEST, Effort(REAL, workers=1), real)
    with TemporaryDirectory() as folder:
        path = Path(folder, "hunt.sqlite")
        with open_store(path, REQUEST, version("exactdyn")) as store:
            for index in range(count):
                store.add(Task(index), _as_at(index, real[Task(index % REAL)]))
        print(f"{count} configurations in {path.stat().st_size / 1e6:.1f} MB")
        own = ["hunt", *ASKED.split(), "--configurations", str(count), "--store", str(path), "--summary"]
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        print(subprocess.run([sys.executable, "-m", "exactdyn", *own], capture_output=True, text=True).stdout)
        print(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before:.2f} s of processor time")


def _as_at(index: int, result: Result) -> Result:
    began = None if result.began is None else {**result.began, "labels": [f"{index}a", f"{index}b"]}
    return replace(result, began=began, origin=configuration(REQUEST, index).origin)


if __name__ == "__main__":
    main(sys.argv[1:])
