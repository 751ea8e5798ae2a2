"""The limit polytope K = conv(limits): its vertices, and the set S of points to which tokens can tend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import comb
from typing import Any

from flint import fmpq, fmpq_mat, fmpz_mat

from exactdyn.geometry.membership import Inside, Outside, locate
from exactdyn.geometry.products import images, over_integers
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.recorder import record
from exactdyn.layer.attention import AttentionSets, attention_sets
from exactdyn.layer.filtered import MatrixOver, filtered_sets
from exactdyn.layer.scores import Scores
from exactdyn.numbers.domain import Domain, Point
from exactdyn.numbers.elimination import determinant, solution
from exactdyn.numbers.fields.joining import from_flint, simple, to_flint
from exactdyn.numbers.points import Points, lowest_terms
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import identity, inner
from exactdyn.systems.plain import FEW

SIMPLICES_LIMIT = 100_000
"""Most simplices of limits that are gone through for the set S."""


@dataclass(frozen=True)
class Corner:
    """A vertex of the limit polytope: the lowest token there, and a functional that is largest there only."""

    token: int
    functional: Row


def corners(A: Rows, places: Rows) -> tuple[Corner, ...]:
    """Return the vertices of the convex hull of points, each with a functional that exposes it.

    ``A``: d x d; A z_i, which exposes a leader z_i, is tried first. ``places``: n points of Q^d. What no such
    functional exposes is located exactly in the hull of the others.
    Source: lemma ``leader-exposed`` in ``proofs_checks/FORMAT.md``; for the others the separation theorem.

    >>> rows = tuple((Fraction(x),) for x in (1, 0, -1, 1))
    >>> [corner.token for corner in corners(((Fraction(1),),), rows)]
    [0, 2]
    """
    distinct = {place: token for token, place in reversed(list(enumerate(places)))}
    tokens = sorted(distinct.values())
    sets = attention_among(A, [places[token] for token in tokens])
    exposed = [token for k, token in enumerate(tokens) if sets[k] == {k}]
    exposing = images(A, [places[token] for token in exposed])
    found: dict[int, Row] = dict(zip(exposed, exposing, strict=True))
    # Inside the hull of vertices known so far: no vertex. Otherwise all other points have a say.
    for token in (token for token in tokens if token not in found):
        if isinstance(locate(places[token], [places[j] for j in found]), Inside):
            continue
        located = locate(places[token], [places[j] for j in tokens if j != token])
        if isinstance(located, Outside):
            found[token] = located.functional
    return tuple(Corner(token, found[token]) for token in sorted(found))


def attention_among(A: Rows, places: Sequence[Row]) -> AttentionSets:
    """Return for every point s the points at which <As, .> is largest, decided by the kernel, exactly.

    Source: arXiv 2407.01602, equation (1.2).

    >>> one = Fraction(1)
    >>> [sorted(own) for own in attention_among(((one,),), [(one,), (one / 2,)])]
    [[0], [0]]
    """
    matrix = None if identity(len(A)) == A else A
    domain = domain_of(x for row in (*(matrix or ()), *places) for x in row)
    if domain != RATIONALS:
        return filtered_sets(MatrixOver(A, domain), Points.of_numbers(tuple(places), domain))
    if len(places) ** 2 * len(A) <= FEW:
        return attention_sets(Scores(A), Points.of_numbers(tuple(places), domain))
    return record(matrix, Fraction(0), Source(places), 0).itinerary[0]


@dataclass(frozen=True)
class LimitPoint:
    """A point s of the set S: a vertex of K, or inside a face to which A s is orthogonal.

    For a symmetric positive definite A the second is the projection of 0 onto the face in the norm
    <Ax, x>^(1/2), the point of least norm; only where A is a multiple of the identity is it the nearest to 0.

    ``place``: where it is, as :class:`~exactdyn.numbers.points.Points` have it, in numbers of ``domain``.
    ``face``: the vertices, by lowest token, of the smallest face named by s, on which <As, .> is largest.
    ``is_vertex``: whether s is a vertex of K itself.
    """

    place: Point
    face: tuple[int, ...]
    is_vertex: bool
    domain: Domain[Any] = field(default=RATIONALS, repr=False)

    @cached_property
    def point(self) -> Row:
        """Its coordinates, made when they are asked for: in many dimensions they are long.

        >>> LimitPoint(Points.from_rows([["1/2"]]).points[0], (0,), False).point
        (Fraction(1, 2),)
        """
        return tuple(map(simple, self.domain.numbers(*self.place)))


def rigid(A: Rows, places: Sequence[Row]) -> bool:
    """Tell whether any m+1 of these points with independent edges e_j have an invertible matrix <A e_i, e_j>.

    ``places``: different points of Q^d. The set S of their hull is then finite and in its boundary, and for a
    positive definite A that is so. False also if there are more than :data:`SIMPLICES_LIMIT` simplices to
    look at.
    Source: lemma ``limit-set`` in ``proofs_checks/FORMAT.md``.

    >>> one, zero = Fraction(1), Fraction(0)
    >>> rigid(((one, zero), (zero, -one)), [(zero, zero), (one, zero)])
    True
    >>> rigid(((one, zero), (zero, -one)), [(zero, zero), (one, one)])
    False
    """
    sizes = range(2, len(A) + 2)
    if sum(comb(len(places), size) for size in sizes) > SIMPLICES_LIMIT:
        return False
    forms, products = _forms(A, places), None
    for size in sizes:
        for simplex in combinations(range(len(places)), size):
            if determinant(_edges(forms, simplex)) != 0:
                continue  # of dependent edges it would be 0
            products = products or _forms(identity(len(A)), places)
            if determinant(_edges(products, simplex)) != 0:
                return False
    return True


def _forms(A: Rows, points: Sequence[Row]) -> list[list[Any]]:
    """Return <A x, y> for any two of some points."""
    state, alone = Points.of_any(tuple(points)), identity(len(A)) == A
    whole = None if alone else over_integers(A)
    if state.domain != RATIONALS or not (alone or whole):
        return [[to_flint(inner(image, y)) for y in points] for image in images(A, points)]
    rows, denominator = state.common
    matrix, below = whole or (None, 1)
    products = (rows if matrix is None else rows * matrix.transpose()) * rows.transpose()
    return [[fmpq(x, below * denominator**2) for x in row] for row in products.tolist()]


def _edges(forms: list[list[Any]], simplex: tuple[int, ...]) -> list[list[Any]]:
    """Return <A e, f> for any two edges e, f from the first corner of a simplex to the others."""
    first, *others = simplex
    return [
        [forms[i][j] - forms[i][first] - forms[first][j] + forms[first][first] for j in others]
        for i in others
    ]


def limit_points(A: Rows, vertices: Sequence[int], places: Rows) -> tuple[LimitPoint, ...]:
    """Return S = { s in K, s != 0 : <As, s> = max over K of <As, .> } for rigid vertices of K.

    ``vertices``: a token at each vertex of K; ``places``: the limits of the tokens. S is finite: A s is
    orthogonal to the face in whose interior s lies, so s is the one such point in the plane of every simplex
    of its vertices around s, for a symmetric positive definite A the projection of 0 onto that plane in the
    norm <Ax, x>^(1/2). All simplices of at most d vertices are tried.
    Source: arXiv 2407.01602, Theorem 2.2; lemma ``limit-set`` in ``proofs_checks/FORMAT.md``.

    >>> one, half = Fraction(1), Fraction(1, 2)
    >>> square = tuple((x, y) for x in (one, -one) for y in (one, -one))
    >>> identity = ((one, one - one), (one - one, one))
    >>> [limit.face for limit in limit_points(identity, range(4), square) if not limit.is_vertex]
    [(0, 1), (0, 2), (1, 3), (2, 3)]
    """
    corners_of = Points.of_any(tuple(places[v] for v in vertices))
    forms = _forms(A, [places[v] for v in vertices])
    found: dict[Point, LimitPoint] = {}
    for size in range(1, len(A) + 1):
        for simplex in combinations(range(len(vertices)), size):
            weights = _projection(forms, simplex)
            if weights is None or min(weights) <= 0:
                continue
            values = [
                sum((w * forms[i][j] for w, i in zip(weights, simplex, strict=True)), fmpq(0))
                for j in range(len(vertices))
            ]
            largest = max(values)
            if any(values[i] != largest for i in simplex):
                continue
            point, domain = _combination(weights, corners_of, simplex)
            face = tuple(vertices[j] for j, value in enumerate(values) if value == largest)
            if any(point[0]):
                found.setdefault(point, LimitPoint(point, face, size == 1, domain))
    return tuple(found.values())


def _combination(weights: Sequence[Any], points: Points, simplex: Sequence[int]) -> tuple[Point, Domain[Any]]:
    """Return the combination of some points, with weights of flint's or of a field, and its domain."""
    if points.domain != RATIONALS or not all(isinstance(weight, fmpq) for weight in weights):
        columns = zip(*(points.row(i) for i in simplex), strict=True)
        own = list(map(from_flint, weights))
        row = tuple(simple(inner(own, column)) for column in columns)
        made = Points.of_any((row,))
        return made.points[0], made.domain
    numerators, below = fmpq_mat([weights]).numer_denom()
    rows, denominator = points.common
    corners_of = fmpz_mat([[rows[i, r] for r in range(rows.ncols())] for i in simplex])
    return lowest_terms((fmpz_mat(numerators) * corners_of).entries(), below * denominator), RATIONALS


def _projection(forms: list[list[Any]], simplex: tuple[int, ...]) -> list[Any] | None:
    # Weights w of sum 1 with <As, v_j - v_0> = 0 for s = sum w_i v_i; None if the vertices are no simplex.
    first = simplex[0]
    rows = [[forms[i][j] - forms[i][first] for i in simplex] for j in simplex[1:]]
    target = [fmpq(int(i == 0)) for i in range(len(simplex))]
    try:
        return solution([[fmpq(1)] * len(simplex), *rows], target)
    except ZeroDivisionError:
        return None
