"""The picture of an attention graph, and all that a graph can be written as."""

from __future__ import annotations

import networkx as nx

from exactdyn.errors import InputError
from exactdyn.graph import WRITABLE_FORMATS, write_graph
from exactdyn.pictures.graph.svg import write_svg
from exactdyn.systems.run import Run
from proofs_checks.format.rationals import shorten

GRAPH_FORMATS = (*WRITABLE_FORMATS, "svg")
"""What :func:`graph_text` writes."""


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
