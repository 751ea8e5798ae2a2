"""Dimensions 2 and 3: small panels side by side, one for each of a few layers."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exactdyn.pictures.paper.captions import caption, readable_ticks
from exactdyn.pictures.paper.colours import colour_tokens
from exactdyn.pictures.paper.legend import Entry, other_entries, token_entries
from exactdyn.pictures.paper.marks import sign_of
from exactdyn.pictures.paper.sheet import sheet
from exactdyn.pictures.paper.view import SEEN_FROM, flat
from exactdyn.pictures.run_in_space.box import draw_box, name_axes
from exactdyn.pictures.run_in_space.grid import grid
from exactdyn.pictures.run_in_space.panel import Look, draw_panel
from exactdyn.pictures.run_in_space.scene import Scene, gather
from exactdyn.pictures.run_in_space.window import Limits, Window, panel_limits
from exactdyn.systems.run import Run


def draw_multiples(run: Run, layers: tuple[int, ...], labels: tuple[str, ...], title: str | None) -> Figure:
    """Draw a run in dimension 2 or 3 at these increasing layers; see :func:`exactdyn.pictures.draw_run`.

    Source: arXiv 2407.01602, figure 2.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> [axes.get_title() for axes in draw_multiples(Hardmax().run([[1, 0]], 3), (1, 3), ("a",), None).axes]
    ['layer 1', 'layer 3']
    """
    scene = gather(run, layers)
    limits = panel_limits(scene.panels)
    shared = len(set(limits)) == 1
    plan = grid(len(layers), limits[0].ratio, run.start.dimension == 2, shared)
    colours = _colours(run, scene)
    words, entries = _caption(run, scene, shared), _entries(scene, colours, labels)
    figure, floor = sheet(plan.width, plan.height, title, words, entries)
    look = Look(colours, labels, scene.panels[0])
    width, height = figure.get_size_inches()
    for place, panel in enumerate(scene.panels):
        x, y = plan.corner(place)
        axes = figure.add_axes(
            (x / width, (y + floor) / height, plan.panel[0] / width, plan.panel[1] / height)
        )
        window = Window(limits[place], 72 * plan.panel[0], 72 * plan.panel[1])
        taken = []
        if run.start.dimension == 3:
            boxed = scene.panels[-1] if shared else panel
            draw_box(axes, boxed)
            taken = name_axes(axes, boxed, window) if place == 0 else []
        else:
            last_row = place + plan.columns >= len(layers)
            left, below = not shared or place % plan.columns == 0, not shared or last_row
            _draw_ticks(axes, limits[place], left, below)
        moves = [move for move in scene.moves if move.layer < panel.layer]
        draw_panel(axes, panel, moves, look, window, taken)
    return figure


def _colours(run: Run, scene: Scene) -> dict[int, str]:
    attended = {place.attended for panel in scene.panels for place in panel.places}
    attended |= {move.attended for move in scene.moves}
    return colour_tokens((token for token in attended if token is not None), flat(run.start.floats()))


def _entries(scene: Scene, colours: dict[int, str], labels: tuple[str, ...]) -> list[Entry]:
    first = scene.panels[0]
    places = [place for panel in scene.panels for place in panel.places]
    signs = frozenset(sign_of(len(place.tokens), place.attended, place.leads) for place in places)
    hull = "convex hull" if first.low.size == 2 else "outline of the convex hull"
    hull += f" (dotted: at layer {first.layer})" if len(scene.panels) > 1 else ""
    tokens = token_entries(colours, labels) if "token" in signs else []
    return [*tokens, *other_entries(signs, hull)]


def _caption(run: Run, scene: Scene, shared: bool) -> str:
    """Say what is drawn and, where all panels have one scale in space, how large the box is."""
    words = caption(run)
    if run.start.dimension == 3:
        words += f"; {SEEN_FROM}"
    if not shared:
        return words + "; each panel has its own scale"
    if run.start.dimension == 3:
        low, high = scene.panels[-1].low, scene.panels[-1].high
        box = " × ".join(f"[{a:.3g}, {b:.3g}]" for a, b in zip(low, high, strict=True))
        words += f", box {box}".replace("-", "−")
    return words


def _draw_ticks(axes: Axes, limits: Limits, left: bool, below: bool) -> None:
    (x, y), (half_width, half_height) = limits.middle, limits.half
    axes.set_xticks(*readable_ticks(x - half_width, x + half_width, 4))
    axes.set_yticks(*readable_ticks(y - half_height, y + half_height, 4))
    axes.tick_params(labelleft=left, labelbottom=below)
