from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given

from exactdyn.errors import ShapeError
from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.numbers.points import Points
from tests.strategies import token_sets


def turn(a, b, c):
    """Twice the signed area of a triangle."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def inside(point, corners):
    """Whether a point lies in the hull of at most three points, their boundary included."""
    if len(corners) == 3 and turn(*corners):
        sides = [turn(*pair, point) for pair in zip(corners, corners[1:] + corners[:1], strict=True)]
        return all(side >= 0 for side in sides) or all(side <= 0 for side in sides)
    if len(corners) == 3:
        return any(inside(point, pair) for pair in combinations(corners, 2))
    (a, b), (p, q) = zip(*corners, strict=True), point
    between = min(a) <= p <= max(a) and min(b) <= q <= max(b)
    return between and turn(*corners, point) == 0


def extreme(point, others):
    """Carathéodory: a point of the hull of others lies in the hull of three of them."""
    small = [list(corners) for size in (2, 3) for corners in combinations(others, size)]
    return not any(inside(point, corners) for corners in small)


@given(token_sets(2, largest=8))
def test_the_vertices_are_the_points_in_no_segment_or_triangle_of_others(tokens):
    places = set(tokens)
    expected = {place for place in places if extreme(place, sorted(places - {place}))}
    assert {tokens[token] for token in hull_polygon(Points.from_rows(tokens))} == expected


@given(token_sets(2, largest=8))
def test_the_order_is_counter_clockwise_and_starts_at_the_smallest_vertex(tokens):
    corners = [tokens[token] for token in hull_polygon(Points.from_rows(tokens))]
    assert corners[0] == min(tokens)
    assert len(set(corners)) == len(corners)
    if len(corners) > 2:
        cycle = corners + corners[:2]
        assert all(turn(*cycle[k : k + 3]) > 0 for k in range(len(corners)))


@given(token_sets(2))
def test_the_lowest_token_stands_for_all_copies_at_a_vertex(tokens):
    assert all(tokens.index(tokens[token]) == token for token in hull_polygon(Points.from_rows(tokens)))


@pytest.mark.parametrize(
    ("tokens", "vertices"),
    [
        ([[5, 5]], (0,)),
        ([[5, 5]] * 3, (0,)),
        ([[1, 1], [0, 0]], (1, 0)),
        ([["1/2", "1/2"], [1, 1], [0, 0], ["1/3", "1/3"]], (2, 1)),
        ([[2, 0], [2, 7], [2, 3]], (0, 1)),
        ([[0, 0], [4, 0], [2, 0], [4, 4], [4, 2], [0, 4], [0, 1], [2, 2]], (0, 1, 3, 5)),
    ],
)
def test_points_segments_and_points_inside_edges(tokens, vertices):
    assert hull_polygon(Points.from_rows(tokens)) == vertices


def test_a_dent_no_float_can_see_is_seen():
    tiny = Fraction(1, 10**60)
    dented = Points.from_rows([[0, 0], [1, 0], [1, 1], [0, 1], ["1/2", tiny]])
    bulged = Points.from_rows([[0, 0], [1, 0], [1, 1], [0, 1], ["1/2", -tiny]])
    assert hull_polygon(dented) == (0, 1, 2, 3)
    assert hull_polygon(bulged) == (0, 4, 1, 2, 3)


@pytest.mark.parametrize("row", [[1], [1, 2, 3]])
def test_only_the_plane_has_polygons(row):
    with pytest.raises(ShapeError, match="requires dimension 2"):
        hull_polygon(Points.from_rows([row]))
