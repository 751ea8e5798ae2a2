"""Attention graphs in the DOT language of Graphviz."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO

import networkx as nx
import pydot

from exactdyn.graph.build import assembled, node_id

# DOT knows text only, so what a name means is fixed here.
_READ: dict[str, Callable[[str], object]] = {
    "label": str,
    "leader": lambda text: text == "True",
    "multiplicity": int,
    "exact": str,
    "x": float,
    "y": float,
    "z": float,
    "layer": int,
    "token": int,
    "weight": float,
    "weight_exact": str,
    "head": int,
}
# Graphviz shows labels with these resolved, the entity included: written so, they look as they were meant.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "&": "&amp;"}
_MEANINGS = {escape: character for character, escape in _ESCAPES.items()}
_ESCAPED = re.compile(r'\\[\\"n]|&amp;')


def write_dot(graph: nx.DiGraph) -> str:
    """Write an attention graph as a DOT document.

    Source: the DOT language of Graphviz, https://graphviz.org/doc/info/lang.html.

    >>> print(write_dot(nx.DiGraph([("0:0", "0:1", {"weight_exact": "1/2"})])).splitlines()[3])
    "0:0" -> "0:1" [weight_exact="1/2"];
    """
    # networkx hands ids and values to pydot as they are, and pydot takes "0:1" for a port and leaves
    # backslashes and the text of a quoted string alone. What comes quoted it passes on unchanged.
    quoted = type(graph)(name=graph.name)
    quoted.add_nodes_from((_quote(node), _quoted(data)) for node, data in graph.nodes(data=True))
    quoted.add_edges_from((_quote(i), _quote(j), _quoted(data)) for i, j, data in graph.edges(data=True))
    text: str = nx.nx_pydot.to_pydot(quoted).to_string()
    return text


def read_dot(text: str) -> nx.DiGraph:
    """Read a graph that :func:`write_dot` wrote; attributes that Graphviz adds to it are left out.

    Raises ValueError for text that is no DOT document.

    Source: the DOT language of Graphviz, https://graphviz.org/doc/info/lang.html.

    >>> read_dot('digraph { 0 [label="a", leader="True"]; 0 -> 0 [weight="1.0"]; }').nodes[0]
    {'label': 'a', 'leader': True}
    """
    with redirect_stdout(StringIO()) as complaints:  # pydot prints what it cannot parse
        documents = pydot.graph_from_dot_data(text)
    if not documents:
        raise ValueError(f"no DOT document: {complaints.getvalue().strip().splitlines()[-1]}")
    quoted = nx.nx_pydot.from_pydot(documents[0])
    nodes = ((node_id(node), _unquoted(data)) for node, data in quoted.nodes(data=True))
    edges = ((node_id(i), node_id(j), _unquoted(data)) for i, j, data in quoted.edges(data=True))
    return assembled(quoted.name, nodes, edges)


def _quote(value: object) -> str:
    return '"' + "".join(_ESCAPES.get(character, character) for character in str(value)) + '"'


def _unquote(text: str) -> str:
    inner = text[1:-1] if text.startswith('"') else text
    return _ESCAPED.sub(lambda match: _MEANINGS[match[0]], inner)


def _quoted(attributes: dict[str, object]) -> dict[str, str]:
    return {name: _quote(value) for name, value in attributes.items()}


def _unquoted(attributes: dict[str, str]) -> dict[str, object]:
    return {name: _READ[name](_unquote(text)) for name, text in attributes.items() if name in _READ}
