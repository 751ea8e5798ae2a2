"""``attention-settles``: from some layer on the attention graphs stay the same."""

from __future__ import annotations

from proofs_checks.format.claims import EVERY_LAYER, Claim
from proofs_checks.hardmax.growth import SETTLES, require_rank_two
from proofs_checks.hardmax.itinerary import read_lock
from proofs_checks.hardmax.locked import read_locked
from proofs_checks.hardmax.run import Run

LEMMA, TARGETS = "locked-itinerary", "locked-targets"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "attention-settles".

    Source: FORMAT.md, section "attention-settles".
    """
    if claim.verdict == "fails":
        witness = claim.data.fields(["itinerary", "token", "phase"])
        lock = read_lock(witness["itinerary"], claim, run)
        i = witness["token"].integer(0, len(run.system.tokens) - 1)
        phase = witness["phase"].integer(0, lock.period - 1)
        here, there = run[lock.layer].by_head, run[lock.layer + phase].by_head
        same = all(own[i] == other[i] for own, other in zip(here, there, strict=True))
        claim.require(not same, "the token attends the same in this phase")
        return
    if (claim.scope, claim.lemma) == (EVERY_LAYER, SETTLES):
        require_rank_two(claim, run)
        return
    if claim.lemma == TARGETS:
        claim.by_lemma(TARGETS, run.layers)
        read_locked(claim.data.fields(["locked"])["locked"], claim, run)
        return
    claim.require((claim.scope, claim.lemma) == (EVERY_LAYER, LEMMA), "only lemmas speak of every layer")
    lock = read_lock(claim.data.fields(["itinerary"])["itinerary"], claim, run)
    graph = run[lock.layer].by_head
    period = run.walk(lock.layer, lock.layer + lock.period - 1)
    claim.require(
        all(layer.by_head == graph for _, layer in period), "the graphs of a period are not the same"
    )
