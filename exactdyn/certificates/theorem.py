"""The claims of a certificate as a theorem of Coq."""

from __future__ import annotations

from exactdyn.errors import InputError
from proofs_checks.verified.document import BeyondError
from proofs_checks.verified.theorem import CoqFile, coq_file


def theorem(certificate: str) -> CoqFile:
    """Return the file of Coq whose theorem says what a certificate claims, and the claims that it leaves out.

    Raises :class:`~exactdyn.errors.InputError` where no claim is covered by the proved rules.

    Source: ``proofs_checks/formal/RulesSound.v``, theorem ``check_sound``.
    """
    try:
        return coq_file(certificate)
    except BeyondError as error:
        raise InputError(f"--coq: requires claims that the proved rules cover, got {error}") from None
