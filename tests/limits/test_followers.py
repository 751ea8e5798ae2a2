"""Locks of followers: what they claim for ever is what the definition does."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given

from exactdyn.limits.find_lock import attended_stay_largest
from exactdyn.limits.followers import lock_of_followers
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.trajectory import Trajectory
from tests.judges import reference
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, systems


def lock_at(layer, A, alpha, tokens):
    return lock_of_followers(Trajectory(Hardmax(A, alpha).run(tokens, 0)), layer)


def first_locks(system):
    """A run that goes on, and the locks of followers at its first layers."""
    trajectory = Trajectory(Hardmax(system.A, system.alpha).run(system.tokens, 0))
    found = (lock_of_followers(trajectory, layer) for layer in range(4))
    return trajectory, [lock for lock in found if lock is not None]


@given(systems(NONNEGATIVE_ALPHAS))
def test_a_lock_of_followers_passes_the_test_of_every_other_lock(system):
    trajectory, locks = first_locks(system)
    for lock in locks:
        assert attended_stay_largest(trajectory, lock)
        assert len({trajectory.attention(lock.layer + k) for k in range(4)}) == 1


@given(systems(NONNEGATIVE_ALPHAS))
def test_what_followers_attend_they_attend_at_every_later_layer(system):
    if lock_at(0, system.A, system.alpha, system.tokens) is not None:
        graphs = {layer.attention for layer in reference.run(system, 12)}
        assert len(graphs) == 1


@given(systems(NONNEGATIVE_ALPHAS))
def test_followers_end_where_the_combination_of_states_of_every_other_lock_ends(system):
    trajectory, locks = first_locks(system)
    for lock in locks:
        assert lock.ends is not None
        assert lock.limits(trajectory) == replace(lock, ends=None).limits(trajectory)


def test_followers_that_do_not_move_end_where_they_are():
    trajectory = Trajectory(Hardmax(alpha=0).run([[1], ["1/2"]], 0))
    lock = lock_of_followers(trajectory, 0)
    assert lock.limits(trajectory) == replace(lock, ends=None).limits(trajectory) == ((1,), (Fraction(1, 2),))


@given(systems(NEGATIVE_ALPHAS))
def test_a_step_that_is_not_convex_has_no_followers(system):
    assert lock_at(0, system.A, system.alpha, system.tokens) is None


def test_followers_of_a_token_that_moves_are_no_lock():
    assert lock_at(0, None, 1, [[1, 1], [1, -1], [1, "1/2"], ["1/2", "1/2"]]) is not None
    assert lock_at(0, [[0, 1], [-1, 0]], 1, [[1, 0], [0, 1], [-1, -1]]) is None
