from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest
from hypothesis import given

from exactdyn.certificates.envelope import certificate_data
from exactdyn.statements import hypotheses
from exactdyn.systems.hardmax import Hardmax
from tests.judges.reference import form
from tests.strategies import systems


def decide(hypothesis, A=None, alpha=1, tokens=((1, 0), (0, 1))):
    return hypothesis(Hardmax(A, alpha).run(tokens, 0))


def test_a_matrix_that_is_not_symmetric_shows_two_entries():
    verdict = decide(hypotheses.symmetric, [[1, 2], ["1/2", 1]])
    assert verdict.witness == {"row": 0, "column": 1, "entries": [2, Fraction(1, 2)]}


def test_definite_is_judged_on_the_symmetric_part():
    assert decide(hypotheses.positive_definite, [[1, -4], [4, 1]]).outcome == "holds"


@given(systems())
def test_definite_comes_with_a_factorisation_and_not_definite_with_a_vector(system):
    verdict = hypotheses.positive_definite(Hardmax(system.A).run(system.tokens, 0))
    if verdict.outcome == "holds":
        assert min(verdict.evidence["diagonal"]) > 0
    else:
        assert any(verdict.witness["vector"])
        assert form(system.A, verdict.witness["vector"]) == verdict.witness["value"] <= 0


@pytest.mark.parametrize(
    "alpha, outcome", [("1e-40", "holds"), (0, "fails"), ("-1e-40", "fails"), (-2, "fails")]
)
def test_alpha_is_positive_or_shown(alpha, outcome):
    verdict = decide(hypotheses.positive_alpha, alpha=alpha)
    assert verdict.outcome == outcome
    assert outcome == "holds" or verdict.witness == {"alpha": Fraction(alpha)}


@pytest.mark.parametrize(
    "stated, outcome, witness",
    [
        ({"tau": "1/(k+2)"}, "holds", None),
        ({"alpha": "2^-(k+1)"}, "holds", None),
        ({"alpha": [1, "1/2", 3], "period": 2}, "holds", None),
        ({"alpha": 1, "mask": "causal", "V": [[-3, 0], [0, 5]]}, "holds", None),
        ({"tau": "2/(k+2)"}, "fails", {"layer": 0, "tau": 1}),
        ({"tau": "(8-k)/(k+9)"}, "fails", {"layer": 8, "tau": 0}),
        ({"tau": "(k+1)/(k+2)*2^k/3^k-2^-20"}, "fails", None),
        ({"tau": ["1/2", "1/3", 2], "period": 2}, "fails", {"layer": 2, "tau": 2}),
        ({"tau": 1}, "fails", {"layer": 0, "tau": 1}),
        ({"alpha": -2, "V": [[3, 0], [0, 5]]}, "fails", {"alpha": -2}),
        ({"alpha": 1, "V": [[-3, 0], [0, -3]]}, "holds", None),
    ],
)
def test_alpha_is_positive_at_every_layer_or_a_layer_is_shown(stated, outcome, witness):
    run = Hardmax(**stated).run([[1, 0], [0, 1]], 0)
    verdict = hypotheses.positive_alpha(run)
    assert verdict.outcome == outcome
    assert witness is None or verdict.witness == witness
    if "layer" in (verdict.witness or {}):
        assert verdict.witness["tau"] == run.system.schedule.at(verdict.witness["layer"])
    data = certificate_data(run, {"positive-alpha": verdict})
    assert data["claims"][0]["verdict"] == outcome  # accepted: what the checker refuses is no certificate


def test_alpha_is_undecided_where_the_steps_of_a_kind_are_not_known():
    run = Hardmax(alpha=[1, 2]).run([[1]], 0)
    facts = replace(run.facts, stated=None)
    assert facts.step is None
    unknown = SimpleNamespace(facts=facts)
    assert hypotheses.positive_alpha(unknown).reason == "the steps of the layers differ"


def test_the_first_zero_token_is_the_witness():
    verdict = decide(hypotheses.nonzero_tokens, tokens=[[0, "1e-40"], [0, 0], [0, 0]])
    assert verdict.witness == {"token": 1}


def test_two_equal_tokens_are_the_witness_however_they_are_written():
    verdict = decide(hypotheses.distinct_tokens, tokens=[["1/3", 1], ["0.5", 2], ["2/6", "1.0"], ["1/2", 2]])
    assert verdict.witness == {"tokens": [0, 2]}
