"""Under a mask: whom tokens follow for ever, as far as what they see is settled."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from exactdyn.documents import load_example
from exactdyn.softmax import certificate_data, prove
from exactdyn.softmax.system import SoftHead, Softmax
from proofs_checks import verify
from tests.judges.oracle.softmax_kinds import confirms
from tests.softmax_systems import tokens

THRICE = [[3, 0], [0, 3]]


def claimed(proof):
    data = json.loads(json.dumps(certificate_data(proof)))
    verify(data)
    assert confirms(data)
    return [claim["claim"] for claim in data["claims"]]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("mask", ["causal", [[1, 0, 0, 1], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]])
def test_what_is_proved_under_a_mask_is_accepted_and_so_in_floats(seed, mask):
    proof = prove(Softmax(Q=THRICE, mask=mask), tokens(4, 2, seed), Fraction(3))
    claimed(proof)
    found = proof.statements["masked-clusters"]
    assert found.settled | set(found.undecided) == set(range(4))


def test_the_built_in_example_has_a_leader_for_every_token():
    example = load_example("softmax-causal")
    proof = prove(example.softmax, example.tokens, Fraction(4))
    claimed(proof)
    found = proof.statements["masked-clusters"]
    assert (found.evidence["leaders"], found.undecided) == ([0, 1, 0, 3, 1, 3], {})


def test_token_0_under_a_causal_mask_is_its_own_leader_whatever_the_others_do():
    proof = prove(Softmax(mask="causal"), [[1, 0], [0, 1], [1, 1]], Fraction(1, 64))
    found = proof.statements["masked-clusters"]
    assert 0 in found.settled
    assert "masked-clusters" in claimed(proof)


def test_leaders_that_do_not_see_each_other_need_not_be_vertices():
    proof = prove(Softmax(Q=[[4]], mask="causal"), [[1], ["1/2"], [2], [-1]], Fraction(4))
    assert proof.statements["masked-clusters"].evidence["leaders"] == [0, 0, 2, 3]
    assert proof.statements["masked-clusters"].verdict.lemma == "masked-cluster-trap"


def test_a_token_that_sees_an_unsettled_one_is_unsettled_and_says_so():
    mask = [[1, 0, 0], [1, 1, 0], [0, 1, 1]]
    proof = prove(Softmax(mask=mask), [[1, 0], [0, 1], [0, 30]], Fraction(1, 64))
    reasons = proof.statements["masked-clusters"].undecided
    assert 1 in reasons and reasons[2] == "it sees token 1, of which nothing is proved"


@pytest.mark.parametrize(
    ("system", "statement", "words"),
    [
        (Softmax(THRICE, mask="causal"), None, None),
        (
            Softmax([[1, 1], [0, 2]], mask="causal"),
            "hyperplanes",
            "asks that every token sees every token, got mask causal",
        ),
        (
            Softmax(heads=[SoftHead(), SoftHead(Q=THRICE)]),
            "clusters",
            "lemma cluster-trap asks for one head, got 2",
        ),
        (
            Softmax([[-1, 0], [0, -1]], mask="causal"),
            "collapse",
            "lemma energy asks that every token sees every",
        ),
    ],
)
def test_other_conclusions_name_the_hypothesis_that_fails(system, statement, words):
    statements = prove(system, [[1, 0], [0, 1]], Fraction(1, 8)).statements
    if statement is None:
        assert list(statements) == ["hull-shrinkage", "masked-clusters"]
    else:
        assert words in statements[statement].verdict.reason
