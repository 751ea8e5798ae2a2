"""The drawing of one panel: a state of a run in the plane."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from math import dist

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Polygon

from exactdyn.pictures.paper.colours import FAINT, HULL, INK, colour_of, faded
from exactdyn.pictures.paper.marks import DOT, LABEL_SIZE, STAR, Sign, few_enough, mark, sign_of, trail
from exactdyn.pictures.paper.placing import Dot, Label, Room, dots_along, place_labels
from exactdyn.pictures.paper.view import Position
from exactdyn.pictures.run_in_space.scene import Move, Panel, Place
from exactdyn.pictures.run_in_space.window import Window

_DEPTHS = 8
"""So many steps of nearness look different."""

_DOTTED = 0.5
"""Signs of a smaller scale leave trails without dots."""

_FAR = 9.0
"""A label so far from its mark, in points of the paper, has a line to it."""


@dataclass(frozen=True)
class Look:
    """What the panels of one picture share.

    ``colours``: of every attended token. ``labels``: of every token. ``first``: the panel whose hull stays in
    sight, and the only one to name all tokens. ``scale``: of signs and trails.
    """

    colours: dict[int, str]
    labels: tuple[str, ...]
    first: Panel
    scale: float = 1.0


def draw_panel(
    axes: Axes,
    panel: Panel,
    moves: Sequence[Move],
    look: Look,
    window: Window,
    taken: Sequence[Room] = (),
    edges: Sequence[np.ndarray] = (),
) -> None:
    """Draw a state: hull, trails from earlier positions, tokens, leaders as stars, labels.

    ``moves``: the moves made before this layer. ``taken``: where no label should stand.
    ``edges``: lines that are drawn already.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.paper.projection import projection_of
    >>> from exactdyn.pictures.run_in_space.scene import gather
    >>> from exactdyn.pictures.run_in_space.window import Limits
    >>> from matplotlib.figure import Figure
    >>> run = Hardmax().run([[1, 0]], layers=0)
    >>> panel = gather(run, (0,), projection_of(run.start)).panels[0]
    >>> axes, look = Figure().add_subplot(), Look({0: "#0072B2"}, ("alone",), panel)
    >>> draw_panel(axes, panel, (), look, Window(Limits((1, 0), (1, 1)), 99, 99))
    >>> axes.lines[0].get_marker(), axes.texts[0].get_text()
    ('*', 'alone')
    """
    (x, y), (half_width, half_height) = window.limits.middle, window.limits.half
    axes.set_xlim(x - half_width, x + half_width)
    axes.set_ylim(y - half_height, y + half_height)
    axes.set_title(panel.title, fontsize=9, color=INK, pad=4)
    if panel.hull != look.first.hull:
        axes.add_patch(Polygon(look.first.hull, fill=False, ec=FAINT, ls=":", lw=0.8, zorder=1))
    axes.add_patch(Polygon(panel.hull, facecolor=HULL, edgecolor=FAINT, linewidth=0.9, zorder=0.9))
    _draw_trails(axes, moves, look)
    draw_marks(axes, panel.places, look)
    paths = [[*panel.hull, panel.hull[0]], *([move.start, move.end] for move in moves)]
    paths += [[(x, y) for x, y in edge.tolist()] for edge in edges]
    lines = dots_along([window.on_paper(position) for position in path] for path in paths)
    _draw_labels(axes, panel, look, window, taken, lines)


def _draw_trails(axes: Axes, moves: Sequence[Move], look: Look) -> None:
    for attended in sorted({move.attended for move in moves}, key=lambda token: (token is None, token)):
        lines = [(move.start, move.end) for move in moves if move.attended == attended]
        style = trail(attended, colour_of(attended, look.colours), look.scale)
        axes.add_collection(LineCollection(lines, zorder=2, **style), autolim=False)
        if look.scale > _DOTTED:
            # A dot at every earlier position: the spacing shows the pace.
            x, y = np.array([start for start, _ in lines]).T
            axes.scatter(x, y, s=4 * look.scale, color=style["color"], linewidths=0, zorder=2)


def draw_marks(axes: Axes, places: Sequence[Place], look: Look) -> None:
    """Draw the signs of places; what is farther from the viewer is smaller, paler and behind.

    >>> from matplotlib.figure import Figure
    >>> far, near = (Place((k,), (0.0, 0.0), 0, False, float(k)) for k in (0, 1))
    >>> axes = Figure().add_subplot()
    >>> draw_marks(axes, [near, far], Look({0: "#000000"}, ("a", "b"), Panel(0, (), (), *np.eye(2))))
    >>> [line.get_markerfacecolor() for line in axes.lines], axes.lines[0].get_zorder() < 3
    (['#595959', '#000000'], False)
    """
    alike: dict[tuple[float, Sign, str], list[Position]] = {}
    for place in places:
        sign = sign_of(len(place.tokens), place.attended, place.leads)
        colour = colour_of(place.attended, look.colours)
        level = round(place.near * _DEPTHS) / _DEPTHS
        alike.setdefault((level, sign, colour), []).append(place.position)
    for (near, sign, colour), positions in sorted(alike.items(), key=lambda item: item[0]):
        style = dict(mark(sign, faded(colour, near), look.scale * (0.6 + 0.4 * near)))
        axes.plot(*np.array(positions).T, **style | {"zorder": style["zorder"] + near / 2})


def _draw_labels(
    axes: Axes, panel: Panel, look: Look, window: Window, taken: Sequence[Room], lines: Set[Dot]
) -> None:
    """Write all labels there are: they were chosen to be few, so what they cover is little."""
    marks = {
        place.tokens[0]: Room(*window.on_paper(place.position), *2 * (_half(place, look.scale),))
        for place in panel.places
    }
    labelled = _labelled(panel, look, window)
    labels = [Label(text, marks.pop(place.tokens[0])) for place, text in labelled]
    x, y = np.mean(panel.hull, axis=0).tolist()
    middle, covered = window.on_paper((x, y)), [*taken, *marks.values()]
    rooms = place_labels(labels, LABEL_SIZE, middle, window.room, covered, lines, crowded=False)
    for (place, text), label, room in zip(labelled, labels, rooms.values(), strict=True):
        axes.annotate(
            text,
            place.position,
            (room.x - label.mark.x, room.y - label.mark.y),
            textcoords="offset points",
            ha="center",
            va="center",
            fontsize=LABEL_SIZE,
            fontweight="bold" if place.leads else "normal",
            color=INK,
            zorder=5,
            parse_math=False,
            arrowprops=_to_mark(room, label.mark),
        )


def _half(place: Place, scale: float) -> float:
    return STAR * max(scale, 0.6) if place.leads else DOT * scale


def _to_mark(room: Room, mark: Room) -> dict[str, object] | None:
    across = abs(room.x - mark.x) - room.half_width - mark.half_width
    up = abs(room.y - mark.y) - room.half_height - mark.half_height
    if max(across, up) < _FAR:
        return None
    return {"arrowstyle": "-", "color": FAINT, "linewidth": 0.5, "shrinkA": 0.0, "shrinkB": 3.0}


def _labelled(panel: Panel, look: Look, window: Window) -> list[tuple[Place, str]]:
    """Return the places that carry a text, leaders first, and the texts: label and number of copies."""
    leaders = [place for place in panel.places if place.leads]
    spots = [window.on_paper(place.position) for place in leaders]
    # What lies on a leader to the eye says nothing: its text would be taken for the leader's.
    others = [place for place in panel.places if not place.leads and not _on_one(place, spots, window)]
    copied = [*leaders, *(place for place in others if len(place.tokens) > 1)]
    chosen = few_enough([*leaders, *others] if panel is look.first else copied, copied, leaders)
    return [(place, _text(place, look.labels, panel is look.first)) for place in chosen]


def _on_one(place: Place, spots: Sequence[Position], window: Window) -> bool:
    return any(dist(window.on_paper(place.position), spot) < STAR for spot in spots)


def _text(place: Place, labels: Sequence[str], first: bool) -> str:
    words = [labels[place.tokens[0]]] if place.leads or first else []
    return " ".join([*words, f"×{len(place.tokens)}"] if len(place.tokens) > 1 else words)
