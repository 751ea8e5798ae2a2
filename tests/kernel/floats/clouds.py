"""Tokens of several shapes, as floats."""

from __future__ import annotations

import numpy as np

SHAPES = ("normal", "sphere", "clusters", "lattice", "line", "copies", "far away")


def cloud(rng: np.random.Generator, shape: str, count: int, dimension: int) -> np.ndarray:
    """Return tokens of a shape."""
    rows = rng.standard_normal((count, dimension))
    if shape == "sphere":
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
    if shape == "clusters":
        return rng.standard_normal((4, dimension))[rng.integers(4, size=count)] + 2.0**-12 * rows
    if shape == "lattice":
        return rng.integers(-3, 4, rows.shape) / 4.0
    if shape == "line":
        return np.outer(rng.integers(-9, 10, count) / 8.0, np.arange(1, dimension + 1) / 4.0)
    if shape == "copies":
        return rows[rng.integers(max(1, count // 3), size=count)]
    return 2.0**20 + np.round(rows * 16) / 16 if shape == "far away" else rows
