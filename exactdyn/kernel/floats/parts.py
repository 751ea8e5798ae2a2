"""Rows compare with few columns: the outermost tokens, or those that directions near theirs may attend.

In more than two dimensions most tokens of a cloud may be extreme, but a row needs few of them. Two bounds,
both in the Euclidean norm, for a row with the direction F and a token b:

**Outermost.** Let C be any point, and <F, Y_b - C> > |F| |Y_j - C|. Then <F, Y_j> < <F, Y_b>: token j is
neither attended nor tied. So a row is compared with the tokens far from the middle first, mostly with no
others.

**Like directions.** Let |F / s - c| <= delta for some s > 0, and <c, Y_b - Y_j> > delta |Y_b - Y_j|. Then
<F, Y_b - Y_j> = s (<c, Y_b - Y_j> + <F / s - c, Y_b - Y_j>) > 0: again j is neither attended nor tied. So
rows are put into groups of like directions: c is the middle of a group, delta how far its rows are from
there, b the token of the largest score with c, and columns for which the inequality is certain are left out.

Both are decided in floats, by the bounds of :mod:`exactdyn.kernel.floats.shadow`; E bounds the error of a
score there, and is more than u times the largest score, whence 6 E covers two scores and what is rounded
when they are subtracted. Here d <= 8.

1. Lengths. The length of a vector of floats, computed, is off by less than a part of 2**-40 and, as squares
   may underflow, by 2**-500. Exact positions differ from their floats by at most sqrt(d) e, directions by
   sqrt(d) g, in length.
2. Distances. |y_b|^2 - 2 <y_b, y_j> + |y_j|^2, computed, is off by less than (d+3) u 4 d M^2 < 2**-44 M^2,
   and 2**-1000 covers underflow.
3. delta. Let f be the floats of F, s > 0 the length computed of them. |F / s - f / s| <= sqrt(d) g / s; and
   f / s, computed, is off by less than 2**-49, having length 1 up to rounding. What is rounded when delta is
   computed, and its product with a distance, is a part of less than ``SLACK - 1``.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt

import numpy as np

from exactdyn.kernel.floats.shadow import SLACK, Shadow

LARGEST_DIMENSION = 8
"""In higher ones directions are too far from each other."""

LEAST_PAIRS = 1 << 24
"""With fewer pairs of rows and columns, comparing all is cheaper."""

OUTERMOST = (64, 8)
"""One of so many columns is tried first, then one of fewer."""

TRIED = 8
"""After so many groups it is looked whether they are worth while."""

WORTHWHILE = 3
"""They are if no more than one of so many columns is left to compare."""

BLOCK_NUMBERS = 1 << 16
"""Scores are computed so many at a time: they stay in the processor's cache."""

LENGTH = 1 + 2.0**-40
LENGTH_UNDERFLOW = 2.0**-500

Part = tuple[np.ndarray, np.ndarray]
"""Rows, and the columns that they are to be compared with."""


def parts(shadow: Shadow, rows: np.ndarray, columns: np.ndarray) -> Iterator[Part]:
    """Divide rows; yield with each part the columns that its rows may attend, for certain no fewer.

    What is left out scores less, for certain, than a column that is not; so the direction of a row whose
    columns are not all of them is not zero.
    Source: the bounds above. For the idea of the first Teflioudi, Gemulla and Mykytiuk, LEMP: fast retrieval
    of large entries in a matrix product, SIGMOD (2015); for that of the second Ram and Gray, Maximum
    inner-product search using cone trees, KDD (2012).

    >>> from exactdyn.kernel.floats.shadow import Vectors
    >>> angles = np.arange(5000) * (2 * np.pi / 5000)
    >>> circle = Vectors(np.stack([np.cos(angles), np.sin(angles)], axis=1), 2.0**-50)
    >>> found = list(parts(Shadow(circle, circle, None), np.arange(5000), np.arange(5000)))
    >>> sum(len(rows) for rows, _ in found), max(len(columns) for _, columns in found) < 500
    (5000, True)
    """
    if shadow.positions.rows.shape[1] > LARGEST_DIMENSION or len(rows) * len(columns) < LEAST_PAIRS:
        yield rows, columns
        return
    for share in OUTERMOST:
        outer, enough = _outermost(shadow, rows, columns, max(1, len(columns) // share))
        if enough.any():
            yield rows[enough], outer
            rows = rows[~enough]
        if not len(rows):
            return
    yield from _like_directions(shadow, rows, columns)


def _outermost(
    shadow: Shadow, rows: np.ndarray, columns: np.ndarray, count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return so many columns far from the middle, and for each row whether it need not look at any other."""
    places, vectors = shadow.positions.rows.take(columns, 0), shadow.directions.rows.take(rows, 0)
    middle = (places.max(0) + places.min(0)) / 2
    lengths = _lengths(places - middle)
    order = np.argpartition(lengths, len(columns) - count)
    inner, outer = order[: len(columns) - count], np.sort(order[len(columns) - count :])
    wide = places.shape[1] ** 0.5
    radius = LENGTH * lengths[inner].max() + wide * shadow.positions.error + LENGTH_UNDERFLOW
    sizes = LENGTH * _lengths(vectors) + wide * shadow.directions.error + LENGTH_UNDERFLOW
    leads = _largest(vectors, places[outer])[1] - vectors @ middle
    errors = shadow.score_error(np.abs(vectors).sum(1))
    return columns[outer], leads > 6 * errors + SLACK * sizes * radius


def _like_directions(shadow: Shadow, rows: np.ndarray, columns: np.ndarray) -> Iterator[Part]:
    """Yield groups of rows with their columns: all if too many are left, or the direction is lost."""
    vectors = shadow.directions.rows.take(rows, 0)
    sizes, blur = _lengths(vectors), vectors.shape[1] ** 0.5 * shadow.directions.error
    clear = (sizes > 1000 * blur) & (sizes > LENGTH_UNDERFLOW)
    if not clear.all():
        yield rows[~clear], columns
        rows, vectors, sizes = rows[clear], vectors[clear], sizes[clear]
    units, near = vectors / sizes[:, None], _Nearby(shadow, columns)
    groups, compared = _groups(units), 0
    for index, own in enumerate(groups):
        if index == TRIED and compared * WORTHWHILE > TRIED * len(columns):
            yield rows[np.concatenate(groups[index:])], columns
            return
        middle = units[own].mean(0)
        delta = SLACK * float(_lengths(units[own] - middle).max() + blur / sizes[own].min() + 2.0**-48)
        kept = near.to(middle, delta)
        compared += len(kept)
        yield rows[own], columns if len(kept) == len(columns) else columns.take(kept)


class _Nearby:
    """The columns that directions near one may attend."""

    def __init__(self, shadow: Shadow, columns: np.ndarray) -> None:
        self._shadow = shadow
        self._places = np.ascontiguousarray(shadow.positions.rows.take(columns, 0).T)
        self._squares = (self._places * self._places).sum(0)
        self._off = 2.0**-44 * shadow.positions.radius**2 + 2.0**-1000

    def to(self, middle: np.ndarray, delta: float) -> np.ndarray:
        """Return the columns that a direction may attend that is within delta of a middle."""
        scores = middle @ self._places
        best = int(scores.argmax())
        distances = self._squares - (2 * self._places[:, best]) @ self._places
        distances += self._squares[best] + self._off
        error = float(self._shadow.score_error(float(np.abs(middle).sum()), direction_error=0.0))
        apart = 2.1 * len(self._places) ** 0.5 * self._shadow.positions.error
        leads = scores[best] - (6 * error + delta * apart) - scores
        leads *= np.abs(leads)  # squares with their signs
        return np.flatnonzero(leads <= delta**2 * distances)


def _groups(units: np.ndarray) -> list[np.ndarray]:
    """Divide vectors of length 1 among some of them, each to the one it is nearest to."""
    if not len(units):
        return []
    count = isqrt(len(units))
    nearest, _ = _largest(units, units[:: max(1, len(units) // count)])
    order = np.argsort(nearest, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(nearest[order])) + 1)


def _largest(vectors: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return for each vector the place of the largest score, and that score."""
    transposed, height = np.ascontiguousarray(places.T), max(1, BLOCK_NUMBERS // len(places))
    best, largest = np.empty(len(vectors), dtype=np.intp), np.empty(len(vectors))
    for start in range(0, len(vectors), height):
        scores = vectors[start : start + height] @ transposed
        best[start : start + height] = scores.argmax(1)
        largest[start : start + height] = scores.max(1)
    return best, largest


def _lengths(vectors: np.ndarray) -> np.ndarray:
    lengths: np.ndarray = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return lengths
