"""``exactdyn lead``: a matrix that makes chosen tokens lead, or the proof that there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import FAILS, UNDECIDED, say_unwritten
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    NO_TABLE_OPTIONS,
    AlphaOption,
    BriefAnswerOption,
    CertificateOption,
    ClassOption,
    DecimalOption,
    EachLayerOption,
    ExampleArgument,
    JsonOption,
    PatternOption,
    TableOptions,
    refuse_brief,
)
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import counting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.cli.words.sentences import Notation
    from exactdyn.families.questions.lead import Lead, Question

STATUS = {"found": 0, "none": FAILS, "undecided": UNDECIDED}


@grouped
def command(
    example: ExampleArgument,
    leaders: Annotated[
        str | None, typer.Option("--leaders", metavar="TOKENS", help="Their numbers, such as 0,3.")
    ] = None,
    largest: Annotated[
        bool, typer.Option("--largest", help="Look for as many leaders as possible instead.")
    ] = False,
    only: Annotated[bool, typer.Option("--only", help="No other token may lead.")] = False,
    kind: ClassOption = "general",
    pattern: PatternOption = None,
    layer: Annotated[int, typer.Option("--layer", metavar="K", help="At this layer they lead.")] = 0,
    each_layer: EachLayerOption = False,
    alpha: AlphaOption = None,
    table: TableOptions = NO_TABLE_OPTIONS,
    certificate: CertificateOption = None,
    decimal: DecimalOption = None,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """Find a matrix A for which the chosen tokens lead, or prove that there is none.

    What EXAMPLE says of A plays no part. The margin is how far every entry of A (with --each-layer: of A_0,
    A_1, ...) may move before the answer changes. Exit status: 0 found, 1 proved that there is none, 3
    undecided.

    Example: exactdyn lead triangle --leaders 0,3 --only
    """
    from exactdyn.cli.words.sentences import plain_as_asked
    from exactdyn.documents.files import naming
    from exactdyn.families.classes.matrix_class import matrix_class
    from exactdyn.families.questions.lead import Question, lead
    from exactdyn.families.questions.lead import largest as find_largest
    from exactdyn.families.setting import Setting
    from exactdyn.numbers.points import Points

    if (leaders is None) != largest:
        raise InputError("--leaders: requires tokens such as 0,3, or --largest")
    refuse_brief(brief or None, (as_json, "--json"))
    notation = plain_as_asked(decimal, as_json)
    if largest and only:
        raise InputError("--only: requires --leaders, got --largest")
    require_writable(certificate, read=[example])
    loaded = read_example("lead", example, alpha, **vars(table))
    system = loaded.system
    with naming(loaded.source):
        start = Points.from_rows(loaded.tokens, "tokens")
        around = Setting.of(system, each_layer).system
    matrices = matrix_class(kind, start.dimension, pattern)
    question = Question(around, start, matrices, layer, each_layer)
    with counting(f"looking for leaders of {loaded.name}") as report:
        answer, more = (
            find_largest(question, report)
            if largest
            else (lead(question, token_list(leaders or ""), only, report), None)
        )
    texts = [text for own in (answer, more) for text in proofs(question, own)]
    if not texts:
        say_unwritten("nothing is proved", certificate)
    elif certificate is not None:
        write_file(certificate, texts[-1].encode())  # that there are not more leaders, where it is proved
    if as_json:
        print_json(lead_data(answer, more))
    else:
        print_text(lead_text(answer, more, loaded.labels, notation, brief))
    return STATUS[answer.status if more is None or more.status != "undecided" else "undecided"]


def proofs(question: Question, answer: Lead | None) -> list[str]:
    """Return the text of the certificate, if there is something to certify; the checker has accepted it."""
    from exactdyn.certificates.envelope import accepted, certificate_text
    from exactdyn.families.certificate import family_certificate_data

    if answer is None or answer.claim is None:
        return []
    system = (question.matrices, question.around, question.start, question.layer)
    data = family_certificate_data(*system, answer.claim, question.each_layer)
    return [accepted(certificate_text(data))]


def token_list(text: str) -> list[int]:
    """Read numbers of tokens, separated by commas.

    >>> token_list("0, 3")
    [0, 3]
    """
    entries = [entry.strip() for entry in text.split(",")]
    if not all(entry.isascii() and entry.isdigit() and len(entry) < 10 for entry in entries):
        raise InputError(f"--leaders: requires tokens such as 0,3, got {text!r}")
    return [int(entry) for entry in entries]


def lead_data(answer: Lead, more: Lead | None = None) -> dict[str, object]:
    """Return what ``lead --json`` prints; ``more``: whether more tokens can lead, if that was asked.

    ``A`` is a matrix, or a list of those of the layers 0, 1, ..., as in a document.

    >>> from exactdyn.families.questions.lead import Lead
    >>> lead_data(Lead("none"))
    {'status': 'none', 'A': None, 'leaders': [], 'margin': None, 'reason': None}
    """
    from exactdyn.certificates.envelope import encode
    from exactdyn.families.setting import one_or_list

    data = {
        "status": answer.status,
        "A": encode(one_or_list(answer.matrices)),
        "leaders": list(answer.leaders),
        "margin": encode(answer.margin),
        "reason": answer.reason,
    }
    return data if more is None else data | {"more": more.status}


def lead_text(
    answer: Lead,
    more: Lead | None = None,
    labels: Sequence[str] | None = None,
    notation: Notation | None = None,
    brief: bool = False,
) -> str:
    """Return what ``lead`` prints; ``notation``: how numbers are written, ``brief``: without the matrix.

    >>> from exactdyn.families.questions.lead import Lead
    >>> print(lead_text(Lead("none")), end="")
    none: no matrix of the class does this
    """
    from exactdyn.cli.words.sentences import PLAIN

    notation = notation or PLAIN
    if not answer.matrices:
        many = "no choice of matrices of the class, one for each layer, does this"
        nobody = many if answer.each_layer else "no matrix of the class does this"
        return f"{answer.status}: {nobody if answer.status == 'none' else answer.reason}\n"
    named = [f"{token} ({PLAIN.text(labels[token])})" if labels else str(token) for token in answer.leaders]
    names = ", ".join(named) or "none"
    margin = "any" if answer.margin is None else notation.number(answer.margin)
    lines = [] if brief else notation.equations("A", answer.matrices)
    lines += [f"leaders: {names}", f"margin: {margin}"]
    if more is not None:
        known = {"none": "proved: not more tokens can lead", "undecided": f"undecided: {more.reason}"}
        lines.append(known[more.status])
    return "".join(f"{line}\n" for line in lines)
