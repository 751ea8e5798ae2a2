"""A model in floats: its score with a bound, and the softmax model's run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exactdyn.kernel.floats.shadow import SCORE_UNDERFLOW, U
from exactdyn.numbers.reading import nearest_float
from exactdyn.sentiment.model.model import Model

NEGLIGIBLE = -746.0
"""Below this the exponential function is zero in float64."""


@dataclass(frozen=True, eq=False)
class FloatModel:
    """A model's layers and decoder in floats: ``v`` and ``b`` exactly, the step ``tau`` rounded.

    >>> from exactdyn.sentiment.model.load import load_model
    >>> float_model(load_model("handmade")).tau
    0.6
    """

    v: np.ndarray
    b: float
    tau: float
    temperature: float

    def score(self, points: np.ndarray, weights: np.ndarray) -> float:
        """Return the decoder's value at the mean of weighted points, p x d.

        Source: arXiv 2407.01602, section 4, in floats.

        >>> form = FloatModel(np.array([2.0, 0.0]), 0.5, 0.5, 1.0)
        >>> form.score(np.array([[1.0, 0.0], [0.0, 3.0]]), np.array([3.0, 1.0]))
        2.0
        """
        return float(weights @ points / weights.sum() @ self.v) + self.b


def float_model(model: Model) -> FloatModel:
    """Return a model in floats.

    >>> from exactdyn.sentiment.model.load import load_model
    >>> float_model(load_model("handmade")).b
    -0.125
    """
    tau = model.system.tau
    return FloatModel(
        np.array([float(x) for x in model.decoder.v]),
        float(model.decoder.b),
        nearest_float(tau.numerator, tau.denominator),
        model.temperature,
    )


def score_bound(form: FloatModel, points: np.ndarray, error: float) -> float:
    """Return how far :meth:`~exactdyn.sentiment.runs.float_runs.FloatModel.score` is off.

    ``error``: how far the p points in R^d are off. v and b are exact. Of the p + d + 6 roundings none costs
    more than u times |v|_1 M + |b|, the largest value that can occur; the points cost |v|_1 times theirs.
    Source: Higham, Accuracy and Stability of Numerical Algorithms (2nd edition, 2002), section 3.1.

    >>> from exactdyn.sentiment.model.load import load_model
    >>> score_bound(float_model(load_model("handmade")), np.array([[1.0, 0.0]]), 0.0) < 1e-14
    True
    """
    size = float(np.abs(form.v).sum())
    largest = float(np.abs(points).max() + error) * size + abs(form.b)
    return 1.01 * (size * error + (sum(points.shape) + 6) * U * largest) + SCORE_UNDERFLOW


def run_softmax(start: np.ndarray, weights: np.ndarray, form: FloatModel, layers: int) -> np.ndarray:
    """Run the softmax model, at the temperature of its training, in floats; the state after the last layer.

    Attention is proportional to the multiplicity times exp(<z_i, z_j> / temperature).
    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.model.load import load_model
    >>> run_softmax(np.array([[1.0, 0.0], [0.5, 0.0]]), np.ones(2), float_model(load_model("handmade")), 1)[1]
    array([0.8, 0. ])
    """
    count = len(start)
    everybody = np.arange(count)
    state = start
    for _ in range(layers):
        products = state @ np.ascontiguousarray(state.T)
        products -= products[everybody, products.argmax(axis=1)][:, None]
        # Most of them count for nothing at low temperature: exp is taken where it is not zero.
        rows, columns = np.nonzero(products > NEGLIGIBLE * form.temperature)
        shares = np.exp(products[rows, columns] / form.temperature) * weights[columns]
        total = np.bincount(rows, shares, count)
        goals = np.stack([np.bincount(rows, shares * axis[columns], count) for axis in state.T], axis=1)
        state = state + form.tau * (goals / total[:, None] - state)
    return state
