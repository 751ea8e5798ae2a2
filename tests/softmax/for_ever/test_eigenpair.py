"""The leading eigenvalue and its eigenvectors."""

from __future__ import annotations

from fractions import Fraction

import pytest

from exactdyn.softmax import Softmax, certificate_data, certificate_text, prove
from proofs_checks import describe, verify

FOUR = Fraction(4)
NOT = "the leading eigenvalue of V is not simple, real and positive"
JORDAN = ", and it has 1 eigenvector: no lemma is about Jordan blocks"


def accepted(proof) -> list[str]:
    """The claims that the checker accepts, in words."""
    return describe(verify(certificate_text(certificate_data(proof))))


def test_an_irrational_leading_eigenvalue_is_enclosed():
    V = [["1", "1/2", 0], ["1/3", "-1/2", "1/5"], ["1/4", 0, "1/4"]]
    Q = [[4 * int(a == b) for b in range(3)] for a in range(3)]
    start = [[1, 1, 0], ["3/4", "1/2", 0], ["-1", 0, "1/8"]]
    proof = prove(Softmax(V, Q, Q), start, FOUR)
    assert proof.statements["hyperplanes"].verdict.outcome == "holds"
    low, high = proof.statements["hyperplanes"].evidence["eigenvalue"]["interval"]
    assert low < high
    assert any("holds hyperplanes" in line for line in accepted(proof))


@pytest.mark.parametrize(
    ("V", "reason"),
    [
        ([[0, -2], [1, 0]], f"{NOT}: it is complex"),
        ([[1, 1], [0, 1]], f"{NOT}: its multiplicity is 2{JORDAN}"),
        ([[-2, 0], [0, 1]], f"{NOT}: it is not positive"),
        ([[1, 0], [0, -1]], "no eigenvalue of V is proved to be the only one of largest modulus"),
    ],
    ids=["complex", "double", "negative", "opposite"],
)
def test_other_leading_eigenvalues_are_undecided_with_the_reason(V, reason):
    verdict = prove(Softmax(V), [[1, 0], [0, 1]], Fraction(1, 8)).statements["hyperplanes"].verdict
    assert (verdict.outcome, verdict.reason) == ("undecided", reason)
