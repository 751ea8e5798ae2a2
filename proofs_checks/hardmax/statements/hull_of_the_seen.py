"""``hull-of-the-seen``: the hull of what a token sees, and of the token itself, never grows."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Matrix
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.statements.hull_shrinkage import combination
from proofs_checks.hardmax.vectors import dot

LEMMA = "convex-step-of-the-seen"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "hull-of-the-seen".

    Source: FORMAT.md, lemma ``convex-step-of-the-seen``.
    """
    if claim.verdict == "fails":
        _check_witness(claim, run)
    elif claim.by_lemma(LEMMA, run.layers):
        claim.data.fields([])
        claim.require(run.facts.convex, f"{LEMMA} requires convex steps")
        claim.require(run.facts.transitive, f"{LEMMA} requires transitive masks")
    else:
        for k, layer in enumerate(claim.data.fields(["weights"])["weights"].items(run.layers)):
            before, after = run[k].points(), run[k + 1].points()
            for i, own in enumerate(layer.items(len(before))):
                _check_combinations(claim, own, run.facts.seen(i), before, after)


def _check_combinations(
    claim: Claim, own: Field, seen: frozenset[int], before: Matrix, after: Matrix
) -> None:
    # What a token sees, each at its later place as a combination of earlier places of what it sees.
    for j, weights in zip(sorted(seen), own.items(len(seen)), strict=True):
        claim.require(combination(weights, before) == after[j], f"token {j} is not this combination")
        used = {pair.items()[0].integer(0, len(before) - 1) for pair in weights.items()}
        claim.require(used <= seen, "a combination uses a token that is not seen")


def _check_witness(claim: Claim, run: Run) -> None:
    witness = claim.data.fields(["layer", "token", "seen", "functional", "largest_before", "after"])
    k, last = witness["layer"].integer(0, run.layers - 1), len(run.system.tokens) - 1
    i, j = (witness[name].integer(0, last) for name in ("token", "seen"))
    seen = run.facts.seen(i)
    claim.require(j in seen, f"token {i} does not see token {j}")
    functional = witness["functional"].vector(run.system.dimension)
    before = max(dot(functional, run[k].point(other)) for other in seen)
    after = dot(functional, run[k + 1].point(j))
    claim.require(witness["largest_before"].number() == before, "the largest value before is another")
    claim.require(witness["after"].number() == after, "the value after is another")
    claim.require(after > before, "this functional does not separate the token from the earlier hull")
