"""What the verified checker makes of a certificate: every claim accepted, rejected or not covered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from proofs_checks.verified import checker
from proofs_checks.verified.claims import Data, Sizes, needed, read_claim
from proofs_checks.verified.document import (
    LAYERS_LIMIT,
    BeyondError,
    NotShownError,
    integer,
    listed,
    members,
    rational,
    read_json,
    refuse,
    rows,
    text,
)
from proofs_checks.verified.families import read_family, shows
from proofs_checks.verified.work import require_affordable, steps_of_cases, steps_of_run

FORMAT = "exactdyn certificate"


@dataclass(frozen=True)
class Judgement:
    """What came out about a claim; ``reason``: what is not covered, or not shown."""

    claim: str
    verdict: Literal["accepted", "rejected", "not covered"]
    reason: str = ""


def judge(certificate: str, patient: bool = False) -> tuple[Judgement, ...]:
    """Judge every claim of a certificate.

    Raises :class:`~proofs_checks.verified.document.NotWellFormedError` for what is no certificate, and
    :class:`~proofs_checks.verified.document.BeyondError` where none of its claims is read, and, unless
    ``patient``, :class:`~proofs_checks.verified.work.TooMuchError` where checking may take very long.

    Source: ``formal/Rules.v``, theorem ``check_sound``; ``formal/Cases.v``, theorem ``check_family_sound``.
    """
    document = read_json(certificate)
    head = document if isinstance(document, dict) else refuse("an object")
    if text(head.get("format")) != FORMAT:
        raise BeyondError(f"the format {head['format'][:60]!r}")
    if integer(head.get("version"), 1, 3) != 1:
        raise BeyondError(f"version {head['version']}")
    own = members(document, ["format", "version", "layers", "claims"], ["system", "family"])
    layers, claims = integer(own["layers"], 0, LAYERS_LIMIT), listed(own["claims"], lambda claim: claim)
    names = [text(claim["claim"]) if isinstance(claim, dict) and "claim" in claim else refuse("a claim") for claim in claims]
    if not names or len({*names}) != len(names) or ("system" in own) == ("family" in own):
        refuse("claims, each once, and either a system or a family")
    if "system" in own:
        affordable = 10**30 if patient else len(certificate)
        return _about_system(own["system"], layers, dict(zip(names, claims, strict=True)), affordable)
    family = read_family(own["family"], layers)
    if family.data is not None and not patient:
        require_affordable(len(certificate), steps_of_cases(len(family.data[2]), family.sizes, certificate.count("{")))
    return tuple(_judged(name, lambda claim=claim: shows(claim, family)) for name, claim in zip(names, claims, strict=True))


def _about_system(value: Any, layers: int, claims: dict[str, Any], characters: int) -> tuple[Judgement, ...]:
    system, sizes = _system(value, layers)
    read: dict[str, Data] = {}
    found: dict[str, Judgement] = {}
    for name, claim in claims.items():
        try:
            read[name] = read_claim(claim, sizes)
        except (BeyondError, NotShownError) as error:
            verdict: Literal["not covered", "rejected"] = "not covered" if isinstance(error, BeyondError) else "rejected"
            found[name] = Judgement(name, verdict, str(error))
    last = {name: needed(data, claims[name], layers) for name, data in read.items()}
    require_affordable(characters, steps_of_run(system[1], sizes, characters, max(last.values(), default=0)))
    # All at once, so that the run is computed once; only what is wrong is looked for claim by claim.
    if read and not checker.check(system, layers, max(last.values()), tuple(read.values())):
        for name, data in read.items():
            if not checker.check(system, layers, last[name], (data,)):
                found[name] = Judgement(name, "rejected", "it is not established")
    return tuple(found.get(name, Judgement(name, "accepted")) for name in claims)


def _system(value: Any, layers: int) -> tuple[Data, Sizes]:
    own = members(value, ["A", "alpha", "tokens"])
    A, alpha = rows(own["A"]), rational(own["alpha"])
    d = len(A)
    tokens = rows(own["tokens"], None, d)
    if d == 0 or not tokens or alpha == (-1, 1) or any(len(row) != d for row in A):
        refuse("a square matrix, tokens, and an alpha other than -1")
    return (A, alpha, tokens), Sizes(len(tokens), d, layers)


def _judged(name: str, established: Callable[[], bool]) -> Judgement:
    try:
        return Judgement(name, "accepted") if established() else Judgement(name, "rejected", "it is not established")
    except NotShownError as error:
        return Judgement(name, "rejected", str(error))
    except BeyondError as error:
        return Judgement(name, "not covered", str(error))
