"""``convergence``: every token has a limit."""

from __future__ import annotations

from fractions import Fraction

from exactdyn.limits import Limit
from exactdyn.limits.basin import BasinProof
from exactdyn.limits.lock import Lock
from exactdyn.limits.rates import AlgebraicRate
from exactdyn.limits.spreading import Spreading
from exactdyn.statements.hypotheses import definiteness, factorisation_data
from exactdyn.statements.statement import Failure, Lemma, OnLimit, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import EVERY_LAYER

LEMMA, RATES, CONSENSUS = "locked-limit", "decaying-rates", "consensus"
TARGETS, SUMMABLE, BASIN, MIRROR = "locked-targets", "summable", "basin", "mirrored-extremes"
GROWTH, SETTLES = "growth-converges", "rank-two-settles"

CONVERGES = Lemma(
    GROWTH,
    ("q_grows", "convex_step", "transitive_masks", "definite"),
    definiteness,
)
"""What proves that every token has a limit, wherever it is."""

RANK_TWO = Lemma(SETTLES, ("steady", "low_rank"), definiteness)
"""What proves the same for a singular A, and that the graphs stay the same from some layer on."""


def decide(run: Run, found: Limit) -> Verdict:
    """Decide whether every token has a limit.

    Source: lemmas ``basin``, ``locked-limit``, ``decaying-rates``, ``locked-targets``, ``summable``,
    ``consensus``, ``growth-converges`` and ``rank-two-settles`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1], ["1/2"]], 0)
    >>> decide(run, limit(run)).evidence["limits"]
    [[Fraction(1, 1)], [Fraction(1, 1)]]
    """
    verdict = _by_limit(run, found)
    lemmas = (CONVERGES, RANK_TWO) if verdict.outcome == "undecided" else ()
    proof = next((lemma for lemma in lemmas if lemma.holds_for(run)), None)
    return (
        verdict if proof is None else Verdict("holds", EVERY_LAYER, proof.name, evidence=proof.evidence(run))
    )


def _by_limit(run: Run, found: Limit) -> Verdict:
    if found.lock is None:
        return _without_itinerary(run, found)
    if found.status == "proved":
        return _locked(run, found, found.lock)
    witness = divergence(found)
    return Verdict("undecided", reason=found.reason) if witness is None else Verdict("fails", witness=witness)


def _without_itinerary(run: Run, found: Limit) -> Verdict:
    # What is refuted comes first, then limits that are known, enclosed limits, and last that there is one
    # common limit, though nobody knows where.
    witness = divergence(found)
    if witness is not None:
        return Verdict("fails", witness=witness)
    if found.status != "proved":
        return Verdict("undecided", reason=found.reason)
    proof = proof_of_places(found)
    if proof is not None:
        lemma, data = proof
        evidence = {**data, "limits": [list(row) for row in found.places or ()]}
        return Verdict("holds", EVERY_LAYER, lemma, evidence=evidence)
    if found.enclosures is not None:
        enclosed = None if found.targets is None else found.targets.enclosed()
        return Verdict("holds", EVERY_LAYER, SUMMABLE, evidence=enclosed or {})
    factorisation = run.facts.consensus
    if factorisation is None:
        return Verdict("undecided", reason=found.reason)
    return Verdict("holds", EVERY_LAYER, CONSENSUS, evidence=factorisation_data(factorisation))


def _locked(run: Run, found: Limit, lock: Lock) -> Verdict:
    limits = [list(row) for row in found.places or ()]
    if run.facts.keeps_at(lock.layer) or lock.weights == (Fraction(1),):
        return Verdict("holds", EVERY_LAYER, LEMMA, evidence={**locked_data(lock), "limits": limits})
    rates = [rate for rate, multiplicity in found.rates.items() for _ in range(multiplicity)]
    decay: Data = {"rates": rates}
    if any(isinstance(rate, AlgebraicRate) for rate in rates):
        *first, last = lock.weights
        decay = {"recurrence": [x / last for x in first]}
    evidence = {"itinerary": lock.data, **decay, "limits": limits}
    return Verdict("holds", EVERY_LAYER, RATES, evidence=evidence)


def proof_of_places(found: Limit) -> tuple[str, Data] | None:
    """Return the lemma, and its data, by which all tokens tend to the places of a limit; None without it.

    Source: section "Ends" in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> proof_of_places(limit(Hardmax([[-1]], tau="2/(k+2)").run([[3], [-1]], 0)))
    ('locked-targets', {'locked': {'layer': 2}})
    """
    if found.places is None:
        return None
    if found.targets is not None:
        return TARGETS, {"locked": found.targets.data}
    if found.lock is None and found.basin is not None:
        return BASIN, basin_data(found, found.basin)
    if found.mirror is not None:
        return MIRROR, {"mirror": found.mirror.data}
    if found.lock is None or not found.trajectory.facts.keeps_at(found.lock.layer):
        return None
    return LEMMA, locked_data(found.lock)


NO_POLYTOPE = (
    "the limit polytope requires convex steps, as with alpha >= 0, V = s I, s >= 0, and no ReLU block"
)
"""Why nothing is said of what hulls that may grow shrink to."""


def reason_without_places(found: Limit) -> str:
    """Say why it is not proved where all tokens tend to.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> reason_without_places(limit(Hardmax(tau="1/(k+2)^2").run([[1], ["1/2"]], 0)))
    'the steps have a finite sum: tokens stop on their way, and their limits are enclosed only'
    """
    if found.reason is not None:
        return found.reason
    if found.enclosures is not None:
        return "the steps have a finite sum: tokens stop on their way, and their limits are enclosed only"
    if found.lock is not None:
        return "limits by an itinerary require steps that keep a part of each token"
    return "one common limit is proved, but no itinerary"


def locked_data(lock: Lock) -> Data:
    """Return the members ``itinerary`` and ``coefficients`` of a certificate.

    Source: ``proofs_checks/FORMAT.md``, section "convergence".

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> rest = RATIONALS.polynomial([Fraction(-1), Fraction(1)])
    >>> locked_data(Lock(3, 1, (Fraction(1),), rest, (Fraction(1),)))["coefficients"]
    [Fraction(1, 1)]
    """
    return {"itinerary": lock.data, "coefficients": list(lock.weights)}


def basin_data(found: Limit, basin: BasinProof) -> Data:
    """Return the member ``basin`` of a certificate.

    Source: section "Basins" in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> found = limit(Hardmax(alpha="1/1000").run([[3, 0], [2, 1], [-3, 0]], 0))
    >>> basin_data(found, BasinProof(0, (0, 0, 2), ()))["basin"]["targets"]
    [0, 0, 2]
    """
    factorisation = found.trajectory.facts.semidefinite
    if factorisation is None:
        raise ValueError("basin: requires <Ax, x> >= 0 for every x")
    return {"basin": {**basin.data, "semidefinite": factorisation_data(factorisation)}}


def divergence(found: Limit) -> Data | None:
    """Return a witness that a token has no limit, if that is proved; else None.

    Source: ``proofs_checks/FORMAT.md``, section "convergence".

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> divergence(limit(Hardmax(alpha=1).run([[1], ["1/2"]], 0))) is None
    True
    """
    if isinstance(found.growth, Spreading):
        return spreading_data(found.growth)
    if found.lock is None:
        return None
    if found.cycle is not None:
        first, *others = found.cycle
        phase, token = next(
            (phase, token)
            for phase, state in enumerate(others, start=1)
            for token, place in enumerate(state)
            if place != first[token]
        )
        return {**locked_data(found.lock), "factor": Fraction(1), "token": token, "phase": phase}
    if found.growth is None:
        return None
    return {"itinerary": found.lock.data, **found.growth.data}


def spreading_data(spreading: Spreading) -> Data:
    """Return a witness that some token has no limit, as hulls spread.

    Source: lemma ``spreading-hulls`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.geometry.definiteness import Factorisation
    >>> one = Factorisation(((Fraction(1),),), (Fraction(1),))
    >>> spreading_data(Spreading(one, 0, 1, (0, 1)))["tokens"]
    [0, 1]
    """
    return {
        "semidefinite": factorisation_data(spreading.factorisation),
        "layer": spreading.layer,
        "token": spreading.token,
        "tokens": list(spreading.tokens),
    }


NO_LIMIT = (
    Failure(
        "some token has no limit: the symmetric part of A is negative semidefinite, hulls never shrink, "
        "and at layer {layer} token {token} prefers token {tokens_0} to token {tokens_1}",
        told_by=lambda witness: "semidefinite" in witness,
    ),
    Failure(
        "token {token} has no limit: the attention graphs of layers {first}..{last} repeat for ever, and a "
        "combination of its states obeys a recurrence by which it cannot tend to 0",
        told_by=lambda witness: "recurrence" in witness,
    ),
    Failure(
        "token {token} has no limit: the attention graphs of layers {first}..{last} "
        "repeat for ever, and the token goes through different places",
        told_by=lambda witness: bool(witness.get("phase")),
    ),
    Failure(
        "token {token} has no limit: the attention graphs of layers {first}..{last} repeat "
        "for ever, and a combination of its states grows or moves on",
        told_by=lambda witness: "phase" in witness,
    ),
)
"""That a token has no limit: it goes round in a cycle, or its states grow or move on."""

STATEMENT = Statement(
    "convergence",
    "every token has a limit",
    OnLimit(
        decide,
        (LEMMA, RATES, TARGETS, BASIN, MIRROR, SUMMABLE, CONSENSUS, GROWTH, SETTLES),
        (CONVERGES, RANK_TWO, Lemma(CONSENSUS, ("moves", "consensus"))),
    ),
    NO_LIMIT,
    role="theorem",
    configurations="orbits",
    wandering=True,
)
"""Source: lemma ``locked-limit``, and those beside it, in ``proofs_checks/FORMAT.md``."""
