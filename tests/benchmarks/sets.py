"""Attention sets beside the plain kernel's: ``python -m tests.benchmarks.sets [COUNT]``, 100,000 by default.

Every row that floats compare is counted, of runs in one to eight dimensions whose rows are all compared in
parts (:mod:`exactdyn.kernel.floats.parts`), which otherwise is done for thousands of tokens only: random
tokens, tokens on a sphere, in clusters, on a lattice full of ties, on a line, many at one point, far from the
origin; A = I, -I and random. Then 5,000 tokens each in three, five and eight dimensions, two layers, as they
are run. All sets are compared. The exit status is 1 if one differs.
"""

from __future__ import annotations

import sys
from time import process_time

import numpy as np

from exactdyn.kernel.floats import parts
from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax
from tests.judges.plain import plain_run
from tests.kernel.floats.clouds import SHAPES, cloud

LAYERS = 6


def compared(seed: int, count: int, layers: int, dimension: int) -> tuple[int, int]:
    """Run one system both ways; return how many rows were compared by floats, and how many sets differ."""
    rng = np.random.default_rng(seed)
    tokens = from_floats(cloud(rng, SHAPES[seed % len(SHAPES)], count, dimension))
    square = rng.integers(-8, 9, (dimension, dimension)) / 4.0
    matrix = (np.eye(dimension), -np.eye(dimension), square)[seed // len(SHAPES) % 3]
    system = Hardmax(from_floats(matrix), ("1/2", "2", "1", "0.1")[seed % 4])
    run = system.run(tokens, layers)
    plain = plain_run(system, tokens, layers)
    differing = sum(
        own != other
        for k in range(layers + 1)
        for own, other in zip(run.attention(k), plain.itinerary[k], strict=True)
    )
    return run.recording.work.rows, differing


def main() -> int:
    """Compare, and say how many."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    rows = differing = seed = 0
    least, parts.LEAST_PAIRS = parts.LEAST_PAIRS, 0
    while rows < wanted:
        own, wrong = compared(seed, 30 + seed * 37 % 200, LAYERS, 1 + seed * 5 % 8)
        rows, differing, seed = rows + own, differing + wrong, seed + 1
    print(f"{rows:,} rows of {seed} runs, {differing} sets differ, {process_time():.0f} s", flush=True)
    parts.LEAST_PAIRS = least
    for dimension in (3, 5, 8):
        own, wrong = compared(7 * dimension, 5000, 2, dimension)
        differing += wrong
        print(f"{own:,} rows of 5,000 tokens, d = {dimension}, {wrong} sets differ", flush=True)
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
