"""The folder that ``exactdyn atlas --kinds`` writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from exactdyn.cli.terminal.output import make_folder, print_json, print_lines, require_writable, write_file

if TYPE_CHECKING:
    from exactdyn.hunts.kinds_atlas import KindCell, KindsAtlas


def write_kinds(output: Path, as_json: bool) -> int:
    """Make the atlas of kinds, write it to a folder and print it; returns the exit status.

    The folder gets kinds.md and kinds.json, and for every example that fails a document and a certificate
    that the checker has accepted.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:  # a folder stands where the page is to be
    ...     (Path(folder) / "kinds.md").mkdir()
    ...     write_kinds(Path(folder), as_json=False)
    Traceback (most recent call last):
    exactdyn.cli.terminal.output.OutputError: ...: requires a file to write to, got a directory
    """
    from exactdyn.cli.words.kinds_atlas import kinds_data, kinds_lines, kinds_markdown

    make_folder(output)
    page, table = output / "kinds.md", output / "kinds.json"
    require_writable(page, table)
    atlas = _made()
    for cell in atlas.cells:
        _write_files(output, cell)
    write_file(table, (json.dumps(kinds_data(atlas), indent=1) + "\n").encode())
    write_file(page, "".join(f"{line}\n" for line in kinds_markdown(atlas)).encode())
    if as_json:
        print_json(kinds_data(atlas))
    else:
        print_lines(kinds_lines(atlas))
    return 0


def _made() -> KindsAtlas:
    from exactdyn.cli.terminal.waiting import progress
    from exactdyn.hunts.kind_rows import KIND_ROWS
    from exactdyn.hunts.kinds_atlas import KindsAtlas, fill_row

    cells: list[KindCell] = []
    with progress("making the atlas of kinds", len(KIND_ROWS)) as done:
        for count, row in enumerate(KIND_ROWS):
            done(count)
            cells += fill_row(row)
    return KindsAtlas(tuple(cells))


def _write_files(folder: Path, cell: KindCell) -> None:
    # The certificate first passes the checker; the example is for `exactdyn check`, the failure its comment.
    from exactdyn.certificates.envelope import accepted, certificate_text
    from exactdyn.cli.words.sentences import PLAIN
    from exactdyn.documents import write_example
    from exactdyn.hunts.kinds_atlas import kind_row_of

    found = cell.failing
    if found is None or cell.example is None:
        return
    why = PLAIN.why(cell.column, found.verdict)
    about = f"{cell.column} with {kind_row_of(cell).changed}: {why}."
    proof = accepted(certificate_text(found.certificate))
    write_file(folder / f"{cell.name}.toml", write_example(cell.example, about=about).encode())
    write_file(folder / f"{cell.name}.json", proof.encode())
