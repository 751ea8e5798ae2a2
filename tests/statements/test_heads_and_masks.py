"""What holds on every layer for several heads and under a causal mask, and the checker agrees."""

import pytest

from exactdyn import HardAttention, Hardmax, Head, check
from exactdyn.certificates.envelope import certificate_text
from proofs_checks import verify

A, OTHER = [[2, 1], [1, 2]], [[-1, 0], [0, 1]]
TWICE = [[4, 2], [2, 4]]
SIX = [[2, 1], [-1, 2], [-2, -1], [1, -2], [1, 1], ["1/2", 0]]

PROVED = {
    "hull-shrinkage": "convex-step",
    "norm-growth": "norm-growth",
    "leaders-persist": "leaders-persist",
    "convergence": "locked-targets",
    "leader-vertex": "locked-targets",
    "limit-set": "locked-targets",
}
"""Statements and the lemmas that prove them; tokens may meet under a mask, or where there are two heads."""

SYSTEMS = {
    "two heads": HardAttention([Head(A), Head(TWICE, V=[[2, 0], [0, 2]])], alpha=1),
    "causal": Hardmax(A, mask="causal", alpha=1),
    "two causal heads": HardAttention([Head(A, mask="causal"), Head(TWICE, mask="causal")], alpha=1),
}


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_has_a_lemma_holds_on_every_layer(name):
    result = check(SYSTEMS[name], tokens=SIX)
    for statement, lemma in PROVED.items():
        verdict = result.statements[statement]
        assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", lemma), statement
    accepted = verify(certificate_text(result.certificate))
    proved = {claim.name for claim in accepted.claims if claim.scope == "every layer"}
    assert set(PROVED) - proved == set()


def test_heads_with_matrices_of_their_own_keep_what_does_not_speak_of_one_matrix():
    result = check(HardAttention([Head(A), Head(OTHER)], alpha=1), tokens=SIX)
    for statement in ("hull-shrinkage", "leaders-persist", "convergence"):
        verdict = result.statements[statement]
        assert (verdict.outcome, verdict.scope) == ("holds", "every layer"), statement
    assert result.statements["norm-growth"].outcome == "undecided"
