"""Attention sets over a domain without integer matrices: floats where a bound proves them, else exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.domain import Domain, Point
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.score_order import Largest, ScoreOrder
from exactdyn.numbers.vectors import inner

UNIT = 2.0**-53
"""Largest relative error of a rounded operation."""

RANGE = 2.0**100
"""Numbers of at most this size, and the largest of at least its inverse, are compared in floats."""


@dataclass(frozen=True, eq=False)
class MatrixOver:
    """A matrix A of scores over a domain, made ready for many states.

    ``rows``: d x d numbers of the domain, fractions among them.

    >>> from fractions import Fraction
    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> MatrixOver(((Fraction(1, 2),),), RATIONALS).floats
    array([[0.5]])
    """

    rows: Rows
    domain: Domain[Any]

    @cached_property
    def numbers(self) -> list[list[Any]]:
        """The entries, fractions as numbers of the domain too.

        >>> from fractions import Fraction
        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> MatrixOver(((Fraction(1, 2),),), RATIONALS).numbers
        [[Fraction(1, 2)]]
        """
        return [[self.domain.own(x) for x in row] for row in self.rows]

    @cached_property
    def order(self) -> ScoreOrder:
        """What finds the largest exact scores.

        >>> from fractions import Fraction
        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> MatrixOver(((Fraction(1, 2),),), RATIONALS).order.matrix
        [((1,), 2)]
        """
        return self.domain.score_order(list(map(self.domain.point, self.numbers)))

    @cached_property
    def floats(self) -> np.ndarray:
        """The entries, each as its nearest float64.

        Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

        >>> from fractions import Fraction
        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> MatrixOver(((Fraction(1, 10),),), RATIONALS).floats
        array([[0.1]])
        """
        return np.array([[self.domain.nearest(x) for x in row] for row in self.numbers])

    def __reduce__(self) -> tuple[object, ...]:
        return MatrixOver, (self.rows, self.domain)  # what is made ready stays behind


def filtered_sets(matrix: MatrixOver, state: Points, seen: AttentionSets | None = None) -> AttentionSets:
    """Return whom each token attends: of the tokens that it sees those with the largest <A z_i, z_j>.

    ``matrix``: A, over the domain of the state. ``seen``: for every token those that it sees, None for all.
    What floats leave open is decided by :meth:`~exactdyn.numbers.domain.Domain.score_order`.
    Source: arXiv 2407.01602, equation (1.2); for the bound see :meth:`PointScores.slack`.

    >>> from fractions import Fraction
    >>> from exactdyn.numbers.fields.joining import number
    >>> root = number("sqrt(2)", "A")
    >>> state = Points.of_numbers(((Fraction(1),), (root,), (root * root - 1,)), root.domain)
    >>> [sorted(own) for own in filtered_sets(MatrixOver(((-root,),), root.domain), state)]
    [[0, 2], [0, 2], [0, 2]]
    """
    scores = PointScores(matrix, state)
    if seen is None:
        found = [scores.attended(point, None) for point in range(len(scores.points))]
        return tuple(found[place] for place in scores.places)
    pairs = zip(scores.places, seen, strict=True)
    return tuple(
        scores.attended(point, sorted({scores.places[j] for j in own})) & own for point, own in pairs
    )


def exact_scores(matrix: Rows, state: Points) -> list[list[Any]]:
    """Return <A z_i, z_j> for all tokens, row i those of token i, as numbers of the state's domain.

    Source: arXiv 2407.01602, equation (1.2).

    >>> from fractions import Fraction
    >>> exact_scores(((Fraction(2),),), Points.from_rows([[1], [3]]))
    [[Fraction(2, 1), Fraction(6, 1)], [Fraction(6, 1), Fraction(18, 1)]]
    """
    rows = state.rows()
    directions = [[inner(row, point) for row in matrix] for point in rows]
    return [[inner(direction, point) for point in rows] for direction in directions]


class PointScores:
    """The scores of the distinct points of a state.

    ``points``: for every distinct point its lowest token; ``places``: for every token the place of its point.

    >>> from fractions import Fraction
    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> one = MatrixOver(((Fraction(1),),), RATIONALS)
    >>> scores = PointScores(one, Points.from_rows([[2], [1], [2]]))
    >>> scores.points, scores.places, sorted(scores.attended(1, None))
    ([0, 1], [0, 1, 0], [0, 2])
    """

    def __init__(self, matrix: MatrixOver, state: Points) -> None:
        self._matrix, self._state = matrix, state
        known: dict[frozenset[int], int] = {}
        self.places = [known.setdefault(own, len(known)) for own in state.copies]
        self._copies = list(known)
        self.points = list(map(min, known))

    def attended(self, point: int, seen: list[int] | None) -> frozenset[int]:
        """Return the tokens at the points with the largest score, of all points or those that are seen.

        >>> from fractions import Fraction
        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> one = MatrixOver(((Fraction(1),),), RATIONALS)
        >>> sorted(PointScores(one, Points.from_rows([[2], [1], [2]])).attended(0, [1]))
        [1]
        """
        near = self._near(point, seen)
        if len(near) > 1:
            near = self._largest(point, near)
        if len(near) == 1:
            return self._copies[near[0]]
        return frozenset().union(*map(self._copies.__getitem__, near))

    def _near(self, point: int, seen: list[int] | None) -> Sequence[int]:
        """Return the points of which floats do not tell that their score is not the largest."""
        if self._floats is None:
            return list(range(len(self.points))) if seen is None else seen
        if seen is None:
            return self._near_all[point]
        own, slack = self._floats[0][point][seen], self._floats[1][point]
        return [place for place, near in zip(seen, own >= own.max() - slack, strict=True) if near]

    @cached_property
    def _near_all(self) -> list[list[int]]:
        """The same for every point that sees all, where floats are in range."""
        near: list[list[int]] = [[] for _ in self.points]
        if self._floats is not None:
            scores, slack = self._floats
            for point, place in np.argwhere(scores >= (scores.max(axis=1) - slack)[:, None]).tolist():
                near[point].append(place)
        return near

    @cached_property
    def _floats(self) -> tuple[np.ndarray, np.ndarray] | None:
        """The scores in floats, and how far two of a row may be out of order; None out of range."""
        matrix, points = self._matrix.floats, np.array(self._state.domain.all_floats(self._distinct))
        for sizes in (np.abs(points), np.abs(matrix)):
            if not 1 / RANGE <= sizes.max() <= RANGE:
                return None
        return points @ matrix.T @ points.T, self.slack(points, matrix)

    @staticmethod
    def slack(points: np.ndarray, matrix: np.ndarray) -> np.ndarray:
        """Return, for every row of scores in floats, more than twice what any of them is off.

        ``points``: p x d, ``matrix``: d x d, the nearest floats of exact numbers, of size at most
        :data:`RANGE`. A score is a sum of d^2 products of three numbers. Each number is off by u of its size,
        each product is rounded twice, each sum of d numbers at most d - 1 times, twice: (2 d + 3) u of the
        sum of the sizes, and where products underflow less than 2^-800.
        Source: Higham, Accuracy and Stability of Numerical Algorithms (2nd edition, 2002), section 3.1.

        >>> bool(PointScores.slack(np.array([[1.0]]), np.array([[1.0]]))[0] < 1e-14)
        True
        """
        dimension = points.shape[1]
        sizes = np.abs(points) @ np.abs(matrix).T @ np.abs(points).max(axis=0)
        slack: np.ndarray = 2.1 * (2 * dimension + 6) * UNIT * sizes + 2.0**-700
        return slack

    @cached_property
    def _largest(self) -> Largest:
        return self._matrix.order.largest(self._distinct)

    @cached_property
    def _distinct(self) -> list[Point]:
        return [self._state.points[token] for token in self.points]
