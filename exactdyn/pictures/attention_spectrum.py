"""Singular values, eigenvalues and ranks of the attention matrix against time, a column for every head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from exactdyn.errors import InputError
from exactdyn.pictures.paper.colours import FAINT, INK, PALETTE
from exactdyn.pictures.paper.style import house_style
from exactdyn.softmax.spectrum import EPSILON, AttentionSpectrum, HeadSpectrum

HEADS_LIMIT = 8
"""The largest number of heads that are drawn side by side."""

SMALLEST = 1e-100
"""What is smaller has no place on the axis, nor has 0."""

_KNOWN, _BOUND, _THRESHOLD = PALETTE[0], FAINT, PALETTE[1]
_DASH: dict[str, Any] = {"color": _THRESHOLD, "linestyle": "--", "linewidth": 0.8}
_RANK: dict[str, Any] = {
    "color": INK,
    "marker": "o",
    "markersize": 5,
    "markerfacecolor": "none",
    "linewidth": 0.5,
}
_NUMERICAL: dict[str, Any] = {"color": _THRESHOLD, "marker": "o", "markersize": 2, "linewidth": 0.5}


def require_heads(count: int) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for more heads than find room.

    >>> require_heads(9)
    Traceback (most recent call last):
    exactdyn.errors.InputError: plot: requires at most 8 heads, got 9
    """
    if count > HEADS_LIMIT:
        raise InputError(f"plot: requires at most {HEADS_LIMIT} heads, got {count}")


def draw_attention_spectrum(found: AttentionSpectrum) -> Figure:
    """Draw singular values and moduli of eigenvalues, from the least to the most that they can be, and ranks.

    A value that may be 0, or too small for the axis, is a triangle at the most that it can be; zeros
    themselves have no place on a logarithmic axis. Ranks are drawn at the times that were asked for; lines
    between them only lead the eye. Raises as :func:`require_heads`, and where nothing is enclosed at any
    time.
    Source: the scripts of arXiv 2305.05465, which print the numerical rank over time.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax import Softmax, flow
    >>> from exactdyn.softmax.spectrum import spectrum_of
    >>> run = flow(Softmax(), [[1], [-1]], Fraction(1, 4))
    >>> len(draw_attention_spectrum(spectrum_of(run, [Fraction(0), Fraction(1, 4)])).axes)
    3
    """
    known = [now for now in found.times if now.heads]
    if not known:
        raise InputError("times: requires one at which the attention matrix is enclosed")
    heads = len(known[0].heads)
    require_heads(heads)
    times = np.array([now.time for now in known], dtype=float)
    count = len(found.run.start.place)
    with house_style():
        figure = Figure(figsize=(max(4.8, 3.2 * heads), 6.6), layout="constrained")
        grid = figure.subplots(3, heads, sharex=True, sharey="row", squeeze=False, height_ratios=(3, 3, 2))
        for head in range(heads):
            own = [now.heads[head] for now in known]
            _draw_sizes(grid[0, head], times, own, count)
            _draw_moduli(grid[1, head], times, own)
            _draw_ranks(grid[2, head], times, own)
            if heads > 1:
                grid[0, head].set_title(f"head {head}", fontsize=8, color=INK)
            grid[2, head].set_xlabel("time", color=INK)
        grid[2, 0].set_ylim(0, 1.1 * max(own.rank[1] for now in known for own in now.heads))
        for axes, words in zip(
            grid[:, 0], ("singular values of P", "|eigenvalues| of P", "rank"), strict=True
        ):
            axes.set_ylabel(words, color=INK)
        sizes = [x for now in known for own in now.heads for x in own.eigenvalues or ()]
        tiny = any(float(x.abs_upper()) < SMALLEST for x in sizes)
        _draw_legend(figure, grid, count, tiny)
    return figure


def _draw_sizes(axes: Axes, times: np.ndarray, known: Sequence[HeadSpectrum], count: int) -> None:
    axes.set_yscale("log")
    for time, own in zip(times, known, strict=True):
        values = own.singular_values or ()
        _draw_values(axes, time, [(float(x.lower()), float(x.upper())) for x in values])
    largest = [float(own.singular_values[0].mid()) if own.singular_values else np.nan for own in known]
    axes.plot(times, np.array(largest) * count * float(EPSILON), marker="_", **_DASH)


def _draw_moduli(axes: Axes, times: np.ndarray, known: Sequence[HeadSpectrum]) -> None:
    axes.set_yscale("log")
    for time, own in zip(times, known, strict=True):
        values = own.eigenvalues or ()
        _draw_values(axes, time, [(float(x.abs_lower()), float(x.abs_upper())) for x in values])


def _draw_values(axes: Axes, time: float, values: Sequence[tuple[float, float]]) -> None:
    # From the least to the most that each can be.
    for least, most in values:
        if most < SMALLEST:
            continue
        if least < SMALLEST:
            axes.plot([time], [most], marker="v", markersize=2.5, color=_BOUND, markeredgewidth=0)
            continue
        axes.plot([time, time], [least, most], color=_KNOWN, linewidth=1)
        axes.plot([time], [(least * most) ** 0.5], marker="o", markersize=2, color=_KNOWN, markeredgewidth=0)


def _draw_ranks(axes: Axes, times: np.ndarray, known: Sequence[HeadSpectrum]) -> None:
    for mark, ranks in (
        (_RANK, [own.rank for own in known]),
        (_NUMERICAL, [own.numerical_rank for own in known]),
    ):
        least, most = np.array(ranks).T
        axes.vlines(times, least, most, color=mark["color"], linewidth=2.5, alpha=0.5)
        axes.step(times, most, where="mid", **mark)
        axes.step(times, least, where="mid", **mark)
    axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))


def _draw_legend(figure: Figure, grid: np.ndarray, count: int, tiny: bool) -> None:
    """Explain what is drawn, and nothing else."""
    marks = {line.get_marker() for axes in grid[:2].flat for line in axes.lines}
    dot = Line2D([], [], color=_KNOWN, marker="o", markersize=2, linewidth=1)
    entries: list[tuple[Artist, str]] = [(dot, "enclosed, at the times asked for")] if "o" in marks else []
    if "v" in marks:
        at_most = Line2D([], [], color=_BOUND, marker="v", markersize=3, linestyle="none")
        entries.append((at_most, "at most this (may be 0)"))
    if tiny:
        entries.append((Line2D([], [], linestyle="none"), "what is below 10⁻¹⁰⁰, as 0, has no place here"))
    entries.append(
        (Line2D([], [], **_DASH), f"{count} · 2⁻⁵² times the largest: the threshold of the numerical rank")
    )
    entries += [(Line2D([], [], **_RANK), "rank"), (Line2D([], [], **_NUMERICAL), "numerical rank")]
    handles, words = zip(*entries, strict=True)
    figure.legend(
        handles, words, loc="outside lower left", ncols=2, fontsize=7, frameon=False, labelcolor=INK
    )
