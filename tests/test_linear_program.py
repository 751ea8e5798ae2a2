from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.linear_program import Separation, Solution, nonnegative_solution
from tests.reference import dot, rational_rows
from tests.strategies import RATIONALS, SMALL, vectors


@st.composite
def column_lists(draw, numbers=SMALL):
    """Columns of one length; often dependent, repeated or zero."""
    size = draw(st.integers(1, 4))
    columns = draw(st.lists(vectors(size, numbers), min_size=1, max_size=6))
    return columns + draw(st.lists(st.sampled_from(columns), max_size=2))


def combination(columns, weights):
    size = len(columns[0])
    return tuple(sum((w * columns[j][r] for j, w in weights.items()), Fraction(0)) for r in range(size))


def assert_it_is_what_it_says(answer, columns, target):
    if isinstance(answer, Solution):
        assert all(weight > 0 for weight in answer.weights.values())
        assert combination(columns, answer.weights) == target
    else:
        assert all(dot(answer.vector, column) <= 0 for column in columns)
        assert dot(answer.vector, target) > 0


@given(column_lists() | column_lists(RATIONALS), st.data())
def test_every_answer_is_a_solution_or_a_proof_that_there_is_none(columns, data):
    target = data.draw(vectors(len(columns[0]), RATIONALS))
    assert_it_is_what_it_says(nonnegative_solution(columns, target), columns, target)


@given(column_lists(), st.data())
def test_a_target_on_the_cone_is_solved(columns, data):
    weights = data.draw(
        st.dictionaries(st.integers(0, len(columns) - 1), st.fractions(0, 3, max_denominator=4))
    )
    target = combination(columns, weights)
    answer = nonnegative_solution(columns, target)
    assert isinstance(answer, Solution)
    assert_it_is_what_it_says(answer, columns, target)


@given(column_lists())
def test_zero_is_solved_without_any_column(columns):
    assert nonnegative_solution(columns, (Fraction(0),) * len(columns[0])) == Solution({})


@given(st.integers(2, 4), st.data())
def test_a_target_beyond_a_face_of_the_orthant_is_separated(size, data):
    columns = data.draw(st.lists(vectors(size, SMALL.map(abs)), min_size=1, max_size=6))
    target = (Fraction(-1, 10**40), *data.draw(vectors(size - 1)))
    answer = nonnegative_solution(columns, target)
    assert isinstance(answer, Separation)
    assert_it_is_what_it_says(answer, columns, target)


@pytest.mark.parametrize(
    "excess", ["0", "1/1000000000000000000000000000000", "-1/1000000000000000000000000000000"]
)
def test_answers_turn_exactly_at_the_border(excess):
    columns = rational_rows([[1, 1], [4, 1]])
    target = (4 + Fraction(excess), Fraction(1))
    answer = nonnegative_solution(columns, target)
    assert isinstance(answer, Separation) == (Fraction(excess) > 0)
    assert_it_is_what_it_says(answer, columns, target)
