"""A certificate: a system, a number of layers, claims; and the verification of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from proofs_checks.catalogue import FAMILY, HYPOTHESES, RULES, STATEMENTS
from proofs_checks.families.family import Family, read_family, read_general_family
from proofs_checks.format.claims import Claim, read_claim
from proofs_checks.format.envelope import (
    FORMAT,
    IN_A_FIELD,
    check_claims,
    read_claims,
    read_members,
    require_known,
)
from proofs_checks.format.errors import MalformedError
from proofs_checks.format.reading import Field, read_json, read_number_field
from proofs_checks.hardmax.run import Run
from proofs_checks.hardmax.system import LAYERS_LIMIT, System, read_general_system, read_system


@dataclass(frozen=True)
class Certificate:
    """A well-formed certificate, its claims not yet checked."""

    system: System | Family
    layers: int
    claims: tuple[Claim, ...]


def parse(text: str) -> Certificate:
    """Read the text of a certificate; FORMAT.md, section "Envelope".

    Raises :class:`~proofs_checks.format.errors.MalformedError` for anything that is not one, and
    :class:`~proofs_checks.format.errors.RejectedError` where the field of its numbers shows no root.
    """
    return read(Field(read_json(text), "certificate"))


def read(document: Field) -> Certificate:
    """Read what stands in a certificate, as :func:`parse` does."""
    members = read_members(document, FORMAT, ["layers", "claims"], ["system", "family"], IN_A_FIELD)
    if members["version"].value == IN_A_FIELD:
        members = _over_its_field(members)
    layers = members["layers"].integer(0, LAYERS_LIMIT)
    claims = read_claims(members["claims"], read_claim)
    if ("system" in members) == ("family" in members):
        raise MalformedError("certificate: requires either the field 'system' or the field 'family'")
    first = members["version"].value == 1
    if "system" in members:
        reader = read_system if first else read_general_system
        system: System | Family = reader(members["system"])
        known = HYPOTHESES.keys() | STATEMENTS.keys()
    else:
        system = (read_family if first else read_general_family)(members["family"])
        known = _of_families(system)
    require_known(members["claims"], claims, known)
    for entry, claim in zip(members["claims"].items(), claims, strict=True):
        if claim.name not in STATEMENTS and (claim.scope, claim.lemma) != (None, None):
            entry.refuse("neither scope nor lemma unless it is a statement")
    return Certificate(system, layers, claims)


def _of_families(family: Family) -> set[str]:
    # Without tokens only what a lemma says is claimed. No statement is of matrices of all layers' own.
    if not family.tokens:
        return set(RULES)
    return FAMILY.keys() - RULES.keys() if family.each_layer else set(FAMILY)


def _over_its_field(members: Mapping[str, Field]) -> dict[str, Field]:
    # The same members, whose numbers are of the field that the system states.
    if "system" not in members:
        raise MalformedError("certificate: requires the field 'system': families are over the rationals only")
    system = members["system"]
    if "field" not in system.names():
        raise MalformedError(f"{system.path}: requires the field 'field' in version {IN_A_FIELD}")
    over = read_number_field(system.fields(["field"], system.names())["field"])
    return {name: replace(member, over=over) for name, member in members.items()}


def check(certificate: Certificate) -> None:
    """Check every claim.

    Raises :class:`~proofs_checks.format.errors.RejectedError` for the first that is not established.
    """
    system, layers = certificate.system, certificate.layers
    if isinstance(system, Family):
        check_claims(certificate.claims, lambda claim: FAMILY[claim.name].check(claim, system, layers))
    else:
        run, rules = Run(system, layers), HYPOTHESES | STATEMENTS
        check_claims(certificate.claims, lambda claim: rules[claim.name].check(claim, run))
