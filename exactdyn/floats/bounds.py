"""How far a float run that is led by the exact sets can be off: proved, so that signs may rest on it.

The standard model of arithmetic, fl(x op y) = (x op y)(1 + delta) with |delta| <= u = 2**-53, and a sum of
m products within about m u of the sum of their sizes, in any order. The factors 1.01 make up for the terms of
second order and for the rounding of the bounds themselves.
Source: Higham, Accuracy and Stability of Numerical Algorithms (2nd edition, 2002), sections 2.2 and 3.1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from exactdyn.floats.attended import Attended
from exactdyn.kernel.floats.shadow import SCORE_UNDERFLOW, U


def state_bounds(start: np.ndarray, steps: Sequence[Attended]) -> np.ndarray:
    """Return for each state of :func:`~exactdyn.floats.runs.follow` in float64 how far it is off.

    ``start``: p x d float64, the exact points. The bound is for every coordinate. The exact step
    (1 - tau) z + tau c is a convex combination, so it does not enlarge an error, and no coordinate ever
    exceeds the largest at the start, M. Rounded are the mean of m points (at most m + 2 times), the
    difference, tau, the product and the sum, each for u M or 2 u M: (m + 9) u M together.
    Source: lemma ``convex-step`` in ``proofs_checks/FORMAT.md``; Higham (2002), section 2.2.

    >>> float(state_bounds(np.array([[1.0]]), [Attended(((0,),))])[1]) < 1.2e-15
    True
    """
    largest = float(np.abs(start).max())
    most = np.array([max(map(len, step.sets)) if step.ties else 1 for step in steps])
    each = 1.01 * (most + 9) * U * largest + SCORE_UNDERFLOW
    bounds: np.ndarray = np.concatenate([[0.0], 1.01 * np.cumsum(each)])
    return bounds


def gap_bound(start: np.ndarray, error: float) -> float:
    """Return how far a difference of two inner products of points is off that are off by ``error``.

    ``start``: p x d float64, the exact points. An inner product of two points within e of others of size at
    most M is off by at most d (2 M e + e^2), and its rounding by d u (M + e)^2 for each of d terms.
    Source: Higham (2002), section 3.1.

    >>> gap_bound(np.array([[1.0]]), 0.0) < 1e-15 < gap_bound(np.array([[1.0]]), 1e-15)
    True
    """
    dimension, largest = start.shape[1], float(np.abs(start).max())
    inputs = dimension * (2 * largest * error + error**2)
    roundings = (dimension + 3) * dimension * U * (largest + error) ** 2
    return float(2.02 * (inputs + roundings) + SCORE_UNDERFLOW)


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
