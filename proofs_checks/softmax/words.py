"""An accepted softmax certificate in words."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.field_number import RationalVector
from proofs_checks.format.rationals import write_at_most, write_rational
from proofs_checks.softmax.certificate import STATEMENTS, SoftmaxCertificate

FROM_THE_START = ("hull-shrinkage", "collapse")
"""The statements that are not about all t >= T, but about all t >= 0."""


def describe(certificate: SoftmaxCertificate) -> list[str]:
    """Return lines that state the system, the enclosure and every claim."""
    system, pieces = certificate.system, certificate.pieces
    time = write_rational(pieces.time)
    return [
        f"{len(system.tokens)} tokens in dimension {system.dimension}, softmax in continuous time",
        *(f"  {name} = {_rows(getattr(system, name))}" for name in ("V", "Q", "K")),
        f"  tokens = {_rows(system.tokens)}, each coordinate within {write_rational(system.radius)}",
        f"  enclosed to T = {time} by {len(pieces.pieces)} polynomials, all checked here, "
        f"within {write_at_most(certificate.radius)}",
        *(_claim(claim, time) for claim in certificate.claims),
    ]


def _claim(claim: Claim, time: str) -> str:
    since = "every t >= 0" if claim.name in FROM_THE_START else f"every t >= {time}"
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
