"""The convex hull of points of the plane, exact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from exactdyn.errors import ShapeError
from exactdyn.numbers.points import Points

_Corner: TypeAlias = tuple[Any, Any, int]
"""Two coordinates, of rational ones integers over a common denominator, and the token that has them."""


def hull_polygon(points: Points) -> tuple[int, ...]:
    """Return the vertices of the convex hull of n points of the plane, as tokens in counter-clockwise order.

    Of several copies at a vertex the lowest token stands for all; points inside an edge are no vertices. The
    order begins at the vertex with the smallest first coordinate (of two such, the smaller second one). A
    hull that is a segment has its two ends for vertices, a hull that is a point has one.

    Nothing is rounded. Raises :class:`~exactdyn.errors.ShapeError` if the points are not of dimension 2.
    Source: A. M. Andrew, Another efficient algorithm for convex hulls in two dimensions, Information
    Processing Letters 9 (1979), the monotone chain, O(n log n).

    >>> hull_polygon(Points.from_rows([[0, 0], [1, 1], [2, 0], [1, 0], [2, 0]]))
    (0, 2, 1)
    """
    if points.dimension != 2:
        raise ShapeError(f"points: requires dimension 2, got {points.dimension}")
    whole = "integer matrices" not in points.domain.lacks
    rows: list[list[Any]] = points.common[0].tolist() if whole else points.rows()
    corners: dict[tuple[Any, Any], int] = {}
    for token, (x, y) in enumerate(rows):
        corners.setdefault((x, y), token)
    ordered = sorted((x, y, token) for (x, y), token in corners.items())
    if len(ordered) == 1:
        return (ordered[0][2],)
    # Each chain ends where the other begins.
    lower, upper = _left_turns(ordered), _left_turns(reversed(ordered))
    return tuple(token for _, _, token in lower[:-1] + upper[:-1])


def _left_turns(corners: Iterable[_Corner]) -> list[_Corner]:
    """Keep of points in lexicographic order those at which a chain turns strictly left, and both ends."""
    chain: list[_Corner] = []
    for corner in corners:
        while len(chain) >= 2 and not _turns_left(chain[-2], chain[-1], corner):
            chain.pop()
        chain.append(corner)
    return chain


def _turns_left(first: _Corner, second: _Corner, third: _Corner) -> bool:
    ahead, beyond = (second[0] - first[0], second[1] - first[1]), (third[0] - first[0], third[1] - first[1])
    return bool(ahead[0] * beyond[1] > ahead[1] * beyond[0])
