"""``distinctness-preserved``: two distinct tokens never meet."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.system import Run

LEMMA = "no-collision"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "distinctness-preserved".

    Source: FORMAT.md, lemma ``no-collision``.
    """
    if claim.verdict == "fails":
        witness = claim.data.fields(["layer", "tokens", "point"])
        k = witness["layer"].integer(0, run.layers - 1)
        last = len(run.system.tokens) - 1
        i, j = (token.integer(0, last) for token in witness["tokens"].items(2))
        point = witness["point"].vector(run.system.dimension)
        claim.require(run[k].point(i) != run[k].point(j), f"the tokens are not distinct at layer {k}")
        claim.require(point == run[k + 1].point(i) == run[k + 1].point(j), "the tokens do not meet there")
    elif claim.by_lemma(LEMMA, run.layers):
        definite = is_definite(claim.data, run.system, strictly=False)
        claim.require(definite, f"{LEMMA} requires a positive semidefinite symmetric part of A")
        claim.require(run.system.alpha >= 0, f"{LEMMA} requires alpha >= 0")
    else:
        claim.data.fields([])
        # Equal tokens attend alike and stay equal, so points can only become fewer.
        before, after = (len(set(map(tuple, run[k].numerators))) for k in (0, run.layers))
        claim.require(
            before == after, f"there are {before} points at first and {after} at layer {run.layers}"
        )
