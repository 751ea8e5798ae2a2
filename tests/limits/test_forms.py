"""Itineraries by forms: graphs that stay although rates are irrational or complex."""

import json
from fractions import Fraction
from math import isqrt

import pytest

from exactdyn import Hardmax, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.documents import load_example
from exactdyn.statements.theorem import limit_certificate
from proofs_checks import RejectedError, verify

CYCLE = [[1, 0], [0, 1], [-1, -1]]


def turning(t, alpha="1/2"):
    """Three tokens of sum 0, and a matrix that turns."""
    return Hardmax([[1, -t], [t, 1]], alpha).run(CYCLE, 0)


def certified(run):
    data = limit_certificate(run, limit(run))
    verify(certificate_text(data))
    return data


@pytest.mark.parametrize("alpha", ["1/2", "3/7", 3])
def test_tokens_that_chase_each_other_do_so_for_ever(alpha):
    run = turning(4, alpha)
    found = limit(run)
    assert (found.status, found.period, found.limits) == ("proved", 1, ((0, 0),) * 3)
    assert found.lock.forms is not None and sum(found.rates.values()) == 2
    certified(run)


def threshold(digits):
    # For t > 2 + 2/sqrt(3) three tokens chase each other for ever, and not below, where a step turns them by
    # an angle that is no rational part of a circle; 4/3 = (2/sqrt(3))^2.
    scale = 10 ** (digits + 2)
    return 2 + Fraction(isqrt(4 * scale**2 // 3), scale)


@pytest.mark.parametrize("alpha", ["2/7", 3, "3/5", "1/10"])
@pytest.mark.parametrize("digits", [3, 6])
def test_both_sides_of_the_threshold_are_decided(digits, alpha):
    for side in (-1, 1):
        run = turning(threshold(digits) * (1 + side * Fraction(1, 10**digits)), alpha)
        found = limit(run)
        assert found.status == "proved"
        assert (found.limits == ((0, 0),) * 3) == (side > 0)
    certified(run)


def test_a_change_after_the_layers_that_are_looked_at_is_foreseen_unless_it_is_said_how_many():
    run = turning(threshold(6) * (1 - Fraction(1, 10**6)), "3/5")
    assert limit(run, 120).status == "undecided"
    assert limit(run).layer > 200


@pytest.mark.parametrize("alpha", [3, "1/10"])
def test_nothing_is_claimed_wrongly_at_a_billionth_of_the_threshold(alpha):
    for side in (-1, 1):
        found = limit(turning(threshold(9) * (1 + side * Fraction(1, 10**9)), alpha))
        assert found.status == "undecided" or (found.limits == ((0, 0),) * 3) == (side > 0)


def test_a_cycle_goes_round_beside_a_leader_and_who_follows_it():
    A = [[1, -4, 0], [4, 1, 0], [0, 0, 1]]
    run = Hardmax(A, "1/2").run([[1, 0, 0], [0, 1, 0], [-1, -1, 0], [0, 0, 1], [0, 0, "1/2"]], 0)
    found = limit(run)
    assert found.status == "proved" and found.lock.forms is not None
    later = Hardmax(A, "1/2").run(run.start.rows(), found.layer + 40)
    assert found.tokens(found.layer + 40) == tuple(map(tuple, later.tokens(found.layer + 40)))
    certified(run)


@pytest.mark.parametrize("alpha", ["1/2", 1, 3])
def test_the_rotating_square_turns_for_ever(alpha):
    square = load_example("rotating-square")
    run = Hardmax(square.system.matrix(2), alpha).run(square.run(0).start.rows(), 0)
    found = limit(run)
    assert (found.status, found.layer, found.limits) == ("proved", 0, ((0, 0),) * 4)
    certified(run)


@pytest.mark.parametrize("change", ["recurrence", "node", "layer"])
def test_other_numbers_are_no_proof(change):
    data = json.loads(certificate_text(certified(turning(4, "1/20"))))
    itinerary = next(claim for claim in data["claims"] if claim["claim"] == "attention-settles")["evidence"][
        "itinerary"
    ]
    if change == "recurrence":
        itinerary["recurrence"][0] = "1"
    elif change == "node":
        itinerary["proofs"][0]["nodes"] = [["2"]]
    else:
        itinerary["proofs"] = []
    with pytest.raises(RejectedError):
        verify(json.dumps(data))


def test_forms_beyond_the_range_of_floats_are_gone_through_without_a_guess():
    turning = Hardmax([[0, -1], [1, 0]], "-999/1000").run([[0, 0], [0, 1], [0, -1], [1, 0]], 0)
    assert limit(turning).status in ("diverges", "undecided")
