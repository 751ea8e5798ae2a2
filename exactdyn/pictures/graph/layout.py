"""What a drawing of an attention graph shows: panels of spots and arrows in the plane."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np

from exactdyn.pictures.paper.view import AXES, PROJECTION, flat


@dataclass(frozen=True)
class Spot:
    """One point of a panel, as a complex number upwards, and the tokens there: copies share a spot."""

    at: complex
    labels: tuple[str, ...]
    leader: bool


@dataclass(frozen=True)
class Arrow:
    """Attention from one spot to another, as indices; ``share``: how much it is of that of its tokens."""

    tail: int
    head: int
    share: float


@dataclass(frozen=True)
class GraphPanel:
    """One layer: its title, its spots, its arrows."""

    title: str
    spots: tuple[Spot, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Layout:
    """All panels of a drawing, on one scale: the largest coordinate of all of them is 1.

    ``reach``: that largest coordinate. ``axes``: where the unit vectors of the tokens' space point.
    ``projection``: what was done to the tokens' coordinates, in words; empty for one and two dimensions,
    which are drawn as they are.
    """

    panels: tuple[GraphPanel, ...]
    reach: float
    axes: tuple[complex, ...]
    projection: str


def lay_out(graph: nx.DiGraph) -> Layout:
    """Arrange an attention graph in the plane, one panel a layer.

    Dimension 1 lies on a line, dimension 2 is drawn as it is, and from dimension 3 on the first three
    coordinates are projected as in every picture (:data:`exactdyn.pictures.paper.view.SCREEN`).

    Source: arXiv 2407.01602, equation (1.2).

    >>> graph = nx.DiGraph([(0, 0, {"weight": 1.0})])
    >>> graph.add_node(0, label="a", leader=True, multiplicity=1, exact="4, 2", x=4.0, y=2.0)
    >>> lay_out(graph).panels[0].spots
    (Spot(at=(1+0.5j), labels=('a',), leader=True),)
    """
    dimension = max(data["exact"].count(",") + 1 for _, data in graph.nodes(data=True))
    names = AXES[:dimension]
    largest = max(abs(data[name]) for _, data in graph.nodes(data=True) for name in names) or 1.0
    layers: dict[int | None, list[object]] = {}
    for node, layer in graph.nodes(data="layer"):
        layers.setdefault(layer, []).append(node)
    panels = []
    for layer, nodes in layers.items():
        title = graph.name if layer is None else f"layer {layer}"
        panels.append(_panel(graph, title, nodes, names, largest))
    axes = _projected(np.eye(len(names)))
    return Layout(tuple(panels), largest, tuple(axes), _in_words(dimension))


def _projected(coordinates: np.ndarray) -> list[complex]:
    return [complex(x, y) for x, y in flat(coordinates).tolist()]


def _panel(graph: nx.DiGraph, title: str, nodes: Iterable[object], names: str, largest: float) -> GraphPanel:
    members: dict[str, list[object]] = {}
    for node in nodes:
        members.setdefault(graph.nodes[node]["exact"], []).append(node)
    index = {node: spot for spot, tokens in enumerate(members.values()) for node in tokens}
    points = [[graph.nodes[tokens[0]][name] / largest for name in names] for tokens in members.values()]
    spots = []
    for at, tokens in zip(_projected(np.array(points)), members.values(), strict=True):
        data = [graph.nodes[node] for node in tokens]
        labels = tuple(own["label"] for own in data)
        spots.append(Spot(at, labels, any(own["leader"] for own in data)))
    # A spot pays what its tokens pay on average, to all tokens of another spot, in all heads.
    heads = len({head for _, _, head in graph.edges(index, data="head")})
    shares: dict[tuple[int, int], float] = {}
    for node, other, weight in graph.edges(index, data="weight"):
        pair = index[node], index[other]
        shares[pair] = shares.get(pair, 0.0) + weight / (heads * len(spots[pair[0]].labels))
    arrows = (Arrow(i, j, share) for (i, j), share in shares.items())
    return GraphPanel(title, tuple(spots), tuple(arrows))


def _in_words(dimension: int) -> str:
    if dimension <= 2:
        return ""
    return PROJECTION if dimension == 3 else f"{PROJECTION}; of {dimension} coordinates the first three"
