"""The kernels that can check a certificate: the hand-written one, the verified one, or both.

The verified one is generated from proofs (``formal/``, ``verified/``). What it does not cover is named, and
never counts as accepted by it.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

from proofs_checks.certificate import parse
from proofs_checks.format.errors import MalformedError, RejectedError, TooMuchWorkError
from proofs_checks.format.rationals import printable
from proofs_checks.kinds import AnyCertificate, describe, verify
from proofs_checks.verified.document import BeyondError, NotWellFormedError
from proofs_checks.verified.kernel import Judgement, judge
from proofs_checks.verified.work import TooMuchError

Kernel: TypeAlias = Literal["handwritten", "verified", "both"]

KERNELS: tuple[Kernel, ...] = ("handwritten", "verified", "both")


class KernelsDifferError(Exception):
    """One kernel accepts what the other one refuses: one of them is wrong."""


@dataclass(frozen=True)
class Report:
    """What a kernel accepts of a certificate, in lines, of which none is false.

    ``accepted``: whether that is all of it. ``not_covered``: claims that the verified kernel says nothing
    about, or a reason why it reads none. ``certificate``: None where it reads none.
    """

    lines: list[str]
    accepted: bool = True
    not_covered: tuple[str, ...] = ()
    certificate: AnyCertificate | None = None


def examine(text: str, kernel: Kernel, patient: bool = False) -> Report:
    """Check a certificate with a kernel.

    Raises what :func:`~proofs_checks.kinds.verify` does for what is refused, and
    :class:`KernelsDifferError` where both are asked and do not agree.
    """
    if kernel == "verified":
        return _by_proofs(text, patient)
    try:
        certificate = verify(text, patient)
    except (MalformedError, RejectedError) as error:
        if kernel == "both":
            _require_refused(text, error, patient)
        raise
    lines = describe(certificate)
    if kernel == "handwritten":
        return Report(lines, certificate=certificate)
    return Report(lines, True, _not_covered(text, patient), certificate)


def _judged(text: str, patient: bool) -> tuple[Judgement, ...]:
    # What is refused, in the words of the hand-written kernel's refusals; of what is returned, nothing is.
    try:
        judgements = judge(text, patient)
    except NotWellFormedError as error:
        raise MalformedError(printable(str(error))) from None
    except TooMuchError as error:
        raise TooMuchWorkError(f"verified kernel: {error}") from None
    for found in judgements:
        if found.verdict == "rejected":
            raise RejectedError(f"{found.claim}: {found.reason}")
    return judgements


def _by_proofs(text: str, patient: bool) -> Report:
    try:
        judgements = _judged(text, patient)
    except BeyondError as error:
        return Report([], False, (printable(str(error)),))
    beyond = {found.claim: found.reason for found in judgements if found.verdict == "not covered"}
    certificate = parse(text)  # for its words alone
    names = [claim.name for claim in certificate.claims]
    lines = describe(certificate)
    head, claims = lines[: -len(names)], lines[-len(names) :]
    marked = [
        f"not covered: {line}" if name in beyond else line for name, line in zip(names, claims, strict=True)
    ]
    return Report([*head, *marked], not beyond, tuple(beyond), certificate)


def _not_covered(text: str, patient: bool) -> tuple[str, ...]:
    # The hand-written kernel accepts it all: the verified one must not refuse any of it.
    try:
        judgements = _judged(text, patient)
    except BeyondError as error:
        return (printable(str(error)),)
    except (MalformedError, RejectedError) as error:
        raise KernelsDifferError(f"only the hand-written one accepts it: {error}") from None
    return tuple(found.claim for found in judgements if found.verdict == "not covered")


def _require_refused(text: str, refusal: Exception, patient: bool) -> None:
    # The hand-written kernel refuses it: for the claims that the verified one covers it must do so as well.
    try:
        judgements = _judged(text, patient)
    except (BeyondError, MalformedError, RejectedError, TooMuchWorkError):
        return
    covered = {found.claim for found in judgements if found.verdict == "accepted"}
    if covered and (len(covered) == len(judgements) or not _accepts(text, covered, patient)):
        raise KernelsDifferError(f"only the verified one accepts {', '.join(sorted(covered))}: {refusal}")


def _accepts(text: str, names: Collection[str], patient: bool) -> bool:
    # Whether the hand-written kernel accepts these claims of a certificate, without the others.
    document = json.loads(text)
    document["claims"] = [claim for claim in document["claims"] if claim["claim"] in names]
    try:
        verify(document, patient)
    except (MalformedError, RejectedError):
        return False
    return True
