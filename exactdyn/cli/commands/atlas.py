"""``exactdyn atlas``: what each hypothesis of the theorem is for, found by search and proved."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.atlas_of_kinds import write_kinds
from exactdyn.cli.terminal.ending import complain
from exactdyn.cli.terminal.options import JsonOption
from exactdyn.cli.terminal.output import make_folder, print_json, print_lines, require_writable, write_file
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.hunts.answer import Answer
    from exactdyn.hunts.atlas import Atlas, Cell, Row

BEGIN, END = "<!-- atlas -->", "<!-- end of the atlas -->"
"""The lines of a Markdown file between which ``--insert`` puts the atlas."""


def command(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FOLDER", help="Where to: a folder, made if it is missing."),
    ],
    workers: Annotated[int, typer.Option("--workers", metavar="W", help="Number of processes.")] = 1,
    insert: Annotated[
        Path | None,
        typer.Option(
            "--insert",
            metavar="FILE",
            help=f"Put the table into this Markdown file, between {BEGIN} and {END}.",
        ),
    ] = None,
    statement: Annotated[
        list[str] | None,
        typer.Option("--statement", metavar="NAME", help="Only this one. May be repeated."),
    ] = None,
    kinds: Annotated[
        bool, typer.Option("--kinds", help="The other table: what statements need of a kind of system.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Make the atlas: for dropped hypotheses and statements the smallest counterexample, or what excludes it.

    The folder gets atlas.md, atlas.tex, atlas.json and atlas.png, and for every cell an example file and a
    certificate for `exactdyn verify`. Every cell is written as soon as it is known: a run that was
    interrupted is continued, a finished one is made anew. All of it takes some minutes.

    With --kinds it gets kinds.md and kinds.json instead: for kinds of systems, such as masks, heads and
    schedules, the smallest example for which a statement fails, or the lemma by which it holds.

    Example: exactdyn atlas -o atlas --statement hull-shrinkage
    """
    from exactdyn.cli.words.atlas import atlas_data, atlas_latex, atlas_lines, atlas_markdown, atlas_table
    from exactdyn.hunts.effort import WORKERS_LIMIT
    from exactdyn.numbers.reading import integer

    if kinds:
        _refuse_beside_kinds(workers, insert, statement)
        return write_kinds(output, as_json)
    integer(workers, "--workers", 1, WORKERS_LIMIT)
    page = None if insert is None else _page(insert)
    columns = _columns(statement or [])
    make_folder(output)
    atlas = _made(output, columns, workers)
    write_file(output / "atlas.md", _text(atlas_markdown(atlas)))
    write_file(output / "atlas.tex", _text(atlas_latex(atlas)))
    write_file(output / "atlas.png", _picture(atlas))
    if insert is not None and page is not None:
        before, after = page
        folder = Path(os.path.relpath(output, insert.parent)).as_posix()
        table_text = _text(atlas_table(atlas, folder)).decode()
        write_file(insert, f"{before}{BEGIN}\n{table_text}{END}{after}".encode())
    if as_json:
        print_json(atlas_data(atlas))
    else:
        print_lines(atlas_lines(atlas))
    return 0


def _refuse_beside_kinds(workers: int, insert: Path | None, statement: list[str] | None) -> None:
    beside = {"--workers": workers > 1, "--insert": insert is not None, "--statement": bool(statement)}
    for option, given in beside.items():
        if given:
            raise InputError(f"{option}: requires the atlas of hypotheses, got --kinds")


def _made(output: Path, columns: tuple[str, ...], workers: int) -> Atlas:
    """Fill the cells that are not known, one after the other, each written at once: Ctrl-C loses one only."""
    from exactdyn.cli.terminal.waiting import progress
    from exactdyn.cli.words.atlas import atlas_data

    table = output / "atlas.json"
    require_writable(table)
    atlas = _begun(table, columns)
    known, missing = len(atlas.cells), atlas.missing
    try:
        with progress("making the atlas", known + len(missing)) as done:
            for count, (row, column) in enumerate(missing, start=known):
                done(count)
                cell = _cell(row, column, workers)
                _write_cell(output, cell)
                atlas = replace(atlas, cells=(*atlas.cells, cell))
                write_file(table, (json.dumps(atlas_data(atlas), indent=1) + "\n").encode())
    except KeyboardInterrupt:
        cells = f"{len(atlas.cells)} of {known + len(missing)} cells"
        complain(f"exactdyn: interrupted; {cells} are in {output}: the same command goes on")
        raise
    return atlas


def _cell(row: Row, column: str, workers: int) -> Cell:
    from exactdyn.hunts.atlas import Hunt, fill
    from exactdyn.hunts.effort import Effort, pursue

    def answer(hunt: Hunt) -> Answer:
        return pursue(hunt.request, Effort(hunt.configurations, workers=workers))

    return fill(row, column, answer)


def _columns(chosen: list[str]) -> tuple[str, ...]:
    from exactdyn.hunts.atlas import COLUMNS
    from exactdyn.statements.catalogue import CATALOGUE
    from proofs_checks.format.rationals import shorten

    known = [name for name, record in CATALOGUE.items() if record.role != "kind"]
    for name in chosen:
        if name not in known:
            raise InputError(f"--statement: requires one of {', '.join(known)}, got {shorten(name)}")
    return tuple(name for name in known if name in (chosen or COLUMNS))


def _begun(table: Path, columns: tuple[str, ...]) -> Atlas:
    # What an interrupted run has left, or nothing.
    from exactdyn.cli.words.atlas import read_atlas
    from exactdyn.hunts.atlas import Atlas

    if not table.exists():
        return Atlas(columns)
    try:
        found = read_atlas(json.loads(table.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputError(f"{table}: requires an atlas that `exactdyn atlas` has written") from None
    return Atlas(columns) if found.complete or found.columns != columns else found


def _write_cell(folder: Path, cell: Cell) -> None:
    # Certificates first pass the checker; the example is for `exactdyn check`, with the failure as comment.
    from exactdyn.certificates.envelope import accepted, certificate_text
    from exactdyn.cli.words.sentences import PLAIN
    from exactdyn.documents import write_example
    from exactdyn.families.certificate import lemma_certificate_data
    from exactdyn.hunts.atlas import meant, row_of

    found = cell.counterexample
    if found is not None:
        about = f"{cell.column} without {row_of(cell).dropped}: {PLAIN.why(cell.column, found.verdict)}."
        proof = accepted(certificate_text(found.certificate))
        write_file(folder / f"{cell.name}.toml", write_example(found.document, about=about).encode())
        write_file(folder / f"{cell.name}.json", proof.encode())
    if cell.lemma is not None:
        data = lemma_certificate_data(cell.column, row_of(cell).kind, narrowing=meant(cell))
        write_file(folder / f"{cell.name}.json", accepted(certificate_text(data)).encode())


def _picture(atlas: Atlas) -> bytes:
    from exactdyn.cli.words.atlas import LEGEND, sketch
    from exactdyn.hunts.atlas import ROWS, row_of
    from exactdyn.pictures import draw_atlas, render

    cells = {
        (ROWS.index(row_of(cell)), atlas.columns.index(cell.column)): sketch(cell) for cell in atlas.cells
    }
    rows = [(row.dropped, row.kept) for row in ROWS]
    return render(draw_atlas(rows, atlas.columns, cells, LEGEND), "png")


def _page(file: Path) -> tuple[str, str]:
    # What stands before and after the atlas in a Markdown file.
    require_writable(file)
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise InputError(f"{file}: requires the lines {BEGIN} and {END}, got none")
    return before, after


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()
