"""``exactdyn page``: a run as a web page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import ExampleOptions, JsonOption, LayersOption
from exactdyn.cli.terminal.output import print_json, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting


@grouped
def command(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to: a name in .html.")
    ],
    given: ExampleOptions,
    layers: LayersOption = None,
    no_limit: Annotated[
        bool, typer.Option("--no-limit", help="Do not look for the limits of the tokens.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Write a run as a page for a browser: a slider through the layers, exact values where one points.

    One file that needs no network: tokens by two coordinates of the reader's choice, trails, who attends whom
    in each head, leaders as stars, and the limits as far as they are proved.

    Example: exactdyn page emerging-leader -o run.html
    """
    from exactdyn.documents.files import ending_of, naming
    from exactdyn.limits import limit
    from exactdyn.pictures.run_page.page import run_page

    with naming(output):
        ending_of(output, (".html",), ".html")
    require_writable(output, read=given.files)
    loaded = read_example("page", **vars(given))
    with waiting(f"running {loaded.name}"), naming(loaded.source):
        run = loaded.run(layers)
        found = None if no_limit else limit(run)
        page = run_page(run, found, loaded.labels, loaded.name)
    write_file(output, page.encode())
    if as_json:
        print_json(
            {"file": str(output), "layers": run.layers, "limits": None if found is None else found.status}
        )
    return 0
