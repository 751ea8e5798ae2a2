"""The dynamics in floating point: led by the exact attention sets, or left to itself.

A run that is **led** (:func:`follow`) takes the exact sets and rounds nothing but the step; how far it is off
is proved in :mod:`exactdyn.floats.bounds`. A run that is **left to itself** (:class:`FloatLayer`) also
decides in floats who attends whom, and once it decides wrongly it is another run. The two go together as long
as :func:`first_difference` finds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from exactdyn.floats.attended import Attended


class Arithmetic(Protocol):
    """In which order floats are multiplied and added: it decides how the last bits come out."""

    def scores(self, state: np.ndarray) -> np.ndarray:
        """Return the scores <A z_i, z_j> of a state, p x p."""

    def goals(self, state: np.ndarray, found: np.ndarray, firsts: np.ndarray) -> np.ndarray:
        """Return the mean of what each point attends, p x d.

        ``found``: p x p booleans, the pairs of equal largest scores; ``firsts``: for each point the first
        with the largest score.
        """


@dataclass(frozen=True, eq=False)
class TokenArithmetic:
    """Token by token and for any A, as the vectorised loop that one would write without this package.

    ``matrix``: A, d x d. Copies are tokens like others, and a mean is a product with weights 1/|C_i|, which
    are rounded: an exact tie between copies need not stay one.

    >>> TokenArithmetic(np.array([[2.0]])).scores(np.array([[1.0], [0.5]])).tolist()
    [[2.0, 1.0], [1.0, 0.5]]
    """

    matrix: np.ndarray

    def scores(self, state: np.ndarray) -> np.ndarray:
        """Return the scores <A z_i, z_j>, n x n.

        Source: arXiv 2407.01602, equation (1.2), rounded.

        >>> TokenArithmetic(np.array([[-1.0]])).scores(np.array([[1.0], [3.0]])).tolist()
        [[-1.0, -3.0], [-3.0, -9.0]]
        """
        scores: np.ndarray = self.directions(state) @ state.T
        return scores

    def directions(self, state: np.ndarray) -> np.ndarray:
        """Return the directions A z_i, n x d, of which the scores are products.

        >>> TokenArithmetic(np.array([[-1.0]])).directions(np.array([[1.0], [3.0]])).tolist()
        [[-1.0], [-3.0]]
        """
        directions: np.ndarray = state @ self.matrix.T
        return directions

    def goals(self, state: np.ndarray, found: np.ndarray, firsts: np.ndarray) -> np.ndarray:
        """Return the means, n x d; no number where a token attends nobody.

        Source: arXiv 2407.01602, equation (1.1): the attended points, rounded.

        >>> state, found = np.array([[0.0], [3.0]]), np.array([[True, True], [False, True]])
        >>> TokenArithmetic(np.eye(1)).goals(state, found, np.array([0, 1])).tolist()
        [[1.5], [3.0]]
        """
        weights = (found / found.sum(axis=1, keepdims=True)).astype(state.dtype)
        goals: np.ndarray = weights @ state
        return goals


@dataclass(frozen=True, eq=False)
class PointArithmetic:
    """Point by point with multiplicities, for A = I: copies stay copies, and a lone goal is not rounded.

    ``weights``: how many tokens are at each of the p points, in the arithmetic of the run. Scores that are no
    numbers are taken for the largest, so that a run that overflows goes on, as a loop with ``argmax`` does.

    >>> PointArithmetic(np.array([2.0, 1.0])).scores(np.array([[1.0], [0.5]])).tolist()
    [[1.0, 0.5], [0.5, 0.25]]
    """

    weights: np.ndarray

    def scores(self, state: np.ndarray) -> np.ndarray:
        """Return the inner products, p x p.

        Source: arXiv 2407.01602, equation (1.2), rounded.

        >>> PointArithmetic(np.ones(2)).scores(np.array([[1.0], [3.0]])).tolist()
        [[1.0, 3.0], [3.0, 9.0]]
        """
        # The copy keeps BLAS from taking the product for a symmetric one, whose last bits come out otherwise.
        scores: np.ndarray = state @ np.ascontiguousarray(state.T)
        return scores

    def goals(self, state: np.ndarray, found: np.ndarray, firsts: np.ndarray) -> np.ndarray:
        """Return the weighted means, p x d: sums are formed for the few points that attend several.

        Source: arXiv 2407.01602, equation (1.1): the attended points, rounded.

        >>> state, found = np.array([[0.0], [3.0]]), np.array([[True, True], [False, True]])
        >>> PointArithmetic(np.array([2.0, 1.0])).goals(state, found, np.array([0, 1])).tolist()
        [[1.0], [3.0]]
        """
        found = found.copy()
        found[np.arange(len(state)), firsts] = True  # also what is no number, which is equal to nothing
        goals: np.ndarray = state[firsts]
        last = len(state) - 1 - found[:, ::-1].argmax(axis=1)
        tied = np.flatnonzero(last != firsts)
        if len(tied):
            rows, columns = np.nonzero(found[tied])
            begins = np.searchsorted(rows, np.arange(len(tied)))
            shares = self.weights[columns][:, None]
            sums = np.add.reduceat(shares * state[columns], begins), np.add.reduceat(shares, begins)
            goals[tied] = sums[0] / sums[1]
        return goals


@dataclass(frozen=True, eq=False)
class FloatLayer:
    """One layer of a run in floats alone: nothing is computed before somebody asks.

    ``state``: p x d floats, float32 or float64. ``tau``: the step, in float64.

    >>> first = FloatLayer(np.array([[1.0], [0.5]]), 0.5, TokenArithmetic(np.eye(1)))
    >>> first.following().state.tolist()
    [[1.0], [0.75]]
    """

    state: np.ndarray
    tau: float
    arithmetic: Arithmetic

    @cached_property
    def scores(self) -> np.ndarray:
        """The scores as floats have them, p x p.

        >>> FloatLayer(np.array([[1.0], [0.5]]), 0.5, TokenArithmetic(np.eye(1))).scores.tolist()
        [[1.0, 0.5], [0.5, 0.25]]
        """
        with np.errstate(all="ignore"):
            scores: np.ndarray = self.arithmetic.scores(self.state)
        return scores

    @cached_property
    def found(self) -> np.ndarray:
        """Who attends whom as floats find it, p x p booleans; nobody where the largest score is no number.

        Source: arXiv 2407.01602, equation (1.2): floats that are equal are a tie.

        >>> FloatLayer(np.array([[1.0], [0.5]]), 0.5, TokenArithmetic(np.eye(1))).found.tolist()
        [[True, False], [True, False]]
        """
        highest = self.scores[np.arange(len(self.state)), self._firsts]
        found: np.ndarray = self.scores == highest[:, None]
        return found

    def following(self) -> FloatLayer:
        """Return the next layer.

        Source: arXiv 2407.01602, equation (1.1), rounded.

        >>> layer = FloatLayer(np.array([[1.0], [0.5]]), 0.5, PointArithmetic(np.ones(2)))
        >>> layer.following().following().state.tolist()
        [[1.0], [0.875]]
        """
        with np.errstate(all="ignore"):
            goals = self.arithmetic.goals(self.state, self.found, self._firsts)
            state = _moved(self.state, goals, self.tau)
        return FloatLayer(state, self.tau, self.arithmetic)

    @cached_property
    def _firsts(self) -> np.ndarray:
        firsts: np.ndarray = self.scores.argmax(axis=1)
        return firsts


def follow(start: np.ndarray, weights: np.ndarray, steps: Sequence[Attended], tau: float) -> np.ndarray:
    """Take the steps of the exact run in the arithmetic of ``start``, float32 or float64.

    ``start``: p x d floats, ``weights``: the multiplicities of the p points. Returns the states before and
    after each step, (len(steps) + 1) x p x d: those of a float run as long as it finds the exact attention
    sets by itself, see :func:`first_difference`.
    Source: arXiv 2407.01602, equation (1.1), rounded.

    >>> follow(np.array([[1.0], [0.5]]), np.ones(2), [Attended(((0,), (0,)))], 0.5)[1].tolist()
    [[1.0], [0.75]]
    """
    states = np.empty((len(steps) + 1, *start.shape), dtype=start.dtype)
    states[0] = start
    own_weights = weights.astype(start.dtype)
    for layer, attended in enumerate(steps):
        states[layer + 1] = _moved(states[layer], attended.goals(states[layer], own_weights), tau)
    return states


def inner_products(states: np.ndarray) -> np.ndarray:
    """Return the inner products of the points of each state, layer x p x p, in the states' arithmetic.

    >>> inner_products(np.array([[[1.0], [3.0]]])).tolist()
    [[[1.0, 3.0], [3.0, 9.0]]]
    """
    products: np.ndarray = states @ np.ascontiguousarray(states.transpose(0, 2, 1))
    return products


def first_difference(states: np.ndarray, steps: Sequence[Attended]) -> int | None:
    """Return the first layer at which the attention sets that floats find differ from the exact ones.

    ``states``: L x p x d floats, ``steps``: the exact sets of these layers, for A = I. None if they agree at
    all of them.

    >>> states = np.array([[[1.0], [0.5]], [[1.0], [1.0]]])
    >>> first_difference(states, [Attended(((0,), (0,)))] * 2)
    1
    """
    products = inner_products(states)
    firsts = np.stack([step.firsts for step in steps])
    # Not the largest score but that of an attended point: a better one is then one pair too many.
    found = products >= np.take_along_axis(products, firsts[:, :, None], axis=2)
    untied = not any(step.ties for step in steps)
    if untied and np.count_nonzero(found) == sum(len(step.sets) for step in steps):
        return None  # each row counts its own attended point at least
    return next(
        (layer for layer, (own, step) in enumerate(zip(found, steps, strict=True)) if not step.agrees(own)),
        None,
    )


def run_freely(start: np.ndarray, weights: np.ndarray, tau: float, layers: int) -> np.ndarray:
    """Run the dynamics in floats alone, as one would without this package; the state after the last layer.

    ``start``: p x d floats, ``weights``: the multiplicities of the p points. A is the identity.
    Source: arXiv 2407.01602, equations (1.1) and (1.2), rounded.

    >>> run_freely(np.array([[1.0], [0.5]]), np.array([1.0, 1.0]), 0.5, 1).tolist()
    [[1.0], [0.75]]
    """
    layer = FloatLayer(start, tau, PointArithmetic(weights.astype(start.dtype)))
    for _ in range(layers):
        layer = layer.following()
    return layer.state


def _moved(state: np.ndarray, goals: np.ndarray, tau: float) -> np.ndarray:
    # The one float step; infinite where tau is beyond the range of its type.
    moved: np.ndarray = state + state.dtype.type(tau) * (goals - state)
    return moved
