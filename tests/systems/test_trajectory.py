from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.numbers.points import Points
from exactdyn.systems import trajectory as room
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.trajectory import Trajectory
from tests.judges import reference
from tests.judges.reference import dot, times
from tests.strategies import systems


@given(systems(), st.integers(0, 3))
def test_layers_within_a_run_and_beyond_are_those_of_the_definition(system, layers):
    trajectory = Trajectory(Hardmax(system.A, system.alpha).run(system.tokens, layers))
    for k, layer in enumerate(reference.run(system, 5)):
        assert tuple(map(tuple, trajectory.state(k).rows())) == layer.tokens
        assert trajectory.attention(k) == layer.attention


@given(systems())
def test_scores_are_those_of_the_definition_times_one_positive_number(system):
    trajectory = Trajectory(Hardmax(system.A, system.alpha).run(system.tokens, 0))
    factors = set()
    for k, layer in enumerate(reference.run(system, 2)):
        (matrix,), divisor = trajectory.scores(k)
        for row, x in zip(matrix.tolist(), layer.tokens, strict=True):
            for entry, y in zip(row, layer.tokens, strict=True):
                exact = dot(times(system.A, x), y)
                found = Fraction(int(entry), int(divisor))
                assert (found > 0, found < 0) == (exact > 0, exact < 0)
                factors |= {found / exact} if exact else set()
    assert len(factors) <= 1


def test_the_scores_of_a_point_compare_as_the_definition_says():
    trajectory = Trajectory(Hardmax([["1/2", 0], [0, 1]]).run([[1, 0], [0, 1], [1, 1]], 0))
    point = Points.from_rows([["1/3", "-1/3"]]).points[0]
    assert [int(x) for x in trajectory.scores_of(point, 0)] == [1, -2, -1]


def test_scores_that_were_given_up_are_computed_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(room, "SCORES_KEPT", 0)
    trajectory = Trajectory(Hardmax().run([[1, 0], [0, 1]], 0))
    first = trajectory.scores(0)
    trajectory.scores(1)
    assert trajectory.scores(0) == first


@given(systems(), st.permutations(range(6)))
def test_states_are_the_same_in_whatever_order_they_are_asked_for(system, order):
    trajectory = Trajectory(Hardmax(system.A, system.alpha).run(system.tokens, 3))
    expected = [layer.tokens for layer in reference.run(system, 5)]
    assert [tuple(map(tuple, trajectory.state(k).rows())) for k in order] == [expected[k] for k in order]


def test_a_late_state_of_a_run_is_read_and_not_stepped_to(monkeypatch: pytest.MonkeyPatch):
    run = Hardmax(alpha=1).run([[1], ["1/2"]], 2000)
    trajectory = Trajectory(run)
    monkeypatch.setattr(Hardmax, "step", lambda self, layer: pytest.fail("a step was taken"))
    assert trajectory.state(2000) == run.state(2000)
