"""Which tokens can be attended at all: in one and two dimensions few need to be compared.

A direction F != 0 is largest on the boundary of the hull only. **One dimension**: at the lowest or the
highest token. **Two dimensions**: take tokens V_1, ..., V_m, extreme in directions that turn once around. If
a token lies strictly to the left of every edge V_k V_(k+1) of that closed polygon, each edge is seen from it
under a positive angle less than pi; the angles add up to a positive multiple of 2 pi, so no line through the
token has all V_k on one closed side of it, and the token is inside the hull, never attended nor tied.
A token on a face is to the left of no such edge strictly, so ties on faces survive.

"Strictly to the left" is decided in floats: with positions of size at most M, each within e of the exact one,
(W - V) x (P - V) has terms of at most 4 M^2 and is off by at most 16 M e + 8 e^2 + 60 u M^2.

The zero direction attends *all* tokens, these included: it is settled exactly, never here.
"""

from __future__ import annotations

import numpy as np

from exactdyn.kernel.shadow import SCORE_UNDERFLOW, U, Vectors

FEW = 48
"""With fewer tokens than this, comparing all is cheaper."""

DIRECTIONS = (12, 48, 192)
"""How many directions the successive polygons are looked for in."""


def attendable(positions: Vectors, tokens: np.ndarray) -> np.ndarray:
    """Return those of these tokens that some nonzero direction may attend, for certain no fewer.

    >>> places = Vectors(np.array([[1.0], [-1.0], [0.5]] * 20), 0.0)
    >>> len(attendable(places, np.arange(60)))
    40
    """
    dimension = positions.rows.shape[1]
    if dimension > 2 or len(tokens) < FEW:
        return tokens
    rows = positions.rows.take(tokens, 0)
    kept = _ends(rows[:, 0], positions.error) if dimension == 1 else _outside(rows, positions)
    return tokens.take(kept)


def _ends(places: np.ndarray, error: float) -> np.ndarray:
    slack = 2.02 * error
    return np.flatnonzero((places >= places.max() - slack) | (places <= places.min() + slack))


def _outside(rows: np.ndarray, positions: Vectors) -> np.ndarray:
    error, radius = positions.error, positions.radius
    slack = 20 * error * (radius + error) + 60 * U * radius * radius + SCORE_UNDERFLOW
    kept = np.arange(len(rows))
    for count in DIRECTIONS:
        polygon = _polygon(rows, count)
        if len(rows) <= count or len(polygon) < 3:
            break
        edges = np.roll(polygon, -1, axis=0) - polygon
        normals = np.stack([-edges[:, 1], edges[:, 0]])
        heights = rows @ normals
        heights -= (polygon.T * normals).sum(0)
        inside = np.flatnonzero(~(heights.min(1) > slack))
        kept, rows = kept[inside], rows[inside]
    return kept


def _polygon(rows: np.ndarray, count: int) -> np.ndarray:
    angles = (np.arange(count) + 0.5) * (2 * np.pi / count)
    directions = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    extreme = rows[(directions @ rows.T).argmax(1)]
    polygon: np.ndarray = extreme[(extreme != np.roll(extreme, 1, axis=0)).any(axis=1)]
    return polygon
