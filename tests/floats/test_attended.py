import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.floats.attended import Attended, increasing, leading
from tests.floats.weighted_points import weighted_points


@st.composite
def sets_and_pairs(draw):
    """Attention sets of a few points, and a matrix of pairs that differs from them in at most two places."""
    count = draw(st.integers(1, 5))
    own = st.sets(st.integers(0, count - 1), min_size=1).map(lambda found: tuple(sorted(found)))
    sets = tuple(draw(st.lists(own, min_size=count, max_size=count)))
    found = np.array([[j in attended for j in range(count)] for attended in sets])
    for i, j in draw(st.lists(st.tuples(*[st.integers(0, count - 1)] * 2), max_size=2)):
        found[i, j] = not found[i, j]
    return sets, found


@given(sets_and_pairs())
def test_found_sets_agree_only_if_every_one_is_the_exact_one(drawn):
    sets, found = drawn
    same = all(tuple(np.flatnonzero(row).tolist()) == own for row, own in zip(found, sets, strict=True))
    assert Attended(sets).agrees(found) is same


@given(sets_and_pairs())
def test_the_arrays_say_what_the_sets_say(drawn):
    sets, _ = drawn
    attended = Attended(sets)
    pairs = [(i, j) for i, own in enumerate(sets) for j in own]
    assert list(zip(*(array.tolist() for array in attended.pairs), strict=True)) == pairs
    assert attended.firsts.tolist() == [min(own) for own in sets]
    assert attended.ties == tuple(i for i, own in enumerate(sets) if len(own) > 1)
    assert leading(sets) == tuple(i for i, own in enumerate(sets) if own == (i,))
    assert increasing(tuple(map(frozenset, sets))) == sets


@given(weighted_points())
def test_what_is_settled_stays_settled(drawn):
    for layer, step in enumerate(drawn.steps):
        if step.settled:
            assert all(later.sets == step.sets for later in drawn.steps[layer:])


@given(weighted_points(layers=0))
def test_goals_are_the_weighted_means_of_what_is_attended(drawn):
    (step,), (places,) = drawn.steps, drawn.places
    goals = step.goals(drawn.start, drawn.weights)
    for goal, own in zip(goals.tolist(), step.sets, strict=True):
        total = sum(int(drawn.weights[j]) for j in own)
        exact = [
            sum(int(drawn.weights[j]) * places[j][axis] for j in own) / total for axis in range(len(goal))
        ]
        if len(own) == 1:
            assert goal == exact
        assert np.allclose(goal, [float(x) for x in exact], rtol=0, atol=1e-14)
