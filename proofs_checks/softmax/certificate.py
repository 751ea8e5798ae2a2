"""A softmax certificate: a system, an enclosure up to a time T, claims about all t >= T; FORMAT.md here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks.format.errors import RejectedError, TooMuchWorkError
from proofs_checks.format.reading import Field
from proofs_checks.softmax import clusters, hull, hyperplanes, line
from proofs_checks.softmax.claims import Claim, Now
from proofs_checks.softmax.enclosure import GUARD, Pieces, State, final_state, read_pieces
from proofs_checks.softmax.system import Softmax, read_system

FORMAT = "exactdyn softmax certificate"
VERSION = 1


@dataclass(frozen=True)
class Entry:
    """What a name says, in words, and the function that raises unless a claim about it is established."""

    says: str
    check: Callable[[Claim, Now], None]


STATEMENTS: dict[str, Entry] = {
    "hull-shrinkage": Entry("the hull of the rescaled tokens never grows", hull.check),
    "attention-limit": Entry("these rows of the attention matrix have these limits", line.check),
    "clusters": Entry("every rescaled token tends to its leader's limit", clusters.check),
    "hyperplanes": Entry("these tokens tend to these hyperplanes", hyperplanes.check),
}
"""The statements about a softmax system that can be claimed, each about all later time."""


@dataclass(frozen=True)
class SoftmaxCertificate:
    """A well-formed softmax certificate, its claims not yet checked."""

    system: Softmax
    pieces: Pieces
    radius: Fraction
    claims: tuple[Claim, ...]


def read(document: Field) -> SoftmaxCertificate:
    """Read what stands in a softmax certificate; FORMAT.md, section "Envelope".

    Raises :class:`~proofs_checks.format.errors.MalformedError` for anything that is not one.
    """
    members = document.fields(["format", "version", "system", "enclosure", "radius", "claims"])
    if members["format"].text() != FORMAT:
        members["format"].refuse(f'"{FORMAT}"')
    members["version"].integer(VERSION, VERSION)
    system = read_system(members["system"])
    entries = members["claims"].items()
    claims = tuple(map(_read_claim, entries))
    if not claims:
        members["claims"].refuse("at least one claim")
    names = [claim.name for claim in claims]
    for entry, name in zip(entries, names, strict=True):
        if name not in STATEMENTS or names.count(name) > 1:
            Field(name, f"{entry.path}.claim").refuse("a name of the catalogue, once")
    return SoftmaxCertificate(
        system, read_pieces(members["enclosure"], system), members["radius"].rational(), claims
    )


def check(certificate: SoftmaxCertificate) -> None:
    """Check the enclosure and every claim; raises :class:`RejectedError` for what is not established."""
    reached = final_state(certificate.system, certificate.pieces)
    if not reached.radius <= certificate.radius:
        raise RejectedError("enclosure: the radius is larger than the certificate says")
    state = State(reached.time, reached.centre, certificate.radius)
    now = Now(certificate.system, state, certificate.pieces.bits + GUARD)
    for claim in certificate.claims:
        try:
            STATEMENTS[claim.name].check(claim, now)
        except TooMuchWorkError as error:
            raise TooMuchWorkError(f"{claim.name}: {error}") from None


def _read_claim(field: Field) -> Claim:
    members = field.fields(["claim"], ["evidence"])
    return Claim(members["claim"].text(), members.get("evidence", Field({}, f"{field.path}.evidence")))
