"""``limit-set``: every token converges to a point of S, and S is a finite set in the boundary of K."""

from __future__ import annotations

from proofs_checks.format.claims import EVERY_LAYER, Claim
from proofs_checks.format.field_number import Matrix
from proofs_checks.hardmax.ends import read_ends, require_hull, require_lemma
from proofs_checks.hardmax.growth import CONVERGES, require_convergence
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.no_limit import check_divergence
from proofs_checks.hardmax.rigidity import is_rigid
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.statements.hull_shrinkage import combination
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.vectors import firsts, over_one_denominator


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "limit-set".

    Source: FORMAT.md, lemmas ``limit-set``, ``growth-converges``.
    """
    if claim.verdict == "fails":
        _check_witness(claim, run)
        return
    if (claim.scope, claim.lemma) == (EVERY_LAYER, CONVERGES):
        _check_growth(claim, run)
        return
    require_hull(claim, run)
    ends, members = read_ends(claim, run, [], ["factorisation"])
    require_lemma(claim, ends, EVERY_LAYER)
    claim.require(ends.settle, "the limits depend on the phase")
    for i, inside in enumerate(_in_limit_set(run, ends.limits)):
        claim.require(inside, f"the limit of token {i} is not in S")
    if "factorisation" in members:
        definite = is_definite(members["factorisation"], run.system.A, strictly=True)
        claim.require(definite, "the factorisation does not prove A positive definite")
    else:
        places = tuple(ends.limits[i] for i in sorted(set(firsts(ends.limits))))
        claim.require(is_rigid(run, places), "S may be infinite, or inside of K")


def _check_growth(claim: Claim, run: Run) -> None:
    members, facts = claim.data.fields(["factorisation", "layer"]), run.facts
    require_convergence(claim, members["factorisation"], run)
    claim.require(facts.all_visible, f"{CONVERGES} requires that all tokens are seen, for one set S")
    endless = facts.keeps_from is not None and facts.infinite_sum
    claim.require(endless, f"{CONVERGES} requires steps of an infinite sum that keep a part of the token")
    state = run[members["layer"].integer(0, LAYERS_LIMIT)]
    claim.require(all(map(any, state.numerators)), "a token is zero at this layer")


def _check_witness(claim: Claim, run: Run) -> None:
    if not {"limit", "segment"} & set(claim.data.names()):
        check_divergence(claim, run)
        return
    require_hull(claim, run)
    if "segment" in claim.data.names():
        _check_segment(claim, run)
        return
    ends, witness = read_ends(claim, run, ["token", "limit"])
    i = witness["token"].integer(0, len(ends.limits) - 1)
    claim.require(witness["limit"].vector() == ends.limits[i], "the limit is another")
    claim.require(not _in_limit_set(run, ends.limits)[i], "the limit is in S")


def _check_segment(claim: Claim, run: Run) -> None:
    ends, witness = read_ends(claim, run, ["segment"])
    found = [combination(weights, ends.limits) for weights in witness["segment"].items(2)]
    points = [point for point in found if point is not None]
    claim.require(len(points) == 2, "an end of the segment is not in K")
    claim.require(points[0] != points[1], "the ends of the segment are one point")
    for s in points:
        largest = max(run.system.form(s, place) for place in ends.limits)
        claim.require(all(run.system.form(s, end) == largest for end in points), "an end is not in S")


def _in_limit_set(run: Run, limits: Matrix) -> list[bool]:
    # Which of the limits are in S; of equal ones the first is looked at.
    like = firsts(limits)
    places = sorted(set(like))
    numerators, _ = over_one_denominator(tuple(limits[i] for i in places))
    rows = enumerate(zip(places, run.scores(numerators), strict=True))
    inside = {i: any(limits[i]) and row[k] == max(row) for k, (i, row) in rows}
    return [inside[i] for i in like]
