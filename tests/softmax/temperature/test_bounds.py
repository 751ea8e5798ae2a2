"""Softmax of a temperature beside the exact hardmax run."""

from __future__ import annotations

import json
from fractions import Fraction

import flint
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import Hardmax
from exactdyn.errors import InputError
from exactdyn.softmax.temperature.bounds import certificate_data, distances, largest_temperature
from proofs_checks import MalformedError, RejectedError, verify
from tests.judges.softmax_choices import choices
from tests.judges.temperature_layers import temperature_layers
from tests.strategies import matrices, vectors

COLD = Fraction(1, 1000)
TEMPERATURES = st.sampled_from([Fraction(1, 10**6), COLD, Fraction(1, 50), Fraction(1, 2)])
TOKENS = st.lists(vectors(2), min_size=1, max_size=5)


@settings(max_examples=40)
@given(st.sampled_from([2]).flatmap(matrices), TOKENS, st.sampled_from(["0", "1/2", "1", "5"]), TEMPERATURES)
def test_the_enclosed_softmax_run_is_within_the_bounds_of_the_hardmax_run(A, tokens, alpha, temperature):
    run = Hardmax(A, alpha).run(tokens, 3)
    states = temperature_layers(A, Fraction(alpha), temperature, tokens, 3, bits=400)
    for found, state in zip(distances(run, temperature), states, strict=True):
        for bound, soft, hard in zip(found.errors, state, run.tokens(found.layer), strict=True):
            for x, y in zip(soft, hard, strict=True):
                with flint.ctx.workprec(400):
                    gap = abs(x - flint.arb(flint.fmpq(y.numerator, y.denominator)))
                    allowed = flint.arb(flint.fmpq(bound.numerator, bound.denominator))
                    assert not gap > allowed * (1 + flint.arb("1e-9")) + flint.arb("1e-60")


def test_the_largest_temperature_is_proved_and_the_next_one_is_not():
    run = Hardmax(alpha=1).run([[1, 0], [0, 1], ["3/4", "1/4"]], 2)
    accuracy = Fraction(1, 1000)
    hottest = largest_temperature(run, accuracy)
    assert max(max(own.errors) for own in distances(run, hottest)) <= accuracy
    assert max(max(own.errors) for own in distances(run, hottest * Fraction(34, 32))) > accuracy


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (lambda run: distances(run, Fraction(0)), "temperature: requires a number greater than 0"),
        (lambda run: choices(run, Fraction(-1)), "temperature: requires a number greater than 0"),
        (lambda run: largest_temperature(run, Fraction(0)), "accuracy: requires a number greater than 0"),
    ],
)
def test_what_is_not_positive_is_refused(action, message):
    with pytest.raises(InputError, match=message):
        action(Hardmax().run([[1]], 1))


def certified(run, temperature=COLD) -> dict:
    return json.loads(json.dumps(certificate_data(run, temperature)))


@settings(max_examples=20)
@given(st.sampled_from([2]).flatmap(matrices), TOKENS, st.sampled_from(["0", "1/2", "5"]), TEMPERATURES)
def test_the_checker_accepts_every_certificate_of_the_bounds(A, tokens, alpha, temperature):
    document = certified(Hardmax(A, alpha).run(tokens, 2), temperature)
    assert verify(json.dumps(document)).errors[0] == (0,) * len(tokens)


@pytest.mark.parametrize("layer", [1, 2])
def test_a_smaller_bound_or_a_hotter_softmax_is_rejected(layer):
    document = certified(Hardmax(alpha=1).run([[1, 0], [0, 1], ["3/4", "1/4"]], 2), Fraction(1, 50))
    bound = Fraction(document["errors"][layer][2])
    changed = json.loads(json.dumps(document))
    changed["errors"][layer][2] = str(bound / 2)
    for wrong in (changed, document | {"temperature": "1/40"}):
        with pytest.raises(RejectedError, match="the bound is not proved"):
            verify(json.dumps(wrong))


def test_a_temperature_certificate_of_something_else_is_refused():
    document = certified(Hardmax(alpha=1).run([[1], ["1/2"]], 1))
    with pytest.raises(RejectedError, match="a bound is negative"):
        verify(json.dumps(document | {"errors": [["0", "-1"], ["1", "1"]]}))
    for wrong in ({"temperature": "0"}, {"errors": []}, {"errors": [["0"]]}, {"version": 2}, {"version": 3}):
        with pytest.raises(MalformedError):
            verify(json.dumps(document | wrong))


def test_rivals_stronger_than_two_copies_are_not_bounded_by_a_half():
    # Hot enough and with large errors nothing is known of the shares: the bounds must allow for all of them.
    run = Hardmax(alpha=5).run([[1], [1], ["9/10"]], 2)
    for found, state in zip(
        distances(run, Fraction(2)),
        temperature_layers(((Fraction(1),),), Fraction(5), Fraction(2), [[1], [1], ["9/10"]], 2),
        strict=True,
    ):
        for bound, soft, hard in zip(found.errors, state, run.tokens(found.layer), strict=True):
            assert float(abs(soft[0] - float(hard[0])).mid()) <= float(bound) + 1e-12
