"""Two parameters at once: exact cells of alpha, at values of the other one, as strips."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from exactdyn.numbers.shown import counted
from exactdyn.parameters.raster import Answer, RasterRow, answer
from exactdyn.pictures.paper.colours import FAINT, PALETTE
from exactdyn.pictures.paper.legend import Entry
from exactdyn.pictures.paper.sheet import sheet
from exactdyn.pictures.paper.style import house_style
from exactdyn.pictures.phases.axis import at, dress, shown_range
from exactdyn.pictures.phases.insets import OPEN

_WIDTH, _LEFT, _RIGHT, _BELOW, _BODY = 6.8, 0.7, 0.15, 0.5, 3.6

_NAMED = 16
"""Of at most so many tokens clusters are named by their tokens."""

_OTHER = "#f0e0c0"
"""An answer beyond those that have colours."""


def draw_raster(rows: Sequence[RasterRow], name: str, title: str) -> Figure:
    """Draw the answers for all alpha at sampled values of a parameter: one strip a value.

    ``rows``: of one parameter, from low to high; ``name``: of that parameter. Along a strip cells are exact,
    points left out; of values between those of the strips nothing is known. One colour: the same leaders and
    the same clusters; grey: open.

    >>> from fractions import Fraction
    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> row = RasterRow(Fraction(1, 2), cells(Hardmax(), tokens=[[1], ["1/2"]]))
    >>> draw_raster([row], "t", "one row").axes[0].get_ylabel()
    't'
    """
    low, high = shown_range([row.cells for row in rows])
    values = [float(row.value) for row in rows]
    height = (values[-1] - values[0]) / (len(values) - 1) if len(values) > 1 else 1.0
    colours = _colours(rows, low, high)
    caption = f"exact cells of alpha, at {len(rows)} values of {name}: between them nothing is known"
    with house_style():
        figure, floor = sheet(_WIDTH, _BODY + _BELOW + 0.05, title, caption, _entries(rows, colours))
        total = figure.get_size_inches()[1]
        place = (_LEFT / _WIDTH, (floor + _BELOW) / total, 1 - (_LEFT + _RIGHT) / _WIDTH, _BODY / total)
        axes = figure.add_axes(place)
        for row, value in zip(rows, values, strict=True):
            _draw_strip(axes, row, (value - height / 2, height), (low, high), colours)
        dress(axes, rows[0].cells, low, high)
        axes.set_ylim(values[0] - height / 2, values[-1] + height / 2)
        axes.set_ylabel(name)
    return figure


def _draw_strip(
    axes: Axes,
    row: RasterRow,
    across: tuple[float, float],
    ends: tuple[float, float],
    colours: dict[Answer, str],
) -> None:
    for cell in row.cells.cells:
        if cell.point:
            continue
        left, right = at(cell.low, *ends), at(cell.high, *ends)
        said = answer(cell)
        colour = OPEN if said is None else colours.get(said, _OTHER)
        axes.add_patch(Rectangle((left, across[0]), right - left, across[1], color=colour, linewidth=0))


def _colours(rows: Sequence[RasterRow], low: float, high: float) -> dict[Answer, str]:
    """Return a colour for the answers that cover most."""
    area: dict[Answer, float] = {}
    for row in rows:
        for cell in row.cells.cells:
            said = answer(cell)
            if said is not None and not cell.point:
                area[said] = area.get(said, 0.0) + at(cell.high, low, high) - at(cell.low, low, high)
    widest = sorted(area, key=lambda said: -area[said])[: len(PALETTE)]
    return dict(zip(widest, PALETTE, strict=False))


def _entries(rows: Sequence[RasterRow], colours: dict[Answer, str]) -> list[Entry]:
    seen = [answer(cell) for row in rows for cell in row.cells.cells if not cell.point]
    head: Entry = (Line2D([], [], linestyle="none"), "clusters, leaders *:")
    entries = [head, *((Patch(color=colour), _words(said)) for said, colour in colours.items())]
    others = len({said for said in seen if said is not None} - colours.keys())
    if others:
        entries.append((Patch(facecolor=_OTHER, edgecolor=FAINT), f"{others} other answers"))
    return [*entries, (Patch(color=OPEN), "open")] if None in seen else entries


def _words(said: Answer) -> str:
    """Name clusters by their tokens, leaders with a star; where there are many tokens, only count them."""
    leaders, clusters = said
    if not clusters:
        return f"leaders {', '.join(map(str, sorted(leaders)))}; graphs repeat, not all tokens converge"
    if sum(map(len, clusters)) <= _NAMED:
        tokens = (",".join(f"{token}{'*' * (token in leaders)}" for token in own) for own in clusters)
        return " | ".join(tokens)
    who = f"leaders {', '.join(map(str, sorted(leaders)))}" if leaders else "no leader"
    return f"{who}; {counted(len(clusters), 'cluster')}"
