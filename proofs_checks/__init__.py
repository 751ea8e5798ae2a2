"""The trusted checker: reads a certificate and checks every claim again, with the standard library only.

``verify(text)`` accepts or raises; ``python -m proofs_checks FILE...`` does the same to files. What a
certificate is, when a claim is accepted and why that proves it: ``FORMAT.md`` in this folder.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proofs_checks.catalogue import HYPOTHESES, STATEMENTS
    from proofs_checks.certificate import Certificate, parse
    from proofs_checks.format.envelope import FORMAT, VERSION
    from proofs_checks.format.errors import MalformedError, RejectedError, TooMuchWorkError
    from proofs_checks.kinds import describe, verify

_HOME = {
    "FORMAT": "format.envelope",
    "HYPOTHESES": "catalogue",
    "STATEMENTS": "catalogue",
    "VERSION": "format.envelope",
    "Certificate": "certificate",
    "MalformedError": "format.errors",
    "RejectedError": "format.errors",
    "TooMuchWorkError": "format.errors",
    "describe": "kinds",
    "parse": "certificate",
    "verify": "kinds",
}
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


def __getattr__(name: str) -> object:
    # Imported when asked for: who only reads a number need not wait for the rules.
    if name in _HOME:
        return getattr(import_module(f"proofs_checks.{_HOME[name]}"), name)
    raise AttributeError(f"module 'proofs_checks' has no attribute {name!r}")
