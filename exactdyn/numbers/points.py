"""n points, each as an integer vector over its own positive denominator, in lowest terms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, reduce
from operator import add
from typing import Any

import numpy as np
from flint import fmpq_poly, fmpz, fmpz_mat

from exactdyn.numbers.domain import Domain, Point
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row, Rows, exact_rows, to_fmpq


def lowest_terms(numerators: Iterable[fmpz], denominator: fmpz) -> Point:
    """Divide numerators and a positive denominator by what they have in common.

    >>> lowest_terms([fmpz(2), fmpz(4)], fmpz(6))
    ((1, 2), 3)
    """
    row = tuple(numerators)
    common = denominator
    for numerator in row:
        if common == 1:
            return row, denominator
        common = common.gcd(numerator)
    return tuple(numerator // common for numerator in row), denominator // common


def mean(points: Sequence[Point]) -> Point:
    """Return the mean of points, copies counted as often as they occur.

    Source: arXiv 2407.01602, equation (1.1): the attended point.

    >>> mean([((fmpz(1),), fmpz(1)), ((fmpz(1),), fmpz(3))])
    ((2,), 3)
    """
    if len(points) == 1:
        return points[0]
    common = fmpz(1)
    for _, denominator in points:
        common = common.lcm(denominator)
    scaled = [[x * (common // denominator) for x in row] for row, denominator in points]
    return lowest_terms((sum(column, fmpz(0)) for column in zip(*scaled, strict=True)), common * len(points))


def towards(point: Point, target: Point, step: Fraction) -> Point:
    """Move a point towards a target: ``point + step * (target - point)``.

    Source: arXiv 2407.01602, equation (1.1).

    >>> towards(((fmpz(0),), fmpz(1)), ((fmpz(1),), fmpz(1)), Fraction(1, 3))
    ((1,), 3)
    """
    if point == target:
        return point
    (row, denominator), (goal, goal_denominator) = point, target
    common = denominator.lcm(goal_denominator)
    keep = (common // denominator) * (step.denominator - step.numerator)
    take = (common // goal_denominator) * step.numerator
    moved = (keep * x + take * y for x, y in zip(row, goal, strict=True))
    return lowest_terms(moved, common * step.denominator)


def all_towards(points: Sequence[Point], sets: Sequence[frozenset[int]], step: Fraction) -> tuple[Point, ...]:
    """Move every point towards the mean of the points of its set, as :func:`mean` and :func:`towards` do.

    The integers of a point are coefficients of a polynomial, which flint keeps in lowest terms: of many
    integers this is faster than one by one.
    Source: arXiv 2407.01602, equation (1.1).

    >>> two = (((fmpz(0),), fmpz(1)), ((fmpz(1),), fmpz(1)))
    >>> all_towards(two, [frozenset({0, 1}), frozenset({1})], Fraction(1, 3))
    (((1,), 6), ((1,), 1))
    """
    length, tau = len(points[0][0]), to_fmpq(step)
    vectors = [fmpq_poly(list(row), denominator) for row, denominator in points]
    means = {own: reduce(add, (vectors[j] for j in own)) / len(own) for own in frozenset(sets)}
    moved = []
    for point, vector, own in zip(points, vectors, sets, strict=True):
        pull = means[own] - vector
        moved.append(_padded(vector + tau * pull, length) if pull else point)
    return tuple(moved)


def _padded(vector: fmpq_poly, length: int) -> Point:
    row = vector.numer().coeffs()
    return (*row, *[fmpz(0)] * (length - len(row))), vector.denom()


@dataclass(frozen=True)
class Points:
    """n points of dimension d in order; equal points keep their places.

    ``points``: n pairs of numerators and a positive denominator, in lowest terms, so that two points are
    equal exactly if their pairs are. ``domain``: whose numbers the coordinates are; over the rationals a
    point has d numerators (see :mod:`exactdyn.numbers.domain`).

    >>> Points.from_rows([["1/2", "1/3"], [1, 0]]).rows()[0]
    [Fraction(1, 2), Fraction(1, 3)]
    """

    points: tuple[Point, ...]
    domain: Domain[Any] = field(default=RATIONALS, repr=False)

    @classmethod
    def from_rows(cls, rows: object, where: str = "points") -> Points:
        """Build points from rows of exact numbers (see :func:`exactdyn.numbers.reading.exact_rows`).

        >>> Points.from_rows([["0.5"]]).rows()
        [[Fraction(1, 2)]]
        """
        return cls(tuple(map(RATIONALS.point, exact_rows(rows, where))))

    @classmethod
    def of_numbers(cls, rows: Rows, domain: Domain[Any] = RATIONALS) -> Points:
        """Build points from rows of numbers of a domain, fractions among them.

        >>> Points.of_numbers(((Fraction(1, 2),),)).points
        (((1,), 2),)
        """
        if domain == RATIONALS:
            return cls(tuple(map(RATIONALS.point, rows)))
        numbers = ([domain.rational(x) if isinstance(x, Fraction) else x for x in row] for row in rows)
        return cls(tuple(map(domain.point, numbers)), domain)

    @classmethod
    def of_any(cls, rows: Rows) -> Points:
        """Build points from rows of numbers of whatever domain, which is found.

        >>> Points.of_any(((Fraction(1, 2),),)).domain.name
        'the rationals'
        """
        return cls.of_numbers(rows, domain_of(x for row in rows for x in row))

    @property
    def count(self) -> int:
        """The number n of points, copies included.

        >>> Points.from_rows([[1, 2], [1, 2]]).count
        2
        """
        return len(self.points)

    @property
    def dimension(self) -> int:
        """The dimension d of the space.

        >>> Points.from_rows([[1, 2]]).dimension
        2
        """
        return len(self.points[0][0]) // self.domain.degree

    def rows(self) -> list[list[Fraction]]:
        """Return n rows of d fractions.

        >>> Points.from_rows([["1/2"], [1]]).rows()
        [[Fraction(1, 2)], [Fraction(1, 1)]]
        """
        return [list(self.row(token)) for token in range(self.count)]

    def row(self, token: int) -> Row:
        """Return one point as d fractions.

        >>> Points.from_rows([[0], ["1/2"]]).row(1)
        (Fraction(1, 2),)
        """
        return self.domain.numbers(*self.points[token])

    def floats(self) -> np.ndarray:
        """Return n x d float64, every coordinate correctly rounded; beyond their range, infinite.

        Source: rounding roundTiesToEven of IEEE 754-2019, section 4.3.1.

        >>> Points.from_rows([["1/10"]]).floats()
        array([[0.1]])
        """
        return np.array(self.domain.all_floats(self.points))

    @cached_property
    def common(self) -> tuple[fmpz_mat, fmpz]:
        """The points over one common positive denominator: an n x d integer matrix and that denominator.

        >>> Points.from_rows([["1/2"], ["1/3"]]).common
        ([3]
        [2], 6)
        """
        self.domain.require("integer matrices")
        rows, denominator = self._over_common()
        return fmpz_mat(rows), denominator

    @cached_property
    def coefficients(self) -> tuple[tuple[fmpz_mat, ...], fmpz]:
        """The points over one positive denominator: for every power of the generator an integer matrix.

        >>> Points.from_rows([["1/2"], ["1/3"]]).coefficients
        (([3]
        [2],), 6)
        """
        if "integer matrices" not in self.domain.lacks:
            numerators, denominator = self.common
            return (numerators,), denominator
        degree = self.domain.degree
        rows, denominator = self._over_common()
        return tuple(fmpz_mat([row[power::degree] for row in rows]) for power in range(degree)), denominator

    def _over_common(self) -> tuple[list[list[fmpz]], fmpz]:
        denominator = fmpz(1)
        for _, own in self.points:
            denominator = denominator.lcm(own)
        return [[x * (denominator // own) for x in row] for row, own in self.points], denominator

    def tokens_at(self, places: Iterable[Point]) -> list[list[int]]:
        """Return the tokens at each of some different points.

        >>> state = Points.from_rows([[1], [2], [1]])
        >>> state.tokens_at([state.points[0]])
        [[0, 2]]
        """
        found: dict[Point, list[int]] = {place: [] for place in places}
        # Mostly first coordinates tell points apart, and the others need not be looked at.
        firsts = {(row[0], denominator) for row, denominator in found}
        for token, point in enumerate(self.points):
            if (point[0][0], point[1]) in firsts and point in found:
                found[point].append(token)
        return list(found.values())

    @cached_property
    def copies(self) -> tuple[frozenset[int], ...]:
        """For every token the tokens at the same point, itself included.

        >>> [sorted(own) for own in Points.from_rows([[1], [2], ["2/2"]]).copies]
        [[0, 2], [1], [0, 2]]
        """
        # Mostly first coordinates tell points apart, and the others need not be looked at.
        alike: dict[tuple[fmpz, fmpz], list[int]] = {}
        for token, (row, denominator) in enumerate(self.points):
            alike.setdefault((row[0], denominator), []).append(token)
        found: dict[int, frozenset[int]] = {}
        for tokens in alike.values():
            places: dict[Point, list[int]] = {}
            for token in tokens if len(tokens) > 1 else ():
                places.setdefault(self.points[token], []).append(token)
            for copies in places.values() or (tokens,):
                own = frozenset(copies)
                found.update((token, own) for token in copies)
        return tuple(found[token] for token in range(self.count))
