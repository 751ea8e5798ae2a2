"""The picture of an attention graph, and all that a graph can be written as."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from exactdyn.documents.files import shown_name
from exactdyn.errors import InputError
from exactdyn.graph import WRITABLE_FORMATS, write_graph
from exactdyn.pictures.graph.svg import write_svg
from exactdyn.systems.run import Run
from proofs_checks.format.rationals import shorten

GRAPH_FORMATS = (*WRITABLE_FORMATS, "svg")
"""What :func:`graph_text` writes."""

GRAPH_ENDINGS = {
    ".json": "node-link",
    ".graphml": "graphml",
    ".gexf": "gexf",
    ".dot": "dot",
    ".gv": "dot",
    ".svg": "svg",
}
"""How the name of a file ends that holds a graph, and in which format."""


def graph_format_of(path: Path, format: str | None = None) -> str:
    """Return the format in which a graph is written to a file.

    ``format``: what was asked for; None is what the name of the file says, "node-link" where it has no
    ending, as devices and pipes have none. Raises :class:`~exactdyn.errors.InputError` for an ending that is
    that of another format, and for an ending of no format where none was asked for.
    Source: the endings are those of Graphviz, of Gephi (GEXF) and of GraphML's primer.

    >>> graph_format_of(Path("layer.SVG")), graph_format_of(Path("layer.txt"), "dot")
    ('svg', 'dot')
    >>> graph_format_of(Path("layer.svg"), "dot")
    Traceback (most recent call last):
    exactdyn.errors.InputError: layer.svg: requires a name that ends in .dot or .gv for the format dot
    """
    said = GRAPH_ENDINGS.get(path.suffix.lower())
    if format is None:
        if said is None and (path.suffix or path.name.lower() in GRAPH_ENDINGS):
            endings = ", ".join(GRAPH_ENDINGS)
            raise InputError(
                f"{shown_name(path)}: requires a name that ends in one of {endings}, or the format beside it"
            )
        return said or "node-link"
    if said not in (None, format):
        own = " or ".join(ending for ending, named in GRAPH_ENDINGS.items() if named == format)
        raise InputError(f"{shown_name(path)}: requires a name that ends in {own} for the format {format}")
    return format


def graph_text(graph: nx.DiGraph, format: str, run: Run | None = None) -> str:
    """Write an attention graph as text, or as a drawing at the tokens' own positions.

    ``graph``: what :func:`~exactdyn.graph.build.attention_graph` or :func:`~exactdyn.graph.build.run_graph`
    built. ``run``: whose graph it is, for a drawing of more than three coordinates. ``format``: one of
    :data:`GRAPH_FORMATS`; see :func:`~exactdyn.graph.formats.write_graph`. Raises
    :class:`~exactdyn.errors.InputError` for any other format.

    >>> from exactdyn.graph import attention_graph
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> graph = attention_graph(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0), 0)
    >>> graph_text(graph, "svg").splitlines()[0][:4]
    '<svg'
    """
    if format not in GRAPH_FORMATS:
        raise InputError(f"format: requires one of {', '.join(GRAPH_FORMATS)}, got {shorten(format)}")
    return write_svg(graph, run) if format == "svg" else write_graph(graph, format)
