"""How fast tokens come to their limits: distances and what <Az, z> has still to grow, against the layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from exactdyn.limits import Limit
from exactdyn.pictures.limit.data import Approach
from exactdyn.pictures.paper.captions import readable_ticks
from exactdyn.pictures.paper.colours import INK
from exactdyn.pictures.paper.marks import LABELS_LIMIT, scale_of

GROWTH: Mapping[str, Any] = {"lw": 1.0, "ls": ":", "marker": "o", "ms": 2.4, "mfc": "white", "mew": 0.5}
"""How growth is drawn: dotted, with hollow dots; of many tokens only where no line can be."""


def shows(curves: np.ndarray) -> bool:
    """Return whether there is anything to see of curves whose missing values are NaN.

    >>> shows(np.array([np.nan])), shows(np.array([np.nan, 1]))
    (False, True)
    """
    return bool(np.isfinite(curves).any())


def _single(values: np.ndarray) -> list[int]:
    """Return the places of values that have none beside them: no line shows them."""
    there = np.concatenate([[False], np.isfinite(values), [False]])
    return np.flatnonzero(there[1:-1] & ~there[:-2] & ~there[2:]).tolist()


def draw_approach(axes: Axes, found: Limit, approach: Approach, colours: Mapping[int, str]) -> None:
    """Draw distances and gaps; the scale is logarithmic, so what is 0 leaves no point."""
    layers = np.arange(len(approach.distances))
    scale = scale_of(len(colours))
    style: dict[str, Any] = {"lw": scale, "alpha": 1.0 if scale > 0.6 else 0.5}
    few = len(colours) <= LABELS_LIMIT
    for token, colour in colours.items():
        axes.plot(
            layers, approach.distances[:, token], color=colour, marker="o", mew=0, ms=2.0 * scale, **style
        )
        gaps = approach.gaps[:, token]
        dotted = {**GROWTH, **style, "ms": 2.4 * scale}
        axes.plot(layers, gaps, color=colour, **dotted, markevery=None if few else _single(gaps))
    if shows(approach.distances) or shows(approach.gaps):
        axes.set_yscale("log")
    else:
        axes.set_yticks([])
        still = "all tokens are where they stay"
        going = f"there is no limit:\nthe tokens go through {len(found.cycle or ())} states for ever"
        said = still if found.cycle is None else going
        axes.text(0.5, 0.5, said, transform=axes.transAxes, color=INK, ha="center", va="center")
    axes.set_xlim(-0.5, len(layers) - 0.5)
    axes.set_xticks(*readable_ticks(0, len(layers) - 1, 6))
    axes.set_xlabel("layer", color=INK)
