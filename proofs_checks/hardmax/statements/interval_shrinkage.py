"""``interval-shrinkage``: no coordinate's interval, from its lowest to its highest value, ever grows."""

from __future__ import annotations

from itertools import pairwise

from proofs_checks import work
from proofs_checks.format.claims import Claim
from proofs_checks.hardmax.run import Layer, Run
from proofs_checks.hardmax.vectors import widest

LEMMA = "convex-coordinates"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "interval-shrinkage".

    Source: FORMAT.md, lemma ``convex-coordinates``.
    """
    if claim.verdict == "fails":
        _check_witness(claim, run)
    elif claim.by_lemma(LEMMA, run.layers):
        claim.data.fields([])
        claim.require(run.facts.coordinates_convex, f"{LEMMA} requires convex steps of every coordinate")
    else:
        claim.data.fields([])
        for (k, layer), (_, later) in pairwise(run.walk(0, run.layers)):
            claim.require(_shrinks(layer, later), f"a coordinate's interval grows after layer {k}")


def _shrinks(layer: Layer, later: Layer) -> bool:
    # Whether every coordinate stays between its ends; both sides over the product of the denominators.
    places = len(layer.numerators) * len(layer.numerators[0])
    bits = widest(layer.numerators, layer.denominator) + widest(later.numerators, later.denominator)
    work.count_products(4 * places, bits)
    for here, there in zip(
        zip(*layer.numerators, strict=True), zip(*later.numerators, strict=True), strict=True
    ):
        lowest, highest = min(here) * later.denominator, max(here) * later.denominator
        if not all(lowest <= x * layer.denominator <= highest for x in there):
            return False
    return True


def _check_witness(claim: Claim, run: Run) -> None:
    witness = claim.data.fields(["layer", "token", "coordinate", "lowest", "highest", "after"])
    k, r = (
        witness["layer"].integer(0, run.layers - 1),
        witness["coordinate"].integer(0, run.system.dimension - 1),
    )
    i = witness["token"].integer(0, len(run.system.tokens) - 1)
    before = [place[r] for place in run[k].points()]
    lowest, highest, after = (witness[name].number() for name in ("lowest", "highest", "after"))
    claim.require((lowest, highest) == (min(before), max(before)), "the ends of the interval are others")
    claim.require(after == run[k + 1].point(i)[r], "the value after is another")
    claim.require(not lowest <= after <= highest, "the value is between the ends")
