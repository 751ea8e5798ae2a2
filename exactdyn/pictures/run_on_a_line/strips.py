"""Who attends whom over the layers: a strip for every token."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.ticker import MaxNLocator

from exactdyn.pictures.paper.colours import INK, TIE
from exactdyn.pictures.paper.marks import few_enough
from exactdyn.pictures.paper.view import Position
from exactdyn.pictures.run_on_a_line.lines import Lines

_Cell: TypeAlias = tuple[Position, Position, Position, Position]


def draw_strips(axes: Axes, lines: Lines, colours: dict[int, str], labels: Sequence[str]) -> None:
    """Draw a strip for every token, the largest above: at each layer the colour of the token it attends.

    The strip is hatched where a token attends several points.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.run_on_a_line.lines import gather_lines
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().add_subplot()
    >>> draw_strips(axes, gather_lines(Hardmax().run([[2], [3]], layers=1), 1), {1: "#0072B2"}, ["a", "b"])
    >>> [label.get_text() for label in axes.get_yticklabels()]
    ['b', 'a']
    """
    rows = sorted(range(len(labels)), key=lambda token: (-float(lines.values[0, token]), token))
    named = list(few_enough(rows))
    for attended, cells in _cells(lines, rows, 0.45 if named else 0.5).items():
        collection = PolyCollection(cells, linewidth=0)
        if attended is None:
            collection.set(facecolor="white", edgecolor=TIE, hatch="/////")
        else:
            collection.set(facecolor=colours[attended])
        axes.add_collection(collection)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(named)), [labels[token] for token in named], parse_math=False)
    axes.set_ylabel("token" if named else "tokens by\nfirst value", color=INK)
    axes.set_xlabel("layer", color=INK, labelpad=2)
    ticks = MaxNLocator(8, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1).tick_values(0, lines.layers[-1])
    axes.set_xticks([tick for tick in ticks if 0 <= tick <= lines.layers[-1]])


def _cells(lines: Lines, rows: Sequence[int], half: float) -> dict[int | None, list[_Cell]]:
    """Return rectangles by the token attended: one for each stretch of layers, half a layer to both sides."""
    edges = [lines.layers[0] - 0.5, *((a + b) / 2 for a, b in pairwise(lines.layers)), lines.layers[-1] + 0.5]
    cells: dict[int | None, list[_Cell]] = {}
    for row, token in enumerate(rows):
        up, down = row - half, row + half
        for first, after, attended in lines.stretches(token):
            left, right = edges[first], edges[after]
            cells.setdefault(attended, []).append(((left, up), (right, up), (right, down), (left, down)))
    return cells
