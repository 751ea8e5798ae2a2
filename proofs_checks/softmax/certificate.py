"""A softmax certificate: a system, an enclosure up to a time T, claims about all t >= T; FORMAT.md here."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proofs_checks.format.claims import Claim
from proofs_checks.format.envelope import (
    VERSION,
    Entry,
    check_claims,
    read_claims,
    read_members,
    require_known,
)
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field
from proofs_checks.softmax import (
    clusters,
    collapse,
    euler,
    hull,
    hyperplanes,
    leading,
    line,
    position,
    turning,
)
from proofs_checks.softmax.enclosure import GUARD, Pieces, State, final_state, read_pieces
from proofs_checks.softmax.euler import Steps, read_steps
from proofs_checks.softmax.now import Now
from proofs_checks.softmax.system import Softmax, read_system

FORMAT = "exactdyn softmax certificate"

CLAIM_BITS = 80
"""Claims are checked in at least so many bits and GUARD, however few the enclosure has."""
GENERAL = 2
"""The version of certificates about systems of several heads, with masks, or in discrete time."""

ANY_KIND = ("hull-shrinkage", "position", "masked-clusters")
"""The statements that can be claimed of these; all others are about one head that sees everybody."""

STATEMENTS: dict[str, Entry[Now]] = {
    "hull-shrinkage": Entry("the hull of the rescaled tokens never grows", hull.check),
    "collapse": Entry("every token tends to 0, and rescaled tokens part without bound", collapse.check),
    "attention-limit": Entry("these rows of the attention matrix have these limits", line.check),
    "clusters": Entry("every rescaled token with a leader tends to its limit", clusters.check),
    "masked-clusters": Entry("under a mask every token with a leader tends to it", clusters.check_masked),
    "turning-clusters": Entry(
        "the rescaled tokens of a group tend to one limit, each of a pair has one", turning.check
    ),
    "leading-clusters": Entry("every token with a leader follows it in that eigenspace", leading.check),
    "hyperplanes": Entry("these tokens tend to these hyperplanes", hyperplanes.check),
    "position": Entry("the tokens are here, within that in every coordinate", position.check),
}
"""The statements about a softmax system that can be claimed: all but the last about all later time."""


@dataclass(frozen=True)
class SoftmaxCertificate:
    """A well-formed softmax certificate, its claims not yet checked."""

    system: Softmax
    enclosed: Pieces | Steps
    radius: Fraction
    claims: tuple[Claim, ...]


def read(document: Field) -> SoftmaxCertificate:
    """Read what stands in a softmax certificate; FORMAT.md, section "Envelope".

    Raises :class:`~proofs_checks.format.errors.MalformedError` for anything that is not one.
    """
    members = read_members(document, FORMAT, ["system", "enclosure", "radius", "claims"], newest=GENERAL)
    system = read_system(members["system"], members["version"].integer(VERSION, GENERAL))
    claims = read_claims(members["claims"], _read_claim)
    require_known(members["claims"], claims, STATEMENTS)
    field, step = members["enclosure"], system.step
    enclosed = read_pieces(field, system) if step is None else read_steps(field, step)
    return SoftmaxCertificate(system, enclosed, members["radius"].rational(), claims)


def check(certificate: SoftmaxCertificate) -> None:
    """Check the enclosure and every claim; raises :class:`RejectedError` for what is not established.

    Source: FORMAT.md here, section "Envelope".
    """
    system, enclosed = certificate.system, certificate.enclosed
    for claim in certificate.claims:
        claim.require(system.plain or claim.name in ANY_KIND, "it is about one head without mask and step")
    if isinstance(enclosed, Steps):
        reached = euler.final_state(system, enclosed)
    else:
        reached = final_state(system, enclosed)
    if not reached.radius <= certificate.radius:
        raise RejectedError("enclosure: the radius is larger than the certificate says")
    state = State(reached.time, reached.centre, certificate.radius)
    now = Now(system, state, max(enclosed.bits, CLAIM_BITS) + GUARD)
    check_claims(certificate.claims, lambda claim: STATEMENTS[claim.name].check(claim, now))


def _read_claim(field: Field) -> Claim:
    members = field.fields(["claim"], ["evidence"])
    evidence = members.get("evidence", Field({}, f"{field.path}.evidence"))
    return Claim(members["claim"].text(), "holds", None, None, evidence)
