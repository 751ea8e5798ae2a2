"""Where the tokens of a limit go: their ways, K, S, leaders, and the names of clusters beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.layer.attention import sole_attention
from exactdyn.limits import Limit
from exactdyn.numbers.points import Points
from exactdyn.pictures.limit.data import Approach, on_paper
from exactdyn.pictures.paper.captions import readable_ticks
from exactdyn.pictures.paper.colours import FAINT, HULL, INK, faded
from exactdyn.pictures.paper.marks import DOT, LABEL_SIZE, STAR, few_enough, mark, scale_of
from exactdyn.pictures.paper.placing import Label, Room, dots_along, place_labels
from exactdyn.pictures.paper.projection import Projection
from exactdyn.pictures.paper.view import box_corners
from exactdyn.pictures.run_in_space.box import draw_box, name_axes
from exactdyn.pictures.run_in_space.window import UNEQUAL, Limits, Window

DIAMOND: Mapping[str, Any] = {
    "linestyle": "none",
    "marker": "D",
    "markersize": 9.0,
    "markerfacecolor": "none",
    "markeredgecolor": INK,
    "markeredgewidth": 0.7,
}
"""How a point of S is drawn."""

CYCLE: Mapping[str, Any] = {"color": INK, "lw": 1.2, "ls": "--", "marker": "s", "ms": 3.0, "mfc": "white"}
"""How a cycle is drawn, with its states."""

_MARGIN = 0.68
"""Half the side of what is shown, in extents of what is drawn: names have room beside it."""

_TEXT = 22
"""More letters than this in the name of a cluster are too many: its tokens are counted."""


@dataclass(frozen=True)
class Ways:
    """What is drawn on the left.

    ``colours``, ``names``: of every token. ``side``: of the panel, in points of the paper.
    """

    found: Limit
    approach: Approach
    projection: Projection
    colours: Mapping[int, str]
    names: Sequence[str]
    side: float

    @cached_property
    def labels(self) -> dict[tuple[int, ...], str]:
        """The texts of clusters, if they are few."""
        ahead = leaders(self.found)
        return {own: cluster_text(own, self.names, ahead) for own in few_enough(self.found.clusters)}

    @property
    def counted(self) -> bool:
        """Whether a text counts tokens in place of naming them."""
        return any(f" +{len(own) - 1}" in text for own, text in self.labels.items())

    @property
    def on_a_line(self) -> bool:
        """Whether values stand against layers."""
        return self.approach.low.size == 1

    @property
    def has_polytope(self) -> bool:
        """Whether there is a limit polytope: where the step is not convex the hulls need not shrink."""
        return self.found.trajectory.facts.convex_step

    @cached_property
    def paths(self) -> np.ndarray:
        """Layers x n x 2 places on the paper."""
        return self._against_layers(self.approach.paths, range(len(self.approach.paths)))

    @cached_property
    def targets(self) -> np.ndarray:
        """The n x 2 places that tokens tend to."""
        return self.at_the_end(self.approach.targets)

    @cached_property
    def corners(self) -> np.ndarray:
        """The corners of K on the paper."""
        ends = self.projection.exact(Points.of_any(self.found.places or ()))
        return self.targets[list(hull_polygon(ends))]

    @cached_property
    def limits(self) -> Limits:
        """A square that holds everything; on a line, and where nothing could be seen otherwise, stretched."""
        positions = np.vstack([*self.paths, self.targets])
        if self.projection.in_space:
            positions = self.projection.flat(box_corners(self.approach.low, self.approach.high))
        low, high = positions.min(axis=0), positions.max(axis=0)
        extent, size = high - low, np.maximum(np.abs(low), np.abs(high))
        (x, y), resolved = ((low + high) / 2).tolist(), extent > 2.0**-40 * size
        apart = resolved.all() and extent.max() > UNEQUAL * extent.min()
        if self.on_a_line or apart:
            room = np.where(resolved, _MARGIN * extent, np.maximum(size, 1.0))
            return Limits((x, y), (float(room[0]), float(room[1])), float(room[0] / room[1]))
        half = _MARGIN * float(extent.max()) or max(1.0, float(size.max()))
        return Limits((x, y), (half, half))

    def at_the_end(self, places: np.ndarray) -> np.ndarray:
        """Return places of the limit, on a line moved to the right of all layers."""
        if not self.on_a_line:
            return places
        beyond = np.full(len(places), len(self.approach.paths) + 1.0)
        return np.column_stack([beyond, places[:, 0]])

    def _against_layers(self, paths: np.ndarray, layers: Iterable[int]) -> np.ndarray:
        if not self.on_a_line:
            return paths
        values = paths[:, :, 0]
        return np.stack([np.broadcast_to(np.array(list(layers))[:, None], values.shape), values], axis=2)


def leaders(found: Limit) -> frozenset[int]:
    """Return the leaders of the layer at which the limit is decided."""
    return sole_attention(found.trajectory.attention(found.layer))


def circling(found: Limit) -> list[int]:
    """Return the tokens that go through a cycle, which have no limit."""
    return [token for token, place in enumerate(found.limits or ()) if place is None and found.cycle]


def draw_ways(axes: Axes, ways: Ways) -> None:
    """Draw the ways over K, and S on top: its points lie under stars where leaders are."""
    found, window = ways.found, Window(ways.limits, ways.side, ways.side)
    taken, lines = _draw_frame(axes, ways, window)
    lines += [ways.corners[[*range(len(ways.corners)), 0]]] if ways.has_polytope else []
    if ways.has_polytope:
        axes.add_patch(Polygon(ways.corners, facecolor=HULL, edgecolor=FAINT, linewidth=0.9, zorder=0.9))
    lines += _draw_paths(axes, ways)
    lines += _draw_cycles(axes, ways)
    if found.limit_set:
        points = tuple(point.point for point in found.limit_set)
        places = ways.at_the_end(on_paper(points, found.layer, ways.projection))
        axes.plot(*places.T, zorder=5, **DIAMOND)
        half = DIAMOND["markersize"] * 0.71
        taken += [Room(*window.on_paper((x, y)), half, half) for x, y in places.tolist()]
    _draw_names(axes, ways, window, taken, lines)


def _draw_paths(axes: Axes, ways: Ways) -> list[np.ndarray]:
    ahead, scale, round_and_round = leaders(ways.found), scale_of(len(ways.colours)), circling(ways.found)
    drawn = []
    for token, colour in ways.colours.items():
        way = np.vstack([ways.paths[:, token], ways.targets[token]])
        if token in round_and_round:
            way = way[:-1]
        drawn.append(way)
        pale = 0.4 if token in round_and_round else 1.0 if scale > 0.6 else 0.5
        dots = 2.0 if scale > 0.5 else 0.0
        axes.plot(*way.T, color=colour, lw=scale, alpha=pale, marker="o", ms=dots, mew=0, zorder=2)
        axes.plot(*way[0], color=colour, marker="o", ms=3.5 * scale, mew=0, zorder=2)
        near = float(ways.approach.near[token])
        sign = mark("leader" if token in ahead else "token", faded(colour, near), 0.6 + 0.4 * near)
        axes.plot(*ways.targets[token : token + 1].T, **{**sign, "zorder": sign["zorder"] + near / 2})
    return drawn


def _draw_cycles(axes: Axes, ways: Ways) -> list[np.ndarray]:
    cycle, drawn = ways.found.cycle or (), []
    for token in circling(ways.found):
        places = tuple(state[token] for state in (*cycle, cycle[0]))
        drawn.append(ways.at_the_end(on_paper(places, ways.found.layer, ways.projection)))
        axes.plot(*drawn[-1].T, zorder=2.5, **CYCLE)
    return drawn


def _draw_frame(axes: Axes, ways: Ways, window: Window) -> tuple[list[Room], list[np.ndarray]]:
    """Draw the box of space, or numbers beside the axes; return where names of axes stand, and the box."""
    (x, y), (across, up) = ways.limits.middle, ways.limits.half
    axes.set_xlim(x - across, x + across)
    axes.set_ylim(y - up, y + up)
    if ways.projection.in_space:
        edges = draw_box(axes, ways.approach.low, ways.approach.high)
        return name_axes(axes, ways.approach.low, ways.approach.high, window), edges
    axes.set_yticks(*readable_ticks(y - up, y + up, 4))
    named = ways.projection.names or ("", "")
    if ways.on_a_line:
        last, named = len(ways.paths) - 1, ("layer", "value")
        layers, texts = readable_ticks(0, last, 4)
        axes.set_xticks([*layers, last + 2.0], [*texts[: len(layers)], "∞"])
    else:
        axes.set_xticks(*readable_ticks(x - across, x + across, 4))
    axes.set_xlabel(named[0], color=INK, labelpad=2)
    axes.set_ylabel(named[1], color=INK, labelpad=2)
    return [], []


def _draw_names(
    axes: Axes,
    ways: Ways,
    window: Window,
    taken: Sequence[Room],
    lines: Sequence[np.ndarray],
) -> None:
    """Name clusters beside their common limit, where no line is."""
    ahead, labels, clusters = leaders(ways.found), [], list(ways.labels)
    for cluster, text in ways.labels.items():
        half = STAR if ahead & {*cluster} else DOT
        x, y = window.on_paper(tuple(ways.targets[cluster[0]].tolist()))
        labels.append(Label(text, Room(x, y, half, half)))
    if not labels:
        return
    middle = window.on_paper(tuple(ways.corners.mean(axis=0).tolist()))
    dots = dots_along([window.on_paper((x, y)) for x, y in line.tolist()] for line in lines)
    rooms = place_labels(labels, LABEL_SIZE, middle, window.room, taken, dots, crowded=False)
    for place, room in rooms.items():
        mark_room = labels[place].mark
        axes.annotate(
            labels[place].text,
            ways.targets[clusters[place][0]],
            (room.x - mark_room.x, room.y - mark_room.y),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=LABEL_SIZE,
            color=INK,
            zorder=6,
            parse_math=False,
        )


def cluster_text(cluster: Sequence[int], names: Sequence[str], ahead: frozenset[int]) -> str:
    """Name a cluster: all its tokens, or where that is long one, a leader if there is one, and how many more.

    >>> cluster_text([0, 2, 3], ["a", "b", "c", "d"], frozenset({2}))
    'a, c, d'
    >>> cluster_text([0, 2, 3], ["elephants", "b", "crocodiles", "d"], frozenset({2}))
    'crocodiles +2'
    """
    text = ", ".join(names[token] for token in cluster)
    if len(text) <= _TEXT or len(cluster) == 1:
        return text
    first = next((token for token in cluster if token in ahead), cluster[0])
    return f"{names[first]} +{len(cluster) - 1}"
