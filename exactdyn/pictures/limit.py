"""The picture of a limit: where the tokens go, and how fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon

from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.layer.attention import sole_attention
from exactdyn.limits import Limit, limit
from exactdyn.numbers.points import Points
from exactdyn.pictures.limit_data import Approach, gather_approach, on_paper
from exactdyn.pictures.paper.captions import caption, readable_ticks, token_labels
from exactdyn.pictures.paper.colours import FAINT, HULL, INK, colour_tokens
from exactdyn.pictures.paper.legend import Entry
from exactdyn.pictures.paper.marks import LABEL_SIZE, few_enough, mark
from exactdyn.pictures.paper.sheet import sheet
from exactdyn.pictures.paper.style import house_style
from exactdyn.pictures.paper.view import SEEN_FROM, flat_exact
from exactdyn.systems.run import Run

_SIDE, _BELOW, _ABOVE, _LEFT = 3.3, 0.45, 0.3, 0.6
"""Side of a panel and the room around it, in inches."""


def draw_limit(subject: Run | Limit, labels: Sequence[str] | None = None, title: str | None = None) -> Figure:
    """Draw the limit of a run, or one that is known, in dimension 1, 2 or 3, always in the normalised form.

    On the left the way of each token to its limit in the colour of its cluster, the limit polytope K, its
    leaders as stars, the set S as diamonds; a token without a limit ends in a dashed cycle. On the right,
    against the layer and on a logarithmic scale, each token's distance to its limit and how much <Az, z> has
    still to grow, computed exactly and rounded once. Up to 20 layers beyond the one where the limit is
    decided are drawn; K, S, clusters and leaders are exact. ``labels``: a text for every token (default:
    numbers).

    Raises :class:`~exactdyn.errors.InputError` for tokens of dimension 4 or more, a wrong number of labels,
    coordinates too large to be drawn, and where the limits are not known.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha="1/2").run([[1, 1], [1, -1], [-1, 0], ["1/2", 0]], layers=0)
    >>> [axes.get_title() for axes in draw_limit(run).axes]
    ['limit, decided at layer 0', 'distance and growth left']
    """
    found = subject if isinstance(subject, Limit) else limit(subject)
    run = found.trajectory.run
    names = token_labels(run, labels)
    approach = gather_approach(found)
    lowest = [cluster[0] for cluster in found.clusters]
    palette = colour_tokens(lowest, approach.targets)
    colours = {token: palette[cluster[0]] for cluster in found.clusters for token in cluster}
    with house_style():
        width = 2 * (_SIDE + _LEFT) + 0.2
        words = caption(run) + (f"; {SEEN_FROM}" if run.start.dimension == 3 else "")
        figure, floor = sheet(width, _SIDE + _BELOW + _ABOVE, title, words, _entries(found, approach))
        height = figure.get_size_inches()[1]
        bottom = (floor + _BELOW) / height
        left, right = (
            figure.add_axes((x / width, bottom, _SIDE / width, _SIDE / height))
            for x in (_LEFT, 2 * _LEFT + _SIDE + 0.1)
        )
        for axes, said in zip((left, right), _titles(found), strict=True):
            axes.set_title(said, fontsize=9, color=INK, pad=4)
        _draw_plane(left, found, approach, colours)
        _draw_names(left, found, approach, names)
        _draw_approach(right, found, approach, colours)
    return figure


def _titles(found: Limit) -> tuple[str, str]:
    if found.cycle is None:
        return f"limit, decided at layer {found.layer}", "distance and growth left"
    cycle = f"no limit: cycle of {len(found.cycle)} states, decided at layer {found.layer}"
    return cycle, "distance to the cycle"


def _has_polytope(found: Limit) -> bool:
    # Where the step is not convex the hulls need not shrink: there is no K.
    return found.trajectory.facts.convex_step


def _leaders(found: Limit) -> frozenset[int]:
    return sole_attention(found.trajectory.attention(found.layer))


def _circling(found: Limit) -> list[int]:
    # The tokens that go through a cycle, which have no limit.
    return [token for token, place in enumerate(found.limits or ()) if place is None and found.cycle]


def _entries(found: Limit, approach: Approach) -> list[Entry]:
    """Explain what is drawn, and nothing else: a polytope that is one point, say, has no area and no edge."""
    way = Line2D([], [], color=FAINT, lw=1.0, marker="o", ms=2.0)
    polytope = _has_polytope(found) and len({*(found.places or ())}) > 1
    apart = "distance to the limit" if found.cycle is None else "distance to its place in the cycle"
    possible: list[tuple[bool, Entry]] = [
        (True, (way, "way of a token, coloured by cluster")),
        (bool(_circling(found)), (Line2D([], [], color=FAINT, lw=1.0, ls="--"), "cycle of a token")),
        (bool(_leaders(found)), (Line2D([], [], **mark("leader", FAINT)), "leader")),
        (polytope, (Patch(facecolor=HULL, edgecolor=FAINT, linewidth=0.9), "limit polytope K")),
        (bool(found.limit_set), (Line2D([], [], **_diamond()), "the set S")),
        (_shows(approach.distances), (Line2D([], [], color=FAINT, lw=1.0), apart)),
        (
            _shows(approach.gaps),
            (Line2D([], [], color=FAINT, lw=1.0, ls=":"), "growth of ⟨Az, z⟩ still to come"),
        ),
    ]
    return [entry for drawn, entry in possible if drawn]


def _shows(curves: np.ndarray) -> bool:
    return bool(np.isfinite(curves).any())


def _diamond() -> Mapping[str, Any]:
    return {
        "linestyle": "none",
        "marker": "D",
        "markersize": 11.0,
        "markerfacecolor": "none",
        "markeredgecolor": INK,
        "markeredgewidth": 0.7,
    }


def _draw_plane(axes: Axes, found: Limit, approach: Approach, colours: dict[int, str]) -> None:
    """Draw the ways over K, and S on top: its points lie under stars where leaders are."""
    if _has_polytope(found):
        ends = flat_exact(Points.of_any(found.places or ()))
        corners = approach.targets[list(hull_polygon(ends))]
        axes.add_patch(Polygon(corners, facecolor=HULL, edgecolor=FAINT, linewidth=0.9, zorder=0.9))
    leaders = _leaders(found)
    for token, colour in colours.items():
        way = np.vstack([approach.paths[:, token], approach.targets[token]])
        axes.plot(*way.T, color=colour, lw=1.0, marker="o", ms=2.0, mew=0, zorder=2)
        axes.plot(*way[0], color=colour, marker="o", ms=3.5, mew=0, zorder=2)
        axes.plot(*way[-1:].T, **mark("leader" if token in leaders else "token", colour))
    cycle = found.cycle or ()
    for token in _circling(found):
        places = tuple(state[token] for state in (*cycle, cycle[0]))
        axes.plot(*on_paper(places, found.layer).T, color=colours[token], lw=1.0, ls="--", zorder=2)
    if found.limit_set:
        points = on_paper(tuple(point.point for point in found.limit_set), found.layer)
        axes.plot(*points.T, zorder=5, **_diamond())
    _frame(axes, np.vstack([*approach.paths, approach.targets]))


def _frame(axes: Axes, positions: np.ndarray) -> None:
    # A square that holds everything, in equal scales.
    low, high = positions.min(axis=0), positions.max(axis=0)
    half = 0.62 * float((high - low).max()) or max(1.0, float(np.abs(high).max()))
    for middle, limits, ticks in (
        ((low[0] + high[0]) / 2, axes.set_xlim, axes.set_xticks),
        ((low[1] + high[1]) / 2, axes.set_ylim, axes.set_yticks),
    ):
        limits(middle - half, middle + half)
        ticks(*readable_ticks(middle - half, middle + half, 4))


def _draw_names(axes: Axes, found: Limit, approach: Approach, names: Sequence[str]) -> None:
    """Name clusters at their common limit; of many tokens in one, the first four."""
    for cluster in few_enough(found.clusters):
        shown = ", ".join(names[token] for token in cluster[:4]) + (", …" if len(cluster) > 4 else "")
        axes.annotate(
            shown,
            approach.targets[cluster[0]],
            (0, 6),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=LABEL_SIZE,
            color=INK,
            zorder=6,
            parse_math=False,
        )


def _draw_approach(axes: Axes, found: Limit, approach: Approach, colours: dict[int, str]) -> None:
    """Draw distances and gaps; the scale is logarithmic, so what is 0 leaves no point."""
    layers = np.arange(len(approach.distances))
    for token, colour in colours.items():
        axes.plot(layers, approach.distances[:, token], color=colour, lw=1.0, marker="o", ms=2.0, mew=0)
        axes.plot(layers, approach.gaps[:, token], color=colour, lw=1.0, ls=":")
    if _shows(approach.distances) or _shows(approach.gaps):
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
