"""``leaders-persist``: whoever attends itself alone does so at every later layer, at rest."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Vector
from proofs_checks.hardmax.run import Run

LEMMA = "leaders-persist"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "leaders-persist".

    Source: FORMAT.md, lemma ``leaders-persist``.
    """
    if claim.verdict == "fails":
        _check_witness(claim, run)
    elif claim.by_lemma(LEMMA, run.layers):
        claim.data.fields([])
        start = run.facts.keeps_from
        claim.require(start is not None, f"{LEMMA} requires convex steps that keep a part of the token")
        check_leaders_stay(claim, run, LEMMA, start or 0)
    else:
        claim.data.fields([])
        _check_layers(claim, run, run.layers)


def check_leaders_stay(claim: Claim, run: Run, lemma: str, start: int) -> None:
    """Check what lets a lemma speak of leaders from a layer on, and by computation that they persist before.

    ``start``: that layer, from which on the steps are what the lemma asks for.

    Source: FORMAT.md, lemmas ``leaders-persist`` and ``leader-exposed``.
    """
    claim.require(run.facts.same_scores, f"{lemma} requires the same order of scores at all layers")
    claim.require(run.facts.transitive, f"{lemma} requires transitive masks")
    if start:
        _check_layers(claim, run, start)


def _check_witness(claim: Claim, run: Run) -> None:
    moved = "point" in claim.data.names()
    witness = claim.data.fields(["token", "leads", "layer", "point" if moved else "rival"])
    last = len(run.system.tokens) - 1
    i = witness["token"].integer(0, last)
    k = witness["leads"].integer(0, run.layers)
    later = witness["layer"].integer(0, run.layers)
    claim.require(k < later, "the second layer is not later than the first")
    claim.require(run[k].attended[i] == {i}, f"token {i} is no leader at layer {k}")
    if moved:
        point = witness["point"].vector(run.system.dimension)
        claim.require(run[later].point(i) == point, f"token {i} is elsewhere then")
        claim.require(run[k].point(i) != point, f"token {i} has not moved")
    else:
        j = witness["rival"].integer(0, last)
        claim.require(i != j and j in run[later].attended[i], f"token {i} does not attend the rival then")


def _check_layers(claim: Claim, run: Run, last: int) -> None:
    # Only a block moves a token that attends itself alone.
    first: dict[int, tuple[int, Vector | None]] = {}
    for k, layer in run.walk(0, last):
        for i, attended in enumerate(layer.attended):
            if attended == {i}:
                first.setdefault(i, (k, layer.point(i) if run.system.relu else None))
            claim.require(
                attended == {i} or i not in first,
                f"token {i} leads at layer {first.get(i, (0,))[0]} but not at {k}",
            )
            if run.system.relu and i in first:
                claim.require(first[i][1] == layer.point(i), f"token {i} leads and moves before layer {k}")
