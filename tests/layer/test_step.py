"""The step of a layer against plain fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.layer.step import Step
from exactdyn.numbers.points import Points

small = st.fractions(-4, 4, max_denominator=6)


@given(
    tau=small,
    rows=st.lists(st.tuples(small, small), min_size=1, max_size=5),
    data=st.data(),
)
def test_a_step_moves_every_token_towards_the_mean_of_what_it_attends(tau, rows, data):
    own = st.frozensets(st.integers(0, len(rows) - 1), min_size=1)
    sets = data.draw(st.tuples(*[own] * len(rows)))
    moved = Step(tau).moved(Points.from_rows(rows), sets).rows()
    for z, attended, after in zip(rows, sets, moved, strict=True):
        centre = [sum(rows[j][r] for j in attended) / Fraction(len(attended)) for r in range(2)]
        assert after == [x + tau * (c - x) for x, c in zip(z, centre, strict=True)]


@given(small.filter(lambda alpha: alpha != -1))
def test_a_coefficient_comes_back_from_its_step(alpha):
    assert Step.of(alpha).alpha == alpha


@given(small.filter(lambda alpha: alpha != -1))
def test_the_step_of_a_coefficient_keeps_a_part_of_the_token_exactly_if_it_is_not_negative(alpha):
    assert Step.of(alpha).keeps == Step.of(alpha).convex == (alpha >= 0)


def test_a_step_of_one_is_convex_and_keeps_nothing():
    whole = Step(Fraction(1))
    assert whole.convex and not whole.keeps
    with pytest.raises(ZeroDivisionError):
        _ = whole.alpha


def test_a_step_takes_the_attention_sets_of_one_head():
    state, sets = Points.from_rows([[1]]), (frozenset({0}),)
    with pytest.raises(ValueError, match="too many values"):
        Step(Fraction(1, 2)).moved(state, sets, sets)
