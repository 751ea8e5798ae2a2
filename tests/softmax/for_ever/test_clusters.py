"""Clusters for V = a I, for ever."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from proofs_checks import describe, verify
from tests.amounts import amount
from tests.softmax_systems import floats, tokens, velocity

FOUR = Fraction(4)


def accepted(proof) -> list[str]:
    """The claims that the checker accepts, in words."""
    return describe(verify(certificate_text(certificate_data(proof))))


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


def test_one_point_alone_gets_no_cluster():
    proof = prove(Softmax(), [[1, 0], [1, 0]], Fraction(1, 4))
    assert proof.statements["clusters"].verdict.reason == "there is only one point: z is constant"


@pytest.mark.slow
@pytest.mark.parametrize(("count", "dimension"), [(10, 2), (10, 3), (20, 2), (20, 3)][: amount(2, 4)])
def test_clusters_of_random_tokens_are_proved(count, dimension):
    proof = prove(Softmax(), tokens(count, dimension, 1), Fraction(8))
    assert proof.statements["clusters"].verdict.outcome == "holds"


def test_beside_a_token_that_is_tied_for_ever_the_others_are_proved_and_it_has_its_reason():
    start = [[2, 0], [0, 2], [1, 1], [-1, -1], [1, 1]]
    proof = prove(Softmax(), start, Fraction(8))
    found = proof.statements["clusters"]
    assert proof.flow.time < 1  # such a tie is not waited for
    assert found.verdict.outcome == "undecided"
    assert found.evidence["leaders"] == [0, 1, None, 3, None]
    assert found.settled == {0, 1, 3}
    reason = "as far as is known it attends tokens 0 and 1 alike"
    assert found.undecided == {2: reason, 4: reason}
    assert found.verdict.reason == f"tokens 2, 4: {reason}"
    assert "leaders (0, 1, none, 3, none)" in accepted(proof)[-1]


def test_what_loose_tokens_do_later_does_not_move_a_leader_further_than_proved():
    """The nearly tied token goes to one leader in one run and to the other in the next, far after T."""
    limits = []
    for nudge in ("1/100000", "-1/100000"):
        start = [[2, 0], [0, 2], [1, 1 + Fraction(nudge)], [-1, -1]]
        proof = prove(Softmax(), start, Fraction(3, 4))
        found = proof.statements["clusters"]
        assert found.evidence["leaders"] == [0, 1, None, 3]
        x = floats(start)
        for step in range(16000):  # d/dt e^-t x
            x = x + (velocity(x * np.exp(step / 2000), np.eye(2), np.eye(2)) / np.exp(step / 2000) - x) / 2000
        limits.append(x[2])
        for leader, vertex in found.details["vertices"].items():
            for number, (middle, radius) in zip(x[int(leader)], vertex, strict=True):
                assert abs(number - float(middle)) < float(radius) + 2e-3
    assert np.abs(limits[0] - limits[1]).max() > 1


def test_where_nothing_is_trapped_every_token_has_its_reason():
    found = prove(Softmax(), [[1, 0], [0, 1], [1, 1]], Fraction(1, 64)).statements["clusters"]
    assert found.evidence is None
    assert set(found.undecided) == {0, 1, 2}
