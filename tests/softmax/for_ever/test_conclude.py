"""What is proved for all later time, and what is not."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from exactdyn.errors import InputError
from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from proofs_checks import describe, verify

FOUR = Fraction(4)


def accepted(proof) -> list[str]:
    """The claims that the checker accepts, in words."""
    return describe(verify(certificate_text(certificate_data(proof))))


def test_nothing_proved_makes_no_certificate():
    with pytest.raises(InputError, match="certificate: requires something that is proved"):
        certificate_data(prove(Softmax([[-1]], None, [[-1]]), [[1], [-1]], Fraction(1, 8)))


def test_a_certificate_is_json_without_floats():
    proof = prove(Softmax(Q=[[2]], K=[[2]]), [[1], [-1]], FOUR)

    def refuse(text: str):
        raise AssertionError(text)

    json.loads(certificate_text(certificate_data(proof)), parse_float=refuse)


def test_a_box_of_initial_tokens_has_one_certificate_for_all():
    proof = prove(Softmax(Q=[[2]], K=[[2]]), [[1], ["1/2"], [-1]], FOUR, radius=Fraction(1, 1000))
    assert proof.statements["attention-limit"].verdict.outcome == "holds"
    assert "each coordinate within 1/1000" in "\n".join(accepted(proof))
