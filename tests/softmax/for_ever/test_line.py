"""Rows of attention on a line, for ever."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exactdyn.softmax import Softmax, certificate_data, certificate_text, flow, prove, state
from proofs_checks import describe, verify
from tests.amounts import amount
from tests.softmax_systems import tokens

FOUR = Fraction(4)


def accepted(proof) -> list[str]:
    """The claims that the checker accepts, in words."""
    return describe(verify(certificate_text(certificate_data(proof))))


def test_rows_on_a_line_tend_to_the_outermost_tokens_on_either_side():
    proof = prove(Softmax(Q=[[2]], K=[[2]]), [[1], ["1/2"], ["-3/4"], [-1], ["1/4"]], FOUR)
    conclusion = proof.statements["attention-limit"]
    assert conclusion.verdict.outcome == "holds"
    assert conclusion.verdict.scope == f"every t >= {proof.flow.time}"
    assert [leader for _, leader in conclusion.evidence["rows"]] == [0, 0, 3, 3, 0]
    assert conclusion.details == {"leaders": [0, 3], "rank": 2}
    assert conclusion.evidence["within"] == Fraction(1, 10**6)
    assert conclusion.evidence["from"] >= proof.flow.time
    assert "rows ((0, 0), (1, 0), (2, 3), (3, 3), (4, 0))" in accepted(proof)[-1]


@pytest.mark.parametrize("V", ["1/4", "1/200", "50"])
def test_the_limit_of_the_rows_is_what_attention_is_near_at_a_later_time(V):
    start, system = [[1], ["1/2"], ["-3/4"]], Softmax([[V]], Q=[[2]], K=[[2]])
    evidence = prove(system, start, FOUR / Fraction(V)).statements["attention-limit"].evidence
    now = state(flow(system, start, evidence["from"]), evidence["from"])
    for token, leader in evidence["rows"]:
        assert now.attention[token][leader] > 1 - 1e-6


def test_copies_of_the_outermost_token_share_the_attention():
    proof = prove(Softmax(Q=[[2]], K=[[2]]), [["1/2"], [1], [1]], FOUR)
    assert proof.statements["attention-limit"].evidence["rows"] == [[0, 1], [1, 1], [2, 1]]
    assert "holds attention-limit" in accepted(proof)[-1]


def test_a_token_at_zero_between_two_equal_ones_stays_undecided_with_a_reason():
    proof = prove(Softmax(Q=[[2]], K=[[2]]), [[1], [0], [-1]], Fraction(1, 2))
    conclusion = proof.statements["attention-limit"]
    assert conclusion.verdict.outcome == "undecided"
    assert conclusion.verdict.reason == "token 1: at time 0.5 its sign is undecided"
    assert conclusion.undecided == {1: "at time 0.5 its sign is undecided"}
    assert conclusion.settled == {0, 2}
    assert "rows ((0, 0), (2, 2))" in accepted(proof)[-1]


@pytest.mark.parametrize(("V", "Q"), [([[1]], [[-1]]), ([[0]], [[1]])])
def test_a_line_with_the_wrong_signs_is_undecided(V, Q):
    proof = prove(Softmax(V, Q), [[1], [-1]], Fraction(1, 4))
    assert proof.statements["attention-limit"].verdict.reason == "V > 0 and QK > 0 are required"


@pytest.mark.slow
@pytest.mark.parametrize("count", [10, 20, 40][: amount(2, 3)])
def test_all_rows_of_random_tokens_on_a_line_are_proved(count):
    proof = prove(Softmax(), tokens(count, 1, 1), Fraction(8))
    conclusion = proof.statements["attention-limit"]
    assert conclusion.verdict.outcome == "holds"
    assert conclusion.details["rank"] <= 2
