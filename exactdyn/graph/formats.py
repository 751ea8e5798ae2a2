"""Attention graphs as text, and back."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO

import networkx as nx

from exactdyn.errors import InputError
from exactdyn.graph.build import assembled, node_id
from exactdyn.graph.dot import read_dot, write_dot
from exactdyn.graph.gexf import read_gexf, write_gexf
from proofs_checks.format.rationals import shorten


def write_graph(graph: nx.DiGraph, format: str) -> str:
    """Write an attention graph as text.

    ``graph``: what :func:`~exactdyn.graph.build.attention_graph` or
    :func:`~exactdyn.graph.build.run_graph` built. ``format``: "node-link" (JSON, the edges under the key
    ``edges``), "graphml", "gexf" (dynamic for a run's graph: Gephi plays it), or "dot". A drawing is made by
    ``exactdyn.pictures.graph.graph_text``.

    Raises :class:`~exactdyn.errors.InputError` for any other format.
    Source: GraphML, http://graphml.graphdrawing.org; GEXF 1.2, https://gexf.net; the DOT language of
    Graphviz; node-link data as NetworkX writes them.

    >>> from exactdyn.graph.build import attention_graph
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> graph = attention_graph(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0), 0)
    >>> print(write_graph(graph, "dot").splitlines()[-2])
    "1" -> "0" [weight="1.0", weight_exact="1"];
    """
    _require(format, WRITABLE_FORMATS)
    return _WRITERS[format](graph)


def read_graph(text: str, format: str) -> nx.DiGraph:
    """Read an attention graph that :func:`write_graph` wrote: the same ids, attributes and types.

    ``format``: one of "node-link", "graphml", "gexf", "dot" (slow: pydot reads some hundred lines a second).

    Raises :class:`~exactdyn.errors.InputError` for any other format, and for text that is not such a graph.
    Source: GraphML, http://graphml.graphdrawing.org; GEXF 1.2, https://gexf.net; the DOT language of
    Graphviz; node-link data as NetworkX writes them.

    >>> from exactdyn.graph.build import attention_graph
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> graph = attention_graph(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0), 0)
    >>> nx.utils.graphs_equal(read_graph(write_graph(graph, "graphml"), "graphml"), graph)
    True
    """
    _require(format, READABLE_FORMATS)
    try:
        graph = _READERS[format](text)
    except Exception as error:  # the parsers behind it raise whatever their code trips over
        reason = shorten(str(error), 100)
        raise InputError(f"graph: requires a {format} document, got {shorten(text)}: {reason}") from error
    if not graph.is_directed():
        raise InputError(f"graph: requires directed edges, got {type(graph).__name__}")
    return graph


def _write_node_link(graph: nx.DiGraph) -> str:
    return json.dumps(nx.node_link_data(graph, edges="edges"), allow_nan=False)


def _read_node_link(text: str) -> nx.DiGraph:
    graph = nx.node_link_graph(json.loads(text), edges="edges")
    if not graph.is_directed():
        return graph
    return assembled(graph.name, graph.nodes(data=True), graph.edges(data=True))


def _write_graphml(graph: nx.DiGraph) -> str:
    # Not generate_graphml: it splits its text at every kind of line break, those within labels included.
    buffer = BytesIO()
    numbered = graph
    if graph.is_multigraph():  # its keys become the ids of edges, and those are to be different
        numbered = nx.MultiDiGraph(**graph.graph)
        numbered.add_nodes_from(graph.nodes(data=True))
        numbered.add_edges_from((i, j, n, data) for n, (i, j, data) in enumerate(graph.edges(data=True)))
    nx.write_graphml_xml(numbered, buffer, named_key_ids=True)
    return buffer.getvalue().decode()


def _read_graphml(text: str) -> nx.DiGraph:
    graph = nx.read_graphml(BytesIO(text.encode()), node_type=node_id)
    edges = ((i, j, {k: v for k, v in data.items() if k != "id"}) for i, j, data in graph.edges(data=True))
    return assembled(graph.name, graph.nodes(data=True), edges) if graph.is_directed() else graph


def _require(format: str, known: tuple[str, ...]) -> None:
    if format not in known:
        raise InputError(f"format: requires one of {', '.join(known)}, got {shorten(format)}")


_WRITERS: dict[str, Callable[[nx.DiGraph], str]] = {
    "node-link": _write_node_link,
    "graphml": _write_graphml,
    "gexf": write_gexf,
    "dot": write_dot,
}
_READERS: dict[str, Callable[[str], nx.DiGraph]] = {
    "node-link": _read_node_link,
    "graphml": _read_graphml,
    "gexf": read_gexf,
    "dot": read_dot,
}
WRITABLE_FORMATS = tuple(_WRITERS)
"""What :func:`write_graph` writes."""
READABLE_FORMATS = tuple(_READERS)
"""What :func:`read_graph` reads."""
