"""An accepted softmax certificate in words."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import RationalVector
from proofs_checks.format.rationals import write_at_most, write_rational
from proofs_checks.hardmax.words import mask_words
from proofs_checks.softmax.certificate import STATEMENTS, SoftmaxCertificate
from proofs_checks.softmax.euler import Steps
from proofs_checks.softmax.system import SoftHead

FROM_THE_START = ("hull-shrinkage", "collapse")
"""The statements that are not about all t >= T, but about all t >= 0."""


def describe(certificate: SoftmaxCertificate) -> list[str]:
    """Return lines that state the system, the enclosure and every claim."""
    system, enclosed = certificate.system, certificate.enclosed
    time, radius = write_rational(enclosed.time), write_at_most(certificate.radius)
    if isinstance(enclosed, Steps):
        kind = f"softmax in steps of {write_rational(enclosed.length)} (Euler's method)"
        by = f"{enclosed.count} steps"
    else:
        kind, by = "softmax in continuous time", f"{len(enclosed.pieces)} polynomials"
    heads = [line for h, head in enumerate(system.heads) for line in _head(head, h, len(system.heads))]
    return [
        f"{len(system.tokens)} tokens in dimension {system.dimension}, {kind}",
        *heads,
        f"  tokens = {_rows(system.tokens)}, each coordinate within {write_rational(system.radius)}",
        f"  enclosed to T = {time} by {by}, all checked here, within {radius}",
        *(_claim(claim, time) for claim in certificate.claims),
    ]


def _head(head: SoftHead, number: int, count: int) -> list[str]:
    place = f"head {number}: " if count > 1 else ""
    said = [f"  {place}{name} = {_rows(getattr(head, name))}" for name in ("V", "Q", "K")]
    return said if head.mask is None else [*said, f"  {place}{mask_words(head.mask)}"]


def _claim(claim: Claim, time: str) -> str:
    since = "every t >= 0" if claim.name in FROM_THE_START else f"every t >= {time}"
    since = f"t = {time}" if claim.name == "position" else since
    said = _plain(claim.data.value)
    return f"holds {claim.name}: {STATEMENTS[claim.name].says} [{since}]{': ' if said else ''}{said}"


def _plain(data: object) -> str:
    if isinstance(data, dict):
        return ", ".join(f"{name} {_plain(value)}" for name, value in data.items())
    if isinstance(data, list):
        return f"({', '.join(map(_plain, data))})"
    return "none" if data is None else str(data)


def _rows(rows: tuple[RationalVector, ...]) -> str:
    return ", ".join(f"({', '.join(map(write_rational, row))})" for row in rows)
