"""How far floats of ``exactdyn.sentiment.runs.floats`` can be off: proved, so that signs may rest on them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exactdyn.sentiment.runs.floats import UNDERFLOW, FloatModel, U
from exactdyn.sentiment.runs.steps import Attended


def state_bounds(start: np.ndarray, steps: Sequence[Attended]) -> np.ndarray:
    """Return for each state of :func:`~exactdyn.sentiment.runs.floats.follow` in float64 how far it is off.

    ``start``: p x d float64, the exact points. The bound is for every coordinate. The exact step
    (1 - tau) z + tau c is a convex combination, so it does not enlarge an error, and no coordinate ever
    exceeds the largest at the start, M. Rounded are the mean of m points (at most m + 2 times), the
    difference, tau, the product and the sum, each for u M or 2 u M: (m + 9) u M together.

    >>> float(state_bounds(np.array([[1.0]]), [Attended(((0,),))])[1]) < 1.2e-15
    True
    """
    largest = float(np.abs(start).max())
    most = np.array([max(map(len, step.sets)) if step.ties else 1 for step in steps])
    each = 1.01 * (most + 9) * U * largest + UNDERFLOW
    bounds: np.ndarray = np.concatenate([[0.0], 1.01 * np.cumsum(each)])
    return bounds


def score_bound(form: FloatModel, points: np.ndarray, error: float) -> float:
    """Return how far :meth:`~exactdyn.sentiment.runs.floats.FloatModel.score` is off.

    ``error``: how far the p points in R^d are off. v and b are exact. Of the p + d + 6 roundings none costs
    more than u times |v|_1 M + |b|, the largest value that can occur; the points cost |v|_1 times theirs.
    """
    size = float(np.abs(form.v).sum())
    largest = float(np.abs(points).max() + error) * size + abs(form.b)
    return 1.01 * (size * error + (sum(points.shape) + 6) * U * largest) + UNDERFLOW


def gap_bound(start: np.ndarray, error: float) -> float:
    """Return how far a difference of two inner products of points is off that are off by ``error``."""
    dimension, largest = start.shape[1], float(np.abs(start).max())
    inputs = dimension * (2 * largest * error + error**2)
    roundings = (dimension + 3) * dimension * U * (largest + error) ** 2
    return float(2.02 * (inputs + roundings) + UNDERFLOW)


def smallest_gap(products: np.ndarray, steps: Sequence[Attended]) -> float:
    """Return the smallest gap between what a point attends and the next best, in floats.

    ``products``: the inner products of the points, layer x p x p, ``steps``: the exact sets of these layers.
    Infinite if everybody attends everybody.

    >>> smallest_gap(np.array([[[4.0, 2.0], [2.0, 1.0]]]), [Attended(((0,), (0,)))])
    1.0
    """
    smallest = float("inf")
    for own, step in zip(products, steps, strict=True):
        points = np.arange(len(own))
        best = own[points, step.firsts]
        others = own.copy()
        others[step.pairs] = -np.inf
        smallest = min(smallest, float((best - others[points, others.argmax(axis=1)]).min()))
    return smallest
