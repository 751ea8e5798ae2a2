"""``frank-wolfe-exponential``: every token tends to what it attends at layer 0, exponentially fast."""

from __future__ import annotations

from proofs_checks.format.claims import EVERY_LAYER, Claim
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.statements.frank_wolfe_clusters import kept_at, require_straight

LEMMA = "frank-wolfe-exponential"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "frank-wolfe-exponential".

    Source: FORMAT.md, lemma ``frank-wolfe-exponential``.
    """
    targets, places = require_straight(claim, run, LEMMA), run[0].numerators
    if claim.verdict == "fails":
        witness = claim.data.fields(["token", "target"])
        i, p = (witness[name].integer(0, len(places) - 1) for name in ("token", "target"))
        claim.require(p in run[0].attended[i], f"token {i} does not attend token {p} at layer 0")
        claim.require(places[i] != places[p], "the token is where it goes")
        claim.require(run.facts.keeps, "a step may take the token all the way")
        claim.require(run.facts.shares.fades is True, "the steps are not proved to tend to 0")
        return
    claim.data.fields([])
    claim.require((claim.scope, claim.lemma) == (EVERY_LAYER, LEMMA), "only lemmas speak of every layer")
    arrived = kept_at(claim, run, 0) == 0 or all(places[i] == places[p] for i, p in enumerate(targets))
    claim.require(arrived or run.facts.shares.fades is False, "the steps may tend to 0")
