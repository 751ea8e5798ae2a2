"""Runs at sample values beside a phase diagram: what the colours of a cell mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from matplotlib.axes import Axes

from exactdyn.numbers.shown import short
from exactdyn.parameters.cell import ParameterCell
from exactdyn.parameters.cells import ParameterCells
from exactdyn.parameters.roots import Root, simplest_between
from exactdyn.pictures.paper.colours import FAINT, INK, PALETTE
from exactdyn.pictures.paper.projection import projection_of
from exactdyn.pictures.phases.axis import at, value_at
from exactdyn.systems.run import Run

INSETS = 5
"""Most runs beside a phase diagram."""

OPEN = "#c4c4c4"
"""A token of an open cell: where it ends is not known."""

NO_LIMITS = "#6b6b6b"
"""A token of a cell whose graphs repeat for ever, while not all tokens converge."""

_LAYERS = 24
"""So many layers of a run are drawn, and then the limits, where they are known."""


@dataclass(frozen=True)
class Sample:
    """A cell with a rational value inside; ``value``: the parameter as users mean it."""

    cell: ParameterCell
    x: Fraction
    value: Fraction

    @property
    def text(self) -> str:
        """The value in words.

        >>> from exactdyn.parameters.cells import cells
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> (cell,) = cells(Hardmax(), tokens=[[1], ["1/2"]]).cells
        >>> Sample(cell, Fraction(1, 3), Fraction(1, 2)).text
        'alpha = 1/2'
        """
        return f"{self.cell.line.name} = {short(self.value)}"


def samples(found: ParameterCells, low: float, high: float) -> list[Sample]:
    """Return one sample for each of the widest groups of neighbours with one answer, from low to high.

    ``low``, ``high``: the ends of the axis. The sample is the simplest number in the middle third of what is
    seen of the widest cell of its group.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> [sample.value for sample in samples(cells(Hardmax(), tokens=[[1], ["1/2"]]), -1.0, 1.0)]
    [Fraction(1, 1)]
    """
    seen = {
        id(cell): (at(cell.low, low, high), at(cell.high, low, high))
        for cell in found.cells
        if not cell.point
    }

    def width(cell: ParameterCell) -> float:
        return seen[id(cell)][1] - seen[id(cell)][0]

    groups = ([cell for cell in group if not cell.point] for group in found.merged)
    widest = sorted((max(group, key=width) for group in groups if group), key=width, reverse=True)[:INSETS]
    chosen = [cell for cell in found.cells if cell in widest]
    return [sample for cell in chosen for sample in _sample(cell, *seen[id(cell)])]


def _sample(cell: ParameterCell, left: float, right: float) -> Iterator[Sample]:
    """Yield the sample of a cell; none where it is narrower than floats are apart."""
    third = (right - left) / 3
    low, high = (value_at(cell.line, place) for place in (left + third, right - third))
    if not low < high:
        return
    value = _simplest(low, high)
    x = value / (1 + value) if cell.line.tau is None else value
    place = Root.rational(x)
    if cell.low.place.below(place) and place.below(cell.high.place):
        yield Sample(cell, x, value)


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    if low < 0 < high:
        return Fraction(0)
    return -simplest_between(-high, -low) if high <= 0 else simplest_between(low, high)


def cluster_colours(found: ParameterCells) -> dict[int, str]:
    """Return a colour for the lowest token of every cluster of every cell; after eight they repeat.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> cluster_colours(cells(Hardmax(), tokens=[[1], ["1/2"], [-1]]))
    {0: '#0072B2', 2: '#D55E00'}
    """
    lowest = sorted({own[0] for cell in found.cells if not cell.point for own in cell.clusters})
    return {token: PALETTE[place % len(PALETTE)] for place, token in enumerate(lowest)}


def cell_colours(cell: ParameterCell, colours: Mapping[int, str]) -> dict[int, str]:
    """Return the colour of every token of a cell: that of the lowest token of its cluster.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> cell_colours(cells(Hardmax(), tokens=[[1], ["1/2"]]).cells[0], {0: "#0072B2"})
    {0: '#0072B2', 1: '#0072B2'}
    """
    found = dict.fromkeys(range(cell.line.count), NO_LIMITS if cell.closed else OPEN)
    for cluster in cell.clusters:
        found |= dict.fromkeys(cluster, colours[cluster[0]])
    return found


def draw_inset(axes: Axes, sample: Sample, letter: str, colours: Mapping[int, str]) -> None:
    """Draw the run of a sample: the way of each token to its limit, in dimension 1 against the layer.

    >>> from matplotlib.figure import Figure
    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> (cell,) = cells(Hardmax(), tokens=[[1], ["1/2"]]).cells
    >>> axes = Figure().add_subplot()
    >>> draw_inset(axes, Sample(cell, Fraction(1, 3), Fraction(1, 2)), "a", {0: "#0072B2"})
    >>> axes.get_title()
    'a: alpha = 1/2'
    """
    cell = sample.cell
    system, tokens = cell.line.system(sample.x)
    ways = _ways(system.run(tokens, _LAYERS), cell, sample.x)
    own = cell_colours(cell, colours)
    for token in range(cell.line.count):
        across, up = ways[:, token, 0], ways[:, token, 1]
        axes.plot(across, up, color=own[token], linewidth=0.9, solid_capstyle="round")
        axes.plot(across[:1], up[:1], marker="o", markersize=2.2, color=own[token])
        edge, sign, size = (INK, "*", 7.0) if token in cell.leaders else (own[token], "o", 2.2)
        axes.plot(across[-1:], up[-1:], sign, color=own[token], markersize=size, mec=edge, mew=0.4)
    axes.set_title(f"{letter}: {sample.text}", fontsize=7, color=INK, pad=3)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.margins(0.12)
    if cell.line.dimension > 1:
        axes.set_aspect("equal", adjustable="datalim")
    for side in axes.spines.values():
        side.set_color(FAINT)


def _ways(run: Run, cell: ParameterCell, x: Fraction) -> np.ndarray:
    """Return for every layer and token a place on the paper, and last of all the limits."""
    states = [np.asarray(run.floats(layer)) for layer in range(run.layers + 1)]
    if cell.limit_state is not None:
        states.append(np.array([[float(c) for c in row] for row in cell.limit_state.at(x)]))
    if cell.line.dimension > 1:
        flat = projection_of(run.start).flat
        return np.array([flat(state) for state in states])
    layers = np.arange(len(states), dtype=float)
    return np.array([[(layer, row[0]) for row in state] for layer, state in zip(layers, states, strict=True)])
