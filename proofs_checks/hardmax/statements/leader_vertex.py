"""``leader-vertex``: the leaders are the vertices of the limit polytope, and there is one."""

from __future__ import annotations

from proofs_checks.format.claims import EVERY_LAYER, Claim
from proofs_checks.hardmax.ends import read_ends, require_hull, require_lemma
from proofs_checks.hardmax.growth import LEADING, require_leading_points
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.statements.hull_shrinkage import combination
from proofs_checks.hardmax.statements.leaders_extreme import exposes
from proofs_checks.hardmax.vectors import firsts, over_one_denominator


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "leader-vertex".

    Source: FORMAT.md, section "leader-vertex".
    """
    require_hull(claim, run)
    if (claim.scope, claim.lemma) == (EVERY_LAYER, LEADING):
        require_leading_points(claim, run)
        return
    size, dimension = len(run.system.tokens), run.system.dimension
    if claim.verdict == "fails":
        _check_witness(claim, run)
        return
    ends, members = read_ends(claim, run, ["functionals", "combinations"])
    require_lemma(claim, ends, EVERY_LAYER)
    leaders, (places, _) = ends.leaders(claim), over_one_denominator(ends.limits)
    apart = firsts([ends.limits[j] for j in leaders]) == list(range(len(leaders)))
    claim.require(apart, "two leaders are at one place")
    for j, functional in zip(leaders, members["functionals"].matrix(len(leaders), dimension), strict=True):
        claim.require(exposes(functional, places, j), f"leader {j} is no vertex by this functional")
    for i, weights in enumerate(members["combinations"].items(size)):
        used = [pair.items(2)[0].integer(0, size - 1) for pair in weights.items()]
        claim.require(set(used) <= set(leaders), "a combination uses tokens that are no leaders")
        claim.require(combination(weights, ends.limits) == ends.limits[i], f"token {i} has another limit")


def _check_witness(claim: Claim, run: Run) -> None:
    size, names = len(run.system.tokens), claim.data.names()
    if "leaders" in names:
        ends, witness = read_ends(claim, run, ["leaders"])
        i, j = (token.integer(0, size - 1) for token in witness["leaders"].items(2))
        claim.require(i != j and {i, j} <= set(ends.leaders(claim)), "these are not two leaders")
        claim.require(ends.limits[i] == ends.limits[j], "the leaders are at two places")
        return
    ends, witness = read_ends(claim, run, ["token", "weights" if "weights" in names else "functional"])
    i, limits = witness["token"].integer(0, size - 1), ends.limits
    if "weights" in names:
        claim.require(i in ends.leaders(claim), f"token {i} is no leader")
        claim.require(
            combination(witness["weights"], limits) == limits[i], "the limit is not this combination"
        )
        used = [pair.items(2)[0].integer(0, size - 1) for pair in witness["weights"].items()]
        claim.require(all(limits[j] != limits[i] for j in used), "the combination uses the point itself")
        return
    places, _ = over_one_denominator(limits)
    functional = witness["functional"].vector(run.system.dimension)
    claim.require(exposes(functional, places, i), "this is no vertex")
    elsewhere = all(limits[j] != limits[i] for j in ends.leaders(claim))
    claim.require(elsewhere, "a leader is at this vertex")
