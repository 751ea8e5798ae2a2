"""A segment of points to which tokens could tend: then the set S of a limit polytope is infinite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import comb

from exactdyn.geometry.products import images
from exactdyn.geometry.programs.linear_program import Constraint, Feasible, solve
from exactdyn.limits.polytope import SIMPLICES_LIMIT
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import inner

Weights = dict[int, Fraction]


def find_segment(A: Rows, vertices: Sequence[int], places: Rows) -> tuple[Weights, Weights] | None:
    """Return two points of S = { s in K : <As, s> = max over K of <As, .> }, with all between; or None.

    ``vertices``: a token at each vertex of K; ``places``: the limits of the tokens. Each point is given by
    its weights of tokens. <As, .> is largest at both for each of the two. There are such points if S is
    infinite: then those of S in some simplex of vertices of a face are more than one. None over a number
    field, and where more than ``SIMPLICES_LIMIT`` simplices are to be gone through.
    Source: lemma ``limit-set`` in ``proofs_checks/FORMAT.md``.

    >>> one, zero = Fraction(1), Fraction(0)
    >>> places = ((one, zero), (one, one), (zero, zero))
    >>> first, second = find_segment(((one, zero), (zero, zero)), range(3), places)
    >>> sum(first.values()) == sum(second.values()) == 1 and first != second
    True
    """
    if domain_of(x for row in (*A, *places) for x in row) != RATIONALS:
        return None
    sizes = range(2, len(A) + 2)
    if sum(comb(len(vertices), size) for size in sizes) > SIMPLICES_LIMIT:
        return None
    corners = [places[v] for v in vertices]
    forms = [tuple(inner(image, y) for y in corners) for image in images(A, corners)]
    for simplex in (simplex for size in sizes for simplex in combinations(range(len(corners)), size)):
        found = _two_points(forms, simplex)
        if found is not None:
            first, second = (
                {vertices[v]: w for v, w in zip(simplex, own, strict=True) if w} for own in found
            )
            return first, second
    return None


def _two_points(forms: Sequence[Row], simplex: Sequence[int]) -> tuple[Row, Row] | None:
    # Some point of the polytope, and another one that differs from it in a coordinate, if there is any.
    constraints = list(_constraints(forms, simplex))
    first = solve(constraints, len(simplex))
    if not isinstance(first, Feasible):
        return None
    for place, weight in enumerate(first.point):
        for sign in (1, -1):
            other = Constraint(_unit(place, len(simplex), sign), ">", sign * weight)
            second = solve([*constraints, other], len(simplex))
            if isinstance(second, Feasible):
                return first.point, second.point
    return None


def _constraints(forms: Sequence[Row], simplex: Sequence[int]) -> Iterator[Constraint]:
    # Weights of sum 1 of the vertices of a simplex, by which <As, .> is largest at all of them.
    size, first = len(simplex), simplex[0]
    yield from (Constraint(_unit(place, size, 1), ">=") for place in range(size))
    yield Constraint((Fraction(1),) * size, "=", Fraction(1))
    for other in range(len(forms)):
        if other != first:
            row = tuple(forms[v][first] - forms[v][other] for v in simplex)
            yield Constraint(row, "=" if other in simplex else ">=")


def _unit(place: int, size: int, sign: int) -> Row:
    return tuple(Fraction(sign * (j == place)) for j in range(size))
