"""The cells of a parameter as a phase diagram: where each token leads, and with whom it ends up."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from exactdyn.parameters.cell import ParameterCell
from exactdyn.parameters.cells import ParameterCells
from exactdyn.parameters.end import End
from exactdyn.pictures.paper.captions import printable
from exactdyn.pictures.paper.colours import FAINT, INK, PALETTE
from exactdyn.pictures.paper.style import house_style

_WIDTH, _ROW, _LEAST, _MARGIN = 6.4, 0.16, 1.0, 0.9
_OPEN = "#e4e4e4"
_DECADES = 0.7
"""So much of the axis of alpha is shown below the first border and above the last one."""


def draw_phases(found: ParameterCells, title: str, labels: Sequence[str] | None = None) -> Figure:
    """Draw the cells of a parameter: across it (alpha on a logarithmic axis), a row for every token.

    Tokens of one colour within a cell have one limit; a dot says that the token is a leader. Grey: open.
    Borders of cells are white lines, dark where leaders or limits change. Points are cells, too, of which
    only the border is seen; alpha goes on to 0 and infinity beyond the ends of the axis.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> figure = draw_phases(cells(Hardmax(), tokens=[[1], ["1/2"]]), "two tokens")
    >>> figure.axes[0].get_xlabel()
    'alpha'
    """
    count = found.line.count
    with house_style():
        figure = Figure(figsize=(_WIDTH, max(_LEAST, _ROW * count) + _MARGIN), layout="constrained")
        axes = figure.add_subplot()
        low, high = _range(found)
        for group in found.merged:
            for cell in group:
                if not cell.point:
                    _draw_cell(axes, cell, _at(cell.low, low, high), _at(cell.high, low, high))
        _draw_borders(axes, found, low, high)
        axes.set_xlim(low, high)
        axes.set_ylim(count - 0.5, -0.5)
        axes.set_yticks(range(count), labels=[printable(x, 20) for x in labels] if labels else None)
        if found.line.tau is None:
            decades = range(-int(-low // 1), int(high // 1) + 1)
            axes.set_xticks(list(decades), labels=[f"{10.0**power:g}" for power in decades])
        axes.set_xlabel(found.line.name)
        axes.set_ylabel("token")
        says = "closed for ever" if found.complete else f"grey: open after layer {found.exploration.layers}"
        axes.set_title(
            printable(f"{title}: {len(found.cells)} cells, {says}", 80), loc="left", fontsize=9, color=INK
        )
    return figure


def _draw_cell(axes: Axes, cell: ParameterCell, left: float, right: float) -> None:
    colours = dict.fromkeys(range(cell.line.count), _OPEN)
    for cluster in cell.clusters:
        colours |= dict.fromkeys(cluster, PALETTE[cluster[0] % len(PALETTE)])
    for token, colour in colours.items():
        axes.add_patch(Rectangle((left, token - 0.46), right - left, 0.92, color=colour, linewidth=0))
    for token in cell.leaders:
        axes.plot([(left + right) / 2], [token], marker="o", markersize=2.5, color="white", mec=INK, mew=0.5)


def _draw_borders(axes: Axes, found: ParameterCells, low: float, high: float) -> None:
    changes = {id(group[0].low.place) for group in found.merged}
    for cell in found.cells[1:]:
        dark = id(cell.low.place) in changes
        colour, width = (INK, 0.9) if dark else ("white", 0.4)
        axes.axvline(_at(cell.low, low, high), color=colour, linewidth=width)
    for side in ("top", "right"):
        axes.spines[side].set_color(FAINT)


def _range(found: ParameterCells) -> tuple[float, float]:
    """Return what the axis shows, in powers of ten for alpha."""
    ends = [found.cells[0].low, *(cell.high for cell in found.cells)] if found.cells else []
    if found.line.tau is not None:
        return float(found.line.low), float(found.line.high)
    inside = [log10(float(end)) for end in ends if not end.infinite and end.number != 0] or [0.0]
    return min(inside) - _DECADES, max(inside) + _DECADES


def _at(end: End, low: float, high: float) -> float:
    """Return where an end is on the axis; what is beyond is at its end."""
    if not end.is_alpha:
        return float(end)
    if end.infinite:
        return high
    return low if end.number == 0 else log10(float(end))
