"""Attention graphs in GEXF, the format of Gephi."""

from __future__ import annotations

from io import BytesIO

import networkx as nx

from exactdyn.graph.build import assembled, node_id

_HALF_WIDTH = 500.0
"""The largest coordinate of a drawing in Gephi, whose nodes have size 10 on that scale."""


def write_gexf(graph: nx.DiGraph) -> str:
    """Write an attention graph as a GEXF 1.2 document, tokens at their places; that of a run is dynamic.

    In a dynamic document everything of layer k lives from time k to time k + 1. Gephi moves no node along
    its timeline (``viz:position`` has no time), but it shows and hides them: since every layer has nodes of
    its own, playing the timeline shows the tokens move. Its spells are closed, so a window that holds a
    whole number in it shows two layers; from k + 1/4 to k + 3/4 it shows layer k.

    Source: GEXF 1.2, https://gexf.net (nodes, edges, viz, dynamics).

    >>> graph = nx.DiGraph([("2:0", "2:0")])
    >>> graph.add_node("2:0", layer=2, token=0, x=1.0)
    >>> '<spell start="2.0" end="3.0" />' in write_gexf(graph)
    True
    """
    drawn = graph.copy()
    largest = max(abs(data.get(axis, 0.0)) for _, data in drawn.nodes(data=True) for axis in "xyz")
    scale = _HALF_WIDTH / largest if largest else 1.0
    for _, data in drawn.nodes(data=True):
        data["viz"] = {"position": {axis: scale * data.get(axis, 0.0) for axis in "xyz"}}
        if "layer" in data:
            data["spells"] = _lifetime(data["layer"])
    for token, _, data in drawn.edges(data=True):
        if "layer" in drawn.nodes[token]:
            data["spells"] = _lifetime(drawn.nodes[token]["layer"])
    buffer = BytesIO()
    nx.write_gexf(drawn, buffer)
    return buffer.getvalue().decode()


def read_gexf(text: str) -> nx.DiGraph:
    """Read a graph that :func:`write_gexf` wrote; places and spells follow from the rest and are left out.

    Source: GEXF 1.2, https://gexf.net.

    >>> read_gexf(write_gexf(nx.DiGraph([(0, 1, {"weight": 0.5})]))).edges[0, 1]
    {'weight': 0.5}
    """
    drawn = nx.read_gexf(BytesIO(text.encode()), node_type=node_id)
    nodes = ((node, _without(data, "viz", "spells")) for node, data in drawn.nodes(data=True))
    edges = ((i, j, _without(data, "id", "key", "spells")) for i, j, data in drawn.edges(data=True))
    return assembled(drawn.name, nodes, edges)


def _lifetime(layer: int) -> list[tuple[float, float]]:
    return [(float(layer), float(layer + 1))]


def _without(attributes: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in attributes.items() if name not in names}
