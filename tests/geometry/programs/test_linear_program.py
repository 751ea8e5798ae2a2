from fractions import Fraction

import pytest
import z3
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.programs.linear_program import (
    Constraint,
    Feasible,
    Separation,
    Solution,
    nonnegative_solution,
    solve,
)
from tests.judges.reference import dot, rational_rows
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


NUMBERS = SMALL | RATIONALS
RELATIONS = st.sampled_from([">", ">=", "="])


@st.composite
def programs(draw, relations=RELATIONS):
    """Constraints in few unknowns, rich in ties and contradictions."""
    width = draw(st.integers(1, 4))
    constraint = st.builds(Constraint, vectors(width, NUMBERS), relations, SMALL)
    return width, draw(st.lists(constraint, max_size=7))


def satisfied(constraint, x):
    value = dot(constraint.row, x)
    return {
        ">": value > constraint.right,
        ">=": value >= constraint.right,
        "=": value == constraint.right,
    }[constraint.relation]


def weighted(constraints, weights, width):
    rows = [c.row for c in constraints]
    total = combination(rows, weights) if rows else (Fraction(0),) * width
    return total, sum((w * constraints[k].right for k, w in weights.items()), Fraction(0))


def assert_weights_are_allowed(constraints, weights):
    assert all(weight > 0 or constraints[k].relation == "=" for k, weight in weights.items())


def second_opinion(width, constraints):
    """Whether z3 says that there is a solution."""
    unknowns = [z3.Real(f"x{r}") for r in range(width)]
    solver = z3.Solver()
    for c in constraints:
        value = sum(z3.RealVal(str(a)) * x for a, x in zip(c.row, unknowns, strict=True))
        right = z3.RealVal(str(c.right))
        solver.add({">": value > right, ">=": value >= right, "=": value == right}[c.relation])
    return solver.check() == z3.sat


@given(programs())
def test_a_program_has_a_point_or_farkas_weights_and_z3_agrees(program):
    width, constraints = program
    answer = solve(constraints, width)
    assert isinstance(answer, Feasible) == second_opinion(width, constraints)
    if isinstance(answer, Feasible):
        assert all(satisfied(constraint, answer.point) for constraint in constraints)
        return
    assert_weights_are_allowed(constraints, answer.weights)
    total, right = weighted(constraints, answer.weights, width)
    assert not any(total)
    assert right > 0 or (right == 0 and any(constraints[k].relation == ">" for k in answer.weights))


@given(st.integers(50, 400), st.integers(-1, 1))
def test_gaps_far_below_what_a_float_sees_are_seen(bits, sign):
    gap = Fraction(sign, 2**bits)
    constraints = [
        Constraint((Fraction(1), gap), ">"),
        Constraint((Fraction(-1), gap), ">"),
        Constraint((Fraction(0), Fraction(1)), ">"),
    ]
    assert isinstance(solve(constraints, 2), Feasible) == (sign > 0)
