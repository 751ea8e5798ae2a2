import math
from fractions import Fraction

import pytest
from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.errors import NumberError, ShapeError
from exactdyn.numbers.points import Points, lowest_terms, mean, towards
from tests.judges import reference
from tests.strategies import RATIONALS, token_sets, vectors

STEPS = st.sampled_from(
    [Fraction(text) for text in ["0", "1/3", "1/2", "1", "2", "-1", "1/1001", "1000/1001"]]
)


def row_of(point):
    numerators, denominator = point
    return tuple(Fraction(int(x), int(denominator)) for x in numerators)


@given(token_sets(2))
def test_points_come_back_as_the_rows_they_were(tokens):
    points = Points.from_rows(tokens)
    assert points.rows() == [list(token) for token in tokens]
    assert [points.row(i) for i in range(points.count)] == list(tokens)
    assert (points.count, points.dimension) == (len(tokens), 2)


@given(vectors(3, RATIONALS), st.integers(1, 10**30))
def test_a_point_has_one_representation(row, factor):
    denominator = math.lcm(*(x.denominator for x in row)) * factor
    numerators, reduced = lowest_terms([fmpz(int(x * denominator)) for x in row], fmpz(denominator))
    assert (numerators, reduced) == Points.from_rows([row]).points[0]
    assert reduced > 0
    assert math.gcd(int(reduced), *map(int, numerators)) == 1


@given(token_sets(2))
def test_copies_are_the_tokens_at_the_same_place(tokens):
    copies = Points.from_rows(tokens).copies
    for i, place in enumerate(tokens):
        assert copies[i] == {j for j, other in enumerate(tokens) if other == place}


@given(token_sets(3))
def test_the_common_denominator_is_the_least(tokens):
    numerators, denominator = Points.from_rows(tokens).common
    assert denominator == math.lcm(*(x.denominator for token in tokens for x in token))
    for i, token in enumerate(tokens):
        assert tuple(Fraction(int(numerators[i, r]), int(denominator)) for r in range(3)) == token


@given(token_sets(2))
def test_a_mean_counts_copies(tokens):
    assert row_of(mean(Points.from_rows(tokens).points)) == reference.mean(tokens)


@given(vectors(2, RATIONALS), vectors(2, RATIONALS), STEPS)
def test_towards_goes_that_part_of_the_way(start, goal, step):
    here, there = Points.from_rows([start, goal]).points
    reached = towards(here, there, step)
    assert row_of(reached) == tuple(a + step * (b - a) for a, b in zip(start, goal, strict=True))
    assert reached == lowest_terms(*reached)


@given(token_sets(2), st.integers(-400, 300))
def test_floats_are_correctly_rounded(tokens, power):
    rows = reference.scaled(Fraction(10) ** power, tokens)
    assert Points.from_rows(rows).floats().tolist() == [[float(x) for x in row] for row in rows]


def test_floats_beyond_their_range_are_infinite_or_zero():
    floats = Points.from_rows([[10**400, -(10**400)], ["1e-400", 0]]).floats()
    assert floats.tolist() == [[math.inf, -math.inf], [0.0, 0.0]]


def test_points_of_integers_beyond_every_machine_word_are_exact():
    large = 10**50
    points = Points.from_rows([[large, large + 1], [Fraction(1, large), 0], [large, large + 1]])
    assert points.rows()[0] == [large, large + 1]
    assert points.copies[0] == {0, 2}


@pytest.mark.parametrize(
    "rows, error", [([], ShapeError), ([[]], ShapeError), ([[1], [1, 2]], ShapeError), ([[0.5]], NumberError)]
)
def test_what_is_no_list_of_points_is_refused_by_its_field(rows, error):
    with pytest.raises(error, match=r"^vertices(\[\d\])*: "):
        Points.from_rows(rows, "vertices")
