from fractions import Fraction

import pytest
from hypothesis import given

from exactdyn.statements.hull_shrinkage import STATEMENT
from exactdyn.systems.hardmax import Hardmax
from tests.judges.reference import dot, run
from tests.strategies import NEGATIVE_ALPHAS, NONNEGATIVE_ALPHAS, systems


@given(systems(NONNEGATIVE_ALPHAS))
def test_with_alpha_not_negative_it_holds_on_every_layer_by_a_lemma(system):
    verdict = STATEMENT.decide(Hardmax(system.A, system.alpha).run(system.tokens, 1))
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", "convex-step")


def test_alpha_minus_2_throws_a_token_out_of_the_hull():
    verdict = STATEMENT.decide(Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], layers=3))
    assert verdict.witness == {
        **{"layer": 0, "token": 2, "functional": [1]},
        **{"largest_before": 1, "after": Fraction(3, 2)},
    }


def test_with_alpha_negative_it_may_hold_by_computation():
    # Everyone attends everyone, and alpha = -2 reflects the tokens at their mean.
    verdict = STATEMENT.decide(Hardmax([[0]], -2).run([[-1], [1]], layers=2))
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "layers 0..2", None)
    assert verdict.evidence == {"weights": [[[[1, 1]], [[0, 1]]]] * 2}


@given(systems(NEGATIVE_ALPHAS, dimensions=2, largest=5))
def test_weights_and_witnesses_are_what_they_say(system):
    verdict, layers = STATEMENT.decide(Hardmax(system.A, system.alpha).run(system.tokens, 2)), run(system, 2)
    if verdict.outcome == "fails":
        k, i, f = (verdict.witness[name] for name in ("layer", "token", "functional"))
        assert verdict.witness["largest_before"] == max(dot(f, z) for z in layers[k].tokens)
        assert verdict.witness["after"] == dot(f, layers[k + 1].tokens[i]) > verdict.witness["largest_before"]
        return
    for k, combinations in enumerate(verdict.evidence["weights"]):
        for place, weights in zip(layers[k + 1].tokens, combinations, strict=True):
            assert sum(weight for _, weight in weights) == 1
            assert min(weight for _, weight in weights) > 0
            for r, x in enumerate(place):
                assert sum(weight * layers[k].tokens[j][r] for j, weight in weights) == x


@pytest.mark.parametrize("alpha", [-2, 1])
def test_a_run_without_steps_holds(alpha):
    assert STATEMENT.decide(Hardmax(alpha=alpha).run([[1], [2]], layers=0)).outcome == "holds"
