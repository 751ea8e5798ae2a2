"""Attention weights in place of an EXAMPLE: what ``graph`` and ``plot`` do with ``--weights``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exactdyn.cli.reading import HEADERS, STANDARD_INPUT
from exactdyn.cli.terminal.ending import note
from exactdyn.cli.terminal.options import ExampleOptions
from exactdyn.cli.terminal.output import write_file
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from networkx import DiGraph

    from exactdyn.documents.weights import AttentionWeights

WeightsOption = Annotated[
    bool,
    typer.Option(
        "--weights",
        help="EXAMPLE is no system but attention weights, rows of them, perhaps for layers and heads.",
    ),
]


@dataclass(frozen=True)
class WeightsOptions:
    """That EXAMPLE is weights, and which of them have edges."""

    weights: WeightsOption = False
    head: Annotated[
        int | None,
        typer.Option("--head", metavar="H", help="With --weights: those of this head; else of all."),
    ] = None
    least: Annotated[
        str | None,
        typer.Option("--least", metavar="W", help="With --weights: smaller ones have no edge; else only 0."),
    ] = None

    def require(self) -> None:
        """Refuse options about weights where there are none.

        >>> WeightsOptions(head=1).require()
        Traceback (most recent call last):
        exactdyn.errors.InputError: --head: requires --weights, got an EXAMPLE
        """
        for name in ("head", "least"):
            if not self.weights and getattr(self, name) is not None:
                raise InputError(f"--{name}: requires --weights, got an EXAMPLE")


NO_WEIGHTS = WeightsOptions()
"""EXAMPLE is one."""


def read_weights(given: ExampleOptions, **others: object) -> AttentionWeights:
    """Load the attention weights that stand in the place of an EXAMPLE.

    ``others``: options that are about a system alone, by their names. Raises
    :class:`~exactdyn.errors.InputError` if one of them is given.
    """
    from exactdyn.documents.tables.choice import Choice
    from exactdyn.documents.weights import load_weights

    refused = {"alpha": given.alpha, "matrix": given.matrix, **others}
    for name, value in refused.items():
        if value is not None and value is not False:
            raise InputError(f"--{name}: requires that --weights is absent, got both")
    if given.header is not None and given.header not in HEADERS:
        raise InputError(f"--header: requires yes or no, got {given.header!r}")
    if given.example == STANDARD_INPUT:
        raise InputError("--weights: requires a file, got standard input")
    header = None if given.header is None else HEADERS[given.header]
    return load_weights(given.example, Choice(header, given.columns, given.label_column))


def _say(weights: AttentionWeights) -> None:
    for said in weights.notes:
        note(f"exactdyn: {said}")


def graph_of_weights(
    given: ExampleOptions, asked: WeightsOptions, layer: int | None, **others: object
) -> DiGraph:
    """Return the graph of attention weights, of one layer or of all."""
    from exactdyn.graph.weights import weights_graph
    from exactdyn.numbers.reading import exact

    least = exact("0" if asked.least is None else asked.least, "--least")
    weights = read_weights(given, **others)
    graph = weights_graph(weights, layer, asked.head, least)
    _say(weights)
    return graph


def plot_weights(given: ExampleOptions, output: Path, format: str, **others: object) -> None:
    """Draw attention weights as maps into a file."""
    from exactdyn.documents.files import naming
    from exactdyn.pictures.paper.render import render
    from exactdyn.pictures.weights import draw_weights

    weights = read_weights(given, **others)
    with naming(given.example):
        figure = draw_weights(weights, weights.name)
    write_file(output, render(figure, format))
    _say(weights)
