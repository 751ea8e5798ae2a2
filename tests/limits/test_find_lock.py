import pytest
from hypothesis import given

from exactdyn.limits.find_lock import LockSearch
from exactdyn.limits.lock import Lock
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.trajectory import Trajectory
from tests.judges import reference
from tests.strategies import NONNEGATIVE_ALPHAS, systems


def lock_of(A, alpha, tokens, layers=40):
    return LockSearch(Trajectory(Hardmax(A, alpha).run(tokens, 0))).until(layers)


@given(systems(NONNEGATIVE_ALPHAS))
def test_every_itinerary_that_is_locked_repeats(system):
    lock = lock_of(system.A, system.alpha, system.tokens)
    if isinstance(lock, Lock):
        graphs = [layer.attention for layer in reference.run(system, lock.layer + 25)][lock.layer :]
        assert graphs[lock.period :] == graphs[: -lock.period]


def test_tokens_that_follow_one_leader_need_three_nodes():
    lock = lock_of(None, 1, [[1, 0], ["1/2", 0], ["1/3", "1/5"]])
    assert [str(node) for node in lock.nodes] == ["1/4", "1/2", "1"]


def test_a_rate_of_0_is_over_after_one_layer():
    assert lock_of([[-1]], 1, [[1], [-1]]).layer == 1


def test_negative_rates_are_locked_over_two_layers():
    lock = lock_of([[-1]], 3, [[1], [-1]])
    assert (lock.layer, lock.period) == (0, 2)


@pytest.mark.parametrize("alpha", ["1/2", 3])
def test_a_rotation_by_30_degrees_or_by_an_irrational_angle_is_locked_by_forms(alpha):
    lock = lock_of([[1, -4], [4, 1]], alpha, [[1, 0], [0, 1], [-1, -1]])
    assert (lock.layer, lock.period, lock.nodes) == (0, 1, ())
    assert all(len(proof.rows) == 1 and proof.cone is None for proof in lock.forms.proofs)


def test_a_rotation_near_the_one_that_changes_is_left_open():
    reason = lock_of([[1, "-3.1547"], ["3.1547", 1]], "3/7", [[1, 0], [0, 1], [-1, -1]])
    assert reason.startswith("the attention graph is the same from layer 0 to 40, but some rates")


def test_eight_equal_graphs_are_no_lock_if_the_ninth_is_another():
    tokens = [[1, -2], ["-1/2", "1/4"], ["7/4", "-7/4"], [0, "-7/4"]]
    graphs = [
        layer.attention for layer in reference.run(reference.system([[1, 0], [0, 1]], "1/10", tokens), 9)
    ]
    assert len(set(graphs[:8])) == 1 and graphs[7] != graphs[8]
    assert lock_of(None, "1/10", tokens).layer == 8


@pytest.mark.parametrize("layers", [1, 2])
def test_without_enough_layers_there_is_no_lock(layers):
    assert isinstance(lock_of([[1, 0], [0, 0]], 1, [[1, 0], [-1, 0], [0, 1]], layers), str)


def test_tokens_at_rest_have_the_one_rate_1():
    lock = lock_of(None, 1, [[1, 1], [1, -1], [1, 0]])
    assert (lock.layer, lock.nodes, lock.weights) == (0, (1,), (1,))


def test_a_rotation_by_an_irrational_angle_is_locked_where_all_scores_shrink_alike():
    # A vertex of the square goes to a quarter of itself and three quarters of the next: w = (1 + 3i)/4.
    lock = lock_of([[3, -4], [4, 3]], 3, [[1, 0], [0, 1], [-1, 0], [0, -1]])
    assert (lock.layer, lock.period, [str(node) for node in lock.nodes]) == (0, 1, ["5/8"])
