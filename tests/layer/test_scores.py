"""Exact scores against plain fractions."""

from fractions import Fraction

from hypothesis import given

from exactdyn.layer.scores import Scores
from exactdyn.numbers.points import Points
from tests.judges.reference import dot, times
from tests.strategies import systems


def plain(system):
    return [[dot(times(system.A, x), y) for y in system.tokens] for x in system.tokens]


@given(systems())
def test_exact_scores_are_those_of_the_definition(system):
    matrix, divisor = Scores(system.A).exact(Points.from_rows(system.tokens))
    assert [[Fraction(int(x), int(divisor)) for x in row] for row in matrix.tolist()] == plain(system)


@given(systems())
def test_compared_scores_are_the_exact_ones_times_one_positive_number(system):
    scores, state = Scores(system.A), Points.from_rows(system.tokens)
    compared = [int(x) for row in scores.compared(state).tolist() for x in row]
    exact = [x for row in plain(system) for x in row]
    factors = {Fraction(x) / y for x, y in zip(compared, exact, strict=True) if y}
    assert len(factors) <= 1 and all(factor > 0 for factor in factors)
    assert all((x == 0) == (y == 0) for x, y in zip(compared, exact, strict=True))


@given(systems())
def test_scores_from_one_point_compare_as_its_row_does(system):
    state, exact = Points.from_rows(system.tokens), plain(system)
    for point, row in zip(state.points, exact, strict=True):
        found = Scores(system.A).compared_from(point, state)
        order = sorted(range(len(row)), key=row.__getitem__)
        assert [found[j] for j in order] == sorted(found)
        assert [found[j] == max(found) for j in order] == [row[j] == max(row) for j in order]


@given(systems())
def test_the_denominator_is_the_least_that_clears_the_matrix(system):
    found = Scores(system.A).denominator
    entries = [x for row in system.A for x in row]
    assert all((x * found).denominator == 1 for x in entries)
    assert not any(all((x * n).denominator == 1 for x in entries) for n in range(1, found))
