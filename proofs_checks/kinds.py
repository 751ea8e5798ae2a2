"""Certificates of every kind, told apart by their member ``format``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

from proofs_checks import certificate, words
from proofs_checks.certificate import Certificate
from proofs_checks.format.errors import MalformedError
from proofs_checks.format.rationals import printable
from proofs_checks.format.reading import Field, read_json
from proofs_checks.softmax import certificate as softmax_certificate
from proofs_checks.softmax import words as softmax_words
from proofs_checks.softmax.certificate import SoftmaxCertificate
from proofs_checks.temperature import certificate as temperature
from proofs_checks.temperature.certificate import TemperatureCertificate
from proofs_checks.work import allowance

AnyCertificate: TypeAlias = Certificate | SoftmaxCertificate | TemperatureCertificate


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
            softmax = softmax_certificate.read(document)
            softmax_certificate.check(softmax)
            return softmax
        if kind == temperature.FORMAT:
            cooled = temperature.read(document)
            temperature.check(cooled)
            return cooled
        hardmax = certificate.read(document)
        certificate.check(hardmax)
        return hardmax


def describe(accepted: AnyCertificate) -> list[str]:
    """Return lines that state the system and every claim; each is one line, whatever the certificate says."""
    if isinstance(accepted, SoftmaxCertificate):
        lines = softmax_words.describe(accepted)
    elif isinstance(accepted, TemperatureCertificate):
        lines = temperature.describe(accepted)
    else:
        lines = words.describe(accepted)
    return list(map(printable, lines))


def _text(data: object) -> str:
    try:
        return json.dumps(data, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        kind = type(data).__name__
        raise MalformedError(f"requires the text of a certificate, or its data as JSON, got {kind}") from None
