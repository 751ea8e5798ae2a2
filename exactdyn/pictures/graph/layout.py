"""What a drawing of an attention graph shows: panels of spots and arrows in the plane."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np

from exactdyn.numbers.points import Points
from exactdyn.pictures.paper.projection import AXES, PROJECTION, Projection, projection_of
from exactdyn.pictures.run_in_space.window import UNEQUAL
from exactdyn.systems.run import Run

ON_A_CIRCLE = "tokens stand on a circle in their order: weights have no places"
"""What is said of places that are for drawing alone."""


@dataclass(frozen=True)
class Spot:
    """One point of a panel, as a complex number upwards, and the tokens there: copies share a spot.

    ``near``: how near to the viewer it is among those of its panel, from 0 to 1; 1 outside space.
    """

    at: complex
    labels: tuple[str, ...]
    leader: bool
    near: float = 1.0


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

    ``reach``: that largest coordinate. ``axes``: where the unit vectors of the tokens' space point; none are
    drawn of more than three coordinates. ``words``: what was done to the tokens' coordinates; empty where
    they are drawn as they are.
    """

    panels: tuple[GraphPanel, ...]
    reach: float
    axes: tuple[complex, ...]
    words: str


def lay_out(graph: nx.DiGraph, run: Run | None = None) -> Layout:
    """Arrange an attention graph in the plane, one panel a layer.

    Dimension 1 lies on a line, dimension 2 is drawn as it is, space is projected as in every picture
    (:data:`exactdyn.pictures.paper.projection.SCREEN`). From dimension 4 on the tokens of ``run``, whose
    graph it is, are projected as its picture is; without it the first three coordinates are. Tokens without
    ``exact`` coordinates have places on a circle, and no axes.

    Source: arXiv 2407.01602, equation (1.2).

    >>> graph = nx.DiGraph([(0, 0, {"weight": 1.0})])
    >>> graph.add_node(0, label="a", leader=True, multiplicity=1, exact="4, 2", x=4.0, y=2.0)
    >>> lay_out(graph).panels[0].spots
    (Spot(at=(1+0.5j), labels=('a',), leader=True, near=1.0),)
    """
    dimension = _dimension(graph)
    whole = run is not None and dimension > len(AXES)
    names = AXES[:dimension]
    if run is not None and whole:
        coordinates, projection = _of_run(graph, run), projection_of(run.start)
    else:
        coordinates = {node: [data[name] for name in names] for node, data in graph.nodes(data=True)}
        projection = projection_of(Points.from_rows([[0] * len(names)]))
    largest = max(abs(x) for row in coordinates.values() for x in row) or 1.0
    scaled = {node: [x / largest for x in row] for node, row in coordinates.items()}
    places = dict(zip(scaled, projection.flat(np.array(list(scaled.values()))).tolist(), strict=True))
    stretch = 1.0 if projection.in_space else _stretch(np.array(list(places.values())))
    drawn = {node: complex(x, y * stretch) for node, (x, y) in places.items()}
    layers: dict[int | None, list[object]] = {}
    for node, layer in graph.nodes(data="layer"):
        layers.setdefault(layer, []).append(node)
    panels = []
    for layer, nodes in layers.items():
        near = projection.nearness(np.array([scaled[node] for node in nodes]))
        depths = dict(zip(nodes, near.tolist(), strict=True))
        title = graph.name if layer is None else f"layer {layer}"
        panels.append(_panel(graph, title, drawn, depths))
    placed = all("exact" in data for _, data in graph.nodes(data=True))
    units = [] if whole or not placed else projection.flat(np.eye(len(names))).tolist()
    axes = tuple(complex(x, y * stretch) for x, y in units)
    words = _words(dimension, projection, whole, stretch) if placed else ON_A_CIRCLE
    return Layout(tuple(panels), largest, axes, words)


def _dimension(graph: nx.DiGraph) -> int:
    """Return the number of coordinates; from three on they are counted in the exact text."""
    data = next(data for _, data in graph.nodes(data=True))
    few = sum(name in data for name in AXES)
    return few if few < len(AXES) else _coordinates(data["exact"])


def _coordinates(text: str) -> int:
    """Count the coordinates of a text: commas within brackets are not between them.

    >>> _coordinates("1/2, root(x^3-2, 1..2), [0, 1]")
    3
    """
    depth, count = 0, 1
    for sign in text:
        depth += (sign in "([") - (sign in ")]")
        count += sign == "," and depth == 0
    return count


def _of_run(graph: nx.DiGraph, run: Run) -> dict[object, list[float]]:
    """Return all coordinates of every node: of token i, or of token i at layer k for "k:i"."""
    states: dict[int, np.ndarray] = {}
    only = int(graph.name.removeprefix("layer ")) if graph.name.startswith("layer ") else 0
    found = {}
    for node, data in graph.nodes(data=True):
        layer, token = (only, node) if "layer" not in data else (data["layer"], data["token"])
        if layer not in states:
            states[layer] = np.asarray(run.floats(layer))
        found[node] = states[layer][token].tolist()
    return found


def _stretch(places: np.ndarray) -> float:
    """Return how much longer a unit is upwards: 1, unless all tokens would seem to lie on a line."""
    width, height = np.ptp(places, axis=0).tolist()
    if min(width, height) <= 2.0**-40 or max(width, height) <= UNEQUAL * min(width, height):
        return 1.0
    return float(0.45 * width / height)


def _panel(
    graph: nx.DiGraph, title: str, drawn: Mapping[object, complex], depths: Mapping[object, float]
) -> GraphPanel:
    members: dict[object, list[object]] = {}
    for node in depths:
        members.setdefault(graph.nodes[node].get("exact", node), []).append(node)
    index = {node: spot for spot, tokens in enumerate(members.values()) for node in tokens}
    spots = []
    for tokens in members.values():
        data = [graph.nodes[node] for node in tokens]
        labels = tuple(own["label"] for own in data)
        spots.append(Spot(drawn[tokens[0]], labels, any(own["leader"] for own in data), depths[tokens[0]]))
    # A spot pays what its tokens pay on average, to all tokens of another spot, in all heads.
    heads = len({head for _, _, head in graph.edges(index, data="head")})
    shares: dict[tuple[int, int], float] = {}
    for node, other, weight in graph.edges(index, data="weight"):
        pair = index[node], index[other]
        shares[pair] = shares.get(pair, 0.0) + weight / (heads * len(spots[pair[0]].labels))
    arrows = (Arrow(i, j, share) for (i, j), share in shares.items())
    return GraphPanel(title, tuple(spots), tuple(arrows))


def _words(dimension: int, projection: Projection, whole: bool, stretch: float) -> str:
    if dimension > len(AXES):
        return projection.words if whole else f"{PROJECTION}; of {dimension} coordinates the first three"
    if projection.in_space:
        return f"{PROJECTION}; nearer: larger, darker"
    return "" if stretch == 1 else "the two axes have different scales"
