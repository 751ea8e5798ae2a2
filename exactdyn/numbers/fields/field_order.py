"""The largest of scores over a number field: by residues where they are equal, else in fixed point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from operator import mul
from typing import Any

from flint import fmpz_mat

from exactdyn.numbers.domain import Domain, Point
from exactdyn.numbers.fields.common_points import CommonPoints
from exactdyn.numbers.fields.residues import Residues
from exactdyn.numbers.score_order import Largest, ScoreOrder

SPARE = 128
"""How many bits fixed point has beyond twice those of the numbers: most of what differs, differs there."""


class FieldOrder(ScoreOrder):
    """Finds the largest scores of a matrix over a field.

    ``values``: for every number f of bits a column, integers within 1 of 2^f theta^k.

    >>> from exactdyn.numbers.fields.joining import number
    >>> root = number("sqrt(2)", "A")
    >>> field = root.domain
    >>> order = field.score_order([field.point([-root])])
    >>> order.largest([field.point([root]), field.point([root - 1]), field.point([1 - root])])(0, [0, 1, 2])
    [2]
    """

    def __init__(
        self,
        domain: Domain[Any],
        matrix: Sequence[Point],
        residues: Residues,
        values: Callable[[int], fmpz_mat],
    ) -> None:
        super().__init__(domain, matrix)
        self.degree, self._residues, self._values = domain.degree, residues, values

    @cached_property
    def _common(self) -> CommonPoints:
        return CommonPoints.of(self.matrix, self.degree)

    def largest(self, points: Sequence[Point]) -> Largest:
        """Return what finds the largest scores among some of these points.

        >>> from exactdyn.numbers.fields.joining import number
        >>> root = number("sqrt(2)", "A")
        >>> field = root.domain
        >>> one, two = field.point([root / 2]), field.point([1 / root])
        >>> field.score_order([one]).largest([one, two])(0, [0, 1])
        [0, 1]
        """
        common = CommonPoints.of(points, self.degree)
        same = self._residues.same_scores(self._common, common)
        slow = super().largest(points)
        nearest: Largest | None = None

        def largest(point: int, places: Sequence[int]) -> Sequence[int]:
            nonlocal nearest
            if same(point, places):
                return places
            if nearest is None:
                nearest = self.near_largest(common)
            left = nearest(point, places)
            return left if same(point, left) else slow(point, left)

        return largest

    def near_largest(self, points: CommonPoints) -> Largest:
        """Return what finds the places that may have the largest score, as far as fixed point tells.

        A coordinate whose integers are less than 2^s in size has a value that is off by at most e = D 2^s. A
        sum of d products of x and y is off by at most d (x e(y) + y e(x)), with x as it is computed and y as
        it is, which is at most e(y) more than as it is computed.

        >>> from exactdyn.numbers.fields.joining import number
        >>> root = number("sqrt(2)", "A")
        >>> field = root.domain
        >>> from fractions import Fraction
        >>> points = [field.point([root]), field.point([root + Fraction(1, 2**60)])]
        >>> field.score_order(points[:1]).near_largest(CommonPoints.of(points, 2))(0, [0, 1])
        [1]
        """
        degree, dimension, matrix = self.degree, points.dimension, self._common
        bits = SPARE + 2 * max(points.bits, matrix.bits)
        powers = self._values(bits + -bits % 64)
        rows, entries = points.at(powers), matrix.at(powers)
        directions = rows * entries.transpose()
        off_row, off_entry = degree << points.bits, degree << matrix.bits
        size = _size(rows) + off_row
        off_direction = dimension * (_size(entries) * off_row + size * off_entry)
        slack = 2 * dimension * (_size(directions) * off_row + size * off_direction)
        own_directions, own_rows = directions.tolist(), rows.tolist()

        def nearest(point: int, places: Sequence[int]) -> Sequence[int]:
            direction = own_directions[point]
            scores = [sum(map(mul, direction, own_rows[place])) for place in places]
            least = max(scores) - slack
            return [place for place, score in zip(places, scores, strict=True) if score >= least]

        return nearest


def _size(matrix: fmpz_mat) -> int:
    return max(abs(x) for x in map(int, matrix.entries()))
