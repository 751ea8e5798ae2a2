"""The picture of a limit, laid out: where the tokens go on the left, how fast on the right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from exactdyn.limits import Limit, limit
from exactdyn.pictures.limit.approach import GROWTH, draw_approach, shows
from exactdyn.pictures.limit.data import Approach, gather_approach
from exactdyn.pictures.limit.ways import CYCLE, DIAMOND, Ways, circling, draw_ways, leaders
from exactdyn.pictures.paper.captions import caption
from exactdyn.pictures.paper.colours import FAINT, INK, colour_tokens
from exactdyn.pictures.paper.labels import token_labels
from exactdyn.pictures.paper.legend import Entry, hull_patch
from exactdyn.pictures.paper.marks import mark
from exactdyn.pictures.paper.projection import Projection, projection_of
from exactdyn.pictures.paper.sheet import require_width, sheet
from exactdyn.pictures.paper.style import house_style
from exactdyn.systems.run import Run

_SIDE, _BELOW, _ABOVE, _LEFT, _RIGHT = 3.3, 0.45, 0.3, 0.6, 0.1
"""Side of a panel and the room around it, in inches."""


def draw_limit(
    subject: Run | Limit,
    labels: Sequence[str] | None = None,
    title: str | None = None,
    *,
    coordinates: Sequence[int] | None = None,
    width: float | None = None,
) -> Figure:
    """Draw the limit of a run, or one that is known, always in the normalised form.

    On the left the way of each token to its limit in the colour of its cluster, the limit polytope K, its
    leaders as stars, the set S as diamonds; a token without a limit ends in a dashed cycle. It is projected
    as the picture of the run is; in dimension 1 values stand against layers. On the right, against the layer
    and on a logarithmic scale, each token's distance to its limit and how much <Az, z> has still to grow,
    computed exactly and rounded once. Up to 20 layers beyond the one where the limit is decided are drawn;
    K, S, clusters and leaders are exact. ``labels``: a text for every token (default: numbers).
    ``coordinates``, ``width``: as of :func:`~exactdyn.pictures.draw_run`.

    Raises :class:`~exactdyn.errors.InputError` for a wrong number of labels, coordinates too large to be
    drawn, and where the limits are not known, with the reason.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax(alpha="1/2").run([[1, 1], [1, -1], [-1, 0], ["1/2", 0]], layers=0)
    >>> [axes.get_title() for axes in draw_limit(run).axes]
    ['limit, decided at layer 0', 'distance and growth left']
    """
    found = subject if isinstance(subject, Limit) else limit(subject)
    run = found.trajectory.run
    names = token_labels(run, labels)
    require_width(width)
    projection = projection_of(run.start, coordinates)
    approach = gather_approach(found, projection)
    lowest = [cluster[0] for cluster in found.clusters]
    palette = colour_tokens(lowest, approach.targets)
    colours = {token: palette[cluster[0]] for cluster in found.clusters for token in cluster}
    with house_style():
        side = _SIDE if width is None else (width - 2 * _LEFT - 2 * _RIGHT) / 2
        ways = Ways(found, approach, projection, colours, names.texts, 72 * side)
        whole = 2 * (side + _LEFT + _RIGHT)
        words = "; ".join([_caption(run, projection, ways), *names.said])
        figure, floor = sheet(whole, side + _BELOW + _ABOVE, title, words, _entries(ways))
        height = figure.get_size_inches()[1]
        bottom = (floor + _BELOW) / height
        left, right = (
            figure.add_axes((x / whole, bottom, side / whole, side / height))
            for x in (_LEFT, 2 * _LEFT + side + _RIGHT)
        )
        for axes, said in zip((left, right), _titles(found, approach), strict=True):
            axes.set_title(said, fontsize=9, color=INK, pad=4)
        draw_ways(left, ways)
        draw_approach(right, found, approach, colours)
    return figure


def _caption(run: Run, projection: Projection, ways: Ways) -> str:
    words = [caption(run)]
    if projection.words:
        words.append(projection.words)
    if projection.in_space:
        words.append("nearer: larger, darker")
    if ways.limits.stretch != 1 and run.start.dimension > 1:
        words.append("the two axes have different scales")
    return "; ".join(words)


def _titles(found: Limit, approach: Approach) -> tuple[str, str]:
    if found.cycle is not None:
        cycle = f"no limit: cycle of {len(found.cycle)} states, decided at layer {found.layer}"
        return cycle, "distance to the cycle"
    left = [name for name, own in (("distance", approach.distances), ("growth", approach.gaps)) if shows(own)]
    return f"limit, decided at layer {found.layer}", f"{' and '.join(left) or 'nothing'} left"


def _entries(ways: Ways) -> list[Entry]:
    """Explain what is drawn, and nothing else: a polytope that is one point, say, has no area and no edge."""
    found, approach = ways.found, ways.approach
    way = Line2D([], [], color=FAINT, lw=1.0, marker="o", ms=2.0)
    moves = bool(np.ptp(approach.paths, axis=0)[:, -1 if ways.on_a_line else slice(None)].any())
    ends = [cluster for cluster in found.clusters if not leaders(found) & {*cluster}]
    apart = "distance to the limit" if found.cycle is None else "distance to its place in the cycle"
    end = "where tokens tend to" if found.cycle is None else f"where tokens tend to at layer {found.layer}"
    possible: list[tuple[bool, Entry]] = [
        (moves or ways.on_a_line, (way, "way of a token, coloured by cluster")),
        (bool(ends), (Line2D([], [], **mark("token", FAINT)), end)),
        (ways.counted, (Line2D([], [], ls="none"), "+3: and 3 more tokens")),
        (bool(circling(found)), (Line2D([], [], **CYCLE), "cycle of a token")),
        (bool(leaders(found)), (Line2D([], [], **mark("leader", FAINT)), "leader")),
        (ways.has_polytope and len(ways.corners) > 1, (hull_patch(), "limit polytope K")),
        (bool(found.limit_set), (Line2D([], [], **DIAMOND), "the set S")),
        (shows(approach.distances), (Line2D([], [], color=FAINT, lw=1.0, marker="o", ms=2.0), apart)),
        (shows(approach.gaps), (Line2D([], [], color=FAINT, **GROWTH), "growth of ⟨Az, z⟩ still to come")),
    ]
    return [entry for drawn, entry in possible if drawn]
