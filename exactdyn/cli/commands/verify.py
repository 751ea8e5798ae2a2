"""``exactdyn verify``: check certificates again, and whose system they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from exactdyn.cli.reading import STANDARD_INPUT, read_example, standard_input
from exactdyn.cli.terminal.completion import examples
from exactdyn.cli.terminal.ending import (
    BAD_INPUT,
    FAILS,
    INTERNAL_ERROR,
    UNDECIDED,
    complain,
    one_line,
)
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    NO_TABLE_OPTIONS,
    AlphaOption,
    BriefAnswerOption,
    CoqOption,
    JsonOption,
    LeanOption,
    MatrixOption,
    Smt2Option,
    TableOptions,
    refuse_brief,
)
from exactdyn.cli.terminal.output import print_json, print_text, require_writable
from exactdyn.cli.terminal.theorems import (
    coq_translation,
    lean_translation,
    require_theorem_name,
    smt2_translation,
    write_translations,
)
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.documents import Example
    from proofs_checks.families.family import Family
    from proofs_checks.hardmax.system import System
    from proofs_checks.kernels import Kernel
    from proofs_checks.kinds import AnyCertificate

TRANSLATED = {"--coq": coq_translation, "--lean": lean_translation, "--smt2": smt2_translation}
"""What an option makes of a certificate."""


@dataclass(frozen=True)
class Finding:
    """What came out about one file.

    ``parsed``: the certificate, there if all its claims are established; ``lines`` say what is accepted, and
    ``not_covered`` what the verified kernel says nothing about.
    """

    file: str
    verdict: Literal["accepted", "rejected", "malformed", "too much work", "not covered", "kernels differ"]
    reason: str | None
    parsed: AnyCertificate | None
    lines: tuple[str, ...] = ()
    not_covered: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status of this file alone.

        >>> Finding("a.json", "rejected", "a claim is wrong", None).status
        1
        """
        known = {"accepted": 0, "rejected": FAILS, "not covered": UNDECIDED, "kernels differ": INTERNAL_ERROR}
        return known.get(self.verdict, BAD_INPUT)


@grouped
def command(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Certificates; - is standard input.")],
    wanted: Annotated[
        str | None,
        typer.Option(
            "--input",
            metavar="EXAMPLE",
            autocompletion=examples,
            help="Accept only certificates about this system.",
        ),
    ] = None,
    alpha: AlphaOption = None,
    matrix: MatrixOption = None,
    table: TableOptions = NO_TABLE_OPTIONS,
    patient: Annotated[
        bool,
        typer.Option("--patient", help="Go on, however long it takes, where checking is too much work."),
    ] = False,
    kernel: Annotated[
        str,
        typer.Option("--kernel", metavar="NAME", help="What checks: handwritten, verified, or both."),
    ] = "handwritten",
    coq: CoqOption = None,
    lean: LeanOption = None,
    smt2: Smt2Option = None,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """Check certificates again, independently.

    Prints the system and the claims that are accepted, as `python -m proofs_checks FILE...` does, which
    needs nothing but Python. With --input a certificate is rejected if its system (A, alpha and the tokens,
    for softmax V, Q, K and the tokens) is not that of EXAMPLE, which must state nothing else of a system.
    The verified kernel was generated from proofs in Coq; it names what it does not cover. --coq, --lean and
    --smt2 write what an accepted certificate claims for other programs to judge.

    Exit status: 0 all accepted, 1 a claim is wrong or the system another, 2 a file is no certificate, or
    checking it is more work than a text of its length may ask for (--patient checks it all the same), 3 not
    all is covered by the verified kernel, 70 the kernels differ.

    Example: exactdyn verify certificate.json --input emerging-leader
    """
    refuse_brief(brief or None, (as_json, "--json"))
    known = require_kernel(kernel)
    options = {"--coq": coq, "--lean": lean, "--smt2": smt2}
    asked = {option: path for option, path in options.items() if path is not None}
    _require_translations(files, asked)
    example = _example(wanted, alpha, matrix, table)
    findings = []
    for file in files:
        with waiting(f"verifying {file}"):
            finding = examine(file, example, patient, known)
        findings.append(finding)
        _show(finding, as_json, brief)
    if asked and findings[0].parsed is not None:
        certificate = read_certificate(files[0])
        write_translations({path: TRANSLATED[option](certificate) for option, path in asked.items()})
    if as_json:
        entries = [finding_data(finding) for finding in findings]
        print_json({"accepted": all(finding.verdict == "accepted" for finding in findings), "files": entries})
    return max(finding.status for finding in findings)


def _require_translations(files: list[str], asked: dict[str, Path]) -> None:
    for option in asked:
        if len(files) != 1:
            raise InputError(f"{option}: requires one certificate, got {len(files)}")
    require_theorem_name(asked.get("--coq"))
    require_writable(*asked.values(), read=files)


def require_kernel(name: str) -> Kernel:
    """Return the kernel of this name.

    >>> require_kernel("coq")
    Traceback (most recent call last):
    exactdyn.errors.InputError: --kernel: requires handwritten, verified or both, got 'coq'
    """
    from proofs_checks.kernels import KERNELS

    for kernel in KERNELS:
        if kernel == name:
            return kernel
    raise InputError(f"--kernel: requires handwritten, verified or both, got {name!r}")


def _show(finding: Finding, as_json: bool, brief: bool) -> None:
    name = one_line(finding.file)
    if finding.lines and not as_json:
        accepted = "accepted" if finding.verdict == "accepted" else "accepted but for what is not covered"
        print_text("\n  ".join([f"{name}: {accepted}", *([] if brief else finding.lines)]) + "\n")
    if finding.reason is not None:
        complain(f"{finding.file}: {finding.verdict}: {finding.reason}")
    elif finding.not_covered:
        complain(f"{finding.file}: not covered by the verified kernel: {', '.join(finding.not_covered)}")


def read_certificate(file: str) -> str:
    """Return the text of a certificate file or of standard input; raises MalformedError where it is none."""
    from proofs_checks.__main__ import read_text

    if file == STANDARD_INPUT:
        return standard_input()
    return read_text(Path(file))


def examine(
    file: str, wanted: Example | None, patient: bool = False, kernel: Kernel = "handwritten"
) -> Finding:
    """Check the certificate in a file; with an example, also that it speaks of that.

    >>> examine("no-such-file.json", None).reason
    'cannot be read: No such file or directory'
    """
    from proofs_checks import MalformedError

    try:
        text = read_certificate(file)
    except MalformedError as error:
        return Finding(file, "malformed", str(error), None)
    return judge(file, text, wanted, patient, kernel)


def judge(
    file: str, text: str, wanted: Example | None, patient: bool = False, kernel: Kernel = "handwritten"
) -> Finding:
    """Check the text of a certificate, whose file is named; with an example, also that it speaks of that.

    >>> judge("a.json", "{}", None).verdict
    'malformed'
    """
    from proofs_checks import MalformedError, RejectedError, TooMuchWorkError
    from proofs_checks.kernels import KernelsDifferError
    from proofs_checks.kernels import examine as check

    try:
        report = check(text, kernel, patient)
    except MalformedError as error:
        return Finding(file, "malformed", str(error), None)
    except TooMuchWorkError as error:
        return Finding(file, "too much work", f"{error}; --patient goes on", None)
    except RejectedError as error:
        return Finding(file, "rejected", str(error), None)
    except KernelsDifferError as error:
        return Finding(file, "kernels differ", f"so one of them is wrong: {error}", None)
    if wanted is not None and report.certificate is not None:
        difference = _difference(report.certificate, wanted)
        if difference is not None:
            return Finding(file, "rejected", difference, None)
    verdict: Literal["accepted", "not covered"] = "accepted" if report.accepted else "not covered"
    certificate = report.certificate if report.accepted else None
    reason = None if report.lines else ", ".join(report.not_covered)
    return Finding(file, verdict, reason, certificate, tuple(report.lines), report.not_covered)


def _difference(certificate: AnyCertificate, wanted: Example) -> str | None:
    from exactdyn.cli.words.systems import certificate_parts, example_parts, system_difference
    from proofs_checks.parameters.certificate import ParameterCertificate

    own = certificate_parts(certificate)
    there = dict(example_parts(wanted, frozenset(own)))
    if isinstance(certificate, ParameterCertificate):
        if certificate.line.alpha is not None:
            return "its system depends on a parameter, which --input does not compare"
        there.pop("alpha", None)  # the certificate is about all of them
    return system_difference(own, there)


def finding_data(finding: Finding) -> dict[str, object]:
    """Return what ``verify --json`` prints about one file.

    >>> finding_data(Finding("a.json", "malformed", "not JSON", None))
    {'file': 'a.json', 'verdict': 'malformed', 'reason': 'not JSON'}
    """
    data: dict[str, object] = {"file": finding.file, "verdict": finding.verdict, "reason": finding.reason}
    if finding.not_covered:
        data["not_covered"] = list(finding.not_covered)
    certificate = finding.parsed
    if certificate is None:
        return data
    from exactdyn.certificates.checked import softmax_parts
    from exactdyn.certificates.envelope import encode
    from proofs_checks import Certificate
    from proofs_checks.parameters.certificate import ParameterCertificate
    from proofs_checks.softmax.certificate import SoftmaxCertificate

    if isinstance(certificate, ParameterCertificate):
        closed = sum(cell.lemma is not None for cell in certificate.cells)
        counts = {"cells": len(certificate.cells), "closed": closed}
        return {**data, "parameter": certificate.line.name, **counts, "statements": certificate.proved}
    if isinstance(certificate, SoftmaxCertificate):
        system = {name: encode(part) for name, part in softmax_parts(certificate.system).items()}
        proved = [{"claim": claim.name, "evidence": claim.data.value} for claim in certificate.claims]
        return {**data, "time": encode(certificate.enclosed.time), "system": system, "claims": proved}
    hardmax = encode(_parts(certificate.system))
    if not isinstance(certificate, Certificate):
        bounds = {"temperature": encode(certificate.temperature), "errors": encode(certificate.errors)}
        return {**data, "layers": certificate.layers, "system": hardmax, **bounds}
    claims = [
        {"claim": claim.name, "verdict": claim.verdict, "scope": claim.scope, "lemma": claim.lemma}
        for claim in certificate.claims
    ]
    return {**data, "layers": certificate.layers, "system": hardmax, "claims": claims}


def _parts(subject: System | Family) -> dict[str, object]:
    from exactdyn.certificates.checked import checked_beside, checked_system
    from exactdyn.cli.words.general_parts import is_plain
    from proofs_checks.families.family import Family

    own: dict[str, object]
    if isinstance(subject, Family):
        own = {"class": subject.kind} | ({"each_layer": True} if subject.each_layer else {})
        if not subject.plain or not subject.tokens:
            own |= {} if subject.every_alpha and subject.plain else checked_beside(subject)
        if not subject.tokens:  # it is about all tokens
            return own
        own |= {"base": subject.base, "span": subject.span}
        if not subject.plain:
            return own | {"tokens": subject.tokens}
    elif subject.field is not None or not is_plain(subject):
        return checked_system(subject)
    else:
        own = {"A": subject.A}
    return own | {"alpha": subject.alpha, "tokens": subject.tokens}


def _example(
    example: str | None, alpha: str | None, matrix: Path | None, table: TableOptions
) -> Example | None:
    if example is None:
        if (alpha, matrix, table) != (None, None, NO_TABLE_OPTIONS):
            options = "--alpha, --matrix, --header, --columns or --label-column"
            raise InputError(f"--input: requires an example beside {options}, got none")
        return None
    return read_example("verify", example, alpha, matrix, **vars(table))
