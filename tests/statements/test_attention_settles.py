"""Whether the attention graphs stay the same from some layer on."""

import json

import pytest
from hypothesis import given

from exactdyn.certificates.envelope import certificate_data, certificate_text
from exactdyn.statements.attention_settles import STATEMENT
from exactdyn.statements.theorem import check
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import RejectedError, verify
from tests.judges import reference
from tests.strategies import systems

LATER = 12
DIGITS = Hardmax([[-1]], alpha="1/2").run([["1/2"], ["-1/2"], ["-1/6"]], 0)


def certificate(run, verdict):
    return certificate_text(certificate_data(run, {"attention-settles": verdict}))


@given(systems(dimensions=2, largest=4))
def test_what_is_decided_is_what_later_layers_of_the_definition_do(system):
    run = Hardmax(system.A, system.alpha).run(system.tokens, 0)
    verdict = STATEMENT.decide(run)
    if verdict.outcome == "undecided":
        assert verdict.reason
        return
    verify(certificate(run, verdict), patient=True)  # graphs may settle late
    itinerary = (verdict.witness or verdict.evidence)["itinerary"]
    first, period = itinerary["layer"], itinerary["period"]
    graphs = [layer.attention for layer in reference.run(system, first + max(LATER, 2 * period))[first:]]
    if verdict.outcome == "holds":
        assert len(set(graphs)) == 1
    else:
        token, phase = verdict.witness["token"], verdict.witness["phase"]
        assert graphs[phase][token] != graphs[0][token]
        assert graphs[phase + period] == graphs[phase]
        assert graphs[period] == graphs[0]


def test_binary_digits_alternate_for_ever_although_all_tokens_converge():
    verdict = STATEMENT.decide(DIGITS)
    assert verdict.outcome == "fails"
    assert (verdict.witness["token"], verdict.witness["phase"]) == (2, 1)
    assert check(DIGITS).statements["convergence"].outcome == "holds"


def test_three_binary_digits_repeat_with_period_three():
    # 5/7 = 0.101101... in binary; token 2 starts at 5/7 - 1/2.
    run = Hardmax([[-1]], alpha="1/2").run([["1/2"], ["-1/2"], ["3/14"]], 0)
    verdict = STATEMENT.decide(run)
    assert (verdict.outcome, verdict.witness["itinerary"]["period"]) == ("fails", 3)
    verify(certificate(run, verdict))


def test_a_followed_leader_settles_the_graph():
    run = Hardmax(alpha=1).run([[1], ["1/2"]], 0)
    verdict = STATEMENT.decide(run)
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", "locked-itinerary")
    verify(certificate(run, verdict))


def test_an_expanding_map_without_period_is_undecided():
    verdict = STATEMENT.decide(Hardmax([[-1]], alpha="1/3").run([["1/2"], ["-1/2"], ["1/5"]], 0))
    assert verdict.outcome == "undecided"
    assert verdict.reason


def test_one_graph_of_two_that_alternate_is_no_proof():
    data = json.loads(certificate(DIGITS, STATEMENT.decide(DIGITS)))
    witness = data["claims"][0]["witness"]
    settled = {"claim": "attention-settles", "verdict": "holds", "scope": "every layer"}
    for period, nodes in ((1, ["1/9"]), (2, ["1/81"])):
        evidence = {"itinerary": {**witness["itinerary"], "period": period, "nodes": nodes}}
        claim = settled | {"lemma": "locked-itinerary", "evidence": evidence}
        with pytest.raises(RejectedError):
            verify(json.dumps(data | {"claims": [claim]}))


def test_the_table_of_a_check_does_not_ask_it():
    assert "attention-settles" not in check(DIGITS).statements
