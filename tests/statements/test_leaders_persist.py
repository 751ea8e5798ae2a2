import pytest
from hypothesis import given

from exactdyn import HardAttention, Head
from exactdyn.certificates.envelope import certificate_data
from exactdyn.statements.leaders_persist import STATEMENT
from exactdyn.systems.hardmax import Hardmax
from proofs_checks import verify
from tests.judges.reference import run
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, systems


@given(systems(NONNEGATIVE_ALPHAS))
def test_with_alpha_not_negative_it_holds_on_every_layer_by_a_lemma(system):
    verdict = STATEMENT.decide(Hardmax(system.A, system.alpha).run(system.tokens, 1))
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", "leaders-persist")


def test_with_alpha_minus_2_a_token_overtakes_a_leader():
    verdict = STATEMENT.decide(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], layers=3))
    assert verdict.witness == {"token": 1, "leads": 0, "layer": 1, "rival": 2}


def test_with_alpha_negative_leaders_may_persist_by_computation():
    verdict = STATEMENT.decide(Hardmax(alpha="-1/2").run([[1], ["1/2"]], layers=4))
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "layers 0..4", None)


@given(systems(NEGATIVE_ALPHAS, dimensions=2, largest=5))
def test_a_lost_leader_is_the_witness(system):
    verdict, layers = STATEMENT.decide(Hardmax(system.A, system.alpha).run(system.tokens, 3)), run(system, 3)
    if verdict.outcome == "fails":
        token, leads, layer, rival = (verdict.witness[name] for name in ("token", "leads", "layer", "rival"))
        assert leads < layer
        assert layers[leads].attention[token] == {token}
        assert rival in layers[layer].attention[token] - {token}
    else:
        assert verdict.scope == "layers 0..3"


def test_where_a_part_is_kept_from_a_layer_on_the_layers_before_are_computed_and_the_lemma_does_the_rest():
    run = Hardmax([[-1]], tau="2/(k+2)").run([[3], [-1]], layers=5)
    verdict = STATEMENT.decide(run)
    assert (verdict.scope, verdict.lemma) == ("every layer", "leaders-persist")
    assert certificate_data(run, {"leaders-persist": verdict})["claims"][0]["scope"] == "every layer"


def test_a_run_that_ends_before_that_layer_speaks_of_its_own_layers():
    system = Hardmax(tau=[1, 1, "1/2"])
    ends = {layers: STATEMENT.decide(system.run([[1], [-1]], layers)).scope for layers in (1, 2)}
    assert ends == {1: "layers 0..1", 2: "every layer"}


def test_a_leader_lost_before_a_part_is_kept_is_the_witness():
    run = Hardmax(tau=[2, "1/2"]).run([[-1], [1], ["1/2"]], layers=3)
    assert run.facts.leaders_stay_from == 1
    assert STATEMENT.decide(run).witness == {"token": 1, "leads": 0, "layer": 1, "rival": 2}


@pytest.mark.parametrize("tau", ["1-3/(k+2)", ["-1/2", "1/2"], ["3/2", "-1", "1/3"], ["1/2", -3, 0]])
def test_first_steps_beyond_or_away_from_what_is_attended_are_computed_and_the_lemma_does_the_rest(tau):
    run = Hardmax(tau=tau).run([[1], [-2]], layers=3)
    assert not run.facts.convex_step
    verdict = STATEMENT.decide(run)
    assert (verdict.scope, verdict.lemma, verdict.reason) == ("every layer", "leaders-persist", None)
    assert verify(certificate_data(run, {"leaders-persist": verdict}))


def test_heads_that_pull_both_ways_at_first_are_computed_until_all_of_them_pull_towards():
    one, other = [["1"]], [["-1/2"]]
    heads = [Head([[1]]), Head([[1]], V=[other, one], ties="first")]
    run = HardAttention(heads, tau="1/2").run([[1], [-2]], layers=1)
    assert (run.facts.forward, run.facts.keeps_from) == (False, 1)
    verdict = STATEMENT.decide(run)
    assert (verdict.scope, verdict.lemma) == ("every layer", "leaders-persist")
    assert verify(certificate_data(run, {"leaders-persist": verdict}))


def test_masks_that_are_not_transitive_leave_it_to_computation():
    mask = [[1, 1, 0], [0, 1, 1], [0, 0, 1]]
    verdict = STATEMENT.decide(Hardmax(tau="2/(k+2)", mask=mask).run([[1], [2], [3]], layers=4))
    assert (verdict.outcome, verdict.lemma) == ("holds", None)
