"""``exactdyn cells``: all alpha at once, cut into the cells on which the dynamics are the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.ending import INTERRUPTED, UNDECIDED, say_unwritten
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import (
    BriefAnswerOption,
    CertificateOption,
    ExampleArgument,
    JsonOption,
    MatrixOption,
    TableOptions,
    refuse_brief,
    require_alone,
)
from exactdyn.cli.terminal.output import (
    FilesRead,
    print_json,
    print_text,
    require_picture_name,
    require_writable,
    write_file,
)
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.documents import Example
    from exactdyn.parameters.cells import ParameterCells
    from exactdyn.parameters.raster import RasterRow


@dataclass(frozen=True)
class CellsOutputs:
    """Where the answer goes, and what is printed how."""

    certificate: CertificateOption = None
    picture: Annotated[
        Path | None,
        typer.Option(
            "--plot", metavar="FILE", help="Draw a phase diagram, with runs beside it (.png, .svg, .pdf)."
        ),
    ] = None
    digits: Annotated[
        int | None, typer.Option("--decimal", metavar="N", help="Show irrational ends with N digits; 8.")
    ] = None
    latex: Annotated[bool, typer.Option("--latex", help="Print the table as LaTeX.")] = False
    statements: Annotated[
        bool,
        typer.Option("--statements", help="For which of all values does each statement of `check` hold?"),
    ] = False
    brief: BriefAnswerOption = False
    as_json: JsonOption = False

    def require(self, read: FilesRead = ()) -> None:
        """Refuse what makes no sense together or cannot be written, before any work.

        >>> CellsOutputs(latex=True, as_json=True).require()
        Traceback (most recent call last):
        exactdyn.errors.InputError: --latex: requires that --json is absent, got both
        """
        told = (self.as_json, "--json"), (self.statements, "--statements")
        if self.latex:
            require_alone("--latex", *reversed(told))
        if self.digits is not None:
            require_alone("--decimal", (self.as_json, "--json"))
        refuse_brief(self.brief or None, (self.latex, "--latex"), *told)
        require_picture_name(self.picture)
        require_writable(self.certificate, self.picture, read=read)
        _ = self.places

    @property
    def places(self) -> int:
        """How many digits of irrational numbers are shown.

        >>> CellsOutputs(digits=3).places
        3
        """
        from exactdyn.numbers.reading import integer
        from exactdyn.parameters.end import DIGITS, DIGITS_LIMIT

        return DIGITS if self.digits is None else integer(self.digits, "--decimal", 1, DIGITS_LIMIT)

    def refused_beside_a_picture(self) -> str | None:
        """Return an option that is given and says nothing of a picture of two numbers that move, if any.

        >>> CellsOutputs(brief=True).refused_beside_a_picture()
        '--brief'
        """
        given = {
            "--certificate": self.certificate,
            "--latex": self.latex,
            "--statements": self.statements,
            "--json": self.as_json,
            "--brief": self.brief,
            "--decimal": self.digits,
        }
        return next((option for option, value in given.items() if value), None)


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
    matrix: MatrixOption = None,
    *,
    table: TableOptions,
    outputs: CellsOutputs,
) -> int:
    """Cut all alpha > 0 into the cells on which the attention graphs are the same, each with its limits.

    Where EXAMPLE states a parameter, such as t in tokens or A, it is that which moves, and alpha stays; else
    the alpha of EXAMPLE plays no part, and limits are polynomials in tau = alpha/(1+alpha). Exit status: 0
    every cell is settled for all layers, 3 some are open; Ctrl-C (130) prints the cells found until then.

    Where EXAMPLE states alpha = "all" beside a parameter t, two move: --plot then draws the exact cells of
    alpha at 60 values of t, and nothing is printed but what was drawn.

    Example: exactdyn cells emerging-leader --from 1/10
    """
    from exactdyn.documents.parameter import EVERY_ALPHA
    from exactdyn.parameters.cells import LAYERS

    outputs.require([example, matrix])
    loaded = read_example("cells", example, None, matrix, **vars(table), alpha_of_table=EVERY_ALPHA)
    depth = LAYERS if layers is None else layers
    if loaded.parameter is not None and loaded.parameter.every_alpha:
        return _raster(loaded, (low, high, depth), outputs.picture, outputs.refused_beside_a_picture())
    found = _found(loaded, low, high, depth)
    if found.finished:
        _write(loaded, found, outputs)
    _print(loaded, found, outputs)
    if not found.finished:
        say_unwritten("the cells are not all found", outputs.certificate, outputs.picture)
        return INTERRUPTED
    return 0 if found.complete else UNDECIDED


def _write(loaded: Example, found: ParameterCells, outputs: CellsOutputs) -> None:
    from exactdyn.parameters.certificate import parameter_certificate

    if outputs.certificate is not None:
        with waiting(f"certificate of {loaded.name}"):
            write_file(outputs.certificate, parameter_certificate(found).encode())
    if outputs.picture is not None:
        from exactdyn.pictures import draw_phases, format_of, render

        drawn = draw_phases(found, loaded.name, loaded.labels)
        write_file(outputs.picture, render(drawn, format_of(outputs.picture)))


def _print(loaded: Example, found: ParameterCells, outputs: CellsOutputs) -> None:
    from exactdyn.cli.words.cells import cells_text
    from exactdyn.cli.words.cells_verdicts import statements_data, statements_text

    if outputs.as_json:
        print_json(found.to_dict() | (statements_data(found) if outputs.statements else {}))
    elif outputs.latex:
        from exactdyn.cli.words.cells_latex import cells_latex

        print_text(cells_latex(loaded, found, outputs.places))
    else:
        told = statements_text(found, outputs.places) if outputs.statements else ""
        print_text(cells_text(loaded, found, outputs.places, outputs.brief) + told)


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
