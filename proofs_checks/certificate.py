"""A certificate: a system, a number of layers, claims; and the verification of them all."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_checks.catalogue import HYPOTHESES, STATEMENTS
from proofs_checks.claims import Claim, read_claim
from proofs_checks.reading import Field, read_json
from proofs_checks.system import LAYERS_LIMIT, Run, System, read_system

FORMAT = "exactdyn certificate"
VERSION = 1


@dataclass(frozen=True)
class Certificate:
    """A well-formed certificate, its claims not yet checked."""

    system: System
    layers: int
    claims: tuple[Claim, ...]


def parse(text: str) -> Certificate:
    """Read the text of a certificate; FORMAT.md, section "Envelope".

    Raises :class:`~proofs_checks.errors.MalformedError` for anything that is not one.
    """
    members = Field(read_json(text), "certificate").fields(
        ["format", "version", "system", "layers", "claims"]
    )
    if members["format"].text() != FORMAT:
        members["format"].refuse(f'"{FORMAT}"')
    members["version"].integer(VERSION, VERSION)
    layers = members["layers"].integer(0, LAYERS_LIMIT)
    entries = members["claims"].items()
    claims = tuple(map(read_claim, entries))
    if not claims:
        members["claims"].refuse("at least one claim")
    names = [claim.name for claim in claims]
    for entry, claim in zip(entries, claims, strict=True):
        if claim.name not in HYPOTHESES | STATEMENTS or names.count(claim.name) > 1:
            Field(claim.name, f"{entry.path}.claim").refuse("a name of the catalogue, once")
        if claim.name in HYPOTHESES and (claim.scope, claim.lemma) != (None, None):
            entry.refuse("neither scope nor lemma in a hypothesis")
    return Certificate(read_system(members["system"]), layers, claims)


def verify(text: str) -> Certificate:
    """Check every claim of a certificate and return the certificate if all are established.

    Raises :class:`~proofs_checks.errors.MalformedError` for a text that is no certificate and
    :class:`~proofs_checks.errors.RejectedError` for the first claim that is not established.
    """
    certificate = parse(text)
    run = Run(certificate.system, certificate.layers)
    for claim in certificate.claims:
        (HYPOTHESES | STATEMENTS)[claim.name].check(claim, run)
    return certificate
