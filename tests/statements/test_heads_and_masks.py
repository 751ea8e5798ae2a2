"""What holds on every layer for several heads and under a causal mask, and the checker agrees."""

import pytest

from exactdyn import HardAttention, Hardmax, Head, check
from exactdyn.certificates.envelope import certificate_text
from proofs_checks import verify

A, OTHER = [[2, 1], [1, 2]], [[-1, 0], [0, 1]]
TWICE = [[4, 2], [2, 4]]
SIX = [[2, 1], [-1, 2], [-2, -1], [1, -2], [1, 1], ["1/2", 0]]

STEPS = {"hull-shrinkage": "convex-step", "leaders-persist": "leaders-persist"}
GROWTH = {"norm-growth": "norm-growth"}
APART = {"distinctness-preserved": "no-collision", "leaders-extreme": "leader-exposed"}
TARGETS = dict.fromkeys(["convergence", "leader-vertex", "limit-set"], "locked-targets")
LOCKED = dict.fromkeys(["convergence", "leader-vertex", "limit-set"], "locked-limit")

SYSTEMS = {
    "two heads": (
        HardAttention([Head(A), Head(TWICE, V=[[2, 0], [0, 2]])], alpha=1),
        STEPS | GROWTH | APART | LOCKED,
    ),
    "two heads that split the coordinates": (
        HardAttention([Head(A, V=[[1, 0], [0, 0]]), Head(A, V=[[0, 0], [0, 1]])], alpha=1),
        STEPS | GROWTH | APART | LOCKED,
    ),
    "two heads and rules for ties": (
        HardAttention([Head(A), Head(TWICE, ties="first")], alpha=1),
        STEPS | GROWTH | APART | TARGETS,
    ),
    "two heads of their own": (
        HardAttention([Head(A, mask="causal"), Head(OTHER)], alpha=1),
        {"hull-shrinkage": "convex-step"},
    ),
    "causal": (Hardmax(A, mask="causal", alpha=1), STEPS | GROWTH | TARGETS),
    "two causal heads": (
        HardAttention([Head(A, mask="causal"), Head(TWICE, mask="causal")], alpha=1),
        STEPS | GROWTH | TARGETS,
    ),
}
"""Systems, with the statements that lemmas prove of them; tokens may meet under a mask."""


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_has_a_lemma_holds_on_every_layer(name):
    system, lemmas = SYSTEMS[name]
    result = check(system, tokens=SIX)
    for statement, lemma in lemmas.items():
        verdict = result.statements[statement]
        assert (verdict.outcome, verdict.scope, verdict.lemma) == ("holds", "every layer", lemma), statement
    accepted = verify(certificate_text(result.certificate))
    proved = {claim.name for claim in accepted.claims if claim.scope == "every layer"}
    assert set(lemmas) - proved == set()


def test_heads_with_matrices_of_their_own_keep_what_does_not_speak_of_one_matrix():
    result = check(HardAttention([Head(OTHER, mask="strict"), Head(A)], alpha=1), tokens=SIX)
    assert result.statements["leaders-persist"].lemma is None  # the masks do not compose
    result = check(HardAttention([Head(OTHER, ties="last"), Head(A)], alpha=1), tokens=SIX)
    for statement in ("hull-shrinkage", "leaders-persist", "leaders-extreme", "convergence"):
        verdict = result.statements[statement]
        assert (verdict.outcome, verdict.scope) == ("holds", "every layer"), statement
    assert verify(certificate_text(result.certificate))
    assert result.statements["norm-growth"].outcome == "undecided"
