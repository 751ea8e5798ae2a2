"""``exactdyn itineraries``: every itinerary that some matrix of a class realises."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.asked import named_as_options
from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import INTERRUPTED, UNDECIDED
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    NO_TABLE_OPTIONS,
    AlphaOption,
    BriefAnswerOption,
    CertificateOption,
    ClassOption,
    DecimalOption,
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
    from exactdyn.families.questions.itineraries import Itineraries
    from exactdyn.families.tree.search import Search


@grouped
def command(
    example: ExampleArgument,
    layers: Annotated[
        int, typer.Option("--layers", metavar="K", help="The attention graphs of so many layers.")
    ],
    kind: ClassOption = "general",
    pattern: PatternOption = None,
    ties: Annotated[bool, typer.Option("--ties", help="Itineraries with avoidable ties, too.")] = False,
    alpha: AlphaOption = None,
    table: TableOptions = NO_TABLE_OPTIONS,
    certificate: CertificateOption = None,
    picture: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Draw the directions of A (2 or 3 coordinates)."),
    ] = None,
    decimal: DecimalOption = None,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """List every itinerary that some matrix A of the class realises, each with such an A.

    What EXAMPLE says of A plays no part. Without --ties nothing is said of matrices with ties that others of
    the class avoid; a pattern of which definiteness leaves less than its letters say is then refused. Exit
    status: 0, or 3 if cases stay open; Ctrl-C (130) prints what was found until then.

    Example: exactdyn itineraries cyclic --layers 2 --class symmetric
    """
    from exactdyn.certificates.envelope import accepted, certificate_text
    from exactdyn.cli.words.sentences import plain_as_asked
    from exactdyn.documents.files import naming
    from exactdyn.families.certificate import family_certificate_data
    from exactdyn.families.classes.matrix_class import matrix_class
    from exactdyn.families.questions.itineraries import gathered, itinerary_search
    from exactdyn.families.setting import Setting
    from exactdyn.numbers.points import Points

    if picture is not None:
        from exactdyn.pictures import draw_directions, format_of, render, require_drawable

    notation = plain_as_asked(decimal, as_json)
    refuse_brief(brief or None, (as_json, "--json"))
    if brief and decimal is not None:
        raise InputError("--decimal: requires that --brief is absent, which shows no numbers")
    format = None if picture is None else format_of(picture)
    for output in (certificate, picture):
        if output is not None:
            require_writable(output)
    loaded = read_example("itineraries", example, alpha, **vars(table))
    system = loaded.system
    with naming(loaded.source):
        start = Points.from_rows(loaded.tokens, "tokens")
        setting = Setting.of(system)
    with named_as_options():
        matrices = matrix_class(kind, start.dimension, pattern)
    if picture is not None:
        require_drawable(matrices)
    search = itinerary_search(setting.system, start, matrices, layers, ties)
    interrupted = _run(search, loaded.name)
    result = gathered(search)
    if result.claim is not None:
        data = family_certificate_data(matrices, setting.system, start, layers - 1, result.claim)
        text = accepted(certificate_text(data))
        if certificate is not None:
            write_file(certificate, text.encode())
    if picture is not None and format is not None and not interrupted:
        figure = draw_directions(result, matrices, setting.system, start, layers)
        write_file(picture, render(figure, format))
    if as_json:
        print_json(itineraries_data(result))
    else:
        print_text(itineraries_text(result, notation, brief))
    if interrupted:
        return INTERRUPTED
    return 0 if result.complete else UNDECIDED


def _run(search: Search, name: str) -> bool:
    """Search to the end, or up to Ctrl-C; return whether that came."""
    with counting(f"itineraries of {name}") as report:
        try:
            search.run(report)
        except KeyboardInterrupt:
            return True
    return False


def itineraries_data(result: Itineraries) -> dict[str, object]:
    """Return what ``itineraries --json`` prints.

    >>> from exactdyn.families.questions.itineraries import Itineraries
    >>> itineraries_data(Itineraries((), False, True, (), None, 0))["count"]
    0
    """
    from exactdyn.certificates.envelope import encode

    return {
        "count": len(result.itineraries),
        "ties": result.ties,
        "complete": result.complete,
        "reasons": list(result.reasons),
        "programs": result.programs,
        "itineraries": [
            {
                "A": encode(itinerary.A),
                "attention": [[sorted(own) for own in sets] for sets in itinerary.attention],
            }
            for itinerary in result.itineraries
        ],
    }


def itineraries_text(result: Itineraries, notation: Notation | None = None, brief: bool = False) -> str:
    """Return what ``itineraries`` prints; ``notation``: how numbers are written, ``brief``: without matrices.

    >>> from exactdyn.families.questions.itineraries import Itineraries
    >>> print(itineraries_text(Itineraries((), False, True, (), None, 0)), end="")
    0 itineraries: every matrix of the class without avoidable ties has one of them (0 linear programs)
    """
    from exactdyn.cli.words.sentences import PLAIN

    number = (PLAIN if notation is None else notation).number
    count = len(result.itineraries)
    whose = "every matrix of the class" + ("" if result.ties else " without avoidable ties")
    scope = f"{whose} has one of them" if result.complete else "there may be others"
    head = f"{count} itinerar{'y' if count == 1 else 'ies'}: {scope} ({result.programs} linear programs)\n"
    lines = [head, *(f"open: {reason}\n" for reason in result.reasons)]
    for itinerary in result.itineraries:
        A = PLAIN.matrix([[number(x) for x in row] for row in itinerary.A])
        graphs = " | ".join(
            " ".join(",".join(map(str, sorted(own))) for own in sets) for sets in itinerary.attention
        )
        lines.append(f"{graphs}\n" if brief else f"{graphs}   A = {A}\n")
    return "".join(lines)
