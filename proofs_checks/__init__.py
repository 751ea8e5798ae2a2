"""The trusted checker: reads a certificate and checks every claim again, with the standard library only.

``verify(text)`` accepts or raises; ``python -m proofs_checks FILE...`` does the same to files. What a
certificate is, when a claim is accepted and why that proves it: ``FORMAT.md`` in this folder.
"""

from __future__ import annotations

from proofs_checks.catalogue import HYPOTHESES, STATEMENTS
from proofs_checks.certificate import FORMAT, Certificate, parse
from proofs_checks.format.envelope import VERSION
from proofs_checks.format.errors import MalformedError, RejectedError, TooMuchWorkError
from proofs_checks.kinds import describe, verify

__all__ = [
    "FORMAT",
    "HYPOTHESES",
    "STATEMENTS",
    "VERSION",
    "Certificate",
    "MalformedError",
    "RejectedError",
    "TooMuchWorkError",
    "describe",
    "parse",
    "verify",
]
