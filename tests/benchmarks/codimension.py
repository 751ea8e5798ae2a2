"""A hunt for more limits than the codimension conjecture allows, where eigenvalues are simple and real.

    python -m tests.benchmarks.codimension [SEED]

For 2 x 2 matrices V with entries 0, 1, 2 and two different real eigenvalues, k = 1 or 2 of them positive,
six forms B = Q^T K and three sets of tokens, softmax attention is run in floating point, and the different
limits of the rescaled coordinates along the k positive eigenvalues are counted: the conjecture of arXiv
2305.05465 v6, as a public Lean text transcribes it, allows three. Printed are the systems with four or more,
and how many were looked at. Nothing here is a proof; what is found is to be proved by other means.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import count, product

import numpy as np
from scipy.integrate import solve_ivp

FORMS = {
    "I": [[1, 0], [0, 1]],
    "-I": [[-1, 0], [0, -1]],
    "diag(1, -1)": [[1, 0], [0, -1]],
    "diag(1, 0)": [[1, 0], [0, 0]],
    "swap": [[0, 1], [1, 0]],
    "turn": [[1, -1], [1, 1]],
}
GROWTH = 1e3
"""The slowest positive direction has grown by this factor where the limits are looked at."""

STEPS = 20_000
"""How often the velocities are evaluated before a system is given up."""

NEAR = 2e-2
"""Limits nearer than this are one."""


def main(arguments: list[str]) -> None:
    """Print every system with four or more limits, and the counts."""
    generator = random.Random(int(arguments[0]) if arguments else 1)
    counts: Counter[tuple[int, int]] = Counter()
    for V, name, tokens in systems(generator):
        found = limits(np.array(V), np.array(FORMS[name]), np.array(tokens))
        if found is None:
            counts[0, 0] += 1
            continue
        k, points = found
        counts[k, len(points)] += 1
        if len(points) > 3:
            print(f"V = {V}, B = {name}, tokens {tokens}: {len(points)} limits", flush=True)
    for (k, many), often in sorted(counts.items()):
        print(
            f"k = {k}, {many} limits: {often} systems" if k else f"not near a limit in time: {often} systems"
        )


def systems(generator: random.Random) -> Iterator[tuple[list[list[float]], str, list[list[float]]]]:
    """Yield every matrix with every form and a rectangle, five points of a lattice and five others."""
    for a, b, c, d in product((0, 1, 2), repeat=4):
        if (a - d) ** 2 + 4 * b * c <= 0 or (a + d <= 0 and a * d - b * c >= 0):
            continue  # complex or double eigenvalues, or none positive
        for name in FORMS:
            lattice = [[generator.randint(-2, 2), generator.randint(-2, 2)] for _ in range(5)]
            other = [[generator.uniform(-2, 2), generator.uniform(-2, 2)] for _ in range(5)]
            for tokens in ([[1, 2], [1, -2], [-1, 2], [-1, -2]], lattice, other):
                yield [[a, b], [c, d]], name, tokens


def limits(V: np.ndarray, B: np.ndarray, tokens: np.ndarray) -> tuple[int, list[np.ndarray]] | None:
    """Return k and the different limits along the positive eigenvalues; None where they are not settled."""
    values, vectors = np.linalg.eig(V)
    values, vectors = values.real, vectors.real
    growing = values > 1e-9
    rates = np.where(growing, values, 0)
    form = vectors.T @ B @ vectors
    start = np.linalg.solve(vectors, tokens.T).T

    steps = count(1)

    def slope(time: float, flat: np.ndarray) -> np.ndarray:
        if next(steps) > STEPS:
            raise TimeoutError
        u = flat.reshape(start.shape)
        x = u * np.exp(rates * time)
        logits = x @ form @ x.T
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        mean = weights / weights.sum(axis=1, keepdims=True) @ u
        return np.ravel(values * mean - rates * u)

    end = np.log(GROWTH) / values[growing].min()
    try:
        found = solve_ivp(
            *(slope, (0, end), start.ravel()),
            **{"method": "LSODA", "rtol": 1e-8, "atol": 1e-10, "t_eval": (end * 3 / 4, end)},
        )
    except TimeoutError:
        return None
    if not found.success or not np.isfinite(found.y).all():
        return None
    earlier, later = (column.reshape(start.shape)[:, growing] for column in found.y.T)
    if np.abs(earlier - later).max() > NEAR:
        return None
    points: list[np.ndarray] = []
    for z in later:
        if all(np.abs(z - own).max() > NEAR for own in points):
            points.append(z)
    return int(growing.sum()), points


if __name__ == "__main__":
    main(sys.argv[1:])
