"""The envelope that certificates of every kind have; FORMAT.md, section "Envelope"."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from proofs_checks.format.claims import Claim
from proofs_checks.format.errors import TooMuchWorkError
from proofs_checks.format.reading import Field

FORMAT = "exactdyn certificate"
"""What certificates about hardmax attention say that they are."""

VERSION = 1
"""The first version of every format."""

IN_A_FIELD = 3
"""The newest version of hardmax certificates: a system of heads, masks, steps states its number field."""

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Entry(Generic[Subject]):
    """What a name of a catalogue says, in words, and the rule that raises unless a claim is established."""

    says: str
    check: Callable[[Claim, Subject], None]


def read_members(
    document: Field, format: str, required: Iterable[str], optional: Iterable[str] = (), newest: int = VERSION
) -> dict[str, Field]:
    """Read the members of a certificate of this format, in a version up to the newest one.

    >>> head = {"format": "exactdyn certificate", "version": 2}
    >>> read_members(Field(head, "certificate"), "exactdyn certificate", [])
    Traceback (most recent call last):
    proofs_checks.format.errors.MalformedError: certificate.version: requires an integer from 1 to 1, got 2
    """
    members = document.fields(["format", "version", *required], optional)
    if members["format"].text() != format:
        members["format"].refuse(f'"{format}"')
    members["version"].integer(VERSION, newest)
    return members


def read_claims(field: Field, read: Callable[[Field], Claim]) -> tuple[Claim, ...]:
    """Read the member ``claims``: at least one.

    >>> read_claims(Field([], "certificate.claims"), lambda field: Claim("", "holds", None, None, field))
    Traceback (most recent call last):
    proofs_checks.format.errors.MalformedError: certificate.claims: requires at least one claim, got []
    """
    claims = tuple(map(read, field.items()))
    if not claims:
        field.refuse("at least one claim")
    return claims


def require_known(field: Field, claims: Iterable[Claim], known: Collection[str]) -> None:
    """Refuse claims of which the name is not known, or given twice.

    >>> claim = Claim("symmetric", "holds", None, None, Field({}, ""))
    >>> require_known(Field([{}], "claims"), [claim], {"convergence"})
    Traceback (most recent call last):
    proofs_checks.format.errors.MalformedError: claims[0].claim: requires a name of the catalogue, once, ...
    """
    names = [claim.name for claim in claims]
    for entry, name in zip(field.items(), names, strict=True):
        if name not in known or names.count(name) > 1:
            Field(name, f"{entry.path}.claim").refuse("a name of the catalogue, once")


def check_claims(claims: Iterable[Claim], establish: Callable[[Claim], None]) -> None:
    """Check every claim by the rule that is to establish it; work that is too much names the claim.

    >>> check_claims([], establish=print)
    """
    for claim in claims:
        try:
            establish(claim)
        except TooMuchWorkError as error:
            raise TooMuchWorkError(f"{claim.name}: {error}") from None
