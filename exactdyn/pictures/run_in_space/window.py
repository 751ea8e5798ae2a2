"""The part of the plane that a panel shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from exactdyn.pictures.paper.placing import Room
from exactdyn.pictures.paper.projection import SCREEN
from exactdyn.pictures.paper.view import Position, box_corners
from exactdyn.pictures.run_in_space.scene import Panel

GROWTH = 8.0
"""If the tokens spread more than so many times as far as in the first panel, each panel has its own scale."""

UNEQUAL = 50.0
"""If the tokens spread more than so many times as far in one direction, each axis has its own scale."""

_MARGIN = 0.12
_RATIOS = (0.45, 1.25)
_POINT = 1e-9
"""What spreads less than this, in its size, is drawn as one point: floats resolve no more."""


@dataclass(frozen=True)
class Limits:
    """The middle of a rectangle of the plane, and half its sides.

    ``stretch``: how many times longer a unit is upwards than to the right.
    """

    middle: Position
    half: Position
    stretch: float = 1.0

    @property
    def ratio(self) -> float:
        """The height over the width, on the paper.

        >>> Limits((0.0, 0.0), (1.0, 2.0)).ratio
        2.0
        """
        return self.half[1] * self.stretch / self.half[0]


@dataclass(frozen=True)
class Window:
    """Limits, and the width and the height of the panel that shows them, in points of the paper."""

    limits: Limits
    width: float
    height: float

    @property
    def room(self) -> Room:
        """The whole panel; its lower left corner is the origin of the paper.

        >>> Window(Limits((0.0, 0.0), (1.0, 2.0)), 100, 200).room
        Room(x=50.0, y=100.0, half_width=50.0, half_height=100.0)
        """
        return Room(self.width / 2, self.height / 2, self.width / 2, self.height / 2)

    def on_paper(self, position: Position) -> Position:
        """Return where a position of the plane lies on the paper.

        >>> Window(Limits((0.0, 0.0), (1.0, 2.0)), 100, 200).on_paper((-1.0, 1.0))
        (0.0, 150.0)
        """
        (x, y), (half_x, half_y) = self.limits.middle, self.limits.half
        return (
            self.width / 2 * (1 + (position[0] - x) / half_x),
            self.height / 2 * (1 + (position[1] - y) / half_y),
        )


def panel_limits(panels: Sequence[Panel]) -> tuple[Limits, ...]:
    """Return the limits of every panel, all of one ratio.

    All panels have the same limits, unless the run grows by more than GROWTH: the first panels would show a
    dot. In the plane, and with the same limits, a unit is as long to the right as upwards, unless the tokens
    spread UNEQUAL times as far in one direction: they would lie on a line.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.run_in_space.scene import gather
    >>> from exactdyn.pictures.paper.projection import projection_of
    >>> run = Hardmax().run([[0, 0], [2, 2]], layers=0)
    >>> panel_limits(gather(run, (0,), projection_of(run.start)).panels)
    (Limits(middle=(1.0, 1.0), half=(1.24, 1.24), stretch=1.0),)
    """
    spans = [_span(panel) for panel in panels]
    widest = [float(np.ptp(span, axis=0).max()) for span in spans]
    if widest[-1] <= max(GROWTH * widest[0], _POINT * float(np.abs(spans[-1]).max())):
        spans = [spans[-1]] * len(spans)
        if panels[-1].low.size == 2 and (apart := _apart(spans[-1])) is not None:
            return (apart,) * len(spans)
    _, (half_width, half_height) = _padded(spans[-1])
    ratio = float(np.clip(half_height / half_width, *_RATIOS))
    limits = []
    for span in spans:
        middle, (half_width, half_height) = _padded(span)
        width = max(half_width, half_height / ratio)
        limits.append(Limits(middle, (width, width * ratio)))
    return tuple(limits)


def _apart(span: np.ndarray) -> Limits | None:
    """Return limits with a scale for each axis, if the sides of a span are that different."""
    (width, height), size = np.ptp(span, axis=0).tolist(), np.abs(span).max(axis=0)
    short, resolved = min(width, height), 2.0**-40 * size[int(height < width)]
    if short <= resolved or max(width, height) <= UNEQUAL * short:
        return None
    x, y = span.mean(axis=0).tolist()
    half = (0.5 + 2 * _MARGIN) * width, (0.5 + 2 * _MARGIN) * height
    return Limits((x, y), half, _RATIOS[0] * half[0] / half[1])


def _span(panel: Panel) -> np.ndarray:
    places = box_corners(panel.low, panel.high)
    if panel.low.size == 3:
        places = places @ np.array(SCREEN, dtype=np.float64).T
    return np.array([places.min(axis=0), places.max(axis=0)])


def _padded(span: np.ndarray) -> tuple[Position, Position]:
    """Return the middle of a span and half its sides with a margin; a point has room around it."""
    half = np.ptp(span, axis=0) / 2
    size = float(np.abs(span).max())
    largest = float(half.max())
    if largest <= _POINT * size:
        largest = size / 2 or 1.0
    (x, y), (half_x, half_y) = span.mean(axis=0).tolist(), (half + 2 * _MARGIN * largest).tolist()
    return (x, y), (half_x, half_y)
