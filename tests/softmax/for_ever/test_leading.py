"""Whom tokens follow along the leading eigenspace of V."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from exactdyn.softmax import Proof, Softmax, certificate_data, certificate_text, prove
from exactdyn.softmax.flow.flow import flow
from exactdyn.softmax.for_ever import hyperplanes
from exactdyn.softmax.for_ever.leading import decide
from exactdyn.softmax.for_ever.statement import box_of
from proofs_checks import describe, verify
from tests.softmax_systems import floats, velocity

DOUBLE = [[2, 0, 1], [0, 2, 0], [0, 0, "-1/2"]]
SEVERAL = [[2, "1/2"], ["1/3", 0]]
TOKENS = [[3, 0, "1/8"], [0, 3, 0], [2, 0, "-1/8"], [-2, -2, "1/4"]]


def far(start, V, time):
    """The tokens exp(-tV) x(t), roughly."""
    z, step, V = floats(start), 1 / 1000, floats(V)
    values, vectors = np.linalg.eig(V)
    for k in range(int(time / step)):
        forth, back = (
            (vectors @ np.diag(np.exp(sign * values * k * step)) @ np.linalg.inv(vectors)).real
            for sign in (1, -1)
        )
        x = z @ forth.T
        z = z + step * (velocity(x, V, np.eye(len(V))) @ back.T - z @ V.T)
    return z


def test_of_a_double_eigenvalue_the_corners_and_who_goes_where_are_proved():
    proof = prove(Softmax(DOUBLE), TOKENS, Fraction(2))
    found = proof.statements["leading-clusters"]
    assert found.evidence["leaders"] == [0, 1, 0, 3]
    assert "holds leading-clusters" in describe(verify(certificate_text(certificate_data(proof))))[-1]
    R = np.array([[float(middle) for middle, _ in row] for row in found.details["projection"]])
    z = far(TOKENS, DOUBLE, 2) @ R.T
    for token, leader in enumerate(found.evidence["leaders"]):
        for number, (middle, radius) in zip(z[token], found.details["vertices"][str(leader)], strict=True):
            assert abs(number - float(middle)) < float(radius) + 5e-2


def test_of_a_simple_eigenvalue_it_says_what_hyperplanes_say_and_who_leads():
    reached = flow(Softmax(SEVERAL), [[3, 1], [2, 1], [-3, "1/2"], [-2, -1]], Fraction(3, 4))
    found, planes = decide(box_of(reached)), hyperplanes.decide(box_of(reached))
    assert found.evidence["leaders"] == [0, 0, 2, 2]
    verify(certificate_text(certificate_data(Proof(reached, {"leading-clusters": found}))))
    for group in planes.details["groups"]:
        (middle, radius), leader = group["limit"], found.evidence["leaders"][group["tokens"][0]]
        ((nearer, less),) = found.details["vertices"][str(leader)]
        assert abs(float(middle) - float(nearer)) < float(radius) + float(less)
        assert float(less) < float(radius)


@pytest.mark.parametrize(
    ("V", "reason"),
    [
        ([[1, 1, 0], [0, 1, 0], [0, 0, "1/2"]], "the leading eigenvalue of V is not simple"),
        ([[1, 0, 0], [0, 1, 0], [0, 0, -1]], "no eigenvalue of V is proved to be the only one"),
        ([[-1, 0, 0], [0, -1, 0], [0, 0, "1/2"]], "the leading eigenvalue of V is not simple"),
    ],
    ids=["Jordan", "opposite", "negative"],
)
def test_other_multiple_eigenvalues_are_undecided_with_the_reason(V, reason):
    box = box_of(flow(Softmax(V), TOKENS, Fraction(1, 16)))
    assert reason in decide(box).verdict.reason


def test_a_tie_for_ever_is_undecided():
    start = [[2, 1, 0], [2, -1, 0], [1, 0, 1]]
    found = prove(Softmax(DOUBLE), start, Fraction(1, 4)).statements["leading-clusters"]
    assert "the attention of token" in found.verdict.reason


def test_beside_a_tie_for_ever_the_others_are_proved():
    start = [[3, 0, 0], [0, 3, 0], [1, 1, "1/8"], [-2, -2, "1/4"]]
    plain = [[2, 0, 0], [0, 2, 0], [0, 0, "-1/2"]]
    proof = prove(Softmax(plain), start, Fraction(1, 4))
    found = proof.statements["leading-clusters"]
    assert found.evidence["leaders"] == [0, 1, None, 3]
    assert set(found.undecided) == {2}
    assert "leaders (0, 1, none, 3)" in describe(verify(certificate_text(certificate_data(proof))))[-1]


def test_beside_hyperplanes_of_some_tokens_it_says_whom_these_follow():
    start = [[3, 1], [2, 1], [-3, "1/2"], [-2, -1], [0, 0]]
    proof = prove(Softmax([[2, 0], [0, "-1/2"]]), start, Fraction(1, 4))
    planes, found = proof.statements["hyperplanes"], proof.statements["leading-clusters"]
    assert found.evidence["leaders"] == [0, 0, None, None, None]
    assert found.settled <= planes.settled
    assert set(found.undecided) == {2, 3, 4}
