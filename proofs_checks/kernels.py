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

Refusal: TypeAlias = MalformedError | RejectedError | TooMuchWorkError


class KernelsDifferError(Exception):
    """One kernel accepts what the other one refuses: one of them is wrong."""


@dataclass(frozen=True)
class Report:
    """What a kernel accepts of a certificate, in lines.

    ``not_covered``: claims that the verified kernel says nothing about. ``certificate``: the certificate, where
    all of it is accepted.
    """

    lines: list[str]
    not_covered: tuple[str, ...] = ()
    certificate: AnyCertificate | None = None


def examine(text: str, kernel: Kernel, patient: bool = False) -> Report:
    """Check a certificate with a kernel.

    Raises what :func:`~proofs_checks.kinds.verify` does for what is refused, and
    :class:`KernelsDifferError` where both are asked and do not agree.

    >>> head = '{"format": "exactdyn certificate", "version": 1, "layers": 0, "family": {"class": "general"}, '
    >>> claim = '{"claim": "hull-shrinkage", "verdict": "holds", "scope": "every layer", "lemma": "convex-step"}'
    >>> examine(f'{head}"claims": [{claim}]}}', "both").not_covered
    ()
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
        return Report(lines, (), certificate)
    return _beside(text, Report(lines, (), certificate), patient)


def _judged(text: str, patient: bool) -> tuple[Judgement, ...]:
    # In the words of the hand-written kernel's refusals.
    try:
        return judge(text, patient)
    except NotWellFormedError as error:
        raise MalformedError(printable(str(error))) from None
    except TooMuchError as error:
        raise TooMuchWorkError(f"verified kernel: {error}") from None


def _by_proofs(text: str, patient: bool) -> Report:
    try:
        judgements = _judged(text, patient)
    except BeyondError as error:
        return Report([], (printable(str(error)),))
    _require_none_rejected(judgements)
    beyond = {found.claim: found.reason for found in judgements if found.verdict == "not covered"}
    certificate = parse(text)  # for its words alone
    names = [claim.name for claim in certificate.claims]
    lines = describe(certificate)
    head, claims = lines[: -len(names)], lines[-len(names) :]
    marked = [f"not covered: {line}" if name in beyond else line for name, line in zip(names, claims, strict=True)]
    return Report([*head, *marked], tuple(beyond), None if beyond else certificate)


def _require_none_rejected(judgements: tuple[Judgement, ...]) -> None:
    for found in judgements:
        if found.verdict == "rejected":
            raise RejectedError(f"{found.claim}: {found.reason}")


def _beside(text: str, accepted: Report, patient: bool) -> Report:
    # The hand-written kernel accepts it all: the verified one must not refuse any of it.
    try:
        judgements = _judged(text, patient)
        _require_none_rejected(judgements)
    except BeyondError as error:
        return Report(accepted.lines, (printable(str(error)),), accepted.certificate)
    except (MalformedError, RejectedError) as error:
        raise KernelsDifferError(f"the hand-written one accepts it, the verified one does not: {error}") from None
    beyond = tuple(found.claim for found in judgements if found.verdict == "not covered")
    return Report(accepted.lines, beyond, accepted.certificate)


def _require_refused(text: str, refusal: Refusal, patient: bool) -> None:
    # The hand-written kernel refuses it: for the claims that the verified one covers it must do so as well.
    try:
        judgements = _judged(text, patient)
        _require_none_rejected(judgements)
    except (BeyondError, MalformedError, RejectedError, TooMuchWorkError):
        return
    covered = {found.claim for found in judgements if found.verdict == "accepted"}
    if covered and (len(covered) == len(judgements) or _accepts(text, covered, patient) is False):
        raise KernelsDifferError(f"the verified one accepts {', '.join(sorted(covered))}, the hand-written one does not: {refusal}")


def _accepts(text: str, names: Collection[str], patient: bool) -> bool:
    # Whether the hand-written kernel accepts these claims of a certificate, without the others.
    document = json.loads(text)
    document["claims"] = [claim for claim in document["claims"] if claim["claim"] in names]
    try:
        verify(document, patient)
    except (MalformedError, RejectedError):
        return False
    return True
