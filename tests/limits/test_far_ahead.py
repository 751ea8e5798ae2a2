"""Changes of graphs that are proved far ahead: they happen, and no proof that these graphs stay is lost."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exactdyn import Hardmax, limit
from exactdyn.errors import InputError
from exactdyn.limits.far_ahead import changed_by
from exactdyn.limits.stretch import Stretch
from exactdyn.systems.trajectory import Trajectory
from tests.random_systems import general_system
from tests.strategies import hard_attention_systems, systems

SMALL_STEPS = st.sampled_from([Fraction(sign, 2**e) for sign in (1, 1, -1) for e in (4, 5, 6)])
START, SEEN = 1, 400


def foretold(trajectory, start, period):
    """By which layer graphs that repeat from a layer on have changed, if that is proved."""
    stretch = Stretch(period, start)
    for top in range(start, start + 7 * period):
        stretch.study(trajectory, top)
    if stretch.polynomial is None:
        return None
    return changed_by(trajectory, stretch.start, period, stretch.polynomial)


def repeat(trajectory, start, period, last):
    graph = trajectory.head_attention
    return all(graph(k) == graph(k - period) for k in range(start + period, last + 1))


def is_so(trajectory, least):
    for period in (least, 2 * least):
        change = foretold(trajectory, START, period)
        if change is not None and change < SEEN:
            assert not repeat(trajectory, START, period, change)


@given(systems(SMALL_STEPS))
def test_graphs_that_are_proved_to_change_do_so_by_then(system):
    is_so(Trajectory(Hardmax(system.A, system.alpha).run(system.tokens, 0)), 1)


def test_many_of_them_have_repeated_until_then():
    found = 0
    for seed in range(60):
        system = general_system(seed)
        trajectory = Trajectory(Hardmax(system.A, "1/32").run(system.tokens, 0))
        change = foretold(trajectory, START, 1)
        if change is not None and change < SEEN:
            found += repeat(trajectory, START, 1, START + 7)
            assert not repeat(trajectory, START, 1, change)
    assert found > 5


@given(hard_attention_systems())
def test_so_it_is_of_all_kinds_of_systems(case):
    try:
        trajectory = Trajectory(case.system().run(case.tokens, 0))
    except InputError:
        assume(False)
    repeating = trajectory.facts.repeating
    assume(repeating is not None and repeating[0] <= START)
    is_so(trajectory, repeating[1])


@pytest.mark.parametrize("exponent", [12, 60, 200])
def test_a_small_step_takes_long_and_the_layer_is_of_its_scale(exponent):
    # A follower that is pushed away at the rate 1 + 2^-e overtakes its leader.
    run = Hardmax([[2]], Fraction(-1, 2**exponent)).run([[3], [1]], 0)
    change = foretold(Trajectory(run), 0, 1)
    assert 2 ** (exponent - 2) < change < 2 ** (exponent + 2)


def test_what_stays_is_not_proved_to_change():
    run = Hardmax([[1, -4], [4, 1]], "1/2").run([[1, 0], [0, 1], [-1, -1]], 0)
    assert foretold(Trajectory(run), 0, 1) is None
    assert limit(run).lock.forms is not None


def late_tokens(count, dimension):
    return [[Random(f"{i} {r}").randint(-20, 20) for r in range(dimension)] for i in range(count)]


@pytest.mark.parametrize(
    ("A", "alpha"),
    [
        ([[4, -7], [9, -3]], Fraction(1, 2**60)),
        ([[0, 1, 0], [1, 0, 0], [0, 0, 1]], 10**30),
        ([[0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]], 10**30),
    ],
)
def test_where_graphs_change_far_ahead_no_proof_that_they_stay_is_sought(A, alpha, monkeypatch):
    def sought(*_):
        raise AssertionError

    monkeypatch.setattr("exactdyn.limits.stretch.find_forms", sought)
    found = limit(Hardmax(A, alpha).run(late_tokens(24, len(A)), 0))
    assert found.status == "undecided" and "it is proved to change, by layer" in found.reason
