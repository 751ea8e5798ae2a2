"""``convergence``: every token has a limit."""

from __future__ import annotations

from fractions import Fraction

from exactdyn.limits import Limit
from exactdyn.limits.lock import Lock
from exactdyn.statements.hypotheses import factorisation_data
from exactdyn.statements.statement import Failure, Lemma, OnLimit, Statement
from exactdyn.systems.run import Run
from exactdyn.verdict import Data, Verdict
from proofs_checks.format.claims import EVERY_LAYER

LEMMA, CONSENSUS = "locked-limit", "consensus"


def decide(run: Run, found: Limit) -> Verdict:
    """Decide whether every token has a limit.

    Source: lemmas ``locked-limit`` and ``consensus`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1], ["1/2"]], 0)
    >>> decide(run, limit(run)).evidence["limits"]
    [[Fraction(1, 1)], [Fraction(1, 1)]]
    """
    if found.lock is None:
        factorisation = run.facts.consensus
        if found.status == "proved" and factorisation is not None:
            return Verdict("holds", EVERY_LAYER, CONSENSUS, evidence=factorisation_data(factorisation))
        return Verdict("undecided", reason=found.reason)
    if found.status == "proved":
        limits = [list(row) for row in found.places or ()]
        return Verdict("holds", EVERY_LAYER, LEMMA, evidence={**locked_data(found.lock), "limits": limits})
    witness = divergence(found)
    return Verdict("undecided", reason=found.reason) if witness is None else Verdict("fails", witness=witness)


def locked_data(lock: Lock) -> Data:
    """Return the members ``itinerary`` and ``coefficients`` of a certificate.

    >>> from flint import fmpq_poly
    >>> locked_data(Lock(3, 1, (Fraction(1),), fmpq_poly([-1, 1]), (Fraction(1),)))["coefficients"]
    [Fraction(1, 1)]
    """
    return {"itinerary": lock.data, "coefficients": list(lock.weights)}


def divergence(found: Limit) -> Data | None:
    """Return a witness that a token has no limit, if the lock of a run proves that; else None.

    >>> from exactdyn.limits import limit
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> divergence(limit(Hardmax(alpha=1).run([[1], ["1/2"]], 0))) is None
    True
    """
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
    return {
        "itinerary": found.lock.data,
        "coefficients": list(found.growth.weights),
        "factor": found.growth.factor,
        "token": found.growth.token,
        "phase": 0,
    }


NO_LIMIT = (
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
    OnLimit(decide, (LEMMA, CONSENSUS), Lemma(CONSENSUS, ("moves", "consensus"))),
    NO_LIMIT,
    role="theorem",
    configurations="orbits",
    wandering=True,
)
"""Source: lemmas ``locked-limit`` and ``consensus`` in ``proofs_checks/FORMAT.md``."""
