from fractions import Fraction

import numpy as np
from hypothesis import given

from exactdyn.floats.attended import Attended
from exactdyn.floats.bounds import gap_bound, smallest_gap, state_bounds
from exactdyn.floats.runs import follow, inner_products
from tests.floats.weighted_points import weighted_points
from tests.judges import reference


@given(weighted_points(layers=20))
def test_floats_that_are_led_stay_within_their_bound(drawn):
    states = follow(drawn.start, drawn.weights, drawn.steps[:-1], drawn.tau)
    errors = state_bounds(drawn.start, drawn.steps[:-1])
    assert len(errors) == len(states) and errors[0] == 0
    for places, floats, error in zip(drawn.places, states.tolist(), errors.tolist(), strict=True):
        for place, row in zip(places, floats, strict=True):
            assert max(abs(Fraction(x) - y) for x, y in zip(row, place, strict=True)) <= Fraction(error)
    assert errors[-1] < 1e-12  # and the bound is not idle


@given(weighted_points(layers=6))
def test_the_smallest_gap_is_the_exact_one_within_its_bound(drawn):
    states = follow(drawn.start, drawn.weights, drawn.steps[:-1], drawn.tau)
    exact = []
    for places, step in zip(drawn.places, drawn.steps, strict=True):
        for place, own in zip(places, step.sets, strict=True):
            scores = [reference.dot(place, other) for other in places]
            exact += [max(scores) - score for j, score in enumerate(scores) if j not in own]
    found = smallest_gap(inner_products(states), drawn.steps)
    if not exact:
        assert found == float("inf")
    else:
        bound = gap_bound(drawn.start, float(state_bounds(drawn.start, drawn.steps[:-1])[-1]))
        assert abs(Fraction(found) - min(exact)) <= Fraction(bound)
        assert bound < 1e-9


def test_bounds_grow_with_the_layers_and_with_ties():
    start = np.array([[0.0], [1.0], [-1.0]])
    alone, tied = Attended(((0,), (1,), (2,))), Attended(((0, 1, 2), (1,), (2,)))
    assert np.all(np.diff(state_bounds(start, [alone] * 5)) > 0)
    assert state_bounds(start, [tied])[1] > state_bounds(start, [alone])[1]
