"""How time grows with the tokens: ``python -m tests.benchmarks.growth``, from the root of the repository.

Normal tokens in d = 2, 50 layers, conversion of the input and all attention sets included; the best of three.
The exponent is that of the time between 10^4 and 10^5 tokens; the memory is the process's peak so far.
"""

from __future__ import annotations

import resource
import time
from math import log10

import numpy as np

from exactdyn.numbers.reading import from_floats
from exactdyn.systems.hardmax import Hardmax

LAYERS = 50


def seconds(tokens: np.ndarray, matrix: np.ndarray) -> float:
    """Time one run and the reading of all its attention sets."""
    start = time.perf_counter()
    run = Hardmax(from_floats(matrix), "1/2").run(from_floats(tokens), LAYERS)
    for layer in range(LAYERS + 1):
        run.attention(layer)
    return time.perf_counter() - start


def main() -> None:
    """Print a line a matrix."""
    rng = np.random.default_rng(1)
    for name, matrix in (("I", np.eye(2)), ("random", rng.standard_normal((2, 2))), ("-I", -np.eye(2))):
        times = []
        for count in (10_000, 100_000):
            tokens = rng.standard_normal((count, 2))
            times.append(min(seconds(tokens, matrix) for _ in range(3)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        few, many = times
        line = f"{name:6s}  10^4: {few:.3f} s  10^5: {many:.3f} s"
        print(f"{line}  n^{log10(many / few):.2f}  {peak} MB", flush=True)


if __name__ == "__main__":
    main()
