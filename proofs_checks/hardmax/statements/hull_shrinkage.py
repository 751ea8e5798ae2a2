"""``hull-shrinkage``: the convex hull of the tokens at layer k+1 lies within that at layer k."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import dot, summed

LEMMA = "convex-step"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "hull-shrinkage".

    Source: FORMAT.md, lemma ``convex-step``.
    """
    if claim.verdict == "fails":
        _check_witness(claim, run)
    elif claim.by_lemma(LEMMA, run.layers):
        claim.data.fields([])
        claim.require(run.facts.convex, f"{LEMMA} requires convex steps")
    else:
        for k, layer in enumerate(claim.data.fields(["weights"])["weights"].items(run.layers)):
            before = run[k].points()
            for i, weights in enumerate(layer.items(len(before))):
                inside = combination(weights, before) == run[k + 1].point(i)
                claim.require(inside, f"token {i} at layer {k + 1} is not this combination of layer {k}")


def _check_witness(claim: Claim, run: Run) -> None:
    witness = claim.data.fields(["layer", "token", "functional", "largest_before", "after"])
    k = witness["layer"].integer(0, run.layers - 1)
    i = witness["token"].integer(0, len(run.system.tokens) - 1)
    functional = witness["functional"].vector(run.system.dimension)
    before = max(dot(functional, run[k].point(j)) for j in range(len(run.system.tokens)))
    after = dot(functional, run[k + 1].point(i))
    claim.require(witness["largest_before"].number() == before, "the largest value before is another")
    claim.require(witness["after"].number() == after, "the value after is another")
    claim.require(after > before, "this functional does not separate the token from the earlier hull")


def combination(weights: Field, places: Matrix) -> Vector | None:
    """Return the convex combination of places, given as pairs [token, weight]; None if it is not convex.

    Source: FORMAT.md, section "hull-shrinkage".
    """
    pairs = [pair.items(2) for pair in weights.items()]
    terms = [(pair[0].integer(0, len(places) - 1), pair[1].number()) for pair in pairs]
    weights_alone = [weight for _, weight in terms]
    if any(weight < 0 for weight in weights_alone) or summed(weights_alone) != 1:
        return None
    columns = zip(*(places[token] for token, _ in terms), strict=True)
    return tuple(dot(weights_alone, column) for column in columns)
