"""Tokens that go straight to points at rest, whatever the steps are."""

from fractions import Fraction
from math import prod

import pytest

from exactdyn.limits import limit
from exactdyn.limits.targets import targets_at
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from exactdyn.systems.trajectory import Trajectory

FRANK_WOLFE = Hardmax([[-1]], tau="2/(k+2)")


def first_targets(system, tokens, last=20):
    trajectory = Trajectory(system.run(tokens, 0))
    found = (targets_at(trajectory, layer) for layer in range(last))
    return next((targets for targets in found if targets is not None), None)


def test_steps_of_an_infinite_sum_reach_the_target():
    found = limit(FRANK_WOLFE.run([[3], [-1]], 0))
    assert (found.status, found.layer, found.itinerary) == ("proved", 2, "constant")
    assert found.limits == ((Fraction(1, 3),), (Fraction(1, 3),))
    assert found.tokens(50) == tuple(map(tuple, FRANK_WOLFE.run([[3], [-1]], 50).tokens(50)))


@pytest.mark.parametrize("tau", ["1/(k+2)^2", "2^-(k+1)", "k*2^-(k+2)"])
def test_steps_of_a_finite_sum_stop_on_the_way_and_the_limit_is_enclosed(tau):
    system = Hardmax(tau=tau)
    found = limit(system.run([[1], ["1/2"]], 0))
    assert (found.status, found.limits) == ("proved", ((1,), None))
    (low,), (high,) = found.enclosures[1]
    assert Fraction(1, 2) < low <= high < 1
    assert high - low < Fraction(1, 10**6)
    # The token only rises, and after k layers less than 1/k is left to come.
    late = system.run([[1], ["1/2"]], 400).tokens(400)[1][0]
    assert late <= high
    assert low - late < Fraction(1, 400)


def test_the_product_of_a_known_sum_lies_in_the_enclosure():
    # 1 - 1/(k+2)^2 = (k+1)(k+3)/(k+2)^2, so the product of the first N is (N+2)/(2(N+1)), which tends to 1/2.
    assert prod(1 - Fraction(1, (k + 2) ** 2) for k in range(30)) == Fraction(32, 62)
    (low,), (high,) = limit(Hardmax(tau="1/(k+2)^2").run([[1], ["1/2"]], 0)).enclosures[1]
    assert low <= Fraction(3, 4) <= high


@pytest.mark.parametrize("tau", ["1/(k+2)^2", "2^-(k+1)", "k*2^-(k+2)", "(2^k+1)/(3^k+5)"])
def test_the_product_in_a_certificate_holds_what_the_limit_does_and_is_nearly_as_narrow(tau):
    found = limit(Hardmax(tau=tau).run([[1], ["1/2"]], 0))
    product = found.targets.enclosed()["product"]
    # Of the way 1/2 the part pi is left.
    (low,), (high,) = found.enclosures[1]
    assert product["low"] <= 2 * (1 - high) <= 2 * (1 - low) <= product["high"]
    assert product["high"] - product["low"] < Fraction(1, 10**4)


def test_where_the_sum_is_finite_every_token_has_a_limit_whatever_the_graphs_do():
    tokens = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1], [0, 0, "1/3"]]
    # The last token tends to 0 from above; by 1/(k+2)^2 it gets there, attends everybody and stays.
    system = Hardmax([[3, 0, 0], [0, 3, 0], [0, 0, -1]], tau="1/(k+4)^2")
    found = limit(system.run(tokens, 0), layers=12)
    assert (found.status, found.itinerary) == ("proved", "unknown")
    late = system.run(tokens, 40).tokens(40)
    for (lower, upper), row in zip(found.enclosures, late, strict=True):
        # What is left to come is less than 1/40 of the diameter, which is 2 in each coordinate.
        assert all(
            low - Fraction(1, 10) <= x <= high + Fraction(1, 10)
            for low, x, high in zip(lower, row, upper, strict=True)
        )


def test_a_target_that_does_not_see_a_better_one_is_refused_under_a_mask():
    # Token 2 attends the leader 0 at first, which does not see the tokens 1 and 2.
    causal = Hardmax([[-1]], 1, mask="causal")
    assert targets_at(Trajectory(causal.run([[-3], [2], [2]], 0)), 0) is None
    assert limit(causal.run([[-3], [2], [2]], 0)).limits == ((-3,), (Fraction(-1, 2),), (Fraction(-1, 2),))


def test_a_mask_that_is_not_transitive_and_a_step_that_keeps_nothing_withdraw_the_lemma():
    rows = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 1, 0], [1, 0, 1, 1]]
    tokens = [[1], [5], ["1/2"], ["1/4"]]
    assert first_targets(Hardmax(alpha=1, mask=rows), tokens) is None
    assert first_targets(Hardmax(tau="1"), [[1], ["1/2"]]) is None
    rows[3][1] = 1
    assert first_targets(Hardmax(alpha=1, mask=rows), tokens).places[3] == (5,)


def test_two_heads_go_to_the_mean_of_their_targets_by_their_values():
    mask = [[1, 0, 0], [0, 1, 0], [1, 1, 1]]
    system = HardAttention([Head(mask=mask), Head([[-1]], V=[[3]], mask=mask)], tau="1/(k+2)")
    assert first_targets(system, [[1], [3], [2]]).places[2] == (Fraction(3, 2),)
    changing = HardAttention([Head(mask=mask), Head([[-1]], V=[[[1]], [[3]]], mask=mask)], tau="1/2")
    assert first_targets(changing, [[1], [3], [2]]) is None
    # From layer 1 on its layers repeat, and by that the limit is proved.
    assert limit(changing.run([[1], [3], [2]], 0)).limits[2] == (Fraction(3, 2),)


@pytest.mark.parametrize(("ties", "place"), [("mean", (1, 0)), ("first", (1, 1)), ("last", (1, -1))])
def test_ties_go_to_the_mean_the_first_or_the_last(ties, place):
    found = limit(Hardmax(tau="1/(k+2)", ties=ties).run([[1, 1], [1, -1], ["1/2", 0]], 0))
    assert found.limits[2] == place


def test_copies_under_a_causal_mask_rest_together():
    found = limit(Hardmax(alpha=1, mask="causal").run([[2], [2], [1]], 0))
    assert found.limits == ((2,), (2,), (2,))
    assert found.clusters == ((0, 1, 2),)
