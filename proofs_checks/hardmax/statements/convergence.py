"""``convergence``: every token has a limit."""

from __future__ import annotations

from fractions import Fraction

from proofs_checks.format.claims import EVERY_LAYER, Claim
from proofs_checks.hardmax.facts import require_plain
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.itinerary import read_limits, read_lock
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.vectors import summed

LEMMA, CONSENSUS = "locked-limit", "consensus"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "convergence".

    Source: FORMAT.md, lemmas ``locked-limit``, ``consensus``.
    """
    if claim.verdict == "fails":
        check_divergence(claim, run)
    elif claim.lemma == CONSENSUS:
        claim.by_lemma(CONSENSUS, run.layers)
        require_plain(run.facts, CONSENSUS)
        opposite = tuple(tuple(-x for x in row) for row in run.system.A)
        claim.require(
            is_definite(claim.data, opposite, strictly=True), f"{CONSENSUS} requires -A positive definite"
        )
        claim.require(0 < run.system.tau < 1, f"{CONSENSUS} requires 0 < tau < 1")
    else:
        claim.require((claim.scope, claim.lemma) == (EVERY_LAYER, LEMMA), "only lemmas speak of every layer")
        members = claim.data.fields(["itinerary", "coefficients", "limits"])
        lock, coefficients, limits = read_limits(members, claim, run)
        at_rest = coefficients == (Fraction(1),)
        claim.require(at_rest or run.facts.keeps, f"{LEMMA} requires 0 <= tau < 1")
        claim.require(members["limits"].matrix() == limits, "the limits are others")
        claim.require(lock.stays(limits), "the limits depend on the phase")


def check_divergence(claim: Claim, run: Run) -> None:
    """Check a witness that a token has no limit; the rule is in FORMAT.md, section "convergence".

    Source: FORMAT.md, section "convergence".
    """
    witness = claim.data.fields(["itinerary", "coefficients", "factor", "token", "phase"])
    lock = read_lock(witness["itinerary"], claim, run)
    coefficients, factor = witness["coefficients"].vector(), witness["factor"].rational()
    i = witness["token"].integer(0, len(run.system.tokens) - 1)
    phase = witness["phase"].integer(0, lock.period - 1)
    claim.require(any(coefficients), "the coefficients are all zero")
    here, later = lock.combine(coefficients, 0), lock.combine(coefficients, lock.period)
    scaled = tuple(tuple(factor * x for x in row) for row in here)
    claim.require(later == scaled, "a period does not multiply the combination by the factor")
    if phase:
        claim.require(factor == 1, "phases are compared at rest only")
        claim.require(
            lock.combine(coefficients, phase)[i] != here[i], "the token is at the same place in this phase"
        )
    else:
        claim.require(
            factor > 1 or (factor == 1 and summed(coefficients) == 0), "the combination may have a limit"
        )
        claim.require(any(here[i]), "the combination is zero at the token")
