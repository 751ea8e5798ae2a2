"""``leaders-persist``: whoever attends itself alone does so at every later layer, at rest."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.hardmax.system import Run

LEMMA = "leaders-persist"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "leaders-persist".

    Source: FORMAT.md, lemma ``leaders-persist``.
    """
    if claim.verdict == "fails":
        witness = claim.data.fields(["token", "leads", "layer", "rival"])
        i, j = (witness[name].integer(0, len(run.system.tokens) - 1) for name in ("token", "rival"))
        k = witness["leads"].integer(0, run.layers)
        later = witness["layer"].integer(0, run.layers)
        claim.require(k < later, "the second layer is not later than the first")
        claim.require(run[k].attended[i] == {i}, f"token {i} is no leader at layer {k}")
        claim.require(i != j and j in run[later].attended[i], f"token {i} does not attend the rival then")
    elif claim.by_lemma(LEMMA, run.layers):
        claim.data.fields([])
        claim.require(run.system.alpha >= 0, f"{LEMMA} requires alpha >= 0")
    else:
        claim.data.fields([])
        _check_layers(claim, run)


def _check_layers(claim: Claim, run: Run) -> None:
    first: dict[int, int] = {}
    for k, layer in run.walk(0, run.layers):
        for i, attended in enumerate(layer.attended):
            if attended == {i}:
                first.setdefault(i, k)
            claim.require(
                attended == {i} or i not in first,
                f"token {i} leads at layer {first.get(i)} but not at {k}",
            )
