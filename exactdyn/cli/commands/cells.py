"""``exactdyn cells``: all alpha at once, cut into the cells on which the dynamics are the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import INTERRUPTED, UNDECIDED, complain
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    NO_TABLE_OPTIONS,
    BriefAnswerOption,
    CertificateOption,
    ExampleArgument,
    JsonOption,
    MatrixOption,
    TableOptions,
    refuse_brief,
)
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.documents import Example
    from exactdyn.parameters.cells import ParameterCells
    from exactdyn.parameters.raster import RasterRow


@grouped
def command(
    example: ExampleArgument,
    low: Annotated[
        str | None, typer.Option("--from", metavar="A", help="Where to begin; else at 0, or where t does.")
    ] = None,
    high: Annotated[
        str | None, typer.Option("--to", metavar="B", help="Where to end; else never, or where t does.")
    ] = None,
    layers: Annotated[
        int | None,
        typer.Option("--layers", metavar="K", help="Layers looked at where nothing closes a cell before; 6."),
    ] = None,
    digits: Annotated[
        int | None, typer.Option("--decimal", metavar="N", help="Show irrational ends with N digits; 8.")
    ] = None,
    matrix: MatrixOption = None,
    table: TableOptions = NO_TABLE_OPTIONS,
    certificate: CertificateOption = None,
    picture: Annotated[
        Path | None,
        typer.Option(
            "--plot", metavar="FILE", help="Draw a phase diagram, with runs beside it (.png, .svg, .pdf)."
        ),
    ] = None,
    latex: Annotated[bool, typer.Option("--latex", help="Print the table as LaTeX.")] = False,
    statements: Annotated[
        bool,
        typer.Option("--statements", help="For which of all values does each statement of `check` hold?"),
    ] = False,
    brief: BriefAnswerOption = False,
    as_json: JsonOption = False,
) -> int:
    """Cut all alpha > 0 into the cells on which the attention graphs are the same, each with its limits.

    Where EXAMPLE states a parameter, such as t in tokens or A, it is that which moves, and alpha stays; else
    the alpha of EXAMPLE plays no part, and limits are polynomials in tau = alpha/(1+alpha). Exit status: 0
    every cell is settled for all layers, 3 some are open; Ctrl-C (130) prints the cells found until then.

    Where EXAMPLE states alpha = "all" beside a parameter t, two move: --plot then draws the exact cells of
    alpha at 60 values of t, and nothing is printed but what was drawn.

    Example: exactdyn cells emerging-leader --from 1/10
    """
    from exactdyn.cli.words.cells import cells_text
    from exactdyn.cli.words.cells_verdicts import statements_data, statements_text
    from exactdyn.documents.parameter import EVERY_ALPHA
    from exactdyn.numbers.reading import integer
    from exactdyn.parameters.cells import LAYERS
    from exactdyn.parameters.certificate import parameter_certificate
    from exactdyn.parameters.end import DIGITS, DIGITS_LIMIT

    if latex and statements:
        raise InputError("--latex: requires that --statements is absent, got both")
    if latex and as_json:
        raise InputError("--latex: requires that --json is absent, got both")
    if digits is not None and as_json:
        raise InputError("--decimal: requires that --json is absent, got both")
    refuse_brief(brief or None, (latex, "--latex"), (as_json, "--json"), (statements, "--statements"))
    format = None
    if picture is not None:
        from exactdyn.pictures import format_of

        format = format_of(picture)
    for output in (certificate, picture):
        if output is not None:
            require_writable(output)
    places = DIGITS if digits is None else integer(digits, "--decimal", 1, DIGITS_LIMIT)
    loaded = read_example("cells", example, None, matrix, **vars(table), alpha_of_table=EVERY_ALPHA)
    if loaded.parameter is not None and loaded.parameter.every_alpha:
        asked = {
            "--certificate": certificate,
            "--latex": latex,
            "--statements": statements,
            "--json": as_json,
            "--brief": brief,
            "--decimal": digits,
        }
        refused = next((option for option, given in asked.items() if given), None)
        return _raster(loaded, (low, high, LAYERS if layers is None else layers), picture, refused)
    found = _found(loaded, low, high, LAYERS if layers is None else layers)
    if certificate is not None and found.finished:
        with waiting(f"certificate of {loaded.name}"):
            write_file(certificate, parameter_certificate(found).encode())
    if picture is not None and format is not None and found.finished:
        from exactdyn.pictures import draw_phases, render

        write_file(picture, render(draw_phases(found, loaded.name, loaded.labels), format))
    if as_json:
        print_json(found.to_dict() | (statements_data(found) if statements else {}))
    elif latex:
        from exactdyn.cli.words.cells_latex import cells_latex

        print_text(cells_latex(loaded, found, places))
    else:
        told = statements_text(found, places) if statements else ""
        print_text(cells_text(loaded, found, places, brief) + told)
    if not found.finished:
        unwritten = [str(file) for file in (certificate, picture) if file is not None]
        if unwritten:
            complain(f"exactdyn: {' and '.join(unwritten)}: not written, as the cells are not all found")
        return INTERRUPTED
    return 0 if found.complete else UNDECIDED


def _found(loaded: Example, low: str | None, high: str | None, layers: int) -> ParameterCells:
    """Explore to the end, or up to Ctrl-C."""
    from exactdyn.documents.files import naming
    from exactdyn.parameters.cells import explored, gathered

    _ = loaded.system  # what it lacks it says with its name
    with naming(loaded.source or loaded.name):
        exploration = explored(loaded, None, low, high, layers)
    pieces, finished = [], False
    with waiting(f"cells of {loaded.name}") as say:
        try:
            for piece in exploration.cells():
                pieces.append(piece)
                say(f"cells of {loaded.name}: {len(pieces)}")
            finished = True
        except KeyboardInterrupt:
            pass
    return gathered(exploration, pieces, finished)


def _raster(
    loaded: Example, ends: tuple[object, object, object], picture: Path | None, refused: str | None
) -> int:
    """Draw the cells of alpha at values of another parameter."""
    from exactdyn.documents.files import naming
    from exactdyn.parameters.raster import VALUES, raster_rows
    from exactdyn.pictures import draw_raster, format_of, render

    name = "" if loaded.parameter is None else loaded.parameter.name
    if refused is not None:
        raise InputError(f"{refused}: requires that alpha or {name} moves, got both")
    with naming(loaded.source or loaded.name):
        if picture is None:
            otherwise = "--plot FILE for a picture of both"
            raise InputError(
                f"alpha: requires a number beside the parameter {name}, or {otherwise}, got 'all'"
            )
    low, high, layers = ends
    rows: list[RasterRow] = []
    with naming(loaded.source or loaded.name), waiting(f"cells of {loaded.name}") as say:
        for row in raster_rows(loaded, low, high, layers):
            rows.append(row)
            say(f"cells of {loaded.name}: {len(rows)} of {VALUES} values of {name}")
    write_file(picture, render(draw_raster(rows, name, loaded.name), format_of(picture)))
    complete = sum(row.cells.complete for row in rows)
    print_text(
        f"{loaded.name}: exact cells of alpha at {len(rows)} values of {name}, "
        f"every alpha settled for all layers at {complete} of them\n"
    )
    return 0 if complete == len(rows) else UNDECIDED
