"""Where in a cell an answer may change: polynomials between whose roots everything it asks for stays.

Each function yields polynomials in the parameter, of which those that are 0 everywhere play no part: between
neighbouring roots of all others the signs that the answer depends on are the same, so it is that at any one
value there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cmp_to_key, reduce
from itertools import combinations, pairwise, product
from operator import mul
from typing import TypeAlias

from flint import fmpq, fmpq_poly

from exactdyn.numbers.reading import to_fmpq
from exactdyn.parameters.line import Line, Linear
from exactdyn.parameters.region import Region
from exactdyn.parameters.roots import Root, Roots
from exactdyn.parameters.states import PolynomialState

Polynomials: TypeAlias = list[list[fmpq_poly]]
"""Rows of polynomials in the parameter."""


def cut(region: Region, polynomials: Iterator[fmpq_poly], roots: Roots) -> list[Region]:
    """Return the parts of a region between the roots of polynomials, and these roots.

    >>> from fractions import Fraction
    >>> roots = Roots(Fraction(0), Fraction(1))
    >>> whole = Region(*map(Root.rational, (Fraction(0), Fraction(1))))
    >>> [part.point for part in cut(whole, iter([fmpq_poly([-1, 2])]), roots)]
    [False, True, False]
    """
    if region.point:
        return [region]
    found = {id(root): root for p in polynomials if p.degree() > 0 for root in roots.of(p.numer())}
    inside = [root for root in found.values() if region.low.below(root) and root.below(region.high)]
    return region.cut(sorted(inside, key=cmp_to_key(_order)))


def _order(one: Root, other: Root) -> int:
    return -1 if one.below(other) else 1


def of_facts(line: Line) -> Iterator[fmpq_poly]:
    """Yield what decides whether A is symmetric, and the definiteness and the rank of its symmetric part.

    All eigenvalues of that being real, these are read off the signs of the coefficients of its characteristic
    polynomial. Source: Descartes' rule of signs; U. Le Verrier and D. K. Faddeev for the coefficients.

    >>> from fractions import Fraction
    >>> one, zero = Fraction(1), Fraction(0)
    >>> A = ((one, zero), (zero, zero)), ((zero, zero), (zero, one))
    >>> [str(p) for p in of_facts(Line("t", A, (((one, one),),), one / 2, zero, one))]
    ['0', '(-1)*x + (-1)', 'x']
    """
    if len(line.matrix) == 1:
        return
    A, size = _polynomials(line.matrix), range(line.dimension)
    yield from (A[r][c] - A[c][r] for r, c in combinations(size, 2))
    form = [[(A[r][c] + A[c][r]) / 2 for c in size] for r in size]
    power = [[fmpq_poly([int(r == c)]) for c in size] for r in size]
    for k in size:
        columns = list(zip(*power, strict=True))
        power = [[_inner(row, list(column)) for column in columns] for row in form]
        coefficient = sum((power[r][r] for r in size), fmpq_poly([])) / -(k + 1)
        yield coefficient
        for r in size:
            power[r][r] += coefficient


def of_start(line: Line) -> Iterator[fmpq_poly]:
    """Yield what decides which tokens of layer 0 are zero, and which are equal.

    >>> from fractions import Fraction
    >>> zero, one = Fraction(0), Fraction(1)
    >>> line = Line("t", (((one,),),), (((one,), (zero,)), ((zero,), (one,))), one / 2, zero, one)
    >>> [str(p) for p in of_start(line)]
    ['1', 'x', '(-1)*x + 1']
    """
    if len(line.tokens) == 1:
        return
    yield from of_zeros([_polynomials(line.tokens)])
    yield from _differences(_polynomials(line.tokens))


def of_zeros(states: Sequence[Polynomials]) -> Iterator[fmpq_poly]:
    """Yield what decides which tokens are zero.

    >>> [str(p) for p in of_zeros([[[fmpq_poly([0, 1]), fmpq_poly([0, 0, 2])]]])]
    ['x']
    """
    yield from (_common(row) for state in states for row in state)


def of_meeting(states: Sequence[Polynomials]) -> Iterator[fmpq_poly]:
    """Yield what decides which tokens are equal at each of some layers.

    >>> [str(p) for p in of_meeting([[[fmpq_poly([0, 1])], [fmpq_poly([1])]]])]
    ['x + (-1)']
    """
    for state in states:
        yield from _differences(state)


def of_growth(states: Sequence[Polynomials], A: Polynomials) -> Iterator[fmpq_poly]:
    """Yield what decides from layer to layer who moves, and whether <Az, z> falls.

    >>> states = [[[fmpq_poly([1])]], [[fmpq_poly([1, -1])]]]
    >>> [str(p) for p in of_growth(states, [[fmpq_poly([1])]])]
    ['(-1)*x', 'x^2 + (-2)*x']
    """
    for here, there in pairwise(states):
        for before, after in zip(here, there, strict=True):
            yield _common([y - x for x, y in zip(before, after, strict=True)])
            yield _inner(_image(A, after), after) - _inner(_image(A, before), before)


def of_vertices(points: Polynomials) -> Iterator[fmpq_poly]:
    """Yield what decides which of some points are vertices of their hull, and which are equal.

    First minors that tell whether a projection to some coordinates is one to one on the points, then the
    orientation of every simplex there. Source: oriented matroids, A. Bjoerner and others, section 1.5.

    >>> points = [[fmpq_poly([0])], [fmpq_poly([1])], [fmpq_poly([0, 1])]]
    >>> [str(p) for p in of_vertices(points)]
    ['1', '1', 'x', 'x + (-1)']
    """
    edges = [[x - y for x, y in zip(row, points[0], strict=True)] for row in points[1:]]
    columns, pivot = _echelon(edges)
    yield pivot
    for simplex in combinations(points, len(columns) + 1):
        first, *others = ([row[c] for c in columns] for row in simplex)
        yield determinant([[x - y for x, y in zip(row, first, strict=True)] for row in others])


def of_limit_set(points: Polynomials, A: Polynomials, definite: bool) -> Iterator[fmpq_poly]:
    """Yield what decides which points are in S, and, unless A is definite, whether they are rigid.

    Source: lemma ``limit-set`` in ``proofs_checks/FORMAT.md``.

    >>> points = [[fmpq_poly([1])], [fmpq_poly([0, 1])]]
    >>> [str(p) for p in of_limit_set(points, [[fmpq_poly([1])]], True)]
    ['1', 'x', '(-1)*x + 1', 'x^2 + (-1)*x']
    """
    yield from of_zeros([points])
    images = [_image(A, row) for row in points]
    forms = [[_inner(image, row) for row in points] for image in images]
    yield from (forms[k][k] - forms[k][j] for k, j in product(range(len(points)), repeat=2) if j != k)
    if definite:
        return
    products = [[_inner(row, other) for other in points] for row in points]
    for size in range(2, len(A) + 2):
        for simplex in combinations(range(len(points)), size):
            yield determinant(_edges(products, simplex))
            yield determinant(_edges(forms, simplex))


def matrix_of(line: Line) -> Polynomials:
    """Return A with polynomials for entries.

    >>> from fractions import Fraction
    >>> one = Fraction(1)
    >>> matrix_of(Line("t", (((one,),), ((one,),)), (((one,),),), one / 2, one, one * 2))
    [[x + 1]]
    """
    return _polynomials(line.matrix)


def points_of(state: PolynomialState) -> Polynomials:
    """Return the tokens of a state, each coordinate as a polynomial.

    >>> from fractions import Fraction
    >>> points_of(PolynomialState.start((((Fraction(1, 2),),),)))
    [[1/2]]
    """
    return [[fmpq_poly(x) / state.denominator for x in row] for row in state.polynomials]


def determinant(rows: Polynomials) -> fmpq_poly:
    """Return the determinant of a square matrix of polynomials, of no rows 1.

    >>> determinant([[fmpq_poly([0, 1]), fmpq_poly([1])], [fmpq_poly([1]), fmpq_poly([0, 1])]])
    x^2 + (-1)
    """
    columns, pivot = _echelon(rows)
    return pivot if len(columns) == len(rows) else fmpq_poly([])


def _echelon(rows: Polynomials) -> tuple[list[int], fmpq_poly]:
    """Return columns of full rank, and a minor there that is not 0 everywhere; of a square matrix that is it.

    Source: elimination without fractions, E. H. Bareiss, Mathematics of Computation 22, 1968.
    """
    rest, columns, last, sign = [list(row) for row in rows], list[int](), fmpq_poly([1]), 1
    for column in range(len(rest[0]) if rest else 0):
        top = len(columns)
        found = next((r for r in range(top, len(rest)) if not rest[r][column].is_zero()), None)
        if found is None:
            continue
        if found != top:
            rest[top], rest[found], sign = rest[found], rest[top], -sign
        pivot = rest[top][column]
        for row in rest[top + 1 :]:
            factor = row[column]
            for c in range(column, len(row)):
                row[c] = (row[c] * pivot - factor * rest[top][c]) // last
        columns.append(column)
        last = pivot
    return columns, last * sign


def _edges(forms: Polynomials, simplex: Sequence[int]) -> Polynomials:
    first, *others = simplex
    return [
        [forms[i][j] - forms[i][first] - forms[first][j] + forms[first][first] for j in others]
        for i in others
    ]


def _differences(points: Polynomials) -> Iterator[fmpq_poly]:
    for one, other in combinations(points, 2):
        yield _common([x - y for x, y in zip(one, other, strict=True)])


def _inner(x: Sequence[fmpq_poly], y: Sequence[fmpq_poly]) -> fmpq_poly:
    return sum(map(mul, x, y), fmpq_poly([]))


def _common(row: Sequence[fmpq_poly]) -> fmpq_poly:
    """Return a polynomial whose roots are the common roots of some."""
    return reduce(lambda p, q: p.gcd(q), row)


def _image(A: Polynomials, point: Sequence[fmpq_poly]) -> list[fmpq_poly]:
    return [_inner(row, point) for row in A]


def _polynomials(rows: Linear) -> Polynomials:
    return [
        [fmpq_poly([fmpq(to_fmpq(x)) for x in entry]) for entry in zip(*row, strict=True)]
        for row in zip(*rows, strict=True)
    ]
