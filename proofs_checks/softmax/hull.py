"""``hull-shrinkage`` where the V of every head is a I; FORMAT.md, lemma ``hull``."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.softmax.now import Now


def check(claim: Claim, now: Now) -> None:
    """Check that V = a I with a >= 0 for every head; the lemma does the rest.

    Source: FORMAT.md here, lemma ``hull``.
    """
    claim.data.fields([])
    for head in now.system.heads:
        multiple = head.multiple()
        claim.require(multiple is not None and multiple >= 0, "V is not a I with a >= 0")
