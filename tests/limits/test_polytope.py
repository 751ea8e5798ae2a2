from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from exactdyn.limits.polytope import corners, limit_points, rigid
from tests.judges.reference import dot, product, rational_rows, times, transpose
from tests.judges.truth import in_hull, solution
from tests.strategies import invertible_matrices, square_matrices, token_sets

UNIT = rational_rows([[1, 0], [0, 1]])


@given(st.data(), st.integers(1, 3))
def test_corners_are_the_extreme_points_each_with_a_functional_that_exposes_it(data, dimension):
    places = data.draw(token_sets(dimension))
    found = corners(data.draw(square_matrices(dimension)), places)
    extreme = {x for x in places if not in_hull(x, [y for y in places if y != x])}
    assert sorted(places[corner.token] for corner in found) == sorted(extreme)
    for corner in found:
        place = places[corner.token]
        assert places.index(place) == corner.token
        assert all(dot(corner.functional, x) < dot(corner.functional, place) for x in places if x != place)


@given(st.data(), st.integers(1, 3))
def test_the_limit_set_is_what_every_subset_of_vertices_gives_by_the_definition(data, dimension):
    M = data.draw(invertible_matrices(dimension))
    A, places = product(transpose(M), M), data.draw(token_sets(dimension))
    vertices = [corner.token for corner in corners(A, places)]
    points = [places[v] for v in vertices]

    def in_limit_set(s):
        return any(s) and all(dot(times(A, s), v) <= dot(times(A, s), s) for v in points)

    # By the method of Lagrange: the point of least norm in the plane of a subset, if it is in the hull.
    expected = set()
    for size in range(1, len(points) + 1):
        for chosen in combinations(points, size):
            nearest = projection(A, chosen)
            if nearest is not None and in_hull(nearest, chosen) and in_limit_set(nearest):
                expected.add(nearest)
    found = limit_points(A, vertices, places)
    assert {limit.point for limit in found} == expected
    for limit in found:
        value = dot(times(A, limit.point), limit.point)
        face = [v for v in vertices if dot(times(A, limit.point), places[v]) == value]
        assert limit.face == tuple(face)
        assert limit.is_vertex is (limit.point in points)


def projection(A, points):
    """The point of least norm <Ax, x> in the plane through points, if they are affinely independent."""
    forms = [[dot(times(A, x), y) for y in points] for x in points]
    rows = [(*(row[j] for row in forms), Fraction(-1), Fraction(0)) for j in range(len(points))]
    weights = solution([*rows, (*[Fraction(1)] * len(points), Fraction(0), Fraction(1))])
    if weights is None:
        return None
    return tuple(
        sum((w * x for w, x in zip(weights, column, strict=False)), Fraction(0))
        for column in zip(*points, strict=True)
    )


@given(st.data(), st.integers(1, 3))
def test_rigid_vertices_have_a_limit_set_of_points_that_satisfy_its_definition(data, dimension):
    A, places = data.draw(square_matrices(dimension)), data.draw(token_sets(dimension))
    vertices = [corner.token for corner in corners(A, places)]
    points = [places[v] for v in vertices]
    if rigid(A, points):
        for limit in limit_points(A, vertices, places):
            values = [dot(times(A, limit.point), v) for v in points]
            assert any(limit.point) and max(values) == dot(times(A, limit.point), limit.point)
            assert in_hull(limit.point, [places[v] for v in limit.face])


def test_too_many_simplices_are_not_looked_at():
    line = [(Fraction(x), Fraction(x * x)) for x in range(100)]
    assert not rigid(UNIT, line)
    assert rigid(UNIT, line[:20])


def test_a_square_has_its_corners_and_the_middles_of_its_edges():
    square = rational_rows([[1, 1], [1, -1], [-1, 1], [-1, -1]])
    found = limit_points(UNIT, range(4), square)
    assert {limit.point for limit in found if not limit.is_vertex} == set(
        rational_rows([[1, 0], [0, 1], [-1, 0], [0, -1]])
    )


def test_the_relative_interior_of_a_segment_can_hold_a_limit_point():
    found = limit_points(UNIT, (0, 1), rational_rows([[1, 1], [1, -1]]))
    assert [(limit.point, limit.face) for limit in found if not limit.is_vertex] == [((1, 0), (0, 1))]


def test_zero_is_no_limit_point():
    assert [limit.point for limit in limit_points(((Fraction(1),),), (0, 1), rational_rows([[0], [1]]))] == [
        (1,)
    ]
