"""Growth for ever: the combination of states that proves it is multiplied at every period."""

from hypothesis import given

from exactdyn.limits.find_lock import find_lock
from exactdyn.limits.growth import growth
from exactdyn.limits.lock import Lock
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.trajectory import Trajectory
from tests.judges import reference
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, systems


def grown(system):
    trajectory = Trajectory(Hardmax(system.A, system.alpha).run(system.tokens, 0))
    lock = find_lock(trajectory, 8)
    return (lock, growth(lock, trajectory)) if isinstance(lock, Lock) else (None, None)


@given(systems(NEGATIVE_ALPHAS))
def test_the_combination_is_multiplied_by_the_factor_at_every_period(system):
    lock, proof = grown(system)
    if proof is None:
        return
    states = [layer.tokens for layer in reference.run(system, lock.layer + lock.period * len(proof.weights))]

    def combined(period):
        places = [
            states[lock.layer + (period + j) * lock.period][proof.token] for j in range(len(proof.weights))
        ]
        return [
            sum(w * x for w, x in zip(proof.weights, own, strict=True)) for own in zip(*places, strict=True)
        ]

    here, after = combined(0), combined(1)
    assert any(here) and after == [proof.factor * x for x in here]
    assert proof.factor > 1 or (proof.factor == 1 and sum(proof.weights) == 0)


@given(systems(NONNEGATIVE_ALPHAS))
def test_nothing_grows_under_a_convex_step(system):
    assert grown(system)[1] is None


def test_tokens_that_fly_apart_grow_threefold():
    _, proof = grown(reference.system([[-1]], "-1/2", [[1], [-1]]))
    assert proof.factor == 3
