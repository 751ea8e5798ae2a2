"""``norm-growth``: q(z) = <Az, z> never falls, and stays equal only for a token that does not move."""

from __future__ import annotations

from itertools import pairwise

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import Vector
from proofs_checks.hardmax.growth import require_growth
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import System

LEMMA = "norm-growth"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "norm-growth".

    Source: FORMAT.md, lemma ``norm-growth``.
    """
    system, tokens = run.system, range(len(run.system.tokens))
    if claim.verdict == "fails":
        witness = claim.data.fields(["layer", "token", "q_before", "q_after"])
        k, i = witness["layer"].integer(0, run.layers - 1), witness["token"].integer(0, tokens[-1])
        here, there = run[k].point(i), run[k + 1].point(i)
        before, after = system.form(here, here), system.form(there, there)
        claim.require(witness["q_before"].number() == before, "q before is another")
        claim.require(witness["q_after"].number() == after, "q after is another")
        claim.require(not _grows(system, here, there), "the token does not violate the statement")
    elif claim.by_lemma(LEMMA, run.layers):
        require_growth(claim, claim.data, run, LEMMA)
    else:
        claim.data.fields([])
        squares = run.squares(run[0])
        for (k, layer), (_, later) in pairwise(run.walk(0, run.layers)):
            following = run.squares(later)
            for i in tokens:
                still = following[i] == squares[i] and layer.point(i) == later.point(i)
                claim.require(following[i] > squares[i] or still, f"token {i} violates it at layer {k}")
            squares = following


def _grows(system: System, here: Vector, there: Vector) -> bool:
    before, after = system.form(here, here), system.form(there, there)
    return after > before or (after == before and here == there)
