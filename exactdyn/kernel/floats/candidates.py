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

from functools import cache

import numpy as np

from exactdyn.kernel.floats.shadow import SCORE_UNDERFLOW, U, Vectors

FEW = {1: 48, 2: 256}
"""With fewer tokens than this in a dimension, comparing all is cheaper; in higher ones it always is."""

DIRECTIONS = (8, 48, 256)
"""How many directions the successive polygons are looked for in."""

BLOCK_NUMBERS = 1 << 16
"""Points are compared with so many edges at a time as make about so many numbers."""


def attendable(positions: Vectors, tokens: np.ndarray) -> np.ndarray:
    """Return those of these tokens that some nonzero direction may attend, for certain no fewer.

    Source: Akl and Toussaint, A fast convex hull algorithm, Information Processing Letters 7 (1978), for the
    idea to throw away what lies inside a polygon of extreme points; the proof with floats is above.

    >>> places = Vectors(np.array([[1.0], [-1.0], [0.5]] * 20), 0.0)
    >>> len(attendable(places, np.arange(60)))
    40
    """
    dimension = positions.rows.shape[1]
    if dimension not in FEW or len(tokens) < FEW[dimension]:
        return tokens
    rows = positions.rows if len(tokens) == len(positions.rows) else positions.rows.take(tokens, 0)
    axes = np.ascontiguousarray(rows.T)
    kept = _ends(axes[0], positions.error) if dimension == 1 else _outside(axes, positions)
    return tokens.take(kept)


def _ends(places: np.ndarray, error: float) -> np.ndarray:
    slack = 2.02 * error
    return np.flatnonzero((places >= places.max() - slack) | (places <= places.min() + slack))


def _outside(axes: np.ndarray, positions: Vectors) -> np.ndarray:
    """Return the columns of ``axes`` that are not certainly inside: coarse polygons first, few are left.

    Any closed polygon of tokens will do for the proof; that its corners are extreme makes it large.
    """
    error, radius = positions.error, positions.radius
    slack = 20 * error * (radius + error) + 60 * U * radius * radius + SCORE_UNDERFLOW
    kept = np.arange(axes.shape[1])
    for count in DIRECTIONS:
        if len(kept) <= count:
            break
        corners = _extreme(axes, count)
        if corners.shape[1] < 3:
            break
        inside = np.ones(len(kept), dtype=bool)
        edges = _following(corners) - corners
        for some in _blocks(corners.shape[1], len(kept)):
            (x, y), (along_x, along_y) = corners[:, some, None], edges[:, some, None]
            inside &= (along_x * (axes[1] - y) - along_y * (axes[0] - x) > slack).all(0)
        kept, axes = kept[~inside], axes[:, ~inside]
    return kept


def _extreme(axes: np.ndarray, count: int) -> np.ndarray:
    """Return the points extreme in so many directions, in the order of the directions; neighbours differ."""
    turn = _directions(count)
    extreme = np.concatenate([(turn[some] @ axes).argmax(1) for some in _blocks(count, axes.shape[1])])
    corners = axes[:, extreme]
    differs: np.ndarray = corners[:, (corners != _following(corners)).any(0)]
    return differs


def _following(corners: np.ndarray) -> np.ndarray:
    return np.concatenate([corners[:, 1:], corners[:, :1]], axis=1)


@cache
def _directions(count: int) -> np.ndarray:
    angles = (np.arange(count) + 0.5) * (2 * np.pi / count)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def _blocks(count: int, columns: int) -> list[slice]:
    """Divide rows so that a block of them, each of so many numbers, stays in the processor's cache."""
    height = max(1, BLOCK_NUMBERS // columns)
    return [slice(start, start + height) for start in range(0, count, height)]
