"""``exactdyn plot``: the picture of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exactdyn.cli.options import AlphaOption, ExampleArgument, JsonOption, LayersOption, MatrixOption
from exactdyn.cli.output import print_json, require_writable, write_file
from exactdyn.cli.waiting import waiting
from exactdyn.errors import InputError


def command(
    example: ExampleArgument,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to: a name in .png, .svg or .pdf.")
    ],
    alpha: AlphaOption = None,
    matrix: MatrixOption = None,
    layers: LayersOption = None,
    limit: Annotated[
        bool, typer.Option("--limit", help="Draw the limit: K, S, clusters, and the way to it.")
    ] = False,
    as_json: JsonOption = False,
) -> int:
    """Draw a run: tokens, trails, leaders as stars, hulls.

    Dimension 2 and 3 are drawn at layers 0, 1, 2, 5 and the last, dimension 1 over all layers.

    Example: exactdyn plot emerging-leader -o run.svg
    """
    from exactdyn.example import load_example
    from exactdyn.plot import FORMATS, draw_limit, draw_run, render

    format = output.suffix.lower().removeprefix(".")
    if limit and layers is not None:
        raise InputError("--limit: requires that --layers is absent, got both")
    if format not in FORMATS:
        known = ", ".join(f".{name}" for name in FORMATS)
        raise InputError(f"{output}: requires a name that ends in one of {known}")
    require_writable(output)
    loaded = load_example(example, alpha, matrix)
    with waiting(f"drawing {loaded.name}"):
        run = loaded.run(0 if limit else layers)
        figure = (draw_limit if limit else draw_run)(run, labels=loaded.labels)
        write_file(output, render(figure, format))
    if as_json:
        print_json({"file": str(output), "format": format})
    return 0
