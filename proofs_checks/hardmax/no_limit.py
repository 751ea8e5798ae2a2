"""Witnesses that a token has no limit; FORMAT.md, section "convergence"."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.hypotheses import is_definite
from proofs_checks.hardmax.itinerary import read_lock
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import LAYERS_LIMIT
from proofs_checks.hardmax.vectors import determinant, dot, over_one_denominator, summed

SPREADING = "spreading-hulls"


def check_divergence(claim: Claim, run: Run) -> None:
    """Check a witness that a token has no limit; the rule is in FORMAT.md, section "convergence".

    Source: FORMAT.md, section "convergence", lemmas ``expanding-recurrence`` and ``spreading-hulls``.
    """
    names = claim.data.names()
    if "semidefinite" in names:
        _check_spreading(claim, run)
    elif "recurrence" in names:
        _check_recurrence(claim, run)
    else:
        _check_multiple(claim, run)


def _check_multiple(claim: Claim, run: Run) -> None:
    # FORMAT.md, section "convergence": a combination of states that a period multiplies by a factor.
    witness = claim.data.fields(["itinerary", "coefficients", "factor", "token", "phase"])
    lock = read_lock(witness["itinerary"], claim, run)
    coefficients, factor = witness["coefficients"].vector(), witness["factor"].number()
    i = _token(witness["token"], run)
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


def _check_recurrence(claim: Claim, run: Run) -> None:
    # FORMAT.md, lemma ``expanding-recurrence``.
    witness = claim.data.fields(["itinerary", "coefficients", "recurrence", "token", "coordinate"])
    lock = read_lock(witness["itinerary"], claim, run)
    coefficients, recurrence = witness["coefficients"].vector(), witness["recurrence"].vector()
    i = _token(witness["token"], run)
    r = witness["coordinate"].integer(0, run.system.dimension - 1)
    order = len(recurrence)
    claim.require(any(coefficients), "the coefficients are all zero")
    claim.require(order > 0 and not -1 < recurrence[0] < 1, "the recurrence does not expand")
    claim.require(summed(recurrence) != -1, "a state at rest obeys the recurrence")
    terms = [lock.combine(coefficients, lock.period * m) for m in range(2 * order)]
    obeyed = all(
        last + dot(recurrence, earlier) == 0
        for rows in zip(*terms[: order + 1], strict=True)
        for *earlier, last in zip(*rows, strict=True)
    )
    claim.require(obeyed, "the combinations obey another recurrence")
    own = [rows[i][r] for rows in terms]
    hankel, _ = over_one_denominator(tuple(tuple(own[m : m + order]) for m in range(order)))
    claim.require(determinant(hankel) != 0, "the combinations may obey a shorter recurrence")


def _check_spreading(claim: Claim, run: Run) -> None:
    # FORMAT.md, lemma ``spreading-hulls``.
    witness = claim.data.fields(["semidefinite", "layer", "token", "tokens"])
    share = run.facts.one_share
    claim.require(share is not None and share < 0, f"{SPREADING} requires one head and tau < 0")
    claim.require(run.facts.all_visible, f"{SPREADING} requires that all tokens are seen")
    opposite = tuple(tuple(-x for x in row) for row in run.system.A)
    definite = is_definite(witness["semidefinite"], opposite, strictly=False)
    claim.require(definite, "the factorisation does not prove <Ax, x> <= 0")
    points = run[witness["layer"].integer(0, LAYERS_LIMIT)].points()
    i = _token(witness["token"], run)
    a, b = (_token(token, run) for token in witness["tokens"].items(2))
    claim.require(run.system.form(points[i], points[a]) > run.system.form(points[i], points[b]), "these tie")


def _token(field: Field, run: Run) -> int:
    return field.integer(0, len(run.system.tokens) - 1)
