"""The values of a run on the line against its layers."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from exactdyn.pictures.paper.captions import readable_ticks
from exactdyn.pictures.paper.colours import HULL, INK, colour_of
from exactdyn.pictures.paper.marks import LABEL_SIZE, few_enough, mark, scale_of, sign_of, trail
from exactdyn.pictures.paper.placing import kept_inside, spread
from exactdyn.pictures.run_on_a_line.lines import Lines

GROWTH = 50.0
"""If values grow by more than this, the scale is logarithmic beyond the largest of the first."""

_TIES_LIMIT = 60
"""Ties of more layers than this would touch each other; their trails are dashed anyway."""


def names_before(lines: Lines, labels: Sequence[str]) -> dict[int, str]:
    """Return what stands before the first values, the lowest first: the names of all tokens if they are few.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.run_on_a_line.lines import gather_lines
    >>> names_before(gather_lines(Hardmax().run([[2], [1], [2]], layers=3), 3), ["a", "b", "c"])
    {1: 'b', 0: 'a ×2'}
    """
    every = [token for token, copies in enumerate(lines.copies[0]) if copies]
    return _names(lines, labels, 0, few_enough(every, _notable(lines, 0), lines.leading[0]))


def names_after(lines: Lines, labels: Sequence[str]) -> dict[int, str]:
    """Return what stands after the last values, the lowest first: who leads or coincides with another.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.run_on_a_line.lines import gather_lines
    >>> names_after(gather_lines(Hardmax().run([[2], [1], [-3]], layers=3), 3), ["a", "b", "c"])
    {2: 'c', 0: 'a'}
    """
    if len(lines.layers) == 1:
        return {}
    return _names(lines, labels, -1, few_enough(_notable(lines, -1), lines.leading[-1]))


def draw_values(
    axes: Axes,
    lines: Lines,
    colours: dict[int, str],
    names: tuple[dict[int, str], dict[int, str]],
    height: float,
) -> None:
    """Draw the values of every token, coloured by the token attended, and the hull between the outer ones.

    ``names``: of tokens, before the first values and after the last. ``height``: of the axes, in points of
    the paper.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.pictures.run_on_a_line.lines import gather_lines
    >>> from matplotlib.figure import Figure
    >>> axes, lines = Figure().add_subplot(), gather_lines(Hardmax().run([[2]], layers=1), 1)
    >>> draw_values(axes, lines, {0: "#0072B2"}, ({0: "a"}, {}), 144)
    >>> axes.texts[0].get_text(), axes.get_yscale()
    ('a', 'linear')
    """
    first = float(np.abs(lines.values[0]).max())
    grows = np.abs(lines.values).max() > GROWTH * first > 0
    if grows:
        decades = np.log10(np.abs(lines.values).max() / first)
        axes.set_yscale("symlog", linthresh=first, linscale=max(1.0, decades / 6))
    axes.set_ylabel("value (logarithmic)" if grows else "value", color=INK)
    axes.tick_params(labelbottom=False, bottom=False)
    low, high = lines.values.min(axis=1), lines.values.max(axis=1)
    axes.fill_between(lines.layers, low, high, color=HULL, linewidth=0, zorder=0.9)
    _draw_trails(axes, lines, colours)
    axes.autoscale_view(scalex=False)
    if not grows:
        axes.set_yticks(*readable_ticks(*axes.get_ylim(), 5))
    _draw_marks(axes, lines, colours)
    before, after = names
    _write_names(axes, lines, 0, before, height)
    _write_names(axes, lines, -1, after, height)


def _notable(lines: Lines, index: int) -> list[int]:
    return [
        token
        for token, copies in enumerate(lines.copies[index])
        if copies > 1 or token in lines.leading[index]
    ]


def _names(lines: Lines, labels: Sequence[str], index: int, tokens: Collection[int]) -> dict[int, str]:
    copies = lines.copies[index]
    ordered = sorted(tokens, key=lambda token: float(lines.values[index, token]))
    return {token: labels[token] + (f" ×{copies[token]}" if copies[token] > 1 else "") for token in ordered}


def _draw_trails(axes: Axes, lines: Lines, colours: dict[int, str]) -> None:
    pieces: dict[int | None, list[np.ndarray]] = {}
    for token in range(lines.values.shape[1]):
        path = np.column_stack([lines.layers, lines.values[:, token]])
        for first, after, attended in lines.stretches(token):
            pieces.setdefault(attended, []).append(path[first : after + 1])
    for attended, paths in pieces.items():
        style = trail(attended, colour_of(attended, colours), scale_of(lines.values.shape[1]))
        axes.add_collection(LineCollection(paths, zorder=2, **style))


def _draw_marks(axes: Axes, lines: Lines, colours: dict[int, str]) -> None:
    """Mark tokens at the first layer, leaders where they begin to lead and, if there is room, ties."""
    led: frozenset[int] = frozenset()
    for index, leading in enumerate(lines.leading):
        for token, copies in enumerate(lines.copies[index]):
            attended = lines.attended[index][token]
            sign = sign_of(copies, attended, token in leading)
            begins = index == 0 or token in leading - led
            if copies and (begins or (sign == "tie" and len(lines.layers) <= _TIES_LIMIT)):
                style = mark(sign, colour_of(attended, colours), scale_of(lines.values.shape[1]))
                axes.plot(lines.layers[index], lines.values[index, token], **style)
        led = leading


def _write_names(axes: Axes, lines: Lines, index: int, names: dict[int, str], height: float) -> None:
    """Write names on the outer side of the first values (index 0) or of the last (index -1)."""
    spots = [(lines.layers[index], float(lines.values[index, token])) for token in names]
    heights = [height * float((axes.transData - axes.transAxes).transform(spot)[1]) for spot in spots]
    moved = kept_inside(spread(heights, LABEL_SIZE + 1), LABEL_SIZE + 1, height)
    for (token, text), spot, old, new in zip(names.items(), spots, heights, moved, strict=True):
        axes.annotate(
            text,
            spot,
            (-7 if index == 0 else 7, new - old),
            textcoords="offset points",
            ha="right" if index == 0 else "left",
            va="center",
            fontsize=LABEL_SIZE,
            fontweight="bold" if token in lines.leading[index] else "normal",
            color=INK,
            annotation_clip=False,
            parse_math=False,
        )
