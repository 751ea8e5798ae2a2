"""Certificates of every kind, told apart by their member ``format``."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from proofs_checks import certificate, words
from proofs_checks.certificate import Certificate
from proofs_checks.format.errors import MalformedError
from proofs_checks.format.rationals import printable
from proofs_checks.format.reading import Field, read_json
from proofs_checks.parameters import certificate as parameters
from proofs_checks.parameters.certificate import ParameterCertificate
from proofs_checks.softmax import certificate as softmax_certificate
from proofs_checks.softmax import words as softmax_words
from proofs_checks.softmax.certificate import SoftmaxCertificate
from proofs_checks.temperature import certificate as temperature
from proofs_checks.temperature.certificate import TemperatureCertificate
from proofs_checks.work import allowance

AnyCertificate: TypeAlias = Certificate | SoftmaxCertificate | TemperatureCertificate | ParameterCertificate

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Kind(Generic[Kept]):
    """A kind of certificate: its class, how it is read and checked, and what it says, in lines."""

    made: type[Kept]
    read: Callable[[Field], Kept]
    check: Callable[[Kept], None]
    says: Callable[[Kept], list[str]]

    def verified(self, document: Field) -> Kept:
        """Return the certificate that a document is, every claim checked."""
        found = self.read(document)
        self.check(found)
        return found

    def described(self, accepted: object) -> list[str] | None:
        """Return what a certificate of this kind says; None of another."""
        return self.says(accepted) if isinstance(accepted, self.made) else None


_HARDMAX = Kind(Certificate, certificate.read, certificate.check, words.describe)
_SOFTMAX = Kind(
    SoftmaxCertificate, softmax_certificate.read, softmax_certificate.check, softmax_words.describe
)
_TEMPERATURE = Kind(TemperatureCertificate, temperature.read, temperature.check, temperature.describe)
_PARAMETER = Kind(ParameterCertificate, parameters.read, parameters.check, parameters.describe)


def verify(given: str | Mapping[str, object], patient: bool = False) -> AnyCertificate:
    """Check every claim of a certificate and return the certificate if all are established.

    ``given``: the text of a certificate, or its data, of which the JSON text is checked.

    Raises :class:`~proofs_checks.format.errors.MalformedError` for what is no certificate,
    :class:`~proofs_checks.format.errors.RejectedError` for the first claim that is not established, and,
    unless ``patient``, :class:`~proofs_checks.format.errors.TooMuchWorkError` where checking costs more than
    FORMAT.md, section "Work", allows a text of this length.
    """
    text = given if isinstance(given, str) else _text(given)
    with allowance(len(text), patient):
        document = Field(read_json(text), "certificate")
        kind = document.value.get("format") if isinstance(document.value, dict) else None
        if kind == softmax_certificate.FORMAT:
            return _SOFTMAX.verified(document)
        if kind == temperature.FORMAT:
            return _TEMPERATURE.verified(document)
        if kind == parameters.FORMAT:
            return _PARAMETER.verified(document)
        return _HARDMAX.verified(document)


def describe(accepted: AnyCertificate) -> list[str]:
    """Return lines that state the system and every claim; each is one line, whatever the certificate says."""
    kinds = (_SOFTMAX, _TEMPERATURE, _PARAMETER, _HARDMAX)
    lines = next(said for kind in kinds if (said := kind.described(accepted)) is not None)
    return list(map(printable, lines))


def _text(data: object) -> str:
    try:
        return json.dumps(data, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        kind = type(data).__name__
        raise MalformedError(f"requires the text of a certificate, or its data as JSON, got {kind}") from None
