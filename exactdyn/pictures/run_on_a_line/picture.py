"""Dimension 1: values against layers, and under them who attends whom."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from matplotlib.figure import Figure

from exactdyn.pictures.paper.captions import caption
from exactdyn.pictures.paper.colours import colour_tokens
from exactdyn.pictures.paper.labels import Labels
from exactdyn.pictures.paper.legend import Entry, hatched, other_entries, token_entries
from exactdyn.pictures.paper.marks import LABEL_SIZE, Sign, few_enough, sign_of
from exactdyn.pictures.paper.sheet import sheet
from exactdyn.pictures.run_on_a_line.curves import draw_values, names_after, names_before
from exactdyn.pictures.run_on_a_line.lines import Lines, gather_lines
from exactdyn.pictures.run_on_a_line.strips import draw_strips
from exactdyn.systems.run import Run

_WIDTH, _LEFT, _RIGHT = 8.0, 0.72, 0.1
_VALUES, _GAP, _TICKS, _ABOVE = 2.0, 0.1, 0.42, 0.08
_STRIP, _CROWD = 0.14, 1.2
"""The heights of a strip with a name, and of more strips than can be named together."""


def draw_over_layers(
    run: Run, last: int, given: Labels, title: str | None, width: float | None = None
) -> Figure:
    """Draw a run in dimension 1 from layer 0 to this layer; see :func:`exactdyn.pictures.draw_run`.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> figure = draw_over_layers(Hardmax().run([[1]], 3), 3, Labels(("a",)), None)
    >>> [axes.get_ylabel() for axes in figure.axes]
    ['value', 'token']
    """
    lines, labels = gather_lines(run, last), given.texts
    whole = _WIDTH if width is None else width
    attended = {token for tokens in lines.attended for token in tokens if token is not None}
    colours = colour_tokens(attended, lines.values[0][:, None])
    signs = _signs(lines)
    entries = _entries(lines, colours, labels, signs)
    strips = _STRIP * max(len(labels), 2) if few_enough(labels) else _CROWD
    body = _ABOVE + _VALUES + _GAP + strips + _TICKS
    figure, floor = sheet(whole, body, title, "; ".join([_caption(run, lines), *given.said]), entries)
    names = names_before(lines, labels), names_after(lines, labels)
    left = max(_LEFT, 0.4 + _longest(few_enough(labels)))
    width, height = whole - left - _RIGHT, figure.get_size_inches()[1]
    before, after = (0.2 + _longest(texts.values()) for texts in names)
    layer = (width - before - after) / (last + 1)
    for bottom, high in ((floor + _TICKS + strips + _GAP, _VALUES), (floor + _TICKS, strips)):
        axes = figure.add_axes((left / whole, bottom / height, width / whole, high / height))
        axes.set_xlim(-0.5 - before / layer, last + 0.5 + after / layer)
    above, below = figure.axes
    draw_values(above, lines, colours, names, 72 * _VALUES)
    draw_strips(below, lines, colours, labels)
    return figure


def _entries(
    lines: Lines, colours: dict[int, str], labels: tuple[str, ...], signs: frozenset[Sign]
) -> list[Entry]:
    tied = any(attended is None for tokens in lines.attended for attended in tokens)
    several = len(lines.layers) > 1
    entries = token_entries(colours, labels, "token" in signs, trails=several)
    hull = "convex hull" if several and np.ptp(lines.values, axis=1).any() else None
    return [*entries, *other_entries(signs, hull, tied and several), *([hatched()] if tied else [])]


def _longest(texts: Collection[str]) -> float:
    """Return about the width of the longest text, in inches."""
    return 0.65 * LABEL_SIZE * max(map(len, texts), default=0) / 72


def _signs(lines: Lines) -> frozenset[Sign]:
    return frozenset(
        sign_of(copies, attended[token], token in leading)
        for attended, leading, counts in zip(lines.attended, lines.leading, lines.copies, strict=True)
        for token, copies in enumerate(counts)
        if copies
    )


def _caption(run: Run, lines: Lines) -> str:
    every = lines.layers[1] - lines.layers[0] if len(lines.layers) > 1 else 1
    return caption(run) + ("" if every == 1 else f"; one layer in {every} is drawn")
