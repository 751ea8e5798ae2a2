"""An accepted certificate in words, so that a reader sees what exactly was verified."""

from __future__ import annotations

from proofs_checks.catalogue import HYPOTHESES, STATEMENTS
from proofs_checks.certificate import Certificate
from proofs_checks.claims import Claim
from proofs_checks.rationals import write_rational
from proofs_checks.reading import Vector


def describe(certificate: Certificate) -> list[str]:
    """Return lines that state the system and every claim."""
    system = certificate.system
    return [
        f"{len(system.tokens)} tokens in dimension {system.dimension}, layers 0..{certificate.layers}",
        f"  A = {', '.join(map(_vector, system.A))}",
        f"  alpha = {write_rational(system.alpha)}",
        f"  tokens = {', '.join(map(_vector, system.tokens))}",
        *map(_claim, certificate.claims),
    ]


def _vector(vector: Vector) -> str:
    return f"({', '.join(map(write_rational, vector))})"


def _claim(claim: Claim) -> str:
    line = f"{claim.verdict} {claim.name}: {(HYPOTHESES | STATEMENTS)[claim.name].says}"
    if claim.verdict == "fails":
        return f"{line} -- not so: {_plain(claim.data.value)}"
    if claim.scope is None:
        return line
    return f"{line} [{claim.scope}, {f'lemma {claim.lemma}' if claim.lemma else 'by computation'}]"


def _plain(data: object) -> str:
    if isinstance(data, dict):
        return ", ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in data.items())
    if isinstance(data, list):
        return f"({', '.join(map(_plain, data))})"
    return str(data)
