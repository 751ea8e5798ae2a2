"""The largest of exact scores <A x, y>, number by number: what a domain does that knows no faster way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Protocol, TypeAlias

from flint import fmpz

Kept: TypeAlias = tuple[tuple[fmpz, ...], fmpz]
"""A point as a domain keeps it: numerators, and their denominator."""

Largest: TypeAlias = Callable[[int, Sequence[int]], Sequence[int]]
"""Of the place of a point x and places of points y, those of the largest <A x, y>, all ties kept."""


class Comparing(Protocol):
    """What is asked of a domain."""

    def numbers(self, numerators: Sequence[fmpz], denominator: fmpz) -> tuple[Any, ...]:
        """Return the coordinates of a point."""

    def inner(self, x: Sequence[Any], y: Sequence[Any]) -> Any:
        """Return the sum of the products."""

    def largest(self, numbers: Sequence[Any]) -> tuple[int, ...]:
        """Return the places of the largest numbers."""


class ScoreOrder:
    """Finds the largest scores of a matrix A over a domain.

    ``matrix``: the rows of A, as points of the domain.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> points = [((fmpz(1),), fmpz(2)), ((fmpz(3),), fmpz(1)), ((fmpz(3),), fmpz(1))]
    >>> largest = ScoreOrder(RATIONALS, [((fmpz(1),), fmpz(1))]).largest(points)
    >>> largest(0, [0, 1, 2])
    [1, 2]
    """

    def __init__(self, domain: Comparing, matrix: Sequence[Kept]) -> None:
        self.domain, self.matrix = domain, matrix

    def largest(self, points: Sequence[Kept]) -> Largest:
        """Return what finds the largest scores among some of these points.

        Source: arXiv 2407.01602, equation (1.2).

        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> order = ScoreOrder(RATIONALS, [((fmpz(-1),), fmpz(1))])
        >>> order.largest([((fmpz(1),), fmpz(1)), ((fmpz(3),), fmpz(1))])(1, [0, 1])
        [0]
        """
        known: dict[int, Sequence[Any]] = {}

        def numbers(place: int) -> Sequence[Any]:
            if place not in known:
                known[place] = self.domain.numbers(*points[place])
            return known[place]

        def largest(point: int, places: Sequence[int]) -> Sequence[int]:
            direction = [self.domain.inner(row, numbers(point)) for row in self._rows]
            scores = [self.domain.inner(direction, numbers(place)) for place in places]
            return [places[own] for own in self.domain.largest(scores)]

        return largest

    @cached_property
    def _rows(self) -> list[Sequence[Any]]:
        return [self.domain.numbers(*row) for row in self.matrix]
