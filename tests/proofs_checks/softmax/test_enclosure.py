"""The checker follows the solution along the polynomials, and nothing else."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from proofs_checks import RejectedError, verify


@pytest.mark.parametrize(
    "system, tokens, until",
    [
        (Softmax(), [[300_000, 0], [-300_000, 0], [0, 300_000]], Fraction(1, 1000)),
        (Softmax(), [[300_000, 0], [-300_000, 0], [0, 300_000]], Fraction(1)),
        (Softmax(), [[300_000], [-300_000], [150_000]], Fraction(1)),
        (Softmax([[2, 1], [0, 1]]), [[10**7, 0], [-(10**7), 1], [10**7 - 1, 1]], Fraction(1, 10)),
    ],
)
def test_what_is_proved_of_tokens_far_apart_is_accepted(system, tokens, until):
    proof = prove(system, tokens, until)
    assert all(own.verdict.outcome == "holds" for own in proof.statements.values())
    verify(certificate_text(certificate_data(proof)))


def a_certificate() -> dict:
    proof = prove(Softmax(Q=[["3/2"]], K=[["1/2"]]), [["1/2"], ["-1/4"]], Fraction(4))
    assert len(proof.flow.pieces) > 2
    return json.loads(certificate_text(certificate_data(proof)))


def test_an_enclosure_that_is_changed_anywhere_is_rejected_or_encloses_more():
    document = a_certificate()
    pieces = document["enclosure"]["pieces"]
    for number in (0, len(pieces) // 2, len(pieces) - 1):
        for power in (0, 1, 2):
            changed = json.loads(json.dumps(document))
            changed["enclosure"]["pieces"][number]["polynomials"][0][0][power] += 2**50
            with pytest.raises(RejectedError):
                verify(json.dumps(changed))
    for changes in (
        {"radius": "0"},
        {"enclosure": document["enclosure"] | {"pieces": pieces[1:]}},
        {"enclosure": document["enclosure"] | {"pieces": pieces[::-1]}},
        {"system": document["system"] | {"Q": [["31/10"]]}},
        {"system": document["system"] | {"tokens": [["1"], ["-2/3"]]}},
        {"system": document["system"] | {"radius": "1/10"}},
    ):
        with pytest.raises(RejectedError):
            verify(json.dumps(document | changes))
    with pytest.raises(RejectedError, match=r"the solution may leave the tube|start inside"):
        verify(json.dumps(document | {"enclosure": {"bits": 80, "pieces": [pieces[0] | {"tube": 1}]}}))
