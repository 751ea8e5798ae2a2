"""``exactdyn new``: a commented document of a kind of system, to begin from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exactdyn.cli.terminal.completion import kinds
from exactdyn.cli.terminal.options import JsonOption
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file


def command(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            autocompletion=kinds,
            help="hardmax, schedule, frank-wolfe, layers, value-matrix, mask, ties, heads, relu, field, "
            "parameter, softmax or softmax-steps.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to: a name in .toml; else stdout."),
    ] = None,
    as_json: JsonOption = False,
) -> int:
    """Print a commented document of a kind of system, to begin from.

    It runs as it is: `exactdyn new heads -o mine.toml`, then `exactdyn run mine.toml` (`exactdyn softmax` for
    softmax and softmax-steps, `exactdyn cells` for parameter). What may stand in a document beside it is told
    by the other kinds.

    Example: exactdyn new heads
    """
    from exactdyn.documents.builtin import template_text
    from exactdyn.documents.files import ending_of, naming

    text = template_text(kind)
    if output is not None:
        with naming(output):
            ending_of(output, (".toml",))
        require_writable(output)
        write_file(output, text.encode())
    if as_json:
        print_json(
            {"kind": kind, "file": str(output)} if output is not None else {"kind": kind, "text": text}
        )
    elif output is None:
        print_text(text)
    return 0
