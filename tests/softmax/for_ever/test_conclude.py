"""What is proved for all later time, and what is not."""

from __future__ import annotations

import json
from fractions import Fraction

import numpy as np
import pytest

from exactdyn.errors import InputError
from exactdyn.softmax import Softmax, certificate_data, certificate_text, flow, prove, state
from proofs_checks import describe, verify
from tests.softmax_systems import SHEAR, floats, tokens, velocity

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
    assert conclusion.verdict.reason.startswith("tokens 1: the sign is undecided")
    assert conclusion.settled == {0, 2}
    assert "rows ((0, 0), (2, 2))" in accepted(proof)[-1]


@pytest.mark.parametrize(("V", "Q"), [([[-1]], [[1]]), ([[1]], [[-1]]), ([[0]], [[1]])])
def test_a_line_with_the_wrong_signs_is_undecided(V, Q):
    proof = prove(Softmax(V, Q), [[1], [-1]], Fraction(1, 4))
    assert proof.statements["attention-limit"].verdict.reason == "V > 0 and QK > 0 are required"


def test_every_token_of_the_plane_gets_its_cluster_and_every_vertex_its_place():
    start = [[1, 0], [0, 1], ["1/2", 0], ["-1/2", "-1/2"]]
    proof = prove(Softmax(Q=[[2, 0], [0, 2]], K=[[2, 0], [0, 2]]), start, FOUR)
    conclusion = proof.statements["clusters"]
    assert conclusion.evidence["leaders"] == [0, 1, 0, 3]
    x = floats(start)
    B = 4 * np.eye(2)
    for step in range(20000):  # d/dt e^-t x, with the logits of x = e^t z
        x = x + (velocity(x * np.exp(step / 2000), np.eye(2), B) / np.exp(step / 2000) - x) / 2000
    for leader, vertex in conclusion.details["vertices"].items():
        for number, (middle, radius) in zip(x[int(leader)], vertex, strict=True):
            assert abs(number - float(middle)) < float(radius) + 2e-3
    assert "holds clusters" in accepted(proof)[-1]


def test_the_hull_shrinks_for_positive_multiples_of_the_identity_only():
    assert prove(Softmax([[2]]), [[1]], FOUR).statements["hull-shrinkage"].verdict.scope == "every t >= 0"
    assert "hull-shrinkage" not in prove(Softmax([[-1]]), [[1]], Fraction(1, 4)).statements
    assert "hull-shrinkage" not in prove(Softmax(SHEAR), [[1, 0]], Fraction(1, 4)).statements


def test_one_point_alone_gets_no_cluster():
    proof = prove(Softmax(), [[1, 0], [1, 0]], Fraction(1, 4))
    assert proof.statements["clusters"].verdict.reason == "there is only one point: z is constant"


def test_tokens_tend_to_the_hyperplanes_of_a_good_triple():
    start = [[1, "1/8"], ["1/2", "-1/4"], ["-3/4", "1/4"]]
    proof = prove(Softmax(SHEAR, [[2, 0], [0, 2]], [[2, 0], [0, 2]]), start, FOUR)
    conclusion = proof.statements["hyperplanes"]
    assert conclusion.verdict.outcome == "holds"
    assert [group["tokens"] for group in conclusion.details["groups"]] == [[0, 1], [2]]
    assert conclusion.details["functional"] == [("1", "0"), ("1", "0")]
    x = state(proof.flow, proof.flow.time).rescaled
    for group in conclusion.details["groups"]:
        middle, radius = map(float, group["limit"])
        top = max((float((x[i][0] + x[i][1]).mid()) for i in group["tokens"]), key=abs)
        assert abs(top - middle) <= radius
    assert "holds hyperplanes" in accepted(proof)[-1]


def test_an_irrational_leading_eigenvalue_is_enclosed():
    V = [["1", "1/2", 0], ["1/3", "-1/2", "1/5"], ["1/4", 0, "1/4"]]
    Q = [[4 * int(a == b) for b in range(3)] for a in range(3)]
    start = [[1, 1, 0], ["3/4", "1/2", 0], ["-1", 0, "1/8"]]
    proof = prove(Softmax(V, Q, Q), start, FOUR)
    assert proof.statements["hyperplanes"].verdict.outcome == "holds"
    low, high = proof.statements["hyperplanes"].evidence["eigenvalue"]["interval"]
    assert low < high
    assert "holds hyperplanes" in accepted(proof)[-1]


@pytest.mark.parametrize(
    ("V", "reason"),
    [
        ([[0, -1], [1, 0]], "the leading eigenvalue of V is not simple, real and positive"),
        ([[1, 1], [0, 1]], "the leading eigenvalue of V is not simple, real and positive"),
        ([[-2, 0], [0, 1]], "the leading eigenvalue of V is not simple, real and positive"),
        ([[1, 0], [0, -1]], "no eigenvalue of V is proved to be the only one of largest modulus"),
    ],
    ids=["complex", "double", "negative", "opposite"],
)
def test_other_leading_eigenvalues_are_undecided_with_the_reason(V, reason):
    verdict = prove(Softmax(V), [[1, 0], [0, 1]], Fraction(1, 8)).statements["hyperplanes"].verdict
    assert (verdict.outcome, verdict.reason) == ("undecided", reason)


def test_a_zero_v_moves_nothing_and_its_hull_does_not_grow():
    proof = prove(Softmax([[0, 0], [0, 0]]), [[1, 0], [0, 1]], Fraction(1))
    assert proof.statements["hull-shrinkage"].verdict.outcome == "holds"
    assert proof.statements["clusters"].verdict.outcome == "undecided"


def test_nothing_proved_makes_no_certificate():
    with pytest.raises(InputError, match="certificate: requires something that is proved"):
        certificate_data(prove(Softmax([[-1]]), [[1], [-1]], Fraction(1, 8)))


def test_a_certificate_is_json_without_floats():
    proof = prove(Softmax(Q=[[2]], K=[[2]]), [[1], [-1]], FOUR)

    def refuse(text: str):
        raise AssertionError(text)

    json.loads(certificate_text(certificate_data(proof)), parse_float=refuse)


def test_a_box_of_initial_tokens_has_one_certificate_for_all():
    proof = prove(Softmax(Q=[[2]], K=[[2]]), [[1], ["1/2"], [-1]], FOUR, radius=Fraction(1, 1000))
    assert proof.statements["attention-limit"].verdict.outcome == "holds"
    assert "each coordinate within 1/1000" in "\n".join(accepted(proof))


@pytest.mark.slow
@pytest.mark.parametrize("count", [10, 20, 40])
def test_all_rows_of_random_tokens_on_a_line_are_proved(count):
    proof = prove(Softmax(), tokens(count, 1, 1), Fraction(8))
    conclusion = proof.statements["attention-limit"]
    assert conclusion.verdict.outcome == "holds"
    assert conclusion.details["rank"] <= 2


@pytest.mark.slow
@pytest.mark.parametrize(("count", "dimension"), [(10, 2), (10, 3), (20, 2), (20, 3)])
def test_clusters_of_random_tokens_are_proved(count, dimension):
    proof = prove(Softmax(), tokens(count, dimension, 1), Fraction(8))
    assert proof.statements["clusters"].verdict.outcome == "holds"


@pytest.mark.slow
def test_hyperplanes_of_ten_random_tokens_are_proved():
    proof = prove(Softmax(SHEAR), tokens(10, 2, 2), Fraction(12))
    assert proof.statements["hyperplanes"].verdict.outcome == "holds"
    accepted(proof)
