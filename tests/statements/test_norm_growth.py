from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.statements.norm_growth import STATEMENT
from exactdyn.systems.hardmax import Hardmax
from tests.judges.reference import product, transpose
from tests.strategies import ALPHAS, invertible_matrices, token_sets


@pytest.mark.parametrize(
    "A, alpha, tokens, token, before, after",
    [
        ([[1, -4], [4, 1]], 1, [[1, 0], [0, 1], [-1, -1]], 0, "1", "1/2"),
        ([[1, -2], [2, 1]], 1, [[1, 0], [0, 1], [-1, 0], [0, -1]], 0, "1", "1/2"),
        ([[1, 0], [0, 0]], 1, [[1, 0], [1, 1]], 0, "1", "1"),
        ([[3, 0, 0], [0, 3, 0], [0, 0, -1]], 1, [[0, 1, -1], [0, -1, -1], [0, 0, "1/3"]], 2, "-1/9", "-1/9"),
        ([[1]], "-1/2", [[1], ["1/2"]], 1, "1/4", "0"),
    ],
)
def test_q_falls_or_stays_for_a_token_that_moves(A, alpha, tokens, token, before, after):
    verdict = STATEMENT.decide(Hardmax(A, alpha).run(tokens, layers=4))
    assert verdict.witness == {
        **{"layer": 0, "token": token},
        **{"q_before": Fraction(before), "q_after": Fraction(after)},
    }


def test_q_may_begin_to_fall_at_a_later_layer():
    # With v = z_2 / z_0 a layer is v -> 2v - sign(v), z_0 -> z_0 / 3: from 7/16 to -1/8, then to 3/4.
    verdict = STATEMENT.decide(Hardmax([[-1]], "1/2").run([["1/2"], ["-1/2"], ["7/32"]], layers=3))
    assert verdict.witness == {
        **{"layer": 1, "token": 2},
        **{"q_before": Fraction(-1, 2304), "q_after": Fraction(-1, 576)},
    }


@given(st.integers(1, 3), ALPHAS.filter(lambda alpha: not -1 < alpha < 0), st.data())
def test_with_a_definite_symmetric_matrix_and_tau_not_negative_it_is_a_lemma(dimension, alpha, data):
    M = data.draw(invertible_matrices(dimension))
    run = Hardmax(product(transpose(M), M), alpha).run(data.draw(token_sets(dimension)), 1)
    verdict = STATEMENT.decide(run)
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", "norm-growth")
    assert min(verdict.evidence["diagonal"]) > 0


@pytest.mark.parametrize("A", [[[1, "1/1000"], [0, 1]], [[1, 0], [0, 0]], [[1, 0], [0, -1]]])
def test_without_symmetric_or_definite_it_is_computed(A):
    verdict = STATEMENT.decide(Hardmax(A).run([[1, 0], ["1/2", 0]], layers=3))
    assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "layers 0..3", None)


def test_a_token_at_rest_may_keep_its_value():
    assert STATEMENT.decide(Hardmax([[0, 1], [0, 0]]).run([[1, 0]], layers=2)).outcome == "holds"
