"""Hyperplanes of a good triple, for ever."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove, state
from exactdyn.softmax.flow.flow import flow
from exactdyn.softmax.for_ever.hyperplanes import decide
from exactdyn.softmax.for_ever.statement import box_of
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


def test_every_token_that_is_undecided_has_a_reason_of_its_own():
    sharp, start = [[8, 0], [0, 1]], [[2, 0], ["7/4", "1/8"], [0, "1/8"], ["-1/64", 0]]
    found = decide(box_of(flow(Softmax([[2, 0], [0, 1]], sharp, sharp), start, Fraction(1, 64))))
    assert found.settled == {0, 1}
    assert found.undecided[2] == "phi* x is smaller than that of the group on its side that is trapped"
    assert found.undecided[3].startswith("phi* x is too small on its side")
    assert found.verdict.reason.startswith("token 2: phi* x is smaller")
