"""The box in space that holds the tokens, and the names of its axes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.axes import Axes

from exactdyn.pictures.paper.colours import FAINT, INK
from exactdyn.pictures.paper.placing import Room
from exactdyn.pictures.paper.view import EYE, box_corners, flat
from exactdyn.pictures.run_in_space.scene import Panel
from exactdyn.pictures.run_in_space.window import Window

_EDGES = {"x": (0, 4), "y": (4, 6), "z": (6, 7)}
"""Three edges on the rim, by the places of their ends in ``exactdyn.pictures.paper.view.box_corners``."""

_ASIDE = {"x": (-2.0, -7.0), "y": (3.5, -6.0), "z": (6.0, 0.0)}
"""The way outwards from their middles, in points of the paper."""


def draw_box(axes: Axes, panel: Panel) -> None:
    """Draw the twelve edges of the box of Q^3 that holds the tokens, those behind it dashed.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.run_in_space.scene import gather
    >>> from matplotlib.figure import Figure
    >>> axes = Figure().add_subplot()
    >>> draw_box(axes, gather(Hardmax().run([[1, 0, 0], [0, 1, 2]], layers=0), (0,)).panels[0])
    >>> len(axes.lines)
    12
    """
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    corners = box_corners(panel.low, panel.high)
    hidden = int(np.argmin(corners @ np.array(EYE, dtype=np.float64)))
    places = flat(corners)
    for first, second in combinations(range(8), 2):
        if (first ^ second).bit_count() == 1:
            style = (0, (3, 2)) if hidden in (first, second) else "-"
            axes.plot(*places[[first, second]].T, color=FAINT, linewidth=0.6, linestyle=style, zorder=0.5)


def name_axes(axes: Axes, panel: Panel, window: Window) -> list[Room]:
    """Write x, y, z beside three edges of the box, and return the room that they take.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.run_in_space.scene import gather
    >>> from exactdyn.pictures.run_in_space.window import Limits
    >>> from matplotlib.figure import Figure
    >>> panel = gather(Hardmax().run([[1, 0, 0], [0, 1, 2]], layers=0), (0,)).panels[0]
    >>> len(name_axes(Figure().add_subplot(), panel, Window(Limits((0, 0), (2, 2)), 99, 99)))
    3
    """
    places = flat(box_corners(panel.low, panel.high))
    taken = []
    for name, (first, second) in _EDGES.items():
        middle = (places[first] + places[second]) / 2
        axes.annotate(
            name, middle, _ASIDE[name], textcoords="offset points", ha="center", va="center", color=INK
        )
        x, y = window.on_paper((float(middle[0]), float(middle[1])))
        taken.append(Room(x + _ASIDE[name][0], y + _ASIDE[name][1], 3.0, 4.0))
    return taken
