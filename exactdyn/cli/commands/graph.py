"""``exactdyn graph``: the attention graph of one layer or of a whole run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import read_example
from exactdyn.cli.terminal.groups import grouped
from exactdyn.cli.terminal.options import ExampleOptions, JsonOption, LayersOption
from exactdyn.cli.terminal.output import print_json, print_text, require_writable, write_file
from exactdyn.cli.terminal.waiting import waiting
from exactdyn.cli.weights import NO_WEIGHTS, WeightsOptions, graph_of_weights
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from networkx import DiGraph

    from exactdyn.documents import Example

STANDARD_OUTPUT = Path("-")


@grouped
def command(
    layer: Annotated[
        int | None, typer.Option("--layer", metavar="K", help="The graph of this layer.")
    ] = None,
    every_layer: Annotated[bool, typer.Option("--all", help="The graphs of all layers in one.")] = False,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="F",
            help="node-link, graphml, gexf, dot or svg; else what the name of FILE says, or node-link.",
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Write to this file; else to stdout.")
    ] = STANDARD_OUTPUT,
    *,
    given: ExampleOptions,
    asked: WeightsOptions = NO_WEIGHTS,
    layers: LayersOption = None,
    as_json: JsonOption = False,
) -> int:
    """Write the attention graph of a layer or of a whole run.

    A file is written in the format that its name says: .json (node-link), .graphml, .gexf, .dot or .gv, .svg.
    Of several heads each edge has the number of its head; a drawing joins the heads. With --all and gexf
    the graph is dynamic: Gephi plays it. With --json and -o the JSON document says what was written; without
    -o it is the graph itself, in the format node-link. With --weights EXAMPLE is a table or an array of
    attention weights, such as those of a trained transformer, one matrix for every layer and head.

    Example: exactdyn graph emerging-leader --layer 1 --format dot
    """
    from exactdyn.pictures.graph import GRAPH_FORMATS, graph_format_of, graph_text

    if format not in (None, *GRAPH_FORMATS):
        raise InputError(f"--format: requires one of {', '.join(GRAPH_FORMATS)}, got {format!r}")
    format = graph_format_of(output, format)
    if (layer is None) != every_layer:
        raise InputError(f"--layer: requires a layer or --all, got {'both' if every_layer else 'neither'}")
    if as_json and output == STANDARD_OUTPUT and format != "node-link":
        raise InputError(f"--json: requires the format node-link on stdout (or -o FILE), got {format!r}")
    if output != STANDARD_OUTPUT:
        require_writable(output, read=given.files)
    asked.require()
    if asked.weights:
        with waiting("building the graph"):
            graph = graph_of_weights(given, asked, layer, layers=layers)
            text = graph_text(graph, format)
    else:
        graph, text = _of_example(given, layer, layers, format)
    if output == STANDARD_OUTPUT:
        print_text(text if text.endswith("\n") else text + "\n")
        return 0
    write_file(output, text.encode())
    if as_json:
        size = {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
        print_json({"file": str(output), "format": format, **size})
    return 0


def _of_example(
    given: ExampleOptions, layer: int | None, layers: int | None, format: str
) -> tuple[DiGraph, str]:
    from exactdyn.pictures.graph import graph_text

    loaded = read_example("graph", **vars(given))
    with waiting(f"running {loaded.name}"):
        graph = build(loaded, layer, layers)
        drawn = layer if layers is None and layer is not None else layers
        return graph, graph_text(graph, format, loaded.run(drawn) if format == "svg" else None)


def build(example: Example, layer: int | None, layers: int | None) -> DiGraph:
    """Return the graph of one layer, or, if none is named, of all layers of an example's run.

    ``layers``: how far it is run; None is what the example says. Raises
    :class:`~exactdyn.errors.InputError` for a layer beyond.

    >>> from exactdyn.documents import load_example
    >>> build(load_example("cyclic"), 1, None).name, build(load_example("cyclic"), None, 2).name
    ('layer 1', 'layers 0..2')
    """
    from exactdyn.graph import attention_graph, run_graph

    if layer is None:
        return run_graph(example.run(layers), example.labels)
    last = example.layers if layers is None else layers
    if not 0 <= layer <= last:
        raise InputError(f"--layer: requires a layer from 0 to {last} (--layers for more), got {layer}")
    return attention_graph(example.run(layer), layer, example.labels)  # later layers do not matter
