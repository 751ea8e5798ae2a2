"""As many points as a trap closes around, whatever the trap is."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb

from exactdyn.softmax import Softmax
from exactdyn.softmax.flow.flow import flow
from exactdyn.softmax.for_ever.following import TUBES, follow_all, follow_most, ties
from exactdyn.softmax.for_ever.statement import box_of


class Trap:
    """Disturbances that are given, the same whoever is loose; a text where there is no bound."""

    def __init__(self, given):
        self.given = given

    def disturbances(self, i):
        own = self.given[i]
        return own if isinstance(own, str) else (arb(own),)


@pytest.fixture(scope="module")
def box():
    return box_of(flow(Softmax(), [[1, 0], [0, 1], [1, 1], [2, 0]], until=Fraction(1, 64)))


def trap(given):
    return lambda leaders, rho: Trap(given)


def test_points_that_nothing_disturbs_are_all_trapped_with_the_least_rho(box):
    found = follow_all(box, [0, 0, 2, 2], trap([0, 0, 0, 0]))
    assert found == follow_most(box, [0, 0, 2, 2], trap([0, 0, 0, 0]))
    assert (found.rho, found.leaders, found.loose) == (TUBES[0], {0: 0, 1: 0, 2: 2, 3: 2}, {})


def test_who_follows_a_loose_leader_is_loose_for_its_reason(box):
    given = ["it is pulled away", 0, 0, 0]
    assert follow_all(box, [0, 0, 2, 2], trap(given)) == "it is pulled away"
    found = follow_most(box, [0, 0, 2, 2], trap(given))
    assert found.named(box) == [None, None, 2, 2]
    assert found.loose == {0: "it is pulled away", 1: "it follows token 0, and it is pulled away"}


def test_a_loose_follower_leaves_its_leader_alone(box):
    found = follow_most(box, [0, 0, 2, 2], trap([0, "it looks elsewhere", 0, 0]))
    assert found.named(box) == [0, None, 2, 2]
    assert found.settled(box) == {0, 2, 3}


def test_who_follows_a_follower_is_loose(box):
    assert "follows token 0, which follows another" in follow_all(box, [1, 1, 2, 0], trap([0] * 4))
    found = follow_most(box, [1, 1, 2, 0], trap([0] * 4))
    assert found.named(box) == [1, 1, 2, None]
    assert "follows token 0, which follows another" in found.loose[3]


def test_a_larger_rho_is_taken_where_more_points_stay_within_it(box):
    found = follow_most(box, [0, 1, 2, 3], trap([0, 0, 2.0**-10, 1]))
    assert found.named(box) == [0, 1, 2, None]
    assert found.rho == Fraction(1, 2**8)
    assert "too large" in found.loose[3]


def test_a_tie_is_between_the_two_that_are_attended_most_and_a_near_one_is_none():
    def tied(*tokens):
        return ties(box_of(flow(Softmax(), tokens, until=Fraction(1, 64))))

    assert set(tied([2, 0], [0, 2], [1, 1])) == {2}
    assert tied([2, 0], [0, 2], [1, 1 + Fraction(1, 10**9)]) == {}
    assert tied([2, 0], [1, 1], [1, -1]) == {}
