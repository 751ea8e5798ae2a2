from fractions import Fraction
from itertools import pairwise
from random import Random
from time import process_time

import pytest
from hypothesis import given

from exactdyn.geometry.membership import locate
from exactdyn.statements import hull_shrinkage as module
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


def shown(run):
    """Every token of every layer is the combination that is shown of it."""
    combinations = STATEMENT.decided.computed(run).evidence["weights"]
    for (before, after), weights in zip(pairwise(run.states()), combinations, strict=True):
        for place, combination in zip(after.rows(), weights, strict=True):
            assert all(weight > 0 for _, weight in combination)
            assert sum(weight for _, weight in combination) == 1
            parts = [[weight * x for x in before.row(token)] for token, weight in combination]
            assert [sum(column) for column in zip(*parts, strict=True)] == place


@pytest.mark.parametrize("dimension", [1, 2, 3])
@pytest.mark.parametrize("alpha", [-3, "-5/2", -2])
def test_combinations_of_the_layer_before_are_tried_and_only_right_ones_shown(monkeypatch, dimension, alpha):
    # All attend all: alpha = -3 takes every token half as far beyond the mean as it was before it.
    asked = []
    monkeypatch.setattr(module, "locate", lambda *given: asked.append(1) or locate(*given))
    draw = Random(7)
    tokens = [[draw.randint(-9, 9) for _ in range(dimension)] for _ in range(9)]
    mirrored = [[-x for x in row] for row in tokens]
    run = Hardmax([[0] * dimension] * dimension, alpha).run([*tokens, *mirrored], layers=8)
    shown(run)
    assert 0 < len(asked) <= 2 * 18


@given(systems(NEGATIVE_ALPHAS))
def test_combinations_are_right_wherever_it_holds_by_computation(system):
    run = Hardmax(system.A, system.alpha).run(system.tokens, 3)
    if STATEMENT.decided.computed(run).outcome == "holds":
        shown(run)


def test_hundreds_of_layers_take_as_many_programs_as_tokens():
    draw = Random(1)
    tokens = [[draw.randint(-100, 100) for _ in range(2)] for _ in range(60)]
    run = Hardmax([[0, 0], [0, 0]], -3).run(tokens, layers=200)
    before = process_time()
    assert STATEMENT.decided.computed(run).scope == "layers 0..200"
    assert process_time() - before < 6
