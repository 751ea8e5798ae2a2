"""``leaders-extreme``: from the layer on at which it leads, a leader is an extreme point of the hull."""

from __future__ import annotations

from operator import mul

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Rows, Vector
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.statements.hull_shrinkage import combination
from proofs_checks.hardmax.statements.leaders_persist import check_leaders_stay
from proofs_checks.hardmax.vectors import over_one_denominator, widest

LEMMA = "leader-exposed"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "leaders-extreme".

    Source: FORMAT.md, lemma ``leader-exposed``.
    """
    if claim.verdict == "fails":
        _check_witness(claim, run)
        return
    for_ever = claim.by_lemma(LEMMA, run.layers)
    if for_ever:
        claim.require(run.facts.exposes, f"{LEMMA} requires a head of ties kept that sees all")
        start = run.facts.exposed_from
        claim.require(start is not None, f"{LEMMA} requires convex steps, that keep a part with other ties")
        check_leaders_stay(claim, run, LEMMA, start or 0)
    named: dict[int, int] = {}
    for entry in claim.data.fields(["leaders"])["leaders"].items():
        members = entry.fields(["token", "layer", "functionals"])
        token = members["token"].integer(0, len(run.system.tokens) - 1)
        claim.require(token not in named, f"token {token} is named twice")
        named[token] = first = members["layer"].integer(0, run.layers)
        shown = 1 if for_ever else run.layers - first + 1
        functionals = members["functionals"].matrix(shown, run.system.dimension)
        for k, functional in enumerate(functionals, start=first):
            claim.require(
                exposes(functional, run[k].numerators, token), f"token {token} is not exposed at layer {k}"
            )
    claim.require(named == run.leaders(), "these are not the leaders with their first layers")


def _check_witness(claim: Claim, run: Run) -> None:
    witness = claim.data.fields(["token", "leads", "layer", "weights"])
    i = witness["token"].integer(0, len(run.system.tokens) - 1)
    k, later = (witness[name].integer(0, run.layers) for name in ("leads", "layer"))
    claim.require(k <= later, "the second layer is earlier than the first")
    claim.require(run[k].attended[i] == {i}, f"token {i} is no leader at layer {k}")
    place = run[later].point(i)
    claim.require(
        combination(witness["weights"], run[later].points()) == place, "the token is not this combination"
    )
    used = [pair.items()[0].integer(0, len(run.system.tokens) - 1) for pair in witness["weights"].items()]
    claim.require(all(run[later].point(j) != place for j in used), "the combination uses the point itself")


def exposes(functional: Vector, places: Rows, token: int) -> bool:
    """Tell whether a functional is larger at a token's place than elsewhere, all over one denominator.

    Source: FORMAT.md, lemma ``leader-exposed``.
    """
    (row,), _ = over_one_denominator((functional,))
    work.count_products(len(places) * len(row), widest([row]) + widest(places))
    values = [sum(map(mul, row, place)) for place in places]
    return all(
        value < values[token] for value, place in zip(values, places, strict=True) if place != places[token]
    )
