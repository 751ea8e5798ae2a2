"""``leader-vertex``: the leaders are the vertices of the limit polytope, and there is one."""

from __future__ import annotations

from proofs_checks.format.claims import EVERY_LAYER, Claim
from proofs_checks.hardmax.itinerary import read_limits
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.statements.hull_shrinkage import combination
from proofs_checks.hardmax.statements.leaders_extreme import exposes
from proofs_checks.hardmax.vectors import over_one_denominator

LEMMA = "locked-limit"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "leader-vertex".

    Source: FORMAT.md, section "leader-vertex".
    """
    claim.require(run.facts.keeps, f"{LEMMA} requires 0 <= tau < 1")
    size, dimension = len(run.system.tokens), run.system.dimension
    if claim.verdict == "fails":
        witness = claim.data.fields(["itinerary", "coefficients", "token", "functional"])
        lock, _, limits = read_limits(witness, claim, run)
        i, (places, _) = witness["token"].integer(0, size - 1), over_one_denominator(limits)
        claim.require(exposes(witness["functional"].vector(dimension), places, i), "this is no vertex")
        claim.require(all(limits[j] != limits[i] for j in lock.leaders), "a leader is at this vertex")
        return
    claim.require((claim.scope, claim.lemma) == (EVERY_LAYER, LEMMA), "only lemmas speak of every layer")
    members = claim.data.fields(["itinerary", "coefficients", "functionals", "combinations"])
    lock, _, limits = read_limits(members, claim, run)
    places, _ = over_one_denominator(limits)
    for j, functional in zip(
        lock.leaders, members["functionals"].matrix(len(lock.leaders), dimension), strict=True
    ):
        claim.require(exposes(functional, places, j), f"leader {j} is no vertex by this functional")
    for i, weights in enumerate(members["combinations"].items(size)):
        used = [pair.items(2)[0].integer(0, size - 1) for pair in weights.items()]
        claim.require(set(used) <= set(lock.leaders), "a combination uses tokens that are no leaders")
        claim.require(combination(weights, limits) == limits[i], f"token {i} has another limit")
