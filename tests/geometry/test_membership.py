from fractions import Fraction
from math import gcd, lcm

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.membership import Inside, Outside, locate
from tests.judges.reference import dot, mean, rational_rows, times
from tests.judges.truth import in_hull
from tests.strategies import RATIONALS, invertible_matrices, token_sets, vectors


def assert_it_is_what_it_says(answer, point, others):
    if isinstance(answer, Inside):
        assert all(weight > 0 for weight in answer.weights.values())
        assert sum(answer.weights.values()) == 1
        for r, x in enumerate(point):
            assert sum(weight * others[j][r] for j, weight in answer.weights.items()) == x
    else:
        value = dot(answer.functional, point)
        assert all(dot(answer.functional, other) < value for other in others)
        assert (
            gcd(*(x.numerator for x in answer.functional))
            == lcm(*(x.denominator for x in answer.functional))
            == 1
        )


@given(st.integers(1, 3), st.data())
def test_a_point_is_located_as_by_brute_force_and_with_proof(dimension, data):
    others = data.draw(token_sets(dimension, largest=5))
    point = data.draw(vectors(dimension) | st.sampled_from(others))
    answer = locate(point, others)
    assert isinstance(answer, Inside) == in_hull(point, others)
    assert_it_is_what_it_says(answer, point, others)


@given(token_sets(3))
def test_every_point_and_the_mean_are_inside(tokens):
    for point in (*tokens, mean(tokens)):
        answer = locate(point, tokens)
        assert isinstance(answer, Inside)
        assert_it_is_what_it_says(answer, point, tokens)


@given(token_sets(2), vectors(2, RATIONALS), invertible_matrices(2))
def test_a_linear_map_moves_no_point_in_or_out(tokens, point, M):
    before = locate(point, tokens)
    after = locate(times(M, point), [times(M, token) for token in tokens])
    assert type(before) is type(after)


@pytest.mark.parametrize("height, kind", [("0", Inside), ("1e-60", Outside), ("-1e-60", Outside)])
def test_a_point_near_a_segment_is_told_from_one_on_it(height, kind):
    others = rational_rows([[0, 0], [3, 0]])
    point = (Fraction(1), Fraction(height))
    answer = locate(point, others)
    assert isinstance(answer, kind)
    assert_it_is_what_it_says(answer, point, others)


def test_nothing_is_inside_of_no_points():
    assert isinstance(locate((Fraction(0), Fraction(0)), []), Outside)
