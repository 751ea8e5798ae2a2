"""``norm-growth``: q(z) = <Az, z> never falls, and stays equal only for a token that does not move."""

from __future__ import annotations

from proofs_checks.claims import Claim
from proofs_checks.hypotheses import is_definite
from proofs_checks.system import Run

LEMMA = "norm-growth"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "norm-growth"."""
    system, tokens = run.system, range(len(run.system.tokens))
    if claim.verdict == "fails":
        witness = claim.data.fields(["layer", "token", "q_before", "q_after"])
        k, i = witness["layer"].integer(0, run.layers - 1), witness["token"].integer(0, tokens[-1])
        before, after = (system.form(z, z) for z in (run[k].point(i), run[k + 1].point(i)))
        claim.require(witness["q_before"].rational() == before, "q before is another")
        claim.require(witness["q_after"].rational() == after, "q after is another")
        claim.require(not _grows(run, k, i), "the token does not violate the statement")
    elif claim.by_lemma(LEMMA, run.layers):
        symmetric = all(system.A[i][j] == system.A[j][i] for i in range(system.dimension) for j in range(i))
        claim.require(symmetric, f"{LEMMA} requires a symmetric A")
        claim.require(is_definite(claim.data, system, strictly=True), f"{LEMMA} requires A positive definite")
        claim.require(system.tau >= 0, f"{LEMMA} requires tau >= 0")
    else:
        claim.data.fields([])
        for k in range(run.layers):
            for i in tokens:
                claim.require(_grows(run, k, i), f"token {i} violates it at layer {k}")


def _grows(run: Run, layer: int, token: int) -> bool:
    here, there = run[layer].point(token), run[layer + 1].point(token)
    before, after = run.system.form(here, here), run.system.form(there, there)
    return after > before or (after == before and here == there)
