"""What the verified checker makes of a certificate: every claim accepted, rejected or not covered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from proofs_checks.verified import checker
from proofs_checks.verified.claims import Data, Sizes, needed, read_claim
from proofs_checks.verified.constructors import require_constructors
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
from proofs_checks.verified.families import dimension, read_family, shows
from proofs_checks.verified.work import require_affordable, steps_about_system, steps_of_cases, steps_of_units

FORMAT = "exactdyn certificate"


@dataclass(frozen=True)
class Judgement:
    """What came out about a claim; ``reason``: what is not covered, or not shown."""

    claim: str
    verdict: Literal["accepted", "rejected", "not covered"]
    reason: str = ""


@dataclass(frozen=True)
class Document:
    """The envelope of a certificate; what its claims say is not yet read."""

    layers: int
    claims: dict[str, Any]
    about: Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A certificate about one system: the arguments of ``check`` in ``formal/Rules.v``.

    ``claims``: by name, those that are read, each with the last layer that it speaks of; ``others``: what is
    known of the others.
    """

    system: Data
    sizes: Sizes
    claims: dict[str, tuple[Data, int]]
    others: dict[str, Judgement]

    @property
    def last(self) -> int:
        """The last layer that any of the claims speaks of."""
        return max((last for _, last in self.claims.values()), default=0)


def judge(certificate: str, patient: bool = False) -> tuple[Judgement, ...]:
    """Judge every claim of a certificate.

    Raises :class:`~proofs_checks.verified.document.NotWellFormedError` for what is no certificate,
    :class:`~proofs_checks.verified.document.BeyondError` where none of its claims is read, and, unless
    ``patient``, :class:`~proofs_checks.verified.work.TooMuchError` where checking may take very long.

    Source: ``formal/RulesSound.v``, theorem ``check_sound``; ``formal/FamilyRules.v``, theorem
    ``check_family_sound``.
    """
    document = read_document(certificate)
    if "system" in document.about:
        asked = read_asked(document)
        if not patient:
            claims = [claim for claim, _ in asked.claims.values()]
            steps = steps_about_system(asked.system[1], asked.sizes, len(certificate), claims, asked.last)
            require_affordable(len(certificate), steps)
        found = _established(asked)
        return tuple(found[name] for name in document.claims)
    given = document.about["family"]
    if not patient:
        require_affordable(len(certificate), steps_of_units(dimension(given)))
    family = read_family(given, document.layers)
    if family.data is not None and not patient:
        steps = steps_of_cases(len(family.data[2]), family.sizes, certificate.count("{"))
        require_affordable(len(certificate), steps)
    return tuple(_judged(name, shows, claim, family) for name, claim in document.claims.items())


def read_document(certificate: str) -> Document:
    """Read the envelope of a certificate of version 1, as :func:`judge` does."""
    document = read_json(certificate)
    head = document if isinstance(document, dict) else refuse("an object")
    if text(head.get("format")) != FORMAT:
        raise BeyondError(f"the format {head['format'][:60]!r}")
    if integer(head.get("version"), 1, 3) != 1:
        raise BeyondError(f"version {head['version']}")
    own = members(document, ["format", "version", "layers", "claims"], ["system", "family"])
    claims = listed(own["claims"], lambda claim: claim)
    named = {_name(claim): claim for claim in claims}
    about: dict[str, Any] = {name: own[name] for name in own.keys() & {"system", "family"}}
    if not claims or len(named) != len(claims) or len(about) != 1:
        refuse("claims, each once, and either a system or a family")
    return Document(integer(own["layers"], 0, LAYERS_LIMIT), named, about)


def _name(claim: Any) -> str:
    return text(claim.get("claim")) if isinstance(claim, dict) else refuse("a claim")


def read_asked(document: Document) -> Asked:
    """Read the system that a certificate is about, and its claims, as :func:`judge` does."""
    own = members(document.about["system"], ["A", "alpha", "tokens"])
    d = len(own["A"]) if isinstance(own["A"], list) else refuse("a matrix")
    A, alpha, tokens = rows(own["A"], d, d), rational(own["alpha"]), rows(own["tokens"], None, d)
    if d == 0 or not tokens or alpha == (-1, 1):
        refuse("a matrix, tokens, and an alpha other than -1")
    sizes = Sizes(len(tokens), d, document.layers)
    claims: dict[str, tuple[Data, int]] = {}
    others: dict[str, Judgement] = {}
    for name, claim in document.claims.items():
        try:
            data = read_claim(claim, sizes)
            claims[name] = data, needed(data, claim, sizes.layers)
        except (BeyondError, NotShownError) as error:
            others[name] = _refused(name, error)
    return Asked((A, alpha, tokens), sizes, claims, others)


def _established(asked: Asked) -> dict[str, Judgement]:
    # All at once, so that the run is computed once; only what is wrong is looked for claim by claim.
    def shown(*names: str) -> bool:
        last = max((asked.claims[name][1] for name in names), default=0)
        claims = tuple(asked.claims[name][0] for name in names)
        return bool(checker.check(asked.system, asked.sizes.layers, last, claims))

    require_constructors(claim for claim, _ in asked.claims.values())
    good = shown(*asked.claims)
    return asked.others | {name: _answer(name, good or shown(name)) for name in asked.claims}


def _judged(name: str, established: Callable[..., bool], *arguments: object) -> Judgement:
    try:
        return _answer(name, established(*arguments))
    except (BeyondError, NotShownError) as error:
        return _refused(name, error)


def _answer(name: str, good: bool) -> Judgement:
    return Judgement(name, "accepted") if good else Judgement(name, "rejected", "it is not established")


def _refused(name: str, error: BeyondError | NotShownError) -> Judgement:
    beyond = isinstance(error, BeyondError)
    return Judgement(name, "not covered" if beyond else "rejected", str(error))
