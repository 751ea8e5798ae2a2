"""How d coordinates become two on the paper: one projection for a run, the same in all its pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from exactdyn.errors import InputError
from exactdyn.numbers.points import Points
from exactdyn.numbers.vectors import inner

AXES = "xyz"
"""The names of coordinates, up to three of them."""

SCREEN = (
    (Fraction(4, 5), Fraction(3, 5), Fraction(0)),
    (Fraction(-3, 13), Fraction(4, 13), Fraction(12, 13)),
)
"""The two orthonormal directions of Q^3, to the right and up, onto which d = 3 is projected."""

EYE = (Fraction(36, 65), Fraction(-48, 65), Fraction(5, 13))
"""The unit vector towards the viewer of d = 3: what the projection leaves out."""

SEEN_FROM = "orthographic from (36, −48, 25)"
"""EYE in words."""

PROJECTION = f"{SEEN_FROM}: (4x + 3y)/5 across, (4y − 3x + 12z)/13 up"
"""SCREEN in words."""

DIGITS = 1000
"""Principal directions are rounded to multiples of one over this: what is drawn is what is stated."""


@dataclass(frozen=True)
class Projection:
    """Two directions of Q^d: a point z is drawn at <u, z> to the right and <v, z> up.

    ``right``, ``up``: the directions u and v, exactly. ``words``: what is said of them in a picture, empty
    where the tokens are drawn as they are. ``names``: of the two axes; empty in space, where a box has three.
    """

    right: tuple[Fraction, ...]
    up: tuple[Fraction, ...]
    words: str = ""
    names: tuple[str, str] | tuple[()] = ()

    @property
    def in_space(self) -> bool:
        """Whether it is that of space, where what is nearer to the viewer is drawn so.

        >>> projection_of(Points.from_rows([[1, 2, 3]])).in_space
        True
        """
        return (self.right, self.up) == SCREEN

    def flat(self, coordinates: np.ndarray) -> np.ndarray:
        """Return the places on the paper, m x 2, of m x d coordinates.

        >>> projection_of(Points.from_rows([[1, 2, 3]])).flat(np.array([[5.0, 0, 13]])).round(6).tolist()
        [[4.0, 10.846154]]
        """
        if len(self.right) <= 2 and not self.words:
            return coordinates if len(self.right) == 2 else np.hstack([coordinates, 0 * coordinates])
        return coordinates @ np.array([self.right, self.up], dtype=np.float64).T

    def exact(self, state: Points) -> Points:
        """Return the same places as exact points of Q^2, whose hull can be taken.

        >>> state = Points.from_rows([[5, 0, 13]])
        >>> projection_of(state).exact(state).rows()
        [[Fraction(4, 1), Fraction(141, 13)]]
        """
        rows = tuple((inner(self.right, row), inner(self.up, row)) for row in state.rows())
        return Points.of_numbers(rows, state.domain)

    def nearness(self, coordinates: np.ndarray) -> np.ndarray:
        """Return how near to the viewer each of m points is, from 0 (the farthest) to 1; outside space 1.

        >>> far, near = [[0.0, 0, 0], [36.0, -48, 25]]
        >>> projection_of(Points.from_rows([[1, 2, 3]])).nearness(np.array([near, far])).tolist()
        [1.0, 0.0]
        """
        if not self.in_space:
            return np.ones(len(coordinates))
        depth = coordinates @ np.array(EYE, dtype=np.float64)
        extent = float(np.ptp(depth))
        # What lies in one plane across the line of sight is equally near, whatever rounding makes of it.
        if extent <= 1e-9 * float(np.abs(coordinates).max()):
            return np.ones(len(coordinates))
        nearness: np.ndarray = (depth - depth.min()) / extent
        return nearness

    def to_dict(self) -> dict[str, object]:
        """Return it as plain data.

        >>> projection_of(Points.from_rows([[1, 2]])).to_dict()
        {'right': ['1', '0'], 'up': ['0', '1'], 'words': ''}
        """
        return {"right": [str(x) for x in self.right], "up": [str(x) for x in self.up], "words": self.words}


def projection_of(start: Points, coordinates: Sequence[int] | None = None) -> Projection:
    """Return the projection of a run that starts here.

    Dimension 1 lies on a line, dimension 2 is drawn as it is, space as seen from one side
    (:data:`SCREEN`), and from dimension 4 on the principal plane of the start: the two directions in which
    its tokens vary the most, found in floats, rounded to thousandths, and exact from then on.
    ``coordinates``: two of 0..d-1 to be drawn instead, across and up.

    Raises :class:`~exactdyn.errors.InputError` for coordinates that are not two different ones of the tokens.

    >>> projection_of(Points.from_rows([[1, 0, 0, 0], [-1, 0, 0, 0], [0, 0, 0, "1/2"]])).words
    'principal plane of layer 0, about 100 % of the variance; what is across it is not seen'
    >>> projection_of(Points.from_rows([[1, 2, 3, 4]]), (1, 3)).words
    'coordinates 1 and 3 of 0..3'
    """
    dimension = start.dimension
    units = np.eye(dimension, dtype=int).tolist()
    rows = [tuple(map(Fraction, unit)) for unit in units]
    if coordinates is not None:
        return _chosen(rows, coordinates)
    if dimension == 1:
        return Projection(rows[0], (Fraction(0),))
    if dimension == 2:
        return Projection(rows[0], rows[1], names=("", ""))
    if dimension == 3:
        return Projection(SCREEN[0], SCREEN[1], SEEN_FROM)
    return _principal(start)


def _chosen(units: Sequence[tuple[Fraction, ...]], coordinates: Sequence[int]) -> Projection:
    last = len(units) - 1
    known = [place for place in coordinates if type(place) is int and 0 <= place <= last]
    if len(known) != 2 or len(coordinates) != 2 or len(set(known)) < 2:
        got = ", ".join(map(str, coordinates))
        raise InputError(f"coordinates: requires two different ones of 0..{last}, got {got or 'none'}")
    across, up = known
    named = (f"coordinate {across}", f"coordinate {up}")
    return Projection(units[across], units[up], f"coordinates {across} and {up} of 0..{last}", named)


def _principal(start: Points) -> Projection:
    # Divided by the largest coordinate first, as squares of large ones would be beyond floats.
    coordinates = start.floats()
    size = float(np.abs(coordinates).max()) or 1.0
    if not np.isfinite(size):
        raise InputError("tokens: requires coordinates within the range of floats for their principal plane")
    scaled = coordinates / size
    _, spread, directions = np.linalg.svd(scaled - scaled.mean(axis=0), full_matrices=True)
    variances = np.square(spread)
    share = float(variances[:2].sum() / variances.sum()) if variances.any() else 1.0
    right, up = (_rounded(direction) for direction in directions[:2])
    words = f"principal plane of layer 0, about {100 * share:.3g} % of the variance"
    words += "; what is across it is not seen"
    return Projection(right, up, words, ("first principal direction", "second principal direction"))


def _rounded(direction: np.ndarray) -> tuple[Fraction, ...]:
    # Of a direction and its opposite the one whose largest entry is positive.
    signed = direction * (1 if direction[np.argmax(np.abs(direction).round(9))] > 0 else -1)
    return tuple(Fraction(round(float(x) * DIGITS), DIGITS) for x in signed)
