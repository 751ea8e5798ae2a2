"""``exactdyn itineraries``: every itinerary that some matrix of a class realises."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import INTERRUPTED, UNDECIDED, say_unwritten
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
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
from exactdyn.cli.terminal.output import (
    FilesRead,
    print_json,
    print_text,
    require_picture_name,
    require_writable,
    write_file,
)
from exactdyn.cli.terminal.waiting import counting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.cli.words.sentences import Notation
    from exactdyn.families.classes.matrix_class import MatrixClass
    from exactdyn.families.questions.itineraries import Itineraries
    from exactdyn.families.setting import Around
    from exactdyn.families.tree.search import Search
    from exactdyn.numbers.points import Points


@dataclass(frozen=True)
class ItinerariesOutputs:
    """Where the answer goes, and what is printed how."""

    certificate: CertificateOption = None
    picture: Annotated[
        Path | None,
        typer.Option("--plot", metavar="FILE", help="Draw the directions of A (2 or 3 coordinates)."),
    ] = None
    decimal: DecimalOption = None
    brief: BriefAnswerOption = False
    as_json: JsonOption = False

    def require(self, read: FilesRead = ()) -> None:
        """Refuse what makes no sense together or cannot be written, before any work.

        >>> ItinerariesOutputs(decimal=3, brief=True).require()
        Traceback (most recent call last):
        exactdyn.errors.InputError: --decimal: requires that --brief is absent, which shows no numbers
        """
        from exactdyn.cli.words.sentences import plain_as_asked

        plain_as_asked(self.decimal, self.as_json)
        refuse_brief(self.brief or None, (self.as_json, "--json"))
        if self.brief and self.decimal is not None:
            raise InputError("--decimal: requires that --brief is absent, which shows no numbers")
        require_picture_name(self.picture)
        require_writable(self.certificate, self.picture, read=read)


@grouped
def command(
    example: ExampleArgument,
    layers: Annotated[
        int, typer.Option("--layers", metavar="K", help="The attention graphs of so many layers.")
    ],
    kind: ClassOption = "general",
    pattern: PatternOption = None,
    ties: Annotated[bool, typer.Option("--ties", help="Itineraries with avoidable ties, too.")] = False,
    each_layer: EachLayerOption = False,
    alpha: AlphaOption = None,
    *,
    table: TableOptions,
    outputs: ItinerariesOutputs,
) -> int:
    """List every itinerary that some matrix A of the class realises, each with such an A.

    What EXAMPLE says of A plays no part. Without --ties nothing is said of matrices with ties that others of
    the class avoid; a pattern of which definiteness leaves less than its letters say is then refused. Exit
    status: 0, or 3 if cases stay open; Ctrl-C (130) prints what was found until then.

    Example: exactdyn itineraries cyclic --layers 2 --class symmetric
    """
    from exactdyn.cli.words.sentences import plain_as_asked
    from exactdyn.documents.files import naming
    from exactdyn.families.classes.matrix_class import matrix_class
    from exactdyn.families.questions.itineraries import gathered, itinerary_search
    from exactdyn.families.setting import Setting
    from exactdyn.numbers.points import Points

    outputs.require([example])
    loaded = read_example("itineraries", example, alpha, **vars(table))
    system = loaded.system
    with naming(loaded.source):
        start = Points.from_rows(loaded.tokens, "tokens")
        setting = Setting.of(system, each_layer)
    matrices = matrix_class(kind, start.dimension, pattern)
    if outputs.picture is not None:
        from exactdyn.pictures import require_drawable

        require_drawable(matrices, each_layer)
    search = itinerary_search(setting.system, start, matrices, layers, ties, each_layer)
    interrupted = _run(search, loaded.name)
    result = gathered(search)
    asked = (matrices, setting.system, start, layers)
    text = proof(result, *asked)
    if text is not None and outputs.certificate is not None:
        write_file(outputs.certificate, text.encode())
    if outputs.picture is not None and not interrupted:
        _draw(result, *asked, outputs.picture)
    if outputs.as_json:
        print_json(itineraries_data(result))
    else:
        notation = plain_as_asked(outputs.decimal, outputs.as_json)
        print_text(itineraries_text(result, notation, outputs.brief))
    if result.claim is None:
        unfinished = outputs.picture if interrupted else None
        say_unwritten("the itineraries are not all found", outputs.certificate, unfinished)
    if interrupted:
        return INTERRUPTED
    return 0 if result.complete else UNDECIDED


def proof(
    result: Itineraries, matrices: MatrixClass, around: Around, start: Points, layers: int
) -> str | None:
    """Return the text of the certificate, if the itineraries are complete; the checker has accepted it."""
    from exactdyn.certificates.envelope import accepted, certificate_text
    from exactdyn.families.certificate import family_certificate_data

    if result.claim is None:
        return None
    data = family_certificate_data(matrices, around, start, layers - 1, result.claim, result.each_layer)
    return accepted(certificate_text(data))


def _draw(
    result: Itineraries, matrices: MatrixClass, around: Around, start: Points, layers: int, picture: Path
) -> None:
    from exactdyn.pictures import draw_directions, format_of, render

    figure = draw_directions(result, matrices, around, start, layers)
    write_file(picture, render(figure, format_of(picture)))


def _run(search: Search, name: str) -> bool:
    """Search to the end, or up to Ctrl-C; return whether that came."""
    with counting(f"itineraries of {name}") as report:
        try:
            search.run(report)
        except KeyboardInterrupt:
            return True
    return False


def itineraries_data(result: Itineraries) -> dict[str, object]:
    """Return what ``itineraries --json`` prints; ``A`` is a matrix, or a list of those of the layers.

    >>> from exactdyn.families.questions.itineraries import Itineraries
    >>> itineraries_data(Itineraries((), False, True, (), None, 0))["count"]
    0
    """
    from exactdyn.certificates.envelope import encode
    from exactdyn.families.setting import one_or_list

    return {
        "count": len(result.itineraries),
        "ties": result.ties,
        "complete": result.complete,
        "reasons": list(result.reasons),
        "programs": result.programs,
        "itineraries": [
            {
                "A": encode(one_or_list(itinerary.matrices)),
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
    from exactdyn.numbers.shown import counted

    notation = notation or PLAIN
    count = len(result.itineraries)
    one = "every matrix of the class"
    whose = "every choice of matrices of the class, one for each layer," if result.each_layer else one
    whose += "" if result.ties else " without avoidable ties"
    scope = f"{whose} has one of them" if result.complete else "there may be others"
    work = counted(result.programs, "linear program")
    head = f"{count} itinerar{'y' if count == 1 else 'ies'}: {scope} ({work})\n"
    lines = [head, *(f"open: {reason}\n" for reason in result.reasons)]
    for itinerary in result.itineraries:
        A = ", ".join(notation.equations("A", itinerary.matrices))
        graphs = " | ".join(
            " ".join(",".join(map(str, sorted(own))) for own in sets) for sets in itinerary.attention
        )
        lines.append(f"{graphs}\n" if brief else f"{graphs}   {A}\n")
    return "".join(lines)
