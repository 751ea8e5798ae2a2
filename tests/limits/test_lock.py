"""A lock as data, and the limits that its weights combine."""

from fractions import Fraction

from hypothesis import given

from exactdyn.limits.find_lock import LockSearch
from exactdyn.limits.lock import Lock
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.trajectory import Trajectory
from tests.judges import reference
from tests.strategies import NONNEGATIVE_ALPHAS, systems


@given(systems(NONNEGATIVE_ALPHAS.filter(bool)))
def test_a_state_that_repeats_after_a_period_is_its_own_limit(system):
    trajectory = Trajectory(Hardmax(system.A, system.alpha).run(system.tokens, 0))
    lock = LockSearch(trajectory).until(8)
    if isinstance(lock, Lock):
        first, after = (reference.run(system, lock.layer + k)[-1].tokens for k in (0, lock.period))
        assert (first == after) == (lock.limits(trajectory) == first)


@given(systems(NONNEGATIVE_ALPHAS))
def test_the_weights_of_a_lock_have_sum_1_and_its_limits_are_those_of_the_next_period(system):
    run = Hardmax(system.A, system.alpha).run(system.tokens, 0)
    lock = LockSearch(Trajectory(run)).until(8)
    if isinstance(lock, Lock):
        assert sum(lock.weights) == 1
        later = Lock(lock.layer + lock.period, lock.period, lock.nodes, lock.polynomial, lock.weights)
        assert lock.limits(Trajectory(run)) == later.limits(Trajectory(run))


def test_a_certificate_has_the_layer_the_period_and_the_nodes():
    lock = LockSearch(Trajectory(Hardmax(alpha=1).run([[1], ["1/2"]], 0))).until(3)
    assert lock.data == {"layer": 0, "period": 1, "nodes": [Fraction(1, 4), Fraction(1, 2), Fraction(1)]}
