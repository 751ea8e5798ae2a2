"""What a drawing of an attention graph shows: panels of places and arrows in the plane."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import networkx as nx

# Points of the plane are complex numbers, the second coordinate upwards.
_AXES = (complex(-sqrt(3) / 2, -1 / 2), complex(sqrt(3) / 2, -1 / 2), 1j)


@dataclass(frozen=True)
class Place:
    """One point of a panel and the tokens that sit there: copies share a place."""

    at: complex
    labels: tuple[str, ...]
    leader: bool


@dataclass(frozen=True)
class Arrow:
    """Attention from one place to another, as indices; ``share``: how much of a token's attention it is."""

    tail: int
    head: int
    share: float


@dataclass(frozen=True)
class Panel:
    """One layer: its title, its places, its arrows."""

    title: str
    places: tuple[Place, ...]
    arrows: tuple[Arrow, ...]


@dataclass(frozen=True)
class Scene:
    """All panels of a drawing, on one scale: the largest coordinate of all of them is 1.

    ``reach``: that largest coordinate. ``axes``: where the unit vectors of the tokens' space point.
    ``projection``: what was done to the tokens' coordinates, in words; empty for one and two dimensions,
    which are drawn as they are.
    """

    panels: tuple[Panel, ...]
    reach: float
    axes: tuple[complex, ...]
    projection: str


def scene(graph: nx.DiGraph) -> Scene:
    """Arrange an attention graph in the plane, one panel a layer.

    Dimension 1 lies on a line, dimension 2 is drawn as it is, and from dimension 3 on the first three
    coordinates (x, y, z) are seen isometrically: sqrt(3)/2 (y - x) across, z - (x + y)/2 up.

    >>> graph = nx.DiGraph([(0, 0, {"weight": 1.0})])
    >>> graph.add_node(0, label="a", leader=True, multiplicity=1, exact="4, 2", x=4.0, y=2.0)
    >>> scene(graph).panels[0].places
    (Place(at=(1+0.5j), labels=('a',), leader=True),)
    """
    dimension = max(data["exact"].count(",") + 1 for _, data in graph.nodes(data=True))
    axes = _AXES if dimension > 2 else (1 + 0j, 1j)[:dimension]
    names = "xyz"[: len(axes)]
    largest = max(abs(data[name]) for _, data in graph.nodes(data=True) for name in names) or 1.0
    layers: dict[int | None, list[object]] = {}
    for node, layer in graph.nodes(data="layer"):
        layers.setdefault(layer, []).append(node)
    panels = []
    for layer, nodes in layers.items():
        title = graph.name if layer is None else f"layer {layer}"
        panels.append(_panel(graph, title, nodes, dict(zip(names, axes, strict=True)), largest))
    return Scene(tuple(panels), largest, axes, _in_words(dimension))


def _panel(
    graph: nx.DiGraph, title: str, nodes: Iterable[object], axes: dict[str, complex], largest: float
) -> Panel:
    members: dict[str, list[object]] = {}
    for node in nodes:
        members.setdefault(graph.nodes[node]["exact"], []).append(node)
    index = {node: place for place, tokens in enumerate(members.values()) for node in tokens}
    places = []
    for tokens in members.values():
        data = [graph.nodes[node] for node in tokens]
        at = sum((data[0][name] / largest * axis for name, axis in axes.items()), 0j)
        labels = tuple(own["label"] for own in data)
        places.append(Place(at, labels, any(own["leader"] for own in data)))
    weights = {
        (index[node], index[other]): weight for node, other, weight in graph.edges(index, data="weight")
    }
    # Copies are attended all or none, so a place has its tokens' weights together.
    arrows = (Arrow(i, j, len(places[j].labels) * weight) for (i, j), weight in weights.items())
    return Panel(title, tuple(places), tuple(arrows))


def _in_words(dimension: int) -> str:
    if dimension <= 2:
        return ""
    isometric = "isometric projection: (y - x)√3/2 across, z - (x + y)/2 up"
    return isometric if dimension == 3 else f"{isometric}; of {dimension} coordinates the first three"
