"""Softmax of a temperature beside hardmax of every kind: masks, heads, values, steps, ties, ReLU blocks."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exactdyn import HardAttention, Hardmax, Head, Relu
from exactdyn.errors import InputError
from exactdyn.layer.step import Step
from exactdyn.softmax.temperature.bounds import certificate_data, distances, largest_temperature
from exactdyn.softmax.temperature.carried import Carried
from proofs_checks import verify
from tests.amounts import amount
from tests.judges.oracle.temperature import confirms
from tests.strategies import hard_attention_systems

TEMPERATURES = st.sampled_from(
    [Fraction(1, 10**6), Fraction(1, 1000), Fraction(1, 50), Fraction(1, 2), Fraction(3)]
)
TOKENS = [[1, "1/9"], ["1/8", "4/5"], ["3/4", "1/4"], ["-1/2", "1/3"]]
COLD = Fraction(1, 10**6)


@settings(max_examples=amount(25, 200), suppress_health_check=list(HealthCheck))
@given(hard_attention_systems(), TEMPERATURES)
def test_bounds_of_a_system_of_any_kind_are_accepted_and_true(case, temperature):
    try:
        run = case.system().run(case.tokens, 2)
    except InputError:
        return  # some layer has no step
    data = json.loads(json.dumps(certificate_data(run, temperature)))
    verify(data)
    assert confirms(data)


@pytest.mark.parametrize(
    "system",
    [
        Hardmax(alpha=1, mask="causal"),
        Hardmax(alpha=1, mask="strict"),
        Hardmax(alpha=1, V=[["3/2", 0], [0, "7/3"]]),
        Hardmax(tau="2/(k+2)"),
        Hardmax(alpha="-1/2"),
        HardAttention([Head(mask="causal"), Head([[0, 1], [2, 0]], V=[[0, -1], [1, 0]])], alpha=1),
        HardAttention(
            [Head()], alpha=1, relu=Relu([[1, 0], [0, 1]], [0, 0], [["-1/2", 0], [0, "-1/2"]], [0, 0])
        ),
    ],
    ids=["causal", "strict", "values", "formula", "negative", "heads", "block"],
)
def test_a_cold_softmax_run_of_any_kind_is_near_the_hardmax_run(system):
    found = distances(system.run(TOKENS, 3), COLD)
    assert max(found[3].errors) < Fraction(1, 10**9)
    assert all(all(own.same_choice) for own in found)


def test_softmax_has_no_first_among_tokens_that_tie():
    run = Hardmax([[0]], tau="1/2", ties="first").run([[0], [2]], 1)
    for temperature in (COLD, Fraction(5)):
        found = distances(run, temperature)
        assert found[0].same_choice == (False, False)
        assert 1 <= found[1].errors[0] * 2 < Fraction(1001, 1000)  # the mean 1 in place of 0, half of the way
    assert largest_temperature(run, Fraction(1, 10)) is None


def test_of_copies_the_first_is_as_good_as_all():
    run = Hardmax([[1]], tau="1/2", ties="last").run([[2], [2], [1]], 3)
    assert max(distances(run, COLD)[3].errors) < Fraction(1, 10**9)


def test_tokens_at_one_place_that_see_different_tokens_are_no_copies():
    run = Hardmax([[-1]], tau="1/2", mask="causal").run([[1], [0], [1]], 1)
    found = distances(run, Fraction(1))[1].errors
    assert found[0] == 0 < found[2]


def test_heads_of_different_scores_are_no_one_head_for_softmax():
    both = HardAttention([Head([[1]], V=[[1]]), Head([[2]], V=[[-1]])], tau="1/2")
    found = distances(both.run([[1], [2]], 1), Fraction(1))
    assert min(found[1].errors) > 0  # with hardmax their values cancel, and nothing moves


def test_a_step_that_is_not_affine_is_refused():
    class Strange:
        def moved(self, state, *heads):
            return state

    with pytest.raises(InputError, match="step: softmax requires an affine step, got Strange"):
        Carried.of(Strange(), 1)
    assert Carried.of(Step(Fraction(2)), 1).convex is False
