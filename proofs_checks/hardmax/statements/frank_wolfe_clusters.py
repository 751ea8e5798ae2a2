"""``frank-wolfe-clusters``: every token goes straight to the one point that it attends at layer 0."""

from __future__ import annotations

from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Number, Vector
from proofs_checks.hardmax.run import Run
from proofs_checks.work import longest

LEMMA = "frank-wolfe-clusters"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "frank-wolfe-clusters".

    Source: FORMAT.md, lemma ``frank-wolfe-clusters``.
    """
    if claim.verdict == "fails":
        _check_witness(claim, run)
    elif claim.by_lemma(LEMMA, run.layers):
        claim.data.fields([])
        require_straight(claim, run, LEMMA)
    else:
        claim.data.fields([])
        kept: Number = Fraction(1)
        start, targets = run[0].points(), _targets(claim, run)
        for k in range(run.layers + 1):
            for i, p in enumerate(targets):
                there = _on_the_way(start[i], start[p], kept)
                claim.require(run[k].point(i) == there, f"token {i} is elsewhere at layer {k}")
            if k < run.layers:
                kept *= kept_at(claim, run, k)


def require_straight(claim: Claim, run: Run, lemma: str) -> list[int]:
    """Require all that the lemma asks for, and return for every token one that it attends at layer 0.

    Source: FORMAT.md, lemma ``frank-wolfe-clusters``.
    """
    facts = run.facts
    claim.require(facts.one_head and facts.ties_kept, f"{lemma} requires one head and all ties kept")
    claim.require(facts.convex, f"{lemma} requires convex steps")
    claim.require(facts.same_scores, f"{lemma} requires the same scores at all layers")
    claim.require(facts.transitive, f"{lemma} requires transitive masks")
    places, sets, targets = run[0].numerators, run[0].attended, _targets(claim, run)
    mask = run.system.heads[0].mask
    for p, row in enumerate(run.scores(places)):
        for i in (i for i, target in enumerate(targets) if target == p):
            resting = all(places[targets[q]] == places[q] for q in sets[i])
            claim.require(resting, f"what token {i} attends does not attend itself")
            seen = range(len(places)) if mask is None else mask.seen(i)
            largest = all(row[j] < row[p] for j in seen if j not in sets[i])
            claim.require(largest, f"what token {i} attends would attend something else that token {i} sees")
    return targets


def _targets(claim: Claim, run: Run) -> list[int]:
    # For every token one that it attends at layer 0; all that it attends must be at one place.
    places, sets = run[0].numerators, run[0].attended
    for i, own in enumerate(sets):
        one = all(places[j] == places[min(own)] for j in own)
        claim.require(one, f"token {i} attends several points at layer 0")
    return [min(own) for own in sets]


def kept_at(claim: Claim, run: Run, layer: int) -> Number:
    """Return rho of a layer, and reject the claim where there is none.

    Source: FORMAT.md, section "frank-wolfe-clusters".
    """
    shares = run.facts.shares.at(layer)
    if shares is None:
        claim.require(False, f"the step of layer {layer} is not scalar")
    return Fraction(0) if shares is None else shares[0]


def _on_the_way(start: Vector, target: Vector, kept: Number) -> Vector:
    work.count_fractions(3 * len(start), longest((kept, *start, *target)))
    return tuple(b + kept * (a - b) for a, b in zip(start, target, strict=True))


def _check_witness(claim: Claim, run: Run) -> None:
    last, sets = len(run.system.tokens) - 1, run[0].attended
    if "attended" in claim.data.names():
        witness = claim.data.fields(["layer", "token", "attended"])
        witness["layer"].integer(0, 0)
        i = witness["token"].integer(0, last)
        p, q = (entry.integer(0, last) for entry in witness["attended"].items(2))
        claim.require(p in sets[i] and q in sets[i], f"token {i} does not attend both at layer 0")
        claim.require(run[0].numerators[p] != run[0].numerators[q], "these are at one place")
        return
    witness = claim.data.fields(["layer", "token", "target", "kept", "point"])
    k = witness["layer"].integer(0, run.layers)
    i, p = (witness[name].integer(0, last) for name in ("token", "target"))
    claim.require(p in sets[i], f"token {i} does not attend token {p} at layer 0")
    kept: Number = Fraction(1)
    for layer in range(k):
        kept *= kept_at(claim, run, layer)
    claim.require(witness["kept"].number() == kept, "another part of the distance is kept")
    point = witness["point"].vector(run.system.dimension)
    claim.require(point == run[k].point(i), "the token is at another place")
    claim.require(point != _on_the_way(run[0].point(i), run[0].point(p), kept), "the token is on its way")
