"""Growth for ever: the combination of states that proves it is multiplied at every period."""

from fractions import Fraction

import pytest
from hypothesis import given

from exactdyn import limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.limits.find_lock import LockSearch
from exactdyn.limits.growth import Expansion, Growth, decays, growth
from exactdyn.limits.lock import Lock
from exactdyn.statements.theorem import limit_certificate
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.trajectory import Trajectory
from proofs_checks import verify
from tests.judges import reference
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, systems


def grown(system):
    trajectory = Trajectory(Hardmax(system.A, system.alpha).run(system.tokens, 0))
    lock = LockSearch(trajectory).until(8)
    return (lock, growth(lock, trajectory)) if isinstance(lock, Lock) else (None, None)


@given(systems(NEGATIVE_ALPHAS))
def test_the_combination_is_multiplied_by_the_factor_at_every_period(system):
    lock, proof = grown(system)
    if not isinstance(proof, Growth):
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


CYCLE = [[1, 0], [0, 1], [-1, -1]]


@pytest.mark.parametrize(("t", "alpha"), [(4, "-1/2"), (5, "-3/2"), (4, "-9/2"), (3, "-1/6")])
def test_tokens_that_turn_by_an_irrational_angle_and_grow_have_no_limit(t, alpha):
    run = Hardmax([[1, -t], [t, 1]], alpha).run(CYCLE, 0)
    found = limit(run)
    assert found.status == "diverges" and isinstance(found.growth, Expansion)
    assert found.reason == f"token {found.growth.token} has no limit, its states grow for ever"
    sizes = [max(abs(x) for row in found.tokens(layer) for x in row) for layer in (found.layer, 200, 400)]
    assert sizes[0] < sizes[1] < sizes[2]
    verify(certificate_text(limit_certificate(run, found)))


def test_tokens_that_turn_and_shrink_beside_values_converge_by_a_recurrence():
    # All attend all, and the values turn what is left: the rates are (2 + i)/5 and (2 - i)/5.
    run = Hardmax([[0, 0], [0, 0]], alpha=1, V=[[1, -1], [1, 1]]).run(CYCLE, 0)
    found = limit(run)
    assert (found.status, found.limits) == ("proved", ((0, 0),) * 3)
    (claim, *_) = limit_certificate(run, found)["claims"]
    assert claim["evidence"]["recurrence"] == ["1/5", "-4/5"]
    verify(certificate_text(limit_certificate(run, found)))


def test_what_decays_has_roots_inside_of_the_unit_circle_alone():
    inside, outside = [Fraction(1, 2), Fraction(-3, 5)], [Fraction(1), Fraction(-1), Fraction(5, 3)]
    for roots in ([], inside, [*inside, *inside], [*inside, outside[0]], [inside[0], outside[1]], outside):
        polynomial = (Fraction(1),)
        for root in roots:
            pairs = zip((Fraction(0), *polynomial), (*polynomial, Fraction(0)), strict=True)
            polynomial = tuple(higher - root * x for higher, x in pairs)
        assert decays(polynomial) == all(abs(root) < 1 for root in roots)
    assert decays((Fraction(99, 100), Fraction(0), Fraction(1))) and not decays(
        (Fraction(1), Fraction(1), Fraction(1))
    )
