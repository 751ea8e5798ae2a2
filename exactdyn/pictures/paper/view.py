"""From Q^d to the paper: which coordinates of a state are drawn, and how space is flattened."""

from __future__ import annotations

from itertools import product
from typing import TypeAlias

import numpy as np

from exactdyn.errors import InputError
from exactdyn.numbers.points import Points

COORDINATE_LIMIT = 1e100
"""Largest coordinate that is drawn: beyond it the drawing library's own arithmetic leaves the floats."""

Position: TypeAlias = tuple[float, float]
"""A place on the paper, in the units of the tokens."""


def drawable(state: Points, layer: int) -> np.ndarray:
    """Return the n x d float64 coordinates of a state, correctly rounded.

    Raises :class:`~exactdyn.errors.InputError` if one exceeds :data:`COORDINATE_LIMIT` in size.

    >>> drawable(Points.from_rows([["1/2", 3]]), 0).tolist()
    [[0.5, 3.0]]
    """
    coordinates = state.floats()
    if not (np.abs(coordinates) <= COORDINATE_LIMIT).all():
        raise InputError(
            f"tokens: requires coordinates of size at most {COORDINATE_LIMIT:.0e} to be drawn, "
            f"got a larger one at layer {layer}"
        )
    return coordinates


def box_corners(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the 2^d corners of a box as rows, the last coordinate changing first.

    >>> box_corners(np.zeros(2), np.ones(2)).tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    return np.array(list(product(*zip(low.tolist(), high.tolist(), strict=True))))
