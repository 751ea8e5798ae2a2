"""Membership in the hull of points of a plane, over any ordered field: no linear program is solved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.fields.joining import simple
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row

_Numbers: TypeAlias = Sequence[Any]


@dataclass(frozen=True)
class Flat:
    """The affine hull of some points, as a graph over a few of its coordinates.

    ``base``: a point in it. ``pivots``: the coordinates that tell all its points apart. ``edges``: for every
    pivot the vector in its directions with a 1 there and a 0 at the other pivots.
    """

    base: Row
    pivots: tuple[int, ...]
    edges: tuple[Row, ...]

    def seen(self, point: Row) -> Row:
        """Return the coordinates of a point at the pivots.

        >>> flat_of([(Fraction(0), Fraction(1)), (Fraction(2), Fraction(3))]).seen((Fraction(2), Fraction(3)))
        (Fraction(2, 1),)
        """
        return tuple(point[pivot] for pivot in self.pivots)

    def lifted(self, functional: _Numbers) -> Row:
        """Return a functional of the pivots as one of all coordinates.

        >>> flat_of([(Fraction(0), Fraction(1)), (Fraction(2), Fraction(3))]).lifted((Fraction(5),))
        (Fraction(5, 1), Fraction(0, 1))
        """
        known = dict(zip(self.pivots, functional, strict=True))
        return tuple(known.get(place, Fraction(0)) for place in range(len(self.base)))

    def leaving(self, point: Row) -> Row | None:
        """Return a functional that is larger at a point than on the flat, where it has one value; None in it.

        >>> diagonal = flat_of([(Fraction(0), Fraction(0)), (Fraction(1), Fraction(1))])
        >>> diagonal.leaving((Fraction(2), Fraction(3))), diagonal.leaving((Fraction(2), Fraction(2)))
        ((Fraction(-1, 1), Fraction(1, 1)), None)
        """
        way = [x - y for x, y in zip(point, self.base, strict=True)]
        shares = [way[pivot] for pivot in self.pivots]
        for place, x in enumerate(way):
            off = x - sum((s * edge[place] for s, edge in zip(shares, self.edges, strict=True)), Fraction(0))
            if off != 0:
                side = 1 if off > 0 else -1
                functional = [Fraction(0)] * len(way)
                functional[place] = Fraction(side)
                for pivot, edge in zip(self.pivots, self.edges, strict=True):
                    functional[pivot] = -side * edge[place]
                return tuple(map(simple, functional))
        return None


def flat_of(points: Sequence[Row]) -> Flat:
    """Return the affine hull of at least one point.

    Source: Gauss-Jordan elimination, G. H. Golub and C. F. Van Loan, Matrix Computations, section 3.2.

    >>> flat_of([(Fraction(0), Fraction(1)), (Fraction(2), Fraction(3))]).edges
    ((Fraction(1, 1), Fraction(1, 1)),)
    """
    base = points[0]
    pivots: list[int] = []
    edges: list[list[Any]] = []
    for point in points[1:]:
        way = [x - y for x, y in zip(point, base, strict=True)]
        for pivot, edge in zip(pivots, edges, strict=True):
            way = [x - way[pivot] * y for x, y in zip(way, edge, strict=True)]
        lead = next((place for place, x in enumerate(way) if x != 0), None)
        if lead is None:
            continue
        way = [x / way[lead] for x in way]
        edges = [[x - edge[lead] * y for x, y in zip(edge, way, strict=True)] for edge in edges]
        pivots.append(lead)
        edges.append(way)
    return Flat(base, tuple(pivots), tuple(tuple(map(simple, edge)) for edge in edges))


def weights_or_functional(point: Row, others: Sequence[Row], domain: Domain[Any]) -> dict[int, Any] | Row:
    """Return positive weights of sum 1 of other points that make up a point, else a functional.

    ``others``: at least one point of a plane, of whatever dimension that lies in. The functional is larger at
    the point than anywhere on their hull. Raises :class:`~exactdyn.errors.LackingError` if they lie in no
    plane, as it takes linear programs to decide that. Source: separation theorem; for the plane barycentric
    coordinates in a triangle of the hull's vertices.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> square = [(Fraction(x), Fraction(y)) for x in (0, 1) for y in (0, 1)]
    >>> weights_or_functional((Fraction(1, 2), Fraction(1)), square, RATIONALS)
    {1: Fraction(1, 2), 3: Fraction(1, 2)}
    >>> weights_or_functional((Fraction(2), Fraction(1)), square, RATIONALS)
    (Fraction(1, 1), Fraction(0, 1))
    """
    flat = flat_of(others)
    if len(flat.pivots) > 2:
        domain.require("linear programs")
    leaving = flat.leaving(point)
    if leaving is not None:
        return leaving
    here, places = flat.seen(point), [flat.seen(other) for other in others]
    if not flat.pivots:
        return {0: Fraction(1)}
    found = _on_a_line(here, places) if len(flat.pivots) == 1 else _in_a_plane(here, places, domain)
    if isinstance(found, dict):
        return {place: weight for place, weight in sorted(found.items()) if weight != 0}
    return flat.lifted(found)


def _on_a_line(here: Row, places: Sequence[Row]) -> dict[int, Any] | Row:
    numbers = [x for (x,) in places]
    (x,) = here
    low, high = numbers.index(min(numbers)), numbers.index(max(numbers))
    if x > numbers[high] or x < numbers[low]:
        return (Fraction(1 if x > numbers[high] else -1),)
    share = simple((x - numbers[low]) / (numbers[high] - numbers[low]))
    return {low: 1 - share, high: share}


def _in_a_plane(here: Row, places: Sequence[Row], domain: Domain[Any]) -> dict[int, Any] | Row:
    """Find an edge of the hull that has the point outside, or the triangle of a fan that has it inside."""
    corners = hull_polygon(Points.of_numbers(tuple(places), domain))
    for a, b in pairwise((*corners, corners[0])):
        if _turn(places[a], places[b], here) < 0:
            (x, y), (u, v) = places[a], places[b]
            return (simple(v - y), simple(x - u))
    first = corners[0]
    for a, b in pairwise(corners[1:]):
        whole = _turn(places[first], places[a], places[b])
        parts = [_turn(here, places[j], places[k]) / whole for j, k in ((a, b), (b, first), (first, a))]
        if min(parts) >= 0:
            return dict(zip((first, a, b), map(simple, parts), strict=True))
    raise ArithmeticError("a point inside all edges of a polygon is in a triangle of its fan")


def _turn(first: Row, second: Row, third: Row) -> Any:
    """Return twice the area of a triangle, positive if its corners go round counter-clockwise."""
    ahead, beyond = ([x - y for x, y in zip(point, first, strict=True)] for point in (second, third))
    return ahead[0] * beyond[1] - ahead[1] * beyond[0]
