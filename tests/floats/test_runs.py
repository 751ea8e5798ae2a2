from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactdyn.floats.runs import (
    FloatLayer,
    PointArithmetic,
    TokenArithmetic,
    first_difference,
    follow,
    inner_products,
    run_freely,
)
from tests.floats.weighted_points import weighted_points


@given(weighted_points(layers=40), st.sampled_from(["float32", "float64"]))
def test_floats_led_by_the_exact_sets_depart_where_theirs_first_differ(drawn, dtype):
    states = follow(drawn.start.astype(dtype), drawn.weights, drawn.steps[:-1], drawn.tau)
    wrong = [
        layer
        for layer, (products, step) in enumerate(zip(inner_products(states), drawn.steps, strict=True))
        if [tuple(np.flatnonzero(row == row.max()).tolist()) for row in products] != list(step.sets)
    ]
    assert first_difference(states, drawn.steps) == (wrong[0] if wrong else None)


@given(weighted_points(layers=20))
def test_floats_left_to_themselves_go_where_they_are_led_until_they_depart(drawn):
    states = follow(drawn.start, drawn.weights, drawn.steps[:-1], drawn.tau)
    parted = first_difference(states, drawn.steps)
    last = len(drawn.steps) - 1 if parted is None else parted
    free = run_freely(drawn.start, drawn.weights, drawn.tau, last)
    assert np.allclose(free, states[last], rtol=0, atol=1e-13)


@given(weighted_points(layers=3, alphas=["1"]))
def test_both_arithmetics_find_the_exact_sets_where_nothing_is_rounded(drawn):
    assume(not any(step.ties for step in drawn.steps))
    by_point = FloatLayer(drawn.start, 0.5, PointArithmetic(drawn.weights))
    by_token = FloatLayer(drawn.start, 0.5, TokenArithmetic(np.eye(drawn.start.shape[1])))
    for places, step in zip(drawn.places, drawn.steps, strict=True):
        for layer in (by_point, by_token):
            assert [tuple(map(Fraction, row)) for row in layer.state.tolist()] == places
            assert step.agrees(layer.found)
        by_point, by_token = by_point.following(), by_token.following()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_type_of_the_start_is_kept(dtype):
    start = np.array([[1.0], [0.25]], dtype=dtype)
    for arithmetic in (PointArithmetic(np.ones(2, dtype=dtype)), TokenArithmetic(np.eye(1, dtype=dtype))):
        assert FloatLayer(start, 1 / 3, arithmetic).following().state.dtype == dtype
    assert run_freely(start, np.ones(2), 1 / 3, 4).dtype == dtype


def test_scores_that_are_no_numbers_are_equal_to_nothing_yet_a_point_run_goes_on():
    start = np.array([[np.inf, 1.0], [0.0, 2.0], [1.0, 0.0]])  # infinity times 0 is no number
    layer = FloatLayer(start, 0.5, PointArithmetic(np.ones(3)))
    assert np.isnan(layer.scores[0, 1])
    assert layer.found.any(axis=1).tolist() == [False, False, True]
    assert layer.following().state[1].tolist() == [np.inf, 1.5]  # towards the first that is no number


def test_a_tied_mean_counts_copies_by_their_weight():
    start = np.array([[0.0, 1.0], [0.0, -1.0], [0.0, 0.0]])
    layer = FloatLayer(start, 1.0, PointArithmetic(np.array([3.0, 1.0, 1.0])))
    assert layer.following().state[2].tolist() == [0.0, 0.4]  # the zero point attends all five tokens
