"""From Q^d to the paper: which coordinates of a state are drawn, and how space is flattened."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TypeAlias

import numpy as np

from exactdyn.errors import InputError
from exactdyn.numbers.points import Points
from exactdyn.numbers.vectors import inner

COORDINATE_LIMIT = 1e100
"""Largest coordinate that is drawn: beyond it the drawing library's own arithmetic leaves the floats."""

SCREEN = (
    (Fraction(4, 5), Fraction(3, 5), Fraction(0)),
    (Fraction(-3, 13), Fraction(4, 13), Fraction(12, 13)),
)
"""The two orthonormal directions of Q^3, to the right and up, onto which d = 3 is projected."""

EYE = (Fraction(36, 65), Fraction(-48, 65), Fraction(5, 13))
"""The unit vector towards the viewer of d = 3: what the projection leaves out."""

AXES = "xyz"
"""The names of coordinates."""

SEEN_FROM = "orthographic from (36, −48, 25)"
"""EYE in words."""

PROJECTION = f"{SEEN_FROM}: (4x + 3y)/5 across, (4y − 3x + 12z)/13 up"
"""SCREEN in words."""

Position: TypeAlias = tuple[float, float]
"""A place on the paper, in the units of the tokens."""


def require_dimension(dimension: int) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for tokens of a dimension that is not drawn.

    >>> require_dimension(4)
    Traceback (most recent call last):
    exactdyn.errors.InputError: tokens: requires dimension 1, 2 or 3 to be drawn, got 4
    """
    if dimension > 3:
        raise InputError(f"tokens: requires dimension 1, 2 or 3 to be drawn, got {dimension}")


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


def flat(coordinates: np.ndarray) -> np.ndarray:
    """Return places on the paper, n x 2: a line lies across, space (d = 3) is projected on SCREEN.

    >>> flat(np.array([[5.0, 0.0, 13.0]])).round(12).tolist(), flat(np.array([[0.5]])).tolist()
    ([[4.0, 10.846153846154]], [[0.5, 0.0]])
    """
    dimension = coordinates.shape[1]
    if dimension == 1:
        return np.hstack([coordinates, np.zeros_like(coordinates)])
    if dimension == 2:
        return coordinates
    return coordinates @ np.array(SCREEN, dtype=np.float64).T


def flat_exact(state: Points) -> Points:
    """Return the same places as exact points of Q^2, whose hull can be taken.

    >>> flat_exact(Points.from_rows([[5, 0, 13]])).rows()
    [[Fraction(4, 1), Fraction(141, 13)]]
    """
    if state.dimension == 1:
        return Points.of_numbers(tuple((x, Fraction(0)) for (x,) in state.rows()), state.domain)
    if state.dimension == 2:
        return state
    rows = tuple(tuple(inner(direction, row) for direction in SCREEN) for row in state.rows())
    return Points.of_numbers(rows, state.domain)


def box_corners(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the 2^d corners of a box as rows, the last coordinate changing first.

    >>> box_corners(np.zeros(2), np.ones(2)).tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    """
    return np.array(list(product(*zip(low.tolist(), high.tolist(), strict=True))))
