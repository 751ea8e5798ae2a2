"""Which tokens share a limit where V turns them for ever."""

from __future__ import annotations

import json
from fractions import Fraction
from random import Random

import numpy as np
import pytest

from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from proofs_checks import RejectedError, describe, verify
from tests.softmax_systems import floats, tokens, velocity

TURN = [[1, -1], [1, 1]]
TWICE = [[1, -2], [2, 1]]
SPACE = [[1, -1, 0], [1, 1, "1/2"], [0, "-1/2", 1]]
SQUARE = [[8, 0], [-8, 0], [0, 8], [0, -8]]


def conclusion(proof):
    return proof.statements["turning-clusters"]


def test_a_square_and_a_fifth_token_tend_to_four_points_and_two_never_settle():
    start = [*SQUARE, [8, "1/2"]]
    proof = prove(Softmax(TURN), start, Fraction(2))
    assert conclusion(proof).evidence["groups"] == [[0, 4], [1], [2], [3]]
    assert [group["settles"] for group in conclusion(proof).details["limits"]] == [False, True, True, True]
    assert "holds turning-clusters" in describe(verify(certificate_text(certificate_data(proof))))[-1]
    z, V, steps = floats(start), floats(TURN), 500
    for step in range(3 * steps):  # z' = V (m - z), with the logits of x = exp(tV) z
        scale = np.exp(step / steps)
        z = z + (velocity(z * scale, V, np.eye(2)) / scale - z @ V.T) / steps
    for group in conclusion(proof).details["limits"]:
        for token in group["tokens"]:
            for number, (middle, radius) in zip(z[token], group["limit"], strict=True):
                assert abs(number - float(middle)) < float(radius) + 5e-2


def test_in_space_every_token_is_a_vertex_but_for_two_that_are_near_each_other():
    start = [[6, 0, 0], [0, 6, 0], [0, 0, 6]]
    proof = prove(Softmax(SPACE), start, Fraction(1))
    assert conclusion(proof).evidence["groups"] == [[0], [1], [2]]
    verify(certificate_text(certificate_data(proof)))
    near = conclusion(prove(Softmax(SPACE), [*start, [6, 0, "1/100"]], Fraction(1, 4)))
    assert near.verdict.outcome == "undecided"
    assert (near.evidence["groups"], near.evidence["pairs"]) == ([[1], [2]], [[0, 3]])
    assert near.undecided[3] == "z has a limit, but it is open whether that is the limit of token 0"
    assert near.settled == {1, 2}


def test_two_points_that_may_part_do_not_keep_the_others_from_their_limits():
    softmax = pytest.importorskip("tests.judges.oracle.softmax")
    start = [[8, 0], [8, 0], ["33/4", -1], [-8, 0], [0, 12]]  # V hardly turns 0 and 2 before they meet
    proof = prove(Softmax([[1, "-1/8"], ["1/8", 1]]), start, Fraction(1, 16))
    found = conclusion(proof)
    assert (found.evidence["groups"], found.evidence["pairs"]) == ([[3], [4]], [[0, 1, 2]])
    document = json.loads(certificate_text(certificate_data(proof)))
    verify(json.dumps(document))
    assert softmax.confirms(document)


def test_where_three_tokens_are_open_nothing_is_said():
    start = [[6, 0, 0], [0, 6, 0], [6, 0, "1/100"], [6, "1/100", 0]]
    found = conclusion(prove(Softmax(SPACE), start, Fraction(1, 8)))
    assert (found.evidence, found.settled) == (None, frozenset())


def test_copies_are_in_one_group():
    proof = prove(Softmax(TURN), [[6, 0], [0, 6], [6, 0]], Fraction(1))
    assert conclusion(proof).evidence["groups"] == [[0, 2], [1]]


@pytest.mark.parametrize(
    ("system", "start", "reason"),
    [
        (Softmax(TURN, [[1, 0], [0, 2]]), SQUARE, "Q^T K = b I, b > 0 are required"),
        (Softmax([[-1, -1], [1, -1]]), SQUARE, "a > 0 and"),
        (Softmax(TURN), [[6, 0], [6, 0]], "there is only one point"),
        (Softmax(TURN), [[0, 0], [0, 1]], "at time 0.125 the attention of token 0 on token 1 is not proved"),
    ],
)
def test_what_is_not_proved_has_a_reason(system, start, reason):
    found = conclusion(prove(system, start, Fraction(1, 8))).verdict
    assert found.outcome == "undecided"
    assert reason in found.reason


def forged(document: dict, random: Random) -> dict:
    """A certificate that parts a group, joins two, moves a token, or lets nothing move."""
    claim = document["claims"][-1]
    groups = [list(group) for group in claim["evidence"]["groups"]]
    several = [group for group in groups if len(group) > 1]
    kind = random.choice(["join", "still", *(["part", "move"] if several else [])])
    random.shuffle(groups)
    if kind == "join":
        groups = [groups[0] + groups[1], *groups[2:]]
    if kind == "part":
        groups = [group for group in groups if group is not several[0]] + [[token] for token in several[0]]
    if kind == "move":
        token = random.choice(several[0])
        groups = [[own for own in group if own != token] for group in groups]
        random.choice([group for group in groups if group != [*several[0]]]).append(token)
    changes = {"groups": groups} if kind != "still" else {"displacement": "1/1000000000000000000000"}
    return {**document, "claims": [{**claim, "evidence": {**claim["evidence"], **changes}}]}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "seed", "V"), [(4, 1, TURN), (5, 6, TURN), (6, 9, TURN), (7, 11, TWICE), (8, 11, TWICE)]
)
def test_random_systems_are_proved_and_four_forgeries_of_each_rejected(count, seed, V):
    softmax = pytest.importorskip("tests.judges.oracle.softmax")
    proof = prove(Softmax(V, [[16, 0], [0, 16]]), tokens(count, 2, seed), Fraction(4))
    assert conclusion(proof).verdict.outcome == "holds"
    document = json.loads(certificate_text(certificate_data(proof)))
    verify(json.dumps(document))
    assert softmax.confirms(document)
    for number in range(4):
        false = forged(document, Random(number))
        assert not softmax.confirms(false)
        with pytest.raises(RejectedError):
            verify(json.dumps(false))
