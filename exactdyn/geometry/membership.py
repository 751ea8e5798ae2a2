"""Is a point in the convex hull of others? A convex combination, or a functional that separates it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.geometry.programs.linear_program import Solution, nonnegative_solution
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row, exact
from exactdyn.numbers.vectors import inner, primitive_rows, rational_matrix


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


def combined_again(
    point: Row, others: Sequence[Row], weights: Mapping[int, Fraction]
) -> dict[int, Fraction] | None:
    """Return positive weights of sum 1 that combine others to a point, near those that did for another point.

    ``weights``: by the index of their point, positive and of sum 1: these are tried, and then whatever
    weights the same others have. None if neither do, which says nothing of the hull.

    >>> zero, one, four = map(Fraction, (0, 1, 4))
    >>> combined_again((one,), [(zero,), (four,)], {0: one / 2, 1: one / 2})
    {0: Fraction(3, 4), 1: Fraction(1, 4)}
    """
    if (
        not weights
        or domain_of(x for own in (point, *(others[j] for j in weights)) for x in own) != RATIONALS
    ):
        return None
    columns = list(zip(*(others[j] for j in weights), strict=True))
    if all(inner(list(weights.values()), column) == x for column, x in zip(columns, point, strict=True)):
        return dict(weights)
    if len(weights) != len(point) + 1:
        return None
    one = Fraction(1)
    try:
        found = rational_matrix([*columns, (one,) * len(weights)]).solve(
            rational_matrix([(x,) for x in (*point, one)])
        )
    except ZeroDivisionError:
        return None
    again = dict(zip(weights, (exact(x) for x in found.entries()), strict=True))
    return again if min(again.values()) > 0 else None
