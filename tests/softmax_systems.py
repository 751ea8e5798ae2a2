"""Seeded softmax systems, and the same dynamics once more in floating point."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np

SHEAR = [["1", "3/2"], ["0", "-1/2"]]
"""Eigenvalues 1 and -1/2: a good triple with Q = K = I."""


def tokens(count: int, dimension: int, seed: int) -> list[list[Fraction]]:
    """Tokens k/1024 with k from -1024 to 1024."""
    generator = random.Random(seed)
    return [[Fraction(generator.randint(-1024, 1024), 1024) for _ in range(dimension)] for _ in range(count)]


def floats(rows: Any) -> np.ndarray:
    return np.array([[float(Fraction(x)) for x in row] for row in rows])


def velocity(x: np.ndarray, V: np.ndarray, B: np.ndarray) -> np.ndarray:
    """x_i' = sum_j P_ij V x_j in floating point."""
    logits = x @ B @ x.T
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return (weights / weights.sum(axis=1, keepdims=True)) @ x @ V.T
