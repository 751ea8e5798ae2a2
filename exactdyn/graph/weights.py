"""Attention weights as graphs: of one layer, and of all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import cos, pi, sin

import networkx as nx

from exactdyn.documents.weights import AttentionWeights
from exactdyn.errors import InputError
from exactdyn.graph.build import Edge, Node, assembled
from exactdyn.numbers.reading import integer
from proofs_checks.format.rationals import write_rational

_PLACE_DIGITS = 6
# Of the places of tokens on a circle, which are for drawing alone.


def weights_graph(
    weights: AttentionWeights, layer: int | None, head: int | None = None, least: Fraction = Fraction(0)
) -> nx.DiGraph:
    """Return attention weights as a graph: an edge i -> j for each weight of i on j that is large enough.

    ``layer``: None for all side by side, their nodes "k:i" as in :func:`~exactdyn.graph.build.run_graph`.
    ``head``: None for all, in a MultiDiGraph if there are several. ``least``: smaller weights, and those that
    are 0, have no edge. Nodes and edges have the attributes of
    :func:`~exactdyn.graph.build.attention_graph`, but for these: ``leader`` says whether a token attends
    itself alone, in every head, as far as there are edges; ``weight`` and ``weight_exact`` are the weights;
    tokens have no coordinates, so there is no ``exact``, and ``x``, ``y`` are places on a circle.

    Raises :class:`~exactdyn.errors.InputError` for a layer or a head that there is not.
    Source: arXiv 2407.01602, equation (1.2), whose weights are 1/|C_i|.

    >>> one = Fraction(1)
    >>> weights = AttentionWeights("two", ((((one / 4, one * 3 / 4), (one * 0, one)),),), ("the", "film"))
    >>> sorted(weights_graph(weights, 0).edges(data="weight_exact"))
    [(0, 0, '1/4'), (0, 1, '3/4'), (1, 1, '1')]
    >>> weights_graph(weights, 0).nodes[1]["leader"]
    True
    """
    if head is not None:
        integer(head, "head", 0, weights.heads - 1)
    if layer is not None:
        integer(layer, "layer", 0, weights.layers - 1)
    if least < 0:
        raise InputError(f"least: requires a weight of at least 0, got {write_rational(least)}")
    shown = range(weights.layers) if layer is None else [layer]
    nodes: list[Node] = []
    edges: list[Edge] = []
    for k in shown:
        own = list(_edges(weights, k, head, least))
        outward: list[set[object]] = [set() for _ in range(weights.count)]
        for token, other, _ in own:
            outward[int(token)].add(other)
        for token, attended in enumerate(outward):
            name = weights.labels[token] if weights.labels is not None else str(token)
            data = {"label": name, "leader": attended == {token}, "multiplicity": 1}
            data |= _place(token, weights.count)
            at = {} if layer is not None else {"layer": k, "token": token}
            nodes.append((_named(token, k, layer), {**at, **data}))
        edges += ((_named(i, k, layer), _named(j, k, layer), data) for i, j, data in own)
    name = f"layers 0..{weights.layers - 1}" if layer is None else f"layer {layer}"
    return assembled(name if head is None else f"{name}, head {head}", nodes, edges)


def _named(token: int | str, k: int, layer: int | None) -> int | str:
    return token if layer is not None else f"{k}:{token}"


def _edges(weights: AttentionWeights, layer: int, head: int | None, least: Fraction) -> Iterator[Edge]:
    heads = range(weights.heads) if head is None else [head]
    for h in heads:
        named = {"head": h} if len(heads) > 1 else {}
        rows = enumerate(weights.rows(layer, h))
        entries = ((i, j, weight) for i, row in rows for j, weight in enumerate(row))
        for token, other, weight in entries:
            if weight and weight >= least:
                exact = {"weight": float(weight), "weight_exact": write_rational(weight)}
                yield token, other, {**exact, **named}


def _place(token: int, count: int) -> dict[str, object]:
    angle = 2 * pi * token / count
    x, y = (round(turned, _PLACE_DIGITS) for turned in (sin(angle), cos(angle)))
    return {"x": x, "y": y}
