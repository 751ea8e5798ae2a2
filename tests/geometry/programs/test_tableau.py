"""The simplex method over a field against that over the rationals, and against the lemma of Farkas."""

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.membership import Inside, locate
from exactdyn.geometry.programs.linear_program import Separation, Solution, nonnegative_solution
from exactdyn.geometry.programs.tableau import combination
from exactdyn.numbers.fields.joining import number, to_flint

ROOT = number("sqrt(2)", "x")
RATIONAL = st.fractions(-3, 3, max_denominator=2)
IRRATIONAL = st.builds(lambda a, b: a + b * ROOT, RATIONAL, st.integers(-2, 2))


def inner(x, y):
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


@st.composite
def programs(draw, numbers):
    size = draw(st.integers(1, 4))
    vector = st.lists(numbers, min_size=size, max_size=size)
    columns = draw(st.lists(vector, max_size=6))
    if draw(st.booleans()) and columns:  # one that has a solution, often on a face
        weights = draw(st.lists(st.integers(0, 2), min_size=len(columns), max_size=len(columns)))
        target = [inner(weights, entries) for entries in zip(*columns, strict=True)]
    else:
        target = draw(vector)
    return columns, target


@given(programs(RATIONAL))
def test_over_the_rationals_it_decides_as_the_other_programs_do(program):
    columns, target = program
    found = combination([list(map(to_flint, own)) for own in columns], list(map(to_flint, target)))
    assert isinstance(found, dict) == isinstance(nonnegative_solution(columns, target), Solution)


@given(programs(IRRATIONAL))
def test_what_it_finds_over_a_field_is_a_combination_or_a_separation(program):
    columns, target = program
    found = nonnegative_solution(columns, target)
    if isinstance(found, Separation):
        assert inner(found.vector, target) > 0
        assert all(inner(found.vector, column) <= 0 for column in columns)
        return
    assert all(weight > 0 for weight in found.weights.values())
    for place, x in enumerate(target):
        assert inner(found.weights.values(), [columns[j][place] for j in found.weights]) == x


def test_a_program_that_makes_other_rules_go_round_in_circles_ends():
    # E. M. L. Beale's example, with one more equation for the value of the objective at the optimum.
    rows = [
        ["1/4", -60, "-1/25", 9, 1, 0, 0],
        ["1/2", -90, "-1/50", 3, 0, 1, 0],
        [0, 0, 1, 0, 0, 0, 1],
        ["-3/4", 150, "-1/50", 6, 0, 0, 0],
    ]
    columns = [[to_flint(Fraction(row[j])) for row in rows] for j in range(7)]
    target = [to_flint(Fraction(x)) for x in (0, 0, 1, "-1/20")]
    found = combination(columns, target)
    assert found == {0: fmpq(1, 25), 2: fmpq(1), 4: fmpq(3, 100)}


@pytest.mark.parametrize(
    ("point", "inside"),
    [((0, 0, 0), True), ((ROOT / 3, 0, 0), True), ((ROOT / 3, ROOT / 3, ROOT / 3), False)],
)
def test_points_are_located_in_a_cross_polytope_with_irrational_corners(point, inside):
    corners = [
        tuple(sign * ROOT / 2 * (r == axis) for r in range(3)) for axis in range(3) for sign in (1, -1)
    ]
    found = locate(tuple(x if isinstance(x, type(ROOT)) else Fraction(x) for x in point), corners)
    assert isinstance(found, Inside) == inside
    if not inside:
        assert inner(found.functional, point) > max(inner(found.functional, corner) for corner in corners)
