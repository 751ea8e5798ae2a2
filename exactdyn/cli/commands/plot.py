"""``exactdyn plot``: the picture of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import ExampleOptions, JsonOption, LayersOption
from exactdyn.cli.terminal.output import print_json, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.cli.weights import WeightsOption, plot_weights
from exactdyn.errors import InputError


@grouped
def command(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where to: a name in .png, .svg or .pdf.")
    ],
    given: ExampleOptions,
    layers: LayersOption = None,
    limit: Annotated[
        bool, typer.Option("--limit", help="Draw the limit: K, S, clusters, and the way to it.")
    ] = False,
    weights: WeightsOption = False,
    as_json: JsonOption = False,
) -> int:
    """Draw a run: tokens, trails, leaders as stars, hulls.

    From dimension 2 on at layers 0, 1, 2, 5 and the last, dimension 1 over all layers; from dimension 4 on
    in the principal plane of layer 0. With --weights EXAMPLE is a table or an array of attention weights,
    which are drawn as maps, one for every layer and head.

    Example: exactdyn plot emerging-leader -o run.svg
    """
    from exactdyn.documents.files import naming
    from exactdyn.pictures import draw_limit, draw_run, format_of, render

    format = format_of(output)
    if limit and layers is not None:
        raise InputError("--limit: requires that --layers is absent, got both")
    require_writable(output)
    if weights:
        with waiting("drawing the weights"):
            plot_weights(given, output, format, layers=layers, limit=limit)
        return _said(output, format, as_json)
    loaded = read_example("plot", **vars(given))
    with waiting(f"drawing {loaded.name}"):
        run = loaded.run(layers)
        with naming(loaded.source):
            figure = (draw_limit if limit else draw_run)(run, labels=loaded.labels)
        write_file(output, render(figure, format))
    return _said(output, format, as_json)


def _said(output: Path, format: str, as_json: bool) -> int:
    if as_json:
        print_json({"file": str(output), "format": format})
    return 0
