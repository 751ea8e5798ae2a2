"""``distinctness-preserved``: two distinct tokens never meet."""

from __future__ import annotations

from itertools import pairwise

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Integer
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import firsts

LEMMA = "no-collision"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "distinctness-preserved".

    Source: FORMAT.md, lemma ``no-collision``.
    """
    if claim.verdict == "fails":
        witness = claim.data.fields(["layer", "tokens", "point"])
        k = witness["layer"].integer(0, run.layers - 1)
        last = len(run.system.tokens) - 1
        i, j = (token.integer(0, last) for token in witness["tokens"].items(2))
        point = witness["point"].vector(run.system.dimension)
        claim.require(run[k].point(i) != run[k].point(j), f"the tokens are not distinct at layer {k}")
        claim.require(point == run[k + 1].point(i) == run[k + 1].point(j), "the tokens do not meet there")
    elif claim.by_lemma(LEMMA, run.layers):
        definite = is_definite(claim.data, run.system.A, strictly=False)
        claim.require(definite, f"{LEMMA} requires a positive semidefinite symmetric part of A")
        claim.require(run.facts.keeps, f"{LEMMA} requires convex steps that keep a part of the token")
        claim.require(run.facts.one_view, f"{LEMMA} requires that all tokens see the same")
    elif not run.facts.all_visible:
        claim.data.fields([])
        _check_layers(claim, run)
    else:
        claim.data.fields([])
        # Equal tokens attend alike and stay equal, so points can only become fewer.
        before, after = (len(set(firsts(run[k].numerators))) for k in (0, run.layers))
        claim.require(
            before == after, f"there are {before} points at first and {after} at layer {run.layers}"
        )


def _check_layers(claim: Claim, run: Run) -> None:
    # Equal tokens may part where they see others: all that meet at a layer must have been one before.
    for (k, layer), (_, later) in pairwise(run.walk(0, run.layers)):
        pairs = zip(layer.numerators, firsts(later.numerators), strict=True)
        before: dict[int, list[Integer]] = {}
        together = all(before.setdefault(there, here) == here for here, there in pairs)
        claim.require(together, f"two tokens meet after layer {k}")
