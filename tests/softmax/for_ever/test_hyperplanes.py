"""Hyperplanes of a good triple, for ever."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove, state
from proofs_checks import describe, verify
from tests.softmax_systems import SHEAR, tokens

FOUR = Fraction(4)


def accepted(proof) -> list[str]:
    """The claims that the checker accepts, in words."""
    return describe(verify(certificate_text(certificate_data(proof))))


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
    assert any("holds hyperplanes" in line for line in accepted(proof))


@pytest.mark.slow
def test_hyperplanes_of_ten_random_tokens_are_proved():
    proof = prove(Softmax(SHEAR), tokens(10, 2, 2), Fraction(12))
    assert proof.statements["hyperplanes"].verdict.outcome == "holds"
    accepted(proof)
