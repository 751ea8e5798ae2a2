"""The axis of a parameter: of alpha it is logarithmic, from a little below all borders to a little above."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import log10

from matplotlib.axes import Axes

from exactdyn.parameters.cells import ParameterCells
from exactdyn.parameters.end import End
from exactdyn.parameters.line import Line
from exactdyn.pictures.paper.colours import FAINT

_DECADES = 0.7
"""So much of the axis of alpha is shown below the first border and above the last one."""


def shown_range(lines: Sequence[ParameterCells]) -> tuple[float, float]:
    """Return what the axis of a parameter shows, in powers of ten for alpha.

    >>> from exactdyn.parameters.cells import cells
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> shown_range([cells(Hardmax([[-1]]), tokens=[[1], [-1]], low="1/10")])
    (-1.0, 0.7)
    """
    line = lines[0].line
    if line.tau is not None:
        return float(line.low), float(line.high)
    ends = [end for found in lines for cell in found.cells for end in (cell.low, cell.high)]
    inside = [log10(float(end)) for end in ends if not end.infinite and end.number != 0] or [0.0]
    low = min(inside) - (_DECADES if line.low == 0 else 0)
    return low, max(inside) + (_DECADES if line.high == 1 or max(inside) == low else 0)


def at(end: End, low: float, high: float) -> float:
    """Return where an end is on the axis; what is beyond is at its end.

    >>> from exactdyn.parameters.roots import Root
    >>> at(End(Root.rational(Fraction(1, 11)), is_alpha=True), -2.0, 2.0)
    -1.0
    """
    if not end.is_alpha:
        return float(end)
    if end.infinite:
        return high
    return low if end.number == 0 else log10(float(end))


def dress(axes: Axes, found: ParameterCells, low: float, high: float) -> None:
    """Give an axis of a parameter its ends, its ticks and its name."""
    axes.set_xlim(low, high)
    if found.line.tau is None:
        places = alpha_ticks(low, high)
        axes.set_xticks(places, labels=[f"{10.0**place:.3g}" for place in places])
    axes.set_xlabel(found.line.name)
    for side in ("top", "right"):
        axes.spines[side].set_color(FAINT)


def alpha_ticks(low: float, high: float) -> list[float]:
    """Return where numbers stand on an axis of powers of ten: at decades, of few also at their parts.

    >>> [round(10**place, 9) for place in alpha_ticks(-0.31, 0.0)]
    [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    """
    parts = (1,) if high - low > 2 else (1, 2, 5) if high - low > 0.7 else range(1, 10)
    decades = range(int(low // 1), int(high // 1) + 1)
    places = [power + log10(part) for power in decades for part in parts]
    return [place for place in places if low - 1e-9 <= place <= high + 1e-9]


def value_at(line: Line, place: float) -> Fraction:
    """Return the value of a parameter at a place on the axis.

    >>> from exactdyn.parameters.line import alpha_line
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> value_at(alpha_line(Hardmax().run([[1]], 0), None, None), 1.0)
    Fraction(10, 1)
    """
    return Fraction(10.0**place) if line.tau is None else Fraction(place)


def place_of(line: Line, value: Fraction) -> float:
    """Return the place on the axis of a value of a parameter.

    >>> from exactdyn.parameters.line import alpha_line
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> place_of(alpha_line(Hardmax().run([[1]], 0), None, None), Fraction(10))
    1.0
    """
    return log10(float(value)) if line.tau is None else float(value)
