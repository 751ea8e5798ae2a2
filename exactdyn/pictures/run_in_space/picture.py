"""Dimension 2 and more: small panels side by side, one for each of a few layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exactdyn.pictures.paper.captions import caption, readable_ticks
from exactdyn.pictures.paper.colours import INK, colour_tokens
from exactdyn.pictures.paper.labels import Labels
from exactdyn.pictures.paper.legend import Entry, other_entries, token_entries
from exactdyn.pictures.paper.marks import scale_of, sign_of
from exactdyn.pictures.paper.projection import Projection
from exactdyn.pictures.paper.sheet import sheet
from exactdyn.pictures.run_in_space.box import draw_box, name_axes
from exactdyn.pictures.run_in_space.grid import COLUMNS, WIDTH, Grid, grid
from exactdyn.pictures.run_in_space.panel import Look, draw_panel
from exactdyn.pictures.run_in_space.scene import Move, Panel, Scene, collapsed, gather
from exactdyn.pictures.run_in_space.window import Limits, Window, panel_limits
from exactdyn.systems.run import Run

_CROWD, _FEWER = 200, 3
"""More tokens than this need larger panels, so many in a row."""

_NAMES = 0.16
"""The room that the name of an axis takes, in inches."""


@dataclass(frozen=True)
class Multiples:
    """What is drawn of a run at a few layers, laid out: nothing is on paper yet.

    ``limits``: of every panel of the scene.
    """

    run: Run
    scene: Scene
    projection: Projection
    limits: tuple[Limits, ...]
    look: Look

    @property
    def shared(self) -> bool:
        """Whether all panels have one scale."""
        return len(set(self.limits)) == 1


def draw_multiples(
    run: Run,
    layers: tuple[int, ...],
    labels: Labels,
    title: str | None,
    projection: Projection,
    width: float | None = None,
) -> Figure:
    """Draw a run at these increasing layers; see :func:`exactdyn.pictures.draw_run`.

    Source: arXiv 2407.01602, figure 2.

    >>> from exactdyn.pictures.paper.labels import token_labels
    >>> from exactdyn.pictures.paper.projection import projection_of
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax().run([[1, 0], [0, 0]], 3)
    >>> figure = draw_multiples(run, (1, 3), token_labels(run, None), None, projection_of(run.start))
    >>> [axes.get_title() for axes in figure.axes]
    ['layer 1', 'layer 3']
    """
    drawn = lay_out(run, collapsed(gather(run, layers, projection)), labels, projection)
    panels = drawn.scene.panels
    plan = _plan(drawn, len(panels), WIDTH if width is None else width)
    names = _NAMES if any(projection.names) else 0.0
    words = "; ".join([caption_of(drawn), *labels.said])
    figure, floor = sheet(plan.width + names, plan.height + names, title, words, entries_of(drawn))
    for place, panel in enumerate(panels):
        axes = place_axes(figure, plan, place, (names, floor + names))
        moves = [move for move in drawn.scene.moves if move.layer < panel.layer]
        outer = place % plan.columns == 0, place + plan.columns >= len(panels)
        draw_one(axes, drawn, place, plan, moves, outer)
        name_sides(axes, projection, outer)
    return figure


def lay_out(run: Run, scene: Scene, labels: Labels, projection: Projection) -> Multiples:
    """Choose colours, the limits of every panel and the size of signs.

    >>> from exactdyn.pictures.paper.labels import token_labels
    >>> from exactdyn.pictures.paper.projection import projection_of
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax().run([[1, 0]], 0)
    >>> flat = projection_of(run.start)
    >>> lay_out(run, gather(run, (0,), flat), token_labels(run, None), flat).shared
    True
    """
    attended = {place.attended for panel in scene.panels for place in panel.places}
    attended |= {move.attended for move in scene.moves}
    start = projection.flat(run.start.floats())
    colours = colour_tokens((token for token in attended if token is not None), start)
    look = Look(colours, labels.texts, scene.panels[0], scale_of(run.start.count))
    return Multiples(run, scene, projection, panel_limits(scene.panels), look)


def draw_one(
    axes: Axes, drawn: Multiples, place: int, plan: Grid, moves: list[Move], outer: tuple[bool, bool]
) -> None:
    """Draw one panel of a layout: its box or its numbers, then what is in it.

    ``moves``: made before its layer. ``outer``: whether it is the first of a row, and the last of a column:
    panels of one scale have numbers only there.
    """
    panel, limits = drawn.scene.panels[place], drawn.limits[place]
    window = Window(limits, 72 * plan.panel[0], 72 * plan.panel[1])
    if drawn.projection.in_space:
        boxed = drawn.scene.panels[-1] if drawn.shared else panel
        edges = draw_box(axes, boxed.low, boxed.high)
        taken = name_axes(axes, boxed.low, boxed.high, window) if place == 0 or all(outer) else []
        draw_panel(axes, panel, moves, drawn.look, window, taken, edges)
        return
    left, below = (not drawn.shared or own for own in outer)
    _draw_ticks(axes, limits, left, below)
    draw_panel(axes, panel, moves, drawn.look, window)


def _plan(drawn: Multiples, count: int, width: float) -> Grid:
    flat = not drawn.projection.in_space
    longest = max(len(text) for own in drawn.limits for text in ticks_upward(own)[1])
    columns = COLUMNS if drawn.run.start.count <= _CROWD else _FEWER
    ratio = drawn.limits[0].ratio
    return grid(count, ratio, flat, drawn.shared, letters=longest, columns=columns, width=width)


def place_axes(figure: Figure, plan: Grid, place: int, origin: tuple[float, float]) -> Axes:
    """Add the axes of a panel to a figure whose body begins at this origin, in inches."""
    width, height = figure.get_size_inches()
    x, y = plan.corner(place)
    left, bottom = (x + origin[0]) / width, (y + origin[1]) / height
    return figure.add_axes((left, bottom, plan.panel[0] / width, plan.panel[1] / height))


def name_sides(axes: Axes, projection: Projection, outer: tuple[bool, bool]) -> None:
    """Name the axes of a panel beside its outer sides, if they have names."""
    across, up = projection.names or ("", "")
    if outer[0]:
        axes.set_ylabel(up, fontsize=7, color=INK, labelpad=2)
    if outer[1]:
        axes.set_xlabel(across, fontsize=7, color=INK, labelpad=2)


def entries_of(drawn: Multiples) -> list[Entry]:
    """Return the legend: the signs that occur, and whose colour is whose."""
    scene = drawn.scene
    first = scene.panels[0]
    places = [place for panel in scene.panels for place in panel.places]
    signs = frozenset(sign_of(len(place.tokens), place.attended, place.leads) for place in places)
    dotted = f" (dotted: at layer {first.layer})" if any(p.hull != first.hull for p in scene.panels) else ""
    name = "outline of the convex hull" if drawn.projection.words else "convex hull"
    hull = name + dotted if any(len(panel.hull) > 1 for panel in scene.panels) else None
    tokens = token_entries(drawn.look.colours, drawn.look.labels, "token" in signs, bool(scene.moves))
    ties = any(move.attended is None for move in scene.moves)
    return [*tokens, *other_entries(signs, hull, ties)]


def caption_of(drawn: Multiples) -> str:
    """Say what is drawn, how it is projected and, where all panels have one scale in space, how large."""
    words = [caption(drawn.run)]
    if drawn.projection.words:
        words.append(drawn.projection.words)
    if drawn.projection.in_space:
        words.append("nearer: larger, darker")
    if not drawn.shared:
        words.append("each panel has its own scale")
    elif drawn.projection.in_space:
        words[1] += f", box {_box(drawn.scene.panels[-1])}"
    elif drawn.limits[0].stretch != 1:
        words.append("the two axes have different scales")
    return "; ".join(words)


def _box(panel: Panel) -> str:
    sides = (f"[{low:.3g}, {high:.3g}]" for low, high in zip(panel.low, panel.high, strict=True))
    return " × ".join(sides).replace("-", "−")


def ticks_upward(limits: Limits) -> tuple[Sequence[float], list[str]]:
    """Return the numbers at the left of a panel."""
    return readable_ticks(limits.middle[1] - limits.half[1], limits.middle[1] + limits.half[1], 4)


def _draw_ticks(axes: Axes, limits: Limits, left: bool, below: bool) -> None:
    x, half_width = limits.middle[0], limits.half[0]
    axes.set_xticks(*readable_ticks(x - half_width, x + half_width, 4))
    axes.set_yticks(*ticks_upward(limits))
    axes.tick_params(labelleft=left, labelbottom=below)
