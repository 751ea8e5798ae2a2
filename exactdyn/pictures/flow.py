"""Pictures of enclosed runs: rescaled tokens with their enclosures, shrinking hulls, attention matrices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from flint import arb
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from exactdyn.errors import InputError
from exactdyn.geometry.hull_polygon import hull_polygon
from exactdyn.numbers.points import Points
from exactdyn.numbers.precision import working
from exactdyn.numbers.vectors import inner
from exactdyn.pictures.paper.colours import FAINT, HULL, INK, colour_tokens
from exactdyn.pictures.paper.style import house_style
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
    band around each line is the enclosure, wherever it is wide enough to be seen. Source: the figures of
    arXiv 2305.05465.

    ``labels``: a text for every token (default: their numbers). Raises
    :class:`~exactdyn.errors.InputError` if nothing is proved beyond time 0, and for other systems whose
    leading eigenvalue is not simple, real and positive.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.system import Softmax
    >>> len(draw_flow(flow(Softmax(), [[1], [-1]], Fraction(1, 4))).axes)
    5
    """
    if not flow.steps:
        raise InputError("time: requires a run that is proved beyond time 0")
    moments = _times(flow, MATRICES)
    shown = [state(flow, time) for time in moments]
    names = [str(token) for token in range(len(flow.start.place))] if labels is None else list(labels)
    planar = _planar(flow.model)
    film = _film(flow) if planar else _projected(flow)
    with house_style():
        figure = Figure(figsize=(8, 5.6), layout="constrained")
        grid = figure.add_gridspec(2, MATRICES, height_ratios=(2.2, 1))
        main = figure.add_subplot(grid[0, :])
        if planar:
            _draw_plane(main, film, shown, names)
        else:
            _draw_lines(main, film, names)
        for place, now in enumerate(shown):
            _draw_attention(figure.add_subplot(grid[1, place]), now)
    return figure


def require_drawable(model: Drive, step: Fraction | None = None) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for a system whose runs :func:`draw_flow` cannot draw.

    ``step``: that of discrete time.

    >>> from exactdyn.softmax.system import Softmax, driven
    >>> require_drawable(driven(Softmax([[0, -2], [1, 0]]), [[1, 0]])[1])  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    exactdyn.errors.InputError: V: the leading eigenvalue of V is not simple, real and positive, so ...
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


def _draw_lines(axes: Axes, film: Film, names: Sequence[str]) -> None:
    for token, colour in _colours(film).items():
        values, radii = film.middles[:, token, 0], film.radii[:, token, 0]
        axes.fill_between(film.times, values - radii, values + radii, color=colour, alpha=0.3, linewidth=0)
        axes.plot(film.times, values, color=colour, linewidth=0.9)
        axes.annotate(f" {names[token]}", (film.times[-1], values[-1]), color=colour, fontsize=6, va="center")
    axes.set_xlabel("time", color=INK)
    axes.set_ylabel("rescaled, along the leading eigenvector", color=INK)


def _draw_plane(axes: Axes, film: Film, shown: Sequence[State], names: Sequence[str]) -> None:
    """Draw paths in the plane; of the hulls only the last is filled, as it is the smallest of V = I."""
    for number, now in enumerate(shown):
        corners = _hull(now)
        last = number == len(shown) - 1
        fill = HULL if last else "none"
        axes.add_patch(Polygon(corners, facecolor=fill, edgecolor=FAINT, linewidth=0.8, zorder=0.5))
    for token, colour in _colours(film).items():
        x, y = film.middles[:, token].T
        axes.plot(x, y, color=colour, linewidth=0.8, zorder=2)
        axes.scatter(x[-1:], y[-1:], s=12, color=colour, zorder=3)
        axes.annotate(names[token], (x[0], y[0]), color=colour, fontsize=6)
    axes.set_aspect("equal")
    axes.set_title("rescaled tokens and their hull", fontsize=8, color=INK)


def _hull(now: State) -> list[tuple[float, float]]:
    middles = [[Fraction(float(x.mid())) for x in row] for row in _rescaled(now)]
    return [(float(middles[k][0]), float(middles[k][1])) for k in hull_polygon(Points.from_rows(middles))]


def _draw_attention(axes: Axes, now: State) -> None:
    values = np.array([[float(p.mid()) for p in row] for row in now.attention])
    axes.imshow(values, vmin=0, vmax=1, cmap="Greys", interpolation="nearest")
    axes.set_title(f"P at t = {float(now.time):.3g}", fontsize=7, color=INK)
    axes.set_xticks([])
    axes.set_yticks([])
