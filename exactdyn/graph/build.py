"""The attention graph of one layer, and of all layers of a run."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

import networkx as nx

from exactdyn.errors import InputError
from exactdyn.numbers.fields.joining import nearest
from exactdyn.numbers.fields.written import number_text
from exactdyn.systems.run import Run, Subject, run_of
from proofs_checks.format.rationals import shorten, write_rational

Node: TypeAlias = tuple[int | str, dict[str, Any]]
Edge: TypeAlias = tuple[int | str, int | str, dict[str, Any]]

# What XML 1.0 has no way to write, and the carriage return, which every XML reader turns into a newline.
_NOT_IN_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def attention_graph(subject: Subject, layer: int, labels: Iterable[str] | None = None) -> nx.DiGraph:
    """Return the attention graph of a layer: an edge i -> j for every j in C_i(Z^layer).

    Of several heads it is a MultiDiGraph, with an edge i -> j for every head in which i attends j, its key
    the number of the head. ``subject``: a run or an example. One node a token, its id the int 0..n-1; copies
    of a point stay nodes of their own. ``labels``: n strings, one a token; None for those of the run, or else
    the token's number. All attributes are scalars:

    - nodes: ``label``; ``leader``, whether C_i = {i}, in every head, at this layer or an earlier one;
      ``multiplicity``, the number of tokens at that point; ``exact``, the coordinates as "p/q, p/q"; for
      drawing the floats ``x``, from dimension 2 on ``y``, from dimension 3 on ``z``: the first coordinates,
      correctly rounded, and where they exceed the range of floats, the largest float (JSON has no infinity);
    - edges: ``weight``, the float ``1/|C_i|``, and ``weight_exact``, the same as "1/q" or "1"; where
      there are several heads, ``head``, the int 0, 1, ..., and C_i is that of this head;
    - the graph: ``name``, "layer k".

    Coordinates are in the form the system names, as in :meth:`~exactdyn.systems.run.Run.tokens`. Raises
    :class:`~exactdyn.errors.InputError` if the run does not have this layer, and for labels that are not n
    strings or that hold characters which XML cannot carry (control characters but tab and newline, lone
    surrogates).
    Source: arXiv 2407.01602, equation (1.2) and Definition 2.1 (leader).

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=2)
    >>> graph = attention_graph(run, 1, labels=["up", "down", "tied"])
    >>> sorted(graph.edges(data="weight_exact"))
    [(0, 0, '1'), (1, 1, '1'), (2, 0, '1/2'), (2, 1, '1/2')]
    >>> graph.nodes[2]["label"], graph.nodes[2]["exact"], graph.nodes[2]["x"], graph.nodes[2]["leader"]
    ('tied', '3/4, 0', 0.75, False)
    """
    run = run_of(subject)
    tokens, copies = run.tokens(layer), run.state(layer).copies
    nodes = [
        (
            token,
            {
                "label": label,
                "leader": run.leaders.get(token, layer + 1) <= layer,
                "multiplicity": len(copies[token]),
                "exact": ", ".join(map(number_text, row)),
                **_drawing_coordinates(row),
            },
        )
        for token, (label, row) in enumerate(zip(_token_labels(run, labels), tokens, strict=True))
    ]
    return assembled(f"layer {layer}", nodes, _edges(run, layer))


def assembled(name: str, nodes: Iterable[Node], edges: Iterable[Edge]) -> nx.DiGraph:
    """Return the graph of these nodes and edges: a MultiDiGraph if an edge says of which head it is.

    ``nodes``: pairs of an id and attributes; ``edges``: two ids and attributes. Raises ValueError for two
    edges between the same nodes in one head.

    >>> assembled("layer 0", [], [(0, 1, {"head": 0}), (0, 1, {"head": 1})]).edges
    OutMultiEdgeView([(0, 1, 0), (0, 1, 1)])
    >>> type(assembled("layer 0", [], [(0, 1, {})])).__name__
    'DiGraph'
    """
    kept = list(edges)
    several = any("head" in attributes for *_, attributes in kept)
    graph = nx.MultiDiGraph(name=name) if several else nx.DiGraph(name=name)
    graph.add_nodes_from(nodes)
    for token, other, attributes in kept:
        key = (attributes.get("head", 0),) if several else ()
        if graph.has_edge(token, other, *key):
            raise ValueError(f"two edges from {token} to {other} in one head")
        graph.add_edge(token, other, *key, **attributes)
    return graph


def run_graph(subject: Subject, labels: Iterable[str] | None = None) -> nx.DiGraph:
    """Return the layered graph of a run: the attention graphs of its layers 0..N side by side.

    ``subject``: a run or an example. The node "k:i" is token i at layer k, an edge "k:i" -> "k:j" says that j
    is in C_i(Z^k). Edges stay within a layer, so that each layer of this graph is what
    :func:`attention_graph` returns for it; which node continues which is in their names. Nodes carry two
    attributes more: ``layer`` and ``token``, the ints k and i. The graph's ``name`` is "layers 0..N".

    Raises :class:`~exactdyn.errors.InputError` for labels as :func:`attention_graph` does.
    Source: arXiv 2407.01602, equation (1.2).

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> graph = run_graph(Hardmax(alpha=1).run([["1/2"], [1]], layers=1))
    >>> sorted(graph.edges)
    [('0:0', '0:1'), ('0:1', '0:1'), ('1:0', '1:1'), ('1:1', '1:1')]
    >>> graph.nodes["1:0"]["layer"], graph.nodes["1:0"]["token"], graph.nodes["1:0"]["exact"]
    (1, 0, '3/4')
    """
    run = run_of(subject)
    names = _token_labels(run, labels)
    nodes: list[Node] = []
    edges: list[Edge] = []
    for layer in range(run.layers + 1):
        one = attention_graph(run, layer, names)
        nodes += (
            (f"{layer}:{token}", {"layer": layer, "token": token, **attributes})
            for token, attributes in one.nodes(data=True)
        )
        edges += (
            (f"{layer}:{token}", f"{layer}:{other}", attributes)
            for token, other, attributes in one.edges(data=True)
        )
    return assembled(f"layers 0..{run.layers}", nodes, edges)


def node_id(text: str) -> int | str:
    """Read a node's id from text, for the formats in which every id is text.

    Raises ValueError for what is neither kind of id.

    >>> node_id("3"), node_id("0:3")
    (3, '0:3')
    """
    return text if ":" in text else int(text)


def _edges(run: Run, layer: int) -> Iterator[Edge]:
    """Give the edges of a layer, of every head those of its attention sets."""
    heads = run.head_attention(layer)
    for head, sets in enumerate(heads):
        named = {"head": head} if len(heads) > 1 else {}
        for token, attended in enumerate(sets):
            share = Fraction(1, len(attended))
            weights = {"weight": float(share), "weight_exact": write_rational(share)}
            yield from ((token, other, {**weights, **named}) for other in sorted(attended))


def _token_labels(run: Run, labels: Iterable[str] | None) -> Sequence[str]:
    """Return the labels, refused where a format could not give them back."""
    count = run.start.count
    labels = run.labels if labels is None else labels
    if labels is None:
        return [str(token) for token in range(count)]
    names = [labels] if isinstance(labels, str) else list(labels)
    if len(names) != count:
        raise InputError(f"labels: requires {count} strings, one a token, got {shorten(names)}")
    for token, name in enumerate(names):
        if not isinstance(name, str):
            raise InputError(f"labels[{token}]: requires a string, got {shorten(name)}")
        if _NOT_IN_XML.search(name):
            raise InputError(f"labels[{token}]: requires characters that XML can carry, got {shorten(name)}")
    return names


def _drawing_coordinates(row: Sequence[Fraction]) -> dict[str, float]:
    largest = sys.float_info.max
    floats = map(nearest, row)
    return {name: min(max(value, -largest), largest) for name, value in zip("xyz", floats, strict=False)}
