"""Where in a cell an answer may change: polynomials between whose roots everything it asks for stays.

Each function yields polynomials in the parameter, of which those that are 0 everywhere play no part: between
neighbouring roots of all others the signs that the answer depends on are the same, so it is that at any one
value there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cmp_to_key, reduce
from itertools import combinations, pairwise, product

from flint import fmpz_poly

from exactdyn.numbers.vectors import inner
from exactdyn.parameters.elimination import characteristic, determinant, echelon
from exactdyn.parameters.line import Line
from exactdyn.parameters.region import Region
from exactdyn.parameters.roots import Root, Roots
from exactdyn.parameters.rows import Polynomials, image_of, polynomial_rows


def cut(region: Region, polynomials: Iterator[fmpz_poly], roots: Roots) -> list[Region]:
    """Return the parts of a region between the roots of polynomials, and these roots.

    >>> from fractions import Fraction
    >>> roots = Roots(Fraction(0), Fraction(1))
    >>> whole = Region(*map(Root.rational, (Fraction(0), Fraction(1))))
    >>> [part.point for part in cut(whole, iter([fmpz_poly([-1, 2])]), roots)]
    [False, True, False]
    """
    if region.point:
        return [region]
    found = {id(root): root for p in polynomials if p.degree() > 0 for root in roots.of(p)}
    inside = [root for root in found.values() if region.low.below(root) and root.below(region.high)]
    return region.cut(sorted(inside, key=cmp_to_key(_order)))


def _order(one: Root, other: Root) -> int:
    return -1 if one.below(other) else 1


def of_facts(line: Line) -> Iterator[fmpz_poly]:
    """Yield what decides whether A is symmetric, and the definiteness and the rank of its symmetric part.

    All eigenvalues of that being real, these are read off the signs of the coefficients of its characteristic
    polynomial.
    Source: Descartes' rule of signs.

    >>> from fractions import Fraction
    >>> one, zero = Fraction(1), Fraction(0)
    >>> A = ((one, zero), (zero, zero)), ((zero, zero), (zero, one))
    >>> [str(p) for p in of_facts(Line("t", A, (((one, one),),), one / 2, zero, one))]
    ['0', '(-2)*x + (-2)', '4*x']
    """
    if len(line.matrix) == 1:
        return
    A, size = polynomial_rows(line.matrix), range(line.dimension)
    yield from (A[r][c] - A[c][r] for r, c in combinations(size, 2))
    form = [[A[r][c] + A[c][r] for c in size] for r in size]
    yield from characteristic(form, fmpz_poly([1]))[1:]


def of_start(line: Line) -> Iterator[fmpz_poly]:
    """Yield what decides which tokens of layer 0 are zero, and which are equal.

    >>> from fractions import Fraction
    >>> zero, one = Fraction(0), Fraction(1)
    >>> line = Line("t", (((one,),),), (((one,), (zero,)), ((zero,), (one,))), one / 2, zero, one)
    >>> [str(p) for p in of_start(line)]
    ['1', 'x', '(-1)*x + 1']
    """
    if len(line.tokens) == 1:
        return
    yield from of_zeros([polynomial_rows(line.tokens)])
    yield from _differences(polynomial_rows(line.tokens))


def of_zeros(states: Sequence[Polynomials]) -> Iterator[fmpz_poly]:
    """Yield what decides which tokens are zero.

    >>> [str(p) for p in of_zeros([[[fmpz_poly([0, 1]), fmpz_poly([0, 0, 2])]]])]
    ['x']
    """
    yield from (_common(row) for state in states for row in state)


def of_meeting(states: Sequence[Polynomials]) -> Iterator[fmpz_poly]:
    """Yield what decides which tokens are equal at each of some layers.

    >>> [str(p) for p in of_meeting([[[fmpz_poly([0, 1])], [fmpz_poly([1])]]])]
    ['x + (-1)']
    """
    for state in states:
        yield from _differences(state)


def of_growth(states: Sequence[Polynomials], A: Polynomials) -> Iterator[fmpz_poly]:
    """Yield what decides from layer to layer who moves, and whether <Az, z> falls.

    >>> states = [[[fmpz_poly([1])]], [[fmpz_poly([1, -1])]]]
    >>> [str(p) for p in of_growth(states, [[fmpz_poly([1])]])]
    ['(-1)*x', 'x^2 + (-2)*x']
    """
    for here, there in pairwise(states):
        for before, after in zip(here, there, strict=True):
            yield _common([y - x for x, y in zip(before, after, strict=True)])
            yield inner(image_of(A, after), after) - inner(image_of(A, before), before)


def of_vertices(points: Polynomials) -> Iterator[fmpz_poly]:
    """Yield what decides which of some points are vertices of their hull, and which are equal.

    First minors that tell whether a projection to some coordinates is one to one on the points, then the
    orientation of every simplex there.
    Source: oriented matroids, A. Bjoerner and others, section 1.5.

    >>> points = [[fmpz_poly([0])], [fmpz_poly([1])], [fmpz_poly([0, 1])]]
    >>> [str(p) for p in of_vertices(points)]
    ['1', '1', 'x', 'x + (-1)']
    """
    edges = [[x - y for x, y in zip(row, points[0], strict=True)] for row in points[1:]]
    columns, pivot = echelon(edges)
    yield pivot
    for simplex in combinations(points, len(columns) + 1):
        first, *others = ([row[c] for c in columns] for row in simplex)
        yield determinant([[x - y for x, y in zip(row, first, strict=True)] for row in others])


def of_limit_set(points: Polynomials, A: Polynomials, definite: bool) -> Iterator[fmpz_poly]:
    """Yield what decides which points are in S, and, unless A is definite, whether they are rigid.

    Source: lemma ``limit-set`` in ``proofs_checks/FORMAT.md``.

    >>> points = [[fmpz_poly([1])], [fmpz_poly([0, 1])]]
    >>> [str(p) for p in of_limit_set(points, [[fmpz_poly([1])]], True)]
    ['1', 'x', '(-1)*x + 1', 'x^2 + (-1)*x']
    """
    yield from of_zeros([points])
    images = [image_of(A, row) for row in points]
    forms = [[inner(image, row) for row in points] for image in images]
    yield from (forms[k][k] - forms[k][j] for k, j in product(range(len(points)), repeat=2) if j != k)
    if definite:
        return
    products = [[inner(row, other) for other in points] for row in points]
    for size in range(2, len(A) + 2):
        for simplex in combinations(range(len(points)), size):
            yield determinant(_edges(products, simplex))
            yield determinant(_edges(forms, simplex))


def _edges(forms: Polynomials, simplex: Sequence[int]) -> Polynomials:
    first, *others = simplex
    return [
        [forms[i][j] - forms[i][first] - forms[first][j] + forms[first][first] for j in others]
        for i in others
    ]


def _differences(points: Polynomials) -> Iterator[fmpz_poly]:
    for one, other in combinations(points, 2):
        yield _common([x - y for x, y in zip(one, other, strict=True)])


def _common(row: Sequence[fmpz_poly]) -> fmpz_poly:
    """Return a polynomial whose roots are the common roots of some."""
    return reduce(lambda p, q: p.gcd(q), row)
