"""A certificate: a system, a number of layers, claims; and the verification of them all."""

from __future__ import annotations

from dataclasses import dataclass

from proofs_checks.catalogue import FAMILY, HYPOTHESES, STATEMENTS
from proofs_checks.families.family import Family, read_family
from proofs_checks.families.rules import RULES
from proofs_checks.format.claims import Claim, read_claim
from proofs_checks.format.errors import MalformedError, TooMuchWorkError
from proofs_checks.format.reading import Field, read_json
from proofs_checks.hardmax.system import LAYERS_LIMIT, Run, System, read_system

FORMAT = "exactdyn certificate"
VERSION = 1


@dataclass(frozen=True)
class Certificate:
    """A well-formed certificate, its claims not yet checked."""

    system: System | Family
    layers: int
    claims: tuple[Claim, ...]


def parse(text: str) -> Certificate:
    """Read the text of a certificate; FORMAT.md, section "Envelope".

    Raises :class:`~proofs_checks.format.errors.MalformedError` for anything that is not one.
    """
    return read(Field(read_json(text), "certificate"))


def read(document: Field) -> Certificate:
    """Read what stands in a certificate, as :func:`parse` does."""
    members = document.fields(["format", "version", "layers", "claims"], ["system", "family"])
    if members["format"].text() != FORMAT:
        members["format"].refuse(f'"{FORMAT}"')
    members["version"].integer(VERSION, VERSION)
    layers = members["layers"].integer(0, LAYERS_LIMIT)
    entries = members["claims"].items()
    claims = tuple(map(read_claim, entries))
    if not claims:
        members["claims"].refuse("at least one claim")
    if ("system" in members) == ("family" in members):
        raise MalformedError("certificate: requires either the field 'system' or the field 'family'")
    if "system" in members:
        system: System | Family = read_system(members["system"])
        known = HYPOTHESES.keys() | STATEMENTS.keys()
    else:
        system = read_family(members["family"])
        known = set(FAMILY if system.tokens else RULES)
    names = [claim.name for claim in claims]
    for entry, claim in zip(entries, claims, strict=True):
        if claim.name not in known or names.count(claim.name) > 1:
            Field(claim.name, f"{entry.path}.claim").refuse("a name of the catalogue, once")
        if claim.name not in STATEMENTS and (claim.scope, claim.lemma) != (None, None):
            entry.refuse("neither scope nor lemma unless it is a statement")
    return Certificate(system, layers, claims)


def check(certificate: Certificate) -> None:
    """Check every claim.

    Raises :class:`~proofs_checks.format.errors.RejectedError` for the first that is not established.
    """
    system = certificate.system
    subject = system if isinstance(system, Family) else Run(system, certificate.layers)
    for claim in certificate.claims:
        try:
            _check_claim(claim, subject, certificate.layers)
        except TooMuchWorkError as error:
            raise TooMuchWorkError(f"{claim.name}: {error}") from None


def _check_claim(claim: Claim, subject: Family | Run, layers: int) -> None:
    if isinstance(subject, Family):
        FAMILY[claim.name].check(claim, subject, layers)
    else:
        (HYPOTHESES | STATEMENTS)[claim.name].check(claim, subject)
