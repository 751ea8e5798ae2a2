"""Attention graphs in GEXF 1.3, the format of Gephi."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, TypeAlias
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import networkx as nx

from exactdyn.graph.build import assembled, node_id

_HALF_WIDTH = 500.0
"""The largest coordinate of a drawing in Gephi, whose nodes have size 10 on that scale."""

_OLDER, _NEWER = "http://www.gexf.net/1.2draft", "http://gexf.net/1.3"
"""The namespace that every version of NetworkX writes and reads, and that of the version meant.

What is written here is the same in both, but that 1.3 has no name of a graph; it is the description.
"""

_SHARE = "weight over time"
"""A dynamic weight, until it has its name: NetworkX takes no list for a weight."""

Timed: TypeAlias = list[tuple[Any, float, float]]
"""Values of an attribute, each with the times from which and up to which it holds."""


def write_gexf(graph: nx.DiGraph) -> str:
    """Write an attention graph as a GEXF 1.3 document, tokens at their places; that of a run is dynamic.

    In a dynamic document there is one node a token, there all the time, and one edge for each token, attended
    token and head, whose spells are the layers at which it is there: layer k is from time k to time k + 1.
    Coordinates, exact and as floats, copies, leaders and weights are dynamic attributes. Gephi moves no node
    along its timeline (``viz:position`` has no time): a token is drawn at its place of layer 0. Its spells
    are closed, so a window from k + 1/4 to k + 3/4 shows layer k.

    Source: GEXF 1.3, https://gexf.net (nodes, edges, viz, dynamics).

    >>> graph = nx.DiGraph([("2:0", "2:0")])
    >>> graph.add_node("2:0", layer=2, token=0, x=1.0)
    >>> '<spell start="2.0" end="3.0" />' in write_gexf(graph)
    True
    """
    if any("layer" in data for _, data in graph.nodes(data=True)):
        drawn, places = _over_time(graph), _first_places(graph)
    else:
        drawn, places = graph.copy(), dict(graph.nodes(data=True))
    largest = max(abs(data.get(axis, 0.0)) for data in places.values() for axis in "xyz")
    scale = _HALF_WIDTH / largest if largest else 1.0
    for node, data in drawn.nodes(data=True):
        data["viz"] = {"position": {axis: scale * places[node].get(axis, 0.0) for axis in "xyz"}}
    buffer = BytesIO()
    nx.write_gexf(drawn, buffer)
    return _newer(buffer.getvalue().decode(), graph.name)


def read_gexf(text: str) -> nx.DiGraph:
    """Read a graph that :func:`write_gexf` wrote; places and spells follow from the rest and are left out.

    Source: GEXF 1.3, https://gexf.net.

    >>> read_gexf(write_gexf(nx.DiGraph([(0, 1, {"weight": 0.5})]))).edges[0, 1]
    {'weight': 0.5}
    """
    head, graph, rest = text.partition("<graph")
    drawn = nx.read_gexf(BytesIO((head.replace(_NEWER, _OLDER) + graph + rest).encode()), node_type=node_id)
    name = ElementTree.fromstring(text).findtext("{*}meta/{*}description") or ""
    nodes = [(node, _without(data, "viz", "spells")) for node, data in drawn.nodes(data=True)]
    edges = [(i, j, _without(data, "id", "key", "spells")) for i, j, data in drawn.edges(data=True)]
    if drawn.graph["mode"] != "dynamic":
        return assembled(name, nodes, edges)
    layered = (
        (f"{layer}:{token}", {"layer": layer, "token": token, **own})
        for token, data in nodes
        for layer, own in _by_layer(data)
    )
    between = (
        (f"{layer}:{token}", f"{layer}:{other}", own)
        for token, other, data in edges
        for layer, own in _by_layer(data)
    )
    return assembled(name, layered, between)


def _newer(text: str, name: str) -> str:
    # Of the same graph always the same text: without the day.
    head, graph, rest = text.partition("<graph")
    head = head.replace(_OLDER, _NEWER).replace('version="1.2"', 'version="1.3"')
    head = re.sub('<meta lastmodifieddate="[^"]*"', "<meta", head)
    head = head.replace("</creator>", f"</creator>\n    <description>{escape(name)}</description>")
    tag, end, body = rest.partition(">")
    tag = re.sub(' name="[^"]*"', "", tag)
    return head + graph + tag + end + body.replace(f'title="{_SHARE}"', 'title="weight"') + "\n"


def _over_time(graph: nx.DiGraph) -> nx.DiGraph:
    """Return the graph of a run with one node a token, whose attributes have times."""
    several = graph.is_multigraph()
    drawn = nx.MultiDiGraph() if several else nx.DiGraph()
    nodes: dict[int, dict[int, dict[str, Any]]] = {}
    for _, data in graph.nodes(data=True):
        nodes.setdefault(data["token"], {})[data["layer"]] = _without(data, "layer", "token")
    for token, layers in nodes.items():
        drawn.add_node(token, **_timed(layers))
    edges: dict[tuple[int, ...], dict[int, dict[str, Any]]] = {}
    for node, other, data in graph.edges(data=True):
        start = graph.nodes[node]
        key = (start["token"], graph.nodes[other]["token"], *((data["head"],) if several else ()))
        edges.setdefault(key, {})[start["layer"]] = {
            _SHARE if name == "weight" else name: value for name, value in data.items()
        }
    for key, layers in edges.items():
        drawn.add_edge(*key, **_timed(layers))
    return drawn


def _first_places(graph: nx.DiGraph) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for _, data in sorted(graph.nodes(data=True), key=lambda pair: int(pair[1]["layer"])):
        found.setdefault(data["token"], data)
    return found


def _timed(layers: Mapping[int, Mapping[str, Any]]) -> dict[str, Any]:
    # What is the same by its nature, the label and the head, has no time.
    data: dict[str, Any] = {"spells": [(start, end) for _, start, end in _merged(dict.fromkeys(layers))]}
    for name in next(iter(layers.values())):
        values = {layer: own[name] for layer, own in layers.items()}
        data[name] = next(iter(values.values())) if name in ("label", "head") else _merged(values)
    return data


def _merged(values: Mapping[int, Any]) -> Timed:
    # Layer k is from time k to k + 1; consecutive layers of one value are one.
    found: Timed = []
    for layer in sorted(values):
        value = values[layer]
        if found and found[-1][2] == layer and found[-1][0] == value:
            found[-1] = (value, found[-1][1], float(layer + 1))
        else:
            found.append((value, float(layer), float(layer + 1)))
    return found


def _by_layer(data: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    # The attributes at every layer at which there are some.
    timed = {name: value for name, value in data.items() if isinstance(value, list)}
    always = {name: value for name, value in data.items() if name not in timed}
    layers: dict[int, dict[str, Any]] = {}
    for name, values in timed.items():
        for value, start, end in values:
            for layer in range(int(start), int(end)):
                layers.setdefault(layer, dict(always))[name] = value
    yield from layers.items()


def _without(attributes: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in attributes.items() if name not in names}
