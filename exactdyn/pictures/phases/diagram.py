"""The cells of a parameter as a phase diagram: where each token leads, and with whom it ends up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from exactdyn.numbers.shown import counted
from exactdyn.parameters.cell import ParameterCell
from exactdyn.parameters.cells import ParameterCells
from exactdyn.pictures.paper.captions import printable
from exactdyn.pictures.paper.colours import FAINT, INK, PALETTE
from exactdyn.pictures.paper.legend import Entry
from exactdyn.pictures.paper.sheet import sheet
from exactdyn.pictures.paper.style import house_style
from exactdyn.pictures.phases.axis import at, dress, place_of, shown_range
from exactdyn.pictures.phases.insets import (
    INSETS,
    NO_LIMITS,
    OPEN,
    cell_colours,
    cluster_colours,
    draw_inset,
    samples,
)

_WIDTH, _LEFT, _RIGHT = 6.8, 0.6, 0.15
_ROW, _LEAST, _BELOW = 0.16, 1.0, 0.5
_MANY = 24
"""Where more borders than this are dark, they are thin."""

_LETTERS, _LETTER = 0.4, 0.052
"""Room beside labels, of which a letter is about this wide."""

_INSET, _GAP, _ABOVE, _ROOM = 1.1, 0.12, 0.22, 0.24
"""Side of an inset, the gap beside it, the room for its title, and that between it and the diagram."""


def draw_phases(found: ParameterCells, title: str, labels: Sequence[str] | None = None) -> Figure:
    """Draw the cells of a parameter: across it (alpha on a logarithmic axis), a row for every token.

    Tokens of one colour within a cell have one limit; a dot says that the token is a leader. Grey: open.
    Borders of cells are white lines, dark where leaders or limits change. Points are cells, too, of which
    only the border is seen; alpha goes on to 0 and infinity beyond the ends of the axis. Above it, in
    dimension 1, 2 and 3, are runs at values inside cells, where letters are.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> figure = draw_phases(cells(Hardmax(), tokens=[[1], ["1/2"]]), "two tokens")
    >>> [axes.get_xlabel() for axes in figure.axes], figure.axes[1].get_title()
    (['alpha', ''], 'a: alpha = 1')
    """
    low, high = shown_range([found])
    chosen = samples(found, low, high) if found.line.dimension <= 3 else []
    names = [printable(x, 14) for x in labels] if labels else None
    left = max(_LEFT, _LETTERS + _LETTER * max(map(len, names or [""])))
    colours = cluster_colours(found)
    rows = max(_LEAST, _ROW * found.line.count)
    above = _ABOVE + _INSET + _ROOM if chosen else 0.05
    with house_style():
        figure, floor = sheet(_WIDTH, above + rows + _BELOW, title, _caption(found), _entries(found, colours))
        height = figure.get_size_inches()[1]
        width = _WIDTH - left - _RIGHT
        axes = figure.add_axes((left / _WIDTH, (floor + _BELOW) / height, width / _WIDTH, rows / height))
        for cell in found.cells:
            if not cell.point:
                _draw_cell(axes, cell, colours, at(cell.low, low, high), at(cell.high, low, high))
        _draw_borders(axes, found, low, high)
        dress(axes, found, low, high)
        axes.set_ylim(found.line.count - 0.5, -0.5)
        axes.set_yticks(range(found.line.count), labels=names)
        axes.set_ylabel("token")
        bottom = floor + _BELOW + rows + _ROOM
        side = min(_INSET, (width + _GAP) / INSETS - _GAP)
        for number, sample in enumerate(chosen):
            letter = chr(ord("a") + number)
            start = left + number * (side + _GAP)
            inset = figure.add_axes((start / _WIDTH, bottom / height, side / _WIDTH, _INSET / height))
            draw_inset(inset, sample, letter, colours)
            place = place_of(found.line, sample.value)
            axes.annotate(
                letter,
                (place, 1.0),
                (0, 2),
                ("data", "axes fraction"),
                "offset points",
                ha="center",
                fontsize=7,
            )
    return figure


def _draw_cell(
    axes: Axes, cell: ParameterCell, colours: Mapping[int, str], left: float, right: float
) -> None:
    for token, colour in cell_colours(cell, colours).items():
        axes.add_patch(Rectangle((left, token - 0.46), right - left, 0.92, color=colour, linewidth=0))
    for token in cell.leaders:
        axes.plot([(left + right) / 2], [token], marker="o", markersize=2.5, color="white", mec=INK, mew=0.5)


def _draw_borders(axes: Axes, found: ParameterCells, low: float, high: float) -> None:
    changes = {id(group[0].low.place) for group in found.merged}
    for cell in found.cells[1:]:
        dark = id(cell.low.place) in changes
        colour, width = (INK, 0.9 if len(changes) <= _MANY else 0.4) if dark else ("white", 0.4)
        axes.axvline(at(cell.low, low, high), color=colour, linewidth=width)


def _caption(found: ParameterCells) -> str:
    closed = sum(cell.closed for cell in found.cells)
    count = counted(len(found.cells), "cell")
    if found.complete:
        return f"{count} of {found.line.name}, closed for ever"
    return f"{count}, {closed} closed for ever, the others open after layer {found.exploration.layers}"


def _entries(found: ParameterCells, colours: Mapping[int, str]) -> list[Entry]:
    seen = [cell for cell in found.cells if not cell.point]
    entries: list[Entry] = []
    if colours and any(cell.clusters for cell in seen):
        repeat = " (colours repeat)" if len(colours) > len(PALETTE) else ""
        entries.append((Patch(color=PALETTE[0]), f"one colour in a cell: one limit{repeat}"))
    dot = Line2D([], [], linestyle="none", marker="o", markersize=3.0, color="white", mec=INK, mew=0.5)
    if any(cell.leaders for cell in seen):
        entries.append((dot, "leader"))
    if len(found.merged) > 1:
        entries.append((Line2D([], [], color=INK, linewidth=0.9), "leaders or limits change"))
    if len(found.cells) > max(len(found.merged), 1):
        white = Patch(facecolor="white", edgecolor=FAINT, linewidth=0.4)
        entries.append((white, "white line: only graphs change"))
    if any(cell.closed and not cell.clusters for cell in seen):
        entries.append((Patch(color=NO_LIMITS), "graphs repeat, not all tokens converge"))
    return entries if all(cell.closed for cell in seen) else [*entries, (Patch(color=OPEN), "open")]
