"""``convergence``: every token has a limit."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from proofs_checks.format.claims import EVERY_LAYER, Claim
from proofs_checks.hardmax.decay import read_decay
from proofs_checks.hardmax.ends import ALONE, require_kept
from proofs_checks.hardmax.growth import CONVERGES, SETTLES, require_convergence, require_rank_two
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.itinerary import read_limits, read_lock
from proofs_checks.hardmax.locked import read_locked
from proofs_checks.hardmax.no_limit import check_divergence
from proofs_checks.hardmax.product import check_product
from proofs_checks.hardmax.run import Run

LEMMA, RATES, CONSENSUS = "locked-limit", "decaying-rates", "consensus"
TARGETS, SUMMABLE, BASIN, MIRROR = "locked-targets", "summable", "basin", "mirrored-extremes"


def check(claim: Claim, run: Run) -> None:
    """Check a claim; the rule is in FORMAT.md, section "convergence".

    Source: FORMAT.md, lemmas ``basin``, ``locked-limit``, ``consensus``, ``decaying-rates``,
    ``locked-targets``, ``summable``, ``enclosed-products``, ``growth-converges``,
    ``rank-two-settles``, ``mirrored-extremes``.
    """
    if claim.verdict == "fails":
        check_divergence(claim, run)
        return
    lemmas: dict[str, Callable[[Claim, Run], None]] = {
        LEMMA: _check_locked,
        RATES: _check_rates,
        TARGETS: partial(_check_alone, "locked"),
        BASIN: partial(_check_alone, "basin"),
        MIRROR: partial(_check_alone, "mirror"),
        SUMMABLE: _check_summable,
        CONSENSUS: _check_consensus,
        CONVERGES: _check_growth,
        SETTLES: require_rank_two,
    }
    known = claim.scope == EVERY_LAYER and claim.lemma in lemmas
    claim.require(known, "only lemmas speak of every layer")
    lemmas[claim.lemma or ""](claim, run)


def _check_locked(claim: Claim, run: Run) -> None:
    members = claim.data.fields(["itinerary", "coefficients", "limits"])
    lock, coefficients, limits = read_limits(members, claim, run)
    if coefficients != (Fraction(1),):
        require_kept(claim, run, lock)
    claim.require(members["limits"].matrix() == limits, "the limits are others")
    claim.require(lock.stays(limits), "the limits depend on the phase")


def _check_rates(claim: Claim, run: Run) -> None:
    stated = "recurrence" if "recurrence" in claim.data.names() else "rates"
    members = claim.data.fields(["itinerary", stated, "limits"])
    lock = read_lock(members["itinerary"], claim, run)
    limits = lock.combine(read_decay(members[stated], claim, stated), 0)
    claim.require(members["limits"].matrix() == limits, "the limits are others")
    claim.require(lock.stays(limits), "the limits move, or the states have other rates")


def _check_alone(alone: str, claim: Claim, run: Run) -> None:
    members = claim.data.fields([alone, "limits"])
    proof = ALONE[alone](members[alone], claim, run)
    claim.require(members["limits"].matrix() == proof.targets, "the limits are others")


def _check_summable(claim: Claim, run: Run) -> None:
    members = claim.data.fields([] if not claim.data.names() else ["locked", "product"])
    facts = run.facts
    claim.require(facts.keeps_from is not None, f"{SUMMABLE} requires steps that keep a part of the token")
    claim.require(not facts.infinite_sum, f"{SUMMABLE} requires steps of a finite sum")
    early = map(facts.shares.at, range(facts.keeps_from or 0))
    claim.require(all(share is not None for share in early), f"{SUMMABLE} requires a step at every layer")
    if members:
        start = read_locked(members["locked"], claim, run).layer
        check_product(members["product"], claim, run, start)


def _check_consensus(claim: Claim, run: Run) -> None:
    share = run.facts.one_share
    claim.require(run.facts.all_visible, f"{CONSENSUS} requires that all tokens are seen")
    opposite = tuple(tuple(-x for x in row) for row in run.system.A)
    claim.require(
        is_definite(claim.data, opposite, strictly=True), f"{CONSENSUS} requires -A positive definite"
    )
    claim.require(share is not None and 0 < share < 1, f"{CONSENSUS} requires one head and 0 < tau < 1")


def _check_growth(claim: Claim, run: Run) -> None:
    require_convergence(claim, claim.data, run)
