"""Is a point in the convex hull of others? A convex combination, or a functional that separates it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.geometry.programs.linear_program import Solution, nonnegative_solution
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row
from exactdyn.numbers.vectors import primitive_rows


@dataclass(frozen=True)
class Inside:
    """Positive weights of sum 1, by the index of their point: the point is this convex combination."""

    weights: dict[int, Fraction]


@dataclass(frozen=True)
class Outside:
    """A linear functional that is larger at the point than anywhere on the hull, in coprime integers."""

    functional: Row


def locate(point: Row, others: Sequence[Row]) -> Inside | Outside:
    """Tell whether a point lies in the convex hull of others, with the proof.

    ``point``, ``others``: d numbers each, all of one domain; no others have an empty hull.
    Source: separation theorem, decided by
    :func:`~exactdyn.geometry.programs.linear_program.nonnegative_solution`.

    >>> locate((Fraction(1),), [(Fraction(0),), (Fraction(4),)])
    Inside(weights={0: Fraction(3, 4), 1: Fraction(1, 4)})
    >>> locate((Fraction(5),), [(Fraction(0),), (Fraction(4),)])
    Outside(functional=(Fraction(1, 1),))
    """
    one = Fraction(1)
    if not others:
        return Outside((one,) * len(point))
    answer = nonnegative_solution([(*other, one) for other in others], (*point, one))
    if isinstance(answer, Solution):
        return Inside(answer.weights)
    functional = answer.vector[:-1]
    if domain_of(functional) != RATIONALS:
        return Outside(functional)
    # A witness is read by people: the same direction in the smallest integers.
    return Outside(primitive_rows((functional,))[0])
