"""Float runs of a review: beside the exact one until they leave it, and the softmax model's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from exactdyn.numbers.reading import nearest_float
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.runs.steps import Attended

U = 2.0**-53
"""The unit roundoff of float64."""

UNDERFLOW = 2.0**-900
"""More than all that underflow costs in a run."""

NEGLIGIBLE = -746.0
"""Below this the exponential function is zero in float64."""

BLOCK = 8
"""How many layers are compared at once."""


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
        """Return the decoder's value at the mean of weighted points, p x d."""
        return float(weights @ points / weights.sum() @ self.v) + self.b


def float_model(model: Model) -> FloatModel:
    """Return a model in floats."""
    tau = model.system.tau
    return FloatModel(
        np.array([float(x) for x in model.decoder.v]),
        float(model.decoder.b),
        nearest_float(tau.numerator, tau.denominator),
        model.temperature,
    )


def follow(start: np.ndarray, weights: np.ndarray, steps: Sequence[Attended], tau: float) -> np.ndarray:
    """Take the steps of the exact run in the arithmetic of ``start``, float32 or float64.

    ``start``: p x d floats, ``weights``: the multiplicities of the p points. Returns the states before and
    after each step, (len(steps) + 1) x p x d: those of a float run as long as it finds the exact attention
    sets by itself, see :func:`first_difference`.
    """
    states = np.empty((len(steps) + 1, *start.shape), dtype=start.dtype)
    states[0] = start
    step, own_weights = start.dtype.type(tau), weights.astype(start.dtype)
    for layer, attended in enumerate(steps):
        now = states[layer]
        states[layer + 1] = now + step * (attended.goals(now, own_weights) - now)
    return states


def inner_products(states: np.ndarray) -> np.ndarray:
    """Return the inner products of the points of each state, layer x p x p, in the states' arithmetic."""
    products: np.ndarray = states @ np.ascontiguousarray(states.transpose(0, 2, 1))
    return products


def first_difference(states: np.ndarray, steps: Sequence[Attended]) -> int | None:
    """Return the first layer at which the attention sets that floats find differ from the exact ones.

    ``states``: L x p x d floats, ``steps``: the exact sets of these layers. None if they agree at all.

    >>> states = np.array([[[1.0], [0.5]], [[1.0], [1.0]]])
    >>> first_difference(states, [Attended(((0,), (0,)))] * 2)
    1
    """
    products = inner_products(states)
    firsts = np.stack([step.firsts for step in steps])
    found = products >= np.take_along_axis(products, firsts[:, :, None], axis=2)
    wanted = [len(step.pairs[0]) for step in steps]
    untied = not any(step.ties for step in steps)
    if untied and np.count_nonzero(found) == sum(wanted):
        return None  # each row counts its own attended point at least
    for layer, (own, step) in enumerate(zip(found, steps, strict=True)):
        # As many pairs as wanted, and all those wanted; a better pair would be one more.
        if np.count_nonzero(own) != wanted[layer] or not own[step.pairs].all():
            return layer
    return None


def run_freely(start: np.ndarray, weights: np.ndarray, tau: float, layers: int) -> np.ndarray:
    """Run the dynamics in floats alone, as one would without this package; the state after the last layer.

    >>> run_freely(np.array([[1.0], [0.5]]), np.array([1.0, 1.0]), 0.5, 1).tolist()
    [[1.0], [0.75]]
    """
    step, own_weights = start.dtype.type(tau), weights.astype(start.dtype)
    everybody = np.arange(len(start))
    now = start
    for _ in range(layers):
        products = now @ np.ascontiguousarray(now.T)
        firsts = products.argmax(axis=1)
        found = products == products[everybody, firsts][:, None]
        found[everybody, firsts] = True  # also what overflowed to no number, which is equal to nothing
        goals = now[firsts]
        last = len(now) - 1 - found[:, ::-1].argmax(axis=1)
        tied = np.flatnonzero(last != firsts)
        if len(tied):
            rows, columns = np.nonzero(found[tied])
            begins = np.searchsorted(rows, np.arange(len(tied)))
            shares = own_weights[columns][:, None]
            sums = np.add.reduceat(shares * now[columns], begins), np.add.reduceat(shares, begins)
            goals[tied] = sums[0] / sums[1]
        now = now + step * (goals - now)
    return now


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
