"""How tokens come to their limits: exact distances and values of q layer by layer, gathered for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from exactdyn.errors import InputError
from exactdyn.geometry.definiteness import quadratic_form
from exactdyn.limits import Limit
from exactdyn.numbers.fields.joining import nearest
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row, Rows
from exactdyn.pictures.paper.projection import Projection
from exactdyn.pictures.paper.view import drawable

BEYOND = 20
"""So many layers are drawn after the one at which the limit is decided."""


@dataclass(frozen=True)
class Approach:
    """What is drawn of a limit, layer after layer.

    ``paths``: layers x n x 2 places on the paper. ``targets``: n x 2, where each token tends to (in a cycle,
    at the layer that ``Limit.layer`` names). ``near``: of these, see ``Projection.nearness``. ``low``,
    ``high``: the box of Q^d that holds all that. ``distances``: layers x n, from the target of the layer.
    ``gaps``: layers x n, q there less q of the token. Both are exact until they are rounded once; what is not
    positive is NaN, as no logarithm shows it.
    """

    paths: np.ndarray
    targets: np.ndarray
    near: np.ndarray
    low: np.ndarray
    high: np.ndarray
    distances: np.ndarray
    gaps: np.ndarray


def gather_approach(found: Limit, projection: Projection) -> Approach:
    """Collect what is drawn of a limit.

    Raises :class:`~exactdyn.errors.InputError` if the places that the tokens tend to are not known, and
    for coordinates too large to be drawn.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.limits import limit
    >>> from exactdyn.pictures.paper.projection import projection_of
    >>> run = Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)
    >>> approach = gather_approach(limit(run), projection_of(run.start))
    >>> approach.distances[:3, 1].tolist(), float(approach.gaps[0, 1])
    ([0.5, 0.25, 0.125], 0.75)
    """
    if found.places is None:
        raise InputError(f"limit: requires places to be drawn, but {_without_places(found)}")
    trajectory, cycle = found.trajectory, found.cycle or (found.places,)
    dimension = trajectory.state(0).dimension
    A = trajectory.system.matrix(dimension)
    paths, distances, gaps = [], [], []
    for layer in range(found.layer + BEYOND + 1):
        state, targets = trajectory.state(layer), cycle[(layer - found.layer) % len(cycle)]
        paths.append(drawable(state, layer))
        rows = [state.row(token) for token in range(state.count)]
        distances.append([_distance(x, y) for x, y in zip(rows, targets, strict=True)])
        gaps.append([_gap(A, x, y) for x, y in zip(rows, targets, strict=True)])
    ends = drawable(Points.of_any(found.places), found.layer)
    every = np.vstack([*paths, ends])
    return Approach(
        np.array([projection.flat(path) for path in paths]),
        projection.flat(ends),
        projection.nearness(ends),
        every.min(axis=0),
        every.max(axis=0),
        np.array(distances),
        np.array(gaps),
    )


def on_paper(rows: Rows, layer: int, projection: Projection) -> np.ndarray:
    """Return the m x 2 places on the paper of points that belong to a layer.

    Raises :class:`~exactdyn.errors.InputError` if a coordinate is too large to be drawn.

    >>> from fractions import Fraction
    >>> from exactdyn.pictures.paper.projection import projection_of
    >>> on_paper(((Fraction(1, 2),),), 0, projection_of(Points.from_rows([[1]]))).tolist()
    [[0.5, 0.0]]
    """
    return projection.flat(drawable(Points.of_any(rows), layer))


def _without_places(found: Limit) -> str:
    if found.status == "diverges":
        return f"there is no limit: {found.reason}"
    if found.status == "undecided":
        return f"whether there is a limit is undecided: {found.reason}"
    if found.enclosures is not None:
        return "limits are enclosed only, as the steps have a finite sum"
    return "the common limit has no closed form"


def _distance(x: Row, y: Row) -> float:
    square = sum((a - b) ** 2 for a, b in zip(x, y, strict=True))
    return sqrt(nearest(square)) if square > 0 else nan


def _gap(A: Rows, x: Row, y: Row) -> float:
    gap = quadratic_form(A, y) - quadratic_form(A, x)
    return nearest(gap) if gap > 0 else nan
