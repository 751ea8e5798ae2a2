"""Certificates are checked again, whatever they come as."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from exactdyn.cli.commands.verify import examine, judge
from exactdyn.documents.example import Example
from exactdyn.errors import InputError
from exactdyn.notebook.answers import Verification
from exactdyn.presentation import Presentable
from proofs_checks.format.rationals import shorten
from proofs_checks.kernels import KERNELS, Kernel


def verify(
    certificate: Mapping[str, object] | Presentable | str | os.PathLike[str],
    about: Example | None = None,
    *,
    kernel: Kernel = "handwritten",
    patient: bool = True,
) -> Verification:
    """Check a certificate again, independently.

    ``certificate``: the data of one, as ``certificate`` of an answer, its text, a file, or an answer, whose
    certificate is meant. ``about``: only certificates about this example's system are accepted. ``kernel``:
    what checks, "handwritten", "verified" or "both". ``patient``: go on, however long it takes. Raises
    :class:`~exactdyn.errors.InputError` for what is none of these; a certificate that is not accepted is no
    error but an answer.

    >>> from exactdyn.statements.theorem import check
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> verify(check(Hardmax(alpha=1), tokens=[[1], ["1/2"]]).certificate).verdict
    'accepted'
    >>> verify({"format": "another"}).verdict
    'malformed'
    """
    if kernel not in KERNELS:
        raise InputError(f"kernel: requires one of {', '.join(KERNELS)}, got {shorten(kernel)}")
    if isinstance(certificate, Presentable):
        certificate = certificate.certificate
    if isinstance(certificate, Mapping):
        text = _as_text(certificate)
    elif isinstance(certificate, str) and certificate.lstrip().startswith("{"):
        text = certificate
    elif isinstance(certificate, str | os.PathLike):
        found = examine(os.fspath(certificate), about, patient, kernel)
        return Verification(**vars(found))
    else:
        raise InputError(f"certificate: requires its data, text or file, got {shorten(certificate)}")
    return Verification(**vars(judge("certificate", text, about, patient, kernel)))


def _as_text(data: Mapping[str, object]) -> str:
    try:
        return json.dumps(dict(data))
    except (TypeError, ValueError, RecursionError):  # what JSON does not have, or nested without end
        raise InputError(f"certificate: requires its data as JSON has them, got {shorten(data)}") from None
