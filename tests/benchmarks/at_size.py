"""Whole commands at machine-learning size: processor time and memory, here and in another checkout.

``python -m tests.benchmarks.at_size [--beside FOLDER] [--seconds N] [--largest M]``: every command is a
process of its own; with a folder, that of another commit, the two alternate. What takes more than N seconds
of processor time is stopped. Sizes of more than M numbers are left out. Certificates to be checked are made
here, for both.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

HERE = Path(__file__).parents[2]

SIZES = [(500, 64), (5_000, 2), (10, 768), (20, 300), (1_694, 100), (5_000, 64), (100_000, 2)]

COMPARED = [(512, 64), (5_000, 2), (1_694, 100)]

CERTIFIED = [(20, 300), (10, 768)]

REPORT = """
import json, resource, subprocess, sys
limit = int(sys.argv[1])
cap = lambda: resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, preexec_fn=cap)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, len(done.stdout)]))
"""


def tokens(count: int, dimension: int) -> np.ndarray:
    """Normal tokens; few in many dimensions like embedding vectors, of one mean and different lengths."""
    draw = np.random.default_rng(count)
    if dimension < 100:
        return draw.standard_normal((count, dimension))
    places = 0.87 * draw.standard_normal(dimension) + 0.5 * draw.standard_normal((count, dimension))
    lengths = np.exp(draw.standard_normal((count, 1)) / 2) / np.sqrt(dimension)
    return (places * lengths).astype(np.float32)


def measured(tree: Path, seconds: int, *arguments: str) -> str:
    """Run one command of a checkout and say what it took."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", REPORT, str(seconds), sys.executable, "-m", "exactdyn", *arguments]
    printed = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=True
    ).stdout
    status, used, megabytes, characters = json.loads(printed)
    if status < 0:
        return f"> {seconds} s, {megabytes:.0f} MB"
    return f"{used:.1f} s, {megabytes:.0f} MB, {characters / 1000:.0f} kB out"


def rows() -> Iterator[tuple[str, int, int]]:
    """Go through the commands with the number of tokens and their dimension."""
    yield from ((command, *size) for size in SIZES for command in ("check", "limit"))
    yield from (("compare", *size) for size in COMPARED)
    yield from (("verify", *size) for size in CERTIFIED)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--largest", type=int, default=10**6)
    given = parser.parse_args()
    trees = [HERE] if given.beside is None else [given.beside, HERE]
    with tempfile.TemporaryDirectory() as folder:
        for command, count, dimension in rows():
            if count * dimension > given.largest:
                continue
            np.save(Path(folder, "tokens.npy"), tokens(count, dimension))
            np.save(Path(folder, "A.npy"), np.random.default_rng(1).standard_normal((dimension, dimension)))
            for name, matrix in (("I", []), ("random", ["--matrix", f"{folder}/A.npy"])):
                asked = [f"{folder}/tokens.npy", "--alpha", "1/2", *matrix]
                if command == "verify":
                    made = f"{folder}/certificate.json"
                    measured(HERE, 10 * given.seconds, "check", *asked, "--certificate", made)
                    asked = [made]
                found = [measured(tree, given.seconds, command, *asked) for tree in trees]
                cells = command, f"{count:,} x {dimension}", name, *found
                print("|", " | ".join(cells), "|", flush=True)


if __name__ == "__main__":
    main()
