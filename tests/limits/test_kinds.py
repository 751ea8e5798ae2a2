"""Limits of systems of all kinds, against the definition many layers later, and certified."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.errors import InputError
from exactdyn.limits import limit
from exactdyn.statements.catalogue import ON_THE_LIMIT
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges import hard_attention
from tests.strategies import TAU_FORMULAS, HardCase, hard_attention_systems

LATER = 40

PERIODIC = [[1, 0, 1], [-1, 0, 1], [0, 1, -1], [0, -1, -1], [0, 0, "1/3"]]
ALTERNATES = [[3, 0, 0], [0, 3, 0], [0, 0, -1]]


def decided(run, layers=24):
    """The limit and the verdicts of all statements about it, each accepted by the checker."""
    found = limit(run, layers)
    verdicts = {name: statement.decide(run, found) for name, statement in ON_THE_LIMIT.items()}
    if any(verdict.outcome != "undecided" for verdict in verdicts.values()):
        assert verify(certificate_text(certificate_data(run, verdicts)), patient=True)
    return found, {name: verdict.outcome for name, verdict in verdicts.items()}


def definition(case: HardCase, last: int):
    taus = case.judged.taus
    if case.formula:
        taus = tuple(map(TAU_FORMULAS[case.formula], range(last + 1)))
    return hard_attention.run(replace(case.judged, taus=taus), case.tokens, last)


def distance(state, places):
    return max(abs(x - y) for z, w in zip(state, places, strict=True) for x, y in zip(z, w, strict=True))


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(hard_attention_systems())
def test_a_decided_limit_is_that_of_the_definition_many_layers_later(case):
    try:
        found, _ = decided(case.system().run(case.tokens, 0))
    except InputError:
        return  # some layer has no step
    if found.status == "undecided":
        return
    last = found.layer + LATER
    layers = definition(case, last)
    for k in range(found.layer, last - (found.period or last) + 1):
        assert layers[k].heads == layers[k + found.period].heads
    if found.targets is not None or found.lock is not None:
        assert found.tokens(last) == tuple(layers[last].tokens)
    if found.places is not None:
        cycle = found.cycle or (found.places,)
        before, after = (
            distance(layers[k].tokens, cycle[(k - found.layer) % len(cycle)]) for k in (found.layer, last)
        )
        assert after < before or after == 0


def test_a_causal_mask_does_not_rescue_convergence():
    found, outcomes = decided(Hardmax(ALTERNATES, 1, mask="causal").run(PERIODIC, 0))
    assert (found.status, found.itinerary, found.period) == ("periodic", "periodic", 2)
    assert [state[4] for state in found.cycle] == [(0, 0, Fraction(1, 3)), (0, 0, Fraction(-1, 3))]
    assert outcomes == {
        "convergence": "fails",
        "leader-vertex": "holds",
        "limit-set": "fails",
        "attention-settles": "fails",
    }


def test_a_value_matrix_converges_by_its_rates():
    run = Hardmax(alpha=1, V=[["3/2", 0], [0, "7/3"]]).run([[0, 0], [1, 0], [0, 1]], 0)
    found, outcomes = decided(run)
    assert found.limits == ((0, 1), (1, 0), (0, 1))
    assert found.rates == {Fraction(3, 10): 1, Fraction(2, 5): 1}
    assert (outcomes["convergence"], outcomes["leader-vertex"]) == ("holds", "undecided")


def test_a_value_matrix_that_throws_apart_diverges():
    found, outcomes = decided(
        Hardmax([[-1, 0], [0, 0]], V=[[-3, 0], [0, 1]], tau="1/5").run([[1, 0], [-1, 0]], 0)
    )
    assert (found.status, outcomes["convergence"]) == ("diverges", "fails")


def test_steps_that_take_turns_go_round_in_a_cycle():
    # A whole step swaps the two, half a step leaves what is attended at rest.
    found, outcomes = decided(Hardmax([[-1]], tau=1).run([[3], [-1]], 0))
    assert found.cycle == (((3,), (-1,)), ((-1,), (3,)))
    assert outcomes["convergence"] == "fails"


def test_matrices_that_take_turns_have_itineraries_of_their_period():
    run = Hardmax([[[1]], [[-1]]], tau="0", period=2).run([[1], [-1]], 0)
    found, outcomes = decided(run)
    assert (found.itinerary, found.period, found.status) == ("periodic", 2, "proved")
    assert outcomes["attention-settles"] == "fails"


@pytest.mark.parametrize(
    ("tokens", "witness"), [([["1/2"], [1], [-1]], {"token", "weights"}), ([[1], [1], [-1]], {"leaders"})]
)
def test_under_a_mask_a_leader_may_be_at_no_vertex_or_two_at_one(tokens, witness):
    run = Hardmax(alpha=1, mask=[[1, 0, 0], [0, 1, 0], [0, 0, 1]]).run(tokens, 0)
    found, outcomes = decided(run)
    assert outcomes["leader-vertex"] == "fails"
    assert witness <= ON_THE_LIMIT["leader-vertex"].decide(run, found).witness.keys()


def test_lists_of_equal_entries_repeat_as_one_entry_does():
    run = Hardmax([[1]], tau=["2", "2", "2"], period=2, mask="causal").run([[1], ["1/2"]], 0)
    found, outcomes = decided(run)
    assert found.status == "proved"
    assert outcomes["convergence"] == "holds"


def test_all_tokens_meet_under_a_negative_form_and_a_multiple_of_the_identity_as_values():
    tokens = [["1/2"], ["-1/2"], ["1/5"]]
    found, outcomes = decided(Hardmax([[-1]], V=[[2]], tau="1/5").run(tokens, 0), layers=12)
    assert found.status == "proved"
    assert outcomes["convergence"] == "holds"
