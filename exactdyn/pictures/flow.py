"""Pictures of enclosed runs: rescaled tokens with their enclosures, shrinking hulls, attention matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon
from matplotlib.ticker import MaxNLocator

from exactdyn.errors import InputError
from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.numbers.points import Points
from exactdyn.numbers.precision import working
from exactdyn.numbers.vectors import inner
from exactdyn.pictures.paper.colours import FAINT, HULL, INK, PALETTE, colour_tokens
from exactdyn.pictures.paper.legend import hull_patch
from exactdyn.pictures.paper.marks import DOT, LABEL_SIZE
from exactdyn.pictures.paper.placing import Label, Room, dots_along, kept_inside, place_labels, spread
from exactdyn.pictures.paper.style import house_style
from exactdyn.pictures.paper.view import Position
from exactdyn.softmax.balls import Balls, float_above
from exactdyn.softmax.flow.state import Enclosed, State, shrinking, state
from exactdyn.softmax.for_ever.eigenpair import leading_eigenpair
from exactdyn.softmax.for_ever.turning import spiral
from exactdyn.softmax.system import Drive

FRAMES = 60
"""How many times are drawn of a trajectory."""

DIRECTION_BITS = 256
"""The precision at which it is found out whether there is a direction to draw along."""

MATRICES = 4
"""How many attention matrices are drawn, the first at time 0 and the last at the last proved time."""


_START: dict[str, Any] = {
    "marker": "o",
    "markersize": 4.0,
    "markerfacecolor": "white",
    "markeredgewidth": 0.8,
}
_END: dict[str, Any] = {"marker": "o", "markersize": 3.5}
_SEEN = 1 / 500
"""An enclosure narrower than this share of what is drawn is not seen."""


@dataclass(frozen=True)
class Film:
    """What is drawn: times, and for each token the midpoints and radii of rescaled coordinates.

    ``middles``: [time][token][coordinate] in floats; ``radii``: rounded up, of the same shape.
    """

    times: np.ndarray
    middles: np.ndarray
    radii: np.ndarray


def draw_flow(flow: Enclosed, labels: Sequence[str] | None = None) -> Figure:
    """Draw the rescaled tokens z(t) = exp(-tV) x(t) of an enclosed run, and four attention matrices.

    In dimension 2 and V = a I or a I + S, S skew, there are trajectories in the plane with the hull at the
    four times; otherwise phi* z against time, phi* the leading eigenvector (in dimension 1 that is z). The
    band around each line is the enclosure, wherever it is wide enough to be seen.
    Source: the figures of arXiv 2305.05465.

    ``labels``: a text for every token (default: their numbers). Raises
    :class:`~exactdyn.errors.InputError` if nothing is proved beyond time 0, and for other systems whose
    leading eigenvalue is not simple, real and positive.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.system import Softmax
    >>> len(draw_flow(flow(Softmax(), [[1], [-1]], Fraction(1, 4))).axes)
    6
    """
    if not flow.steps:
        raise InputError("time: requires a run that is proved beyond time 0")
    moments = _times(flow, MATRICES)
    shown = [state(flow, time) for time in moments]
    names = [str(token) for token in range(len(flow.start.place))] if labels is None else list(labels)
    planar = _planar(flow.model)
    film = _film(flow) if planar else _projected(flow)
    with house_style():
        figure = Figure(figsize=(8, 6.2), layout="constrained")
        grid = figure.add_gridspec(2, MATRICES, height_ratios=(2.2, 1))
        main = figure.add_subplot(grid[0, :])
        lines = _draw_plane(main, film, shown) if planar else _draw_lines(main, film)
        matrices = [figure.add_subplot(grid[1, place]) for place in range(MATRICES)]
        for axes, now in zip(matrices, shown, strict=True):
            image = _draw_attention(axes, now, axes is matrices[0])
        bar = figure.colorbar(image, ax=matrices, fraction=0.03, pad=0.02)
        bar.set_label("attention P", fontsize=7, color=INK)
        _draw_legend(figure, film, planar)
        figure.draw_without_rendering()  # places the panels, so that labels know where they are
        if planar:
            _name_starts(main, film, lines, names)
        else:
            _name_ends(main, film, names)
    return figure


def require_drawable(model: Drive, step: Fraction | None = None) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for a system whose runs :func:`draw_flow` cannot draw.

    ``step``: that of discrete time.

    >>> from exactdyn.softmax.system import Softmax, driven
    >>> require_drawable(driven(Softmax([[0, -2], [1, 0]]), [[1, 0]])[1])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    exactdyn.errors.InputError: V: the leading eigenvalue of V is not simple, real and positive: it ...
    """
    if step is not None and shrinking(model, step) is None:
        raise InputError("step: requires that I + step V has an inverse, to draw rescaled tokens")
    if not _planar(model):
        _direction(model, DIRECTION_BITS)


def _planar(model: Drive) -> bool:
    return model.dimension == 2 and (model.multiple() is not None or spiral(model) is not None)


def _direction(model: Drive, bits: int) -> Balls:
    with working(bits):
        pair = leading_eigenpair(model.V)
        if isinstance(pair, str):
            raise InputError(f"V: {pair}, so there is no direction to draw along")
        return [pair.left]


def _times(flow: Enclosed, count: int) -> list[Fraction]:
    """Return so many times from 0 to the last one; where time is discrete, those of the nearest steps."""
    times = [flow.time * k / (count - 1) for k in range(count)]
    step = flow.system.step
    return times if step is None else [round(time / step) * step for time in times]


def _rescaled(now: State) -> Balls:
    if now.rescaled is None:
        raise InputError("step: requires rescaled tokens to draw, got none")
    return now.rescaled


def _film(flow: Enclosed) -> Film:
    times = _times(flow, FRAMES)
    rows = [_rescaled(state(flow, time)) for time in times]
    return _measured(times, rows)


def _projected(flow: Enclosed) -> Film:
    times = _times(flow, FRAMES)
    (direction,) = _direction(flow.model, flow.bits + 32)
    rows = [_along(state(flow, time), direction, flow) for time in times]
    return _measured(times, rows)


def _along(now: State, direction: Sequence[arb], flow: Enclosed) -> Balls:
    with working(flow.bits + 32):
        return [[inner(direction, z)] for z in _rescaled(now)]


def _measured(times: Sequence[Fraction], rows: Sequence[Balls]) -> Film:
    middles = [[[float(x.mid()) for x in row] for row in frame] for frame in rows]
    radii = [[[float_above(x.rad()) for x in row] for row in frame] for frame in rows]
    return Film(np.array(times, dtype=float), np.array(middles), np.array(radii))


def _colours(film: Film) -> dict[int, str]:
    return colour_tokens(range(film.middles.shape[1]), film.middles[0])


def _draw_lines(axes: Axes, film: Film) -> list[np.ndarray]:
    for token, colour in _colours(film).items():
        values, radii = film.middles[:, token, 0], film.radii[:, token, 0]
        axes.fill_between(film.times, values - radii, values + radii, color=colour, alpha=0.3, linewidth=0)
        axes.plot(film.times, values, color=colour, linewidth=0.9)
    axes.set_xlim(film.times[0], film.times[-1] * 1.08)
    axes.set_xlabel("time", color=INK)
    axes.set_ylabel("rescaled, along the leading eigenvector", color=INK)
    return []


def _draw_plane(axes: Axes, film: Film, shown: Sequence[State]) -> list[np.ndarray]:
    """Draw paths in the plane; of the hulls only the last is filled, as it is the smallest of V = I."""
    lines = []
    for number, now in enumerate(shown):
        corners = _hull(now)
        last = number == len(shown) - 1
        fill = HULL if last else "none"
        axes.add_patch(Polygon(corners, facecolor=fill, edgecolor=FAINT, linewidth=0.8, zorder=0.5))
        lines.append(np.array([*corners, corners[0]]))
    for token, colour in _colours(film).items():
        path = film.middles[:, token]
        lines.append(path)
        axes.plot(*path.T, color=colour, linewidth=0.8, zorder=2)
        axes.plot(*path[0], color=colour, zorder=3, **_START)
        axes.plot(*path[-1], color=colour, zorder=3, **_END)
    axes.set_aspect("equal")
    axes.margins(0.12)
    axes.set_title("rescaled tokens and their hull", fontsize=8, color=INK)
    return lines


def _name_starts(axes: Axes, film: Film, lines: Sequence[np.ndarray], names: Sequence[str]) -> None:
    """Write the names of tokens beside their starts, where there is room off all lines."""
    corner, far = (axes.transAxes.transform(place) for place in ((0, 0), (1, 1)))
    points = 72 / axes.figure.dpi

    def on_paper(places: np.ndarray) -> list[Position]:
        return [(x, y) for x, y in (points * (axes.transData.transform(places) - corner)).tolist()]

    width, height = (points * (far - corner)).tolist()
    starts = on_paper(film.middles[0])
    middle = np.mean(starts, axis=0).tolist()
    labels = [Label(name, Room(x, y, DOT, DOT)) for name, (x, y) in zip(names, starts, strict=True)]
    frame = Room(width / 2, height / 2, width / 2, height / 2)
    dots = dots_along(on_paper(line) for line in lines)
    found = place_labels(labels, LABEL_SIZE, (middle[0], middle[1]), frame, lines=dots)
    for place, room in found.items():
        axes.annotate(
            labels[place].text,
            tuple(film.middles[0, place]),
            (room.x - starts[place][0], room.y - starts[place][1]),
            textcoords="offset points",
            color=_colours(film)[place],
            fontsize=LABEL_SIZE,
            ha="center",
            va="center",
            parse_math=False,
        )


def _name_ends(axes: Axes, film: Film, names: Sequence[str]) -> None:
    """Write the names of tokens after their last values, moved apart, if all find room."""
    points = 72 / axes.figure.dpi
    low, high = (points * float(axes.transAxes.transform((0, y))[1]) for y in (0, 1))
    ends = film.middles[-1, :, 0]
    if (LABEL_SIZE + 1) * len(ends) > high - low:
        return
    order = np.argsort(ends, kind="stable").tolist()
    places = axes.transData.transform([(film.times[-1], end) for end in ends])
    heights = [points * float(places[token, 1]) - low for token in order]
    moved = kept_inside(spread(heights, LABEL_SIZE + 1), LABEL_SIZE + 1, high - low)
    for token, old, new in zip(order, heights, moved, strict=True):
        axes.annotate(
            names[token],
            (film.times[-1], ends[token]),
            (6, new - old),
            textcoords="offset points",
            color=_colours(film)[token],
            fontsize=LABEL_SIZE,
            va="center",
            parse_math=False,
        )


def _draw_legend(figure: Figure, film: Film, planar: bool) -> None:
    """Explain what is drawn, and nothing else."""
    count = film.middles.shape[1]
    way = Line2D([], [], color=FAINT, linewidth=0.9)
    repeat = f" ({count} tokens: colours repeat)" if count > len(PALETTE) else ""
    entries: list[tuple[Artist, str]] = [(way, f"way of a token, a colour each{repeat}")]
    if planar:
        entries.append((Line2D([], [], color=FAINT, linestyle="none", **_START), "at time 0"))
        last = f"at time {film.times[-1]:.3g}"
        entries.append((Line2D([], [], color=FAINT, linestyle="none", **_END), last))
        hulls = "hulls at the times of the matrices, filled at the last"
        entries.append((hull_patch(), hulls))
    elif film.radii.max() > _SEEN * float(np.ptp(film.middles)):
        entries.append((Patch(color=FAINT, alpha=0.3, linewidth=0), "enclosure"))
    handles, words = zip(*entries, strict=True)
    figure.legend(
        handles, words, loc="outside lower left", ncols=4, fontsize=7, frameon=False, labelcolor=INK
    )


def _hull(now: State) -> list[tuple[float, float]]:
    middles = [[Fraction(float(x.mid())) for x in row] for row in _rescaled(now)]
    return [(float(middles[k][0]), float(middles[k][1])) for k in hull_polygon(Points.from_rows(middles))]


def _draw_attention(axes: Axes, now: State, named: bool) -> AxesImage:
    values = np.array([[float(p.mid()) for p in row] for row in now.attention])
    image = axes.imshow(values, vmin=0, vmax=1, cmap="Greys", interpolation="nearest")
    axes.set_title(f"P at t = {float(now.time):.3g}", fontsize=7, color=INK)
    last = len(values) - 1
    ticks = MaxNLocator(6, steps=[1, 2, 5, 10], integer=True, min_n_ticks=1).tick_values(0, last)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks([int(tick) for tick in ticks if 0 <= tick <= last])
    axes.set_xlabel("token attended", fontsize=7, color=INK)
    if named:
        axes.set_ylabel("token", fontsize=7, color=INK)
    return image
