"""Certificates of every kind, told apart by their member ``format``."""

from __future__ import annotations

from typing import TypeAlias

from proofs_checks import certificate, words
from proofs_checks.certificate import Certificate
from proofs_checks.reading import read_json
from proofs_checks.softmax import certificate as softmax_certificate
from proofs_checks.softmax import temperature
from proofs_checks.softmax import words as softmax_words
from proofs_checks.softmax.certificate import SoftmaxCertificate
from proofs_checks.softmax.temperature import TemperatureCertificate

AnyCertificate: TypeAlias = Certificate | SoftmaxCertificate | TemperatureCertificate


def verify(text: str) -> AnyCertificate:
    """Check every claim of a certificate and return the certificate if all are established.

    Raises :class:`~proofs_checks.errors.MalformedError` for a text that is no certificate and
    :class:`~proofs_checks.errors.RejectedError` for the first claim that is not established.
    """
    data = read_json(text)
    kind = data.get("format") if isinstance(data, dict) else None
    if kind == softmax_certificate.FORMAT:
        return softmax_certificate.verify(text)
    return temperature.verify(text) if kind == temperature.FORMAT else certificate.verify(text)


def describe(accepted: AnyCertificate) -> list[str]:
    """Return lines that state the system and every claim."""
    if isinstance(accepted, SoftmaxCertificate):
        return softmax_words.describe(accepted)
    if isinstance(accepted, TemperatureCertificate):
        return temperature.describe(accepted)
    return words.describe(accepted)
