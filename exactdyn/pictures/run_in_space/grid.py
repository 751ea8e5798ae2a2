"""Where the panels of a picture stand on the sheet."""

from __future__ import annotations

from dataclasses import dataclass

from exactdyn.pictures.paper.sheet import LEAST_WIDTH

COLUMNS = 5
"""At most so many panels stand side by side."""

WIDTH = 9.4
"""The width of a full row of panels, in inches."""

_LARGEST = 3.0
_EDGE = 0.12
_NAME = 0.25
_TICKS = (0.2, 0.22)
_LETTER = 0.065
"""Numbers beside a panel take this much and this much a letter; under it one row."""


@dataclass(frozen=True)
class Grid:
    """Panels of one size in rows. All in inches.

    ``width``, ``height``: of the whole. ``panel``: width and height of a panel. ``left``, ``below``: the free
    margins. ``across``, ``down``: the distances between neighbours.
    """

    columns: int
    width: float
    height: float
    panel: tuple[float, float]
    left: float
    below: float
    across: float
    down: float

    def corner(self, place: int) -> tuple[float, float]:
        """Return the lower left corner of a panel; panels count from 0, along the rows.

        >>> plan = grid(7, 1.0, ticks=True, shared=True)
        >>> plan.corner(0)[0] == plan.corner(5)[0], plan.corner(0)[1] > plan.corner(5)[1]
        (True, True)
        """
        row, column = divmod(place, self.columns)
        x = self.left + column * (self.panel[0] + self.across)
        return x, self.height - (row + 1) * self.panel[1] - row * self.down - _NAME


def single(ratio: float, ticks: bool, letters: int, width: float) -> Grid:
    """Lay out one panel on a sheet of this width; see :func:`grid`.

    >>> single(1.0, True, 4, 6.0).width
    6.0
    """
    left, below = (_TICKS[0] + _LETTER * letters, _TICKS[1]) if ticks else (_EDGE, 0.05)
    side = width - left - _EDGE
    return Grid(1, width, ratio * side + _NAME + below, (side, ratio * side), left, below, _EDGE, _NAME)


def grid(
    count: int,
    ratio: float,
    ticks: bool,
    shared: bool,
    *,
    letters: int = 4,
    columns: int = COLUMNS,
    width: float = WIDTH,
) -> Grid:
    """Lay out this many panels, at most ``columns`` in a row of this width.

    ``ratio``: of the height of a panel to its width. ``ticks``: whether numbers stand beside the panels, at
    the first column and the last row if the scale is ``shared``, at each panel otherwise. ``letters``: of the
    longest number at the left.

    >>> grid(7, 1.0, ticks=True, shared=True).columns
    5
    """
    columns = min(count, columns)
    rows = -(-count // columns)
    left, below = (_TICKS[0] + _LETTER * letters, _TICKS[1]) if ticks else (_EDGE, 0.05)
    across = _EDGE if shared else left + _EDGE
    down = _NAME + (0.05 if shared else below)
    side = min(_LARGEST * width / WIDTH, (width - left - _EDGE - (columns - 1) * across) / columns)
    total = left + columns * side + (columns - 1) * across + _EDGE
    height = rows * ratio * side + (rows - 1) * down + _NAME + below
    spare = max(LEAST_WIDTH - total, 0.0)
    return Grid(columns, total + spare, height, (side, ratio * side), left + spare / 2, below, across, down)
