"""The box in space that holds the tokens, and the names of its axes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.axes import Axes

from exactdyn.pictures.paper.colours import FAINT, INK
from exactdyn.pictures.paper.placing import Room
from exactdyn.pictures.paper.projection import EYE, SCREEN
from exactdyn.pictures.paper.view import box_corners
from exactdyn.pictures.run_in_space.window import Window

_DIRECTIONS = np.array(SCREEN, dtype=np.float64)

_EDGES = {"x": (0, 4), "y": (4, 6), "z": (6, 7)}
"""Three edges on the rim, by the places of their ends in ``exactdyn.pictures.paper.view.box_corners``."""

_ASIDE = {"x": (-2.0, -7.0), "y": (3.5, -6.0), "z": (6.0, 0.0)}
"""The way outwards from their middles, in points of the paper."""


def draw_box(axes: Axes, low: np.ndarray, high: np.ndarray) -> list[np.ndarray]:
    """Draw the twelve edges of the box of Q^3 that holds the tokens, those behind it dashed; return them.

    >>> from matplotlib.figure import Figure
    >>> axes = Figure().add_subplot()
    >>> len(draw_box(axes, np.zeros(3), np.ones(3)))
    12
    """
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    corners = box_corners(low, high)
    hidden = int(np.argmin(corners @ np.array(EYE, dtype=np.float64)))
    places, edges = corners @ _DIRECTIONS.T, []
    for first, second in combinations(range(8), 2):
        if (first ^ second).bit_count() == 1:
            style = (0, (3, 2)) if hidden in (first, second) else "-"
            edges.append(places[[first, second]])
            axes.plot(*edges[-1].T, color=FAINT, linewidth=0.6, linestyle=style, zorder=0.5)
    return edges


def name_axes(axes: Axes, low: np.ndarray, high: np.ndarray, window: Window) -> list[Room]:
    """Write x, y, z beside three edges of the box, and return the room that they take.

    >>> from exactdyn.pictures.run_in_space.window import Limits
    >>> from matplotlib.figure import Figure
    >>> low, high = np.zeros(3), np.ones(3)
    >>> len(name_axes(Figure().add_subplot(), low, high, Window(Limits((0, 0), (2, 2)), 99, 99)))
    3
    """
    places = box_corners(low, high) @ _DIRECTIONS.T
    taken = []
    for name, (first, second) in _EDGES.items():
        middle = (places[first] + places[second]) / 2
        axes.annotate(
            name, middle, _ASIDE[name], textcoords="offset points", ha="center", va="center", color=INK
        )
        x, y = window.on_paper((float(middle[0]), float(middle[1])))
        taken.append(Room(x + _ASIDE[name][0], y + _ASIDE[name][1], 3.0, 4.0))
    return taken
