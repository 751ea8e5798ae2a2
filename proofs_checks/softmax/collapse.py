"""``collapse`` of tokens that V drives away from what they attend; FORMAT.md, lemma ``energy``."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.vectors import dot
from proofs_checks.softmax.now import Now


def check(claim: Claim, now: Now) -> None:
    """Check that Q^T K = -G V with G symmetric, G and Q^T K positive definite; the lemma does the rest.

    Evidence: ``metric``, the matrix G; ``factors``, for ``metric`` and ``form`` objects ``lower`` and
    ``diagonal`` that factor the symmetric parts of G and of Q^T K.

    Source: FORMAT.md here, lemma ``energy``.
    """
    members = claim.data.fields(["metric", "factors"])
    factors = members["factors"].fields(["metric", "form"])
    form, size = now.system.form, range(now.system.dimension)
    G = members["metric"].rational_matrix(len(size), len(size))
    columns = list(zip(*now.system.V, strict=True))
    claim.require(all(G[i][j] == G[j][i] for i in size for j in range(i)), "the metric is not symmetric")
    claim.require(all(dot(G[i], columns[j]) == -form[i][j] for i in size for j in size), "Q^T K is not -G V")
    claim.require(is_definite(factors["metric"], G, strictly=True), "the metric is not proved definite")
    claim.require(is_definite(factors["form"], form, strictly=True), "Q^T K is not proved definite")
