"""The picture of attention weights: a map for every layer and head."""

from __future__ import annotations

from math import ceil

from matplotlib.figure import Figure

from exactdyn.documents.weights import AttentionWeights
from exactdyn.errors import InputError
from exactdyn.pictures.paper.captions import printable
from exactdyn.pictures.paper.colours import INK
from exactdyn.pictures.paper.style import house_style

PANELS_LIMIT = 400
"""Most maps in one picture."""

NAMED = 40
"""Up to so many tokens are named beside a map that stands alone, where there is room."""

_ONE, _SMALL, _ACROSS, _NAME = 4.6, 1.25, 12, 14
# Inches of a map alone and of one of many, most maps of one head each in a row, longest name.


def draw_weights(weights: AttentionWeights, title: str | None = None) -> Figure:
    """Draw attention weights: layers from above, heads side by side, one grey for one weight in all maps.

    In a map row i are the weights with which token i attends each token, column j those with which token j is
    attended. Layers of one head each stand in rows of twelve.
    Source: arXiv 2305.05465, whose figures show attention matrices so.

    Raises :class:`~exactdyn.errors.InputError` for more than :data:`PANELS_LIMIT` maps.

    >>> import numpy as np
    >>> figure = draw_weights(AttentionWeights("one", ((np.eye(2),),), ("the", "film")))
    >>> [tick.get_text() for tick in figure.axes[0].get_yticklabels()]
    ['the', 'film']
    """
    maps = [(layer, head) for layer in range(weights.layers) for head in range(weights.heads)]
    if len(maps) > PANELS_LIMIT:
        raise InputError(f"weights: requires at most {PANELS_LIMIT} maps in a picture, got {len(maps)}")
    columns = weights.heads if weights.heads > 1 else min(len(maps), _ACROSS)
    rows = ceil(len(maps) / columns)
    alone = len(maps) == 1
    side = _ONE if alone else _SMALL
    with house_style():
        size = (max(columns * side + 1.0, 3.2), rows * side + 0.9)
        figure = Figure(figsize=size, layout="constrained", facecolor="white")
        grid = figure.subplots(rows, columns, squeeze=False)
        largest = max(float(weights.floats(layer, head).max()) for layer, head in maps)
        image = None
        for place, axes in enumerate(grid.flat):
            if place >= len(maps):
                axes.set_axis_off()
                continue
            layer, head = maps[place]
            values = weights.floats(layer, head)
            image = axes.imshow(values, vmin=0, vmax=max(1.0, largest), cmap="Greys", interpolation="nearest")
            _name(axes, weights, alone)
            words = f"layer {layer}" + (f", head {head}" if weights.heads > 1 else "")
            axes.set_title(words, fontsize=8 if alone else 6, color=INK, pad=2)
        if image is not None:
            bar = figure.colorbar(image, ax=grid, fraction=0.04, pad=0.02)
            bar.set_label("weight", color=INK)
        figure.supxlabel("attended token", fontsize=8, color=INK)
        figure.supylabel("token", fontsize=8, color=INK)
        if title:
            figure.suptitle(printable(title, 80), fontsize=10, color=INK)
    return figure


def _name(axes: object, weights: AttentionWeights, alone: bool) -> None:
    """Name the tokens, or number some of them, beside a map that stands alone; else leave it bare."""
    if not alone:
        axes.set_xticks([])  # type: ignore[attr-defined]
        axes.set_yticks([])  # type: ignore[attr-defined]
        return
    if weights.count > NAMED:
        return
    names = [str(token) for token in range(weights.count)]
    if weights.labels is not None:
        names = [printable(label, _NAME) for label in weights.labels]
    size = 7 if weights.count <= NAMED // 2 else 5
    axes.set_xticks(range(weights.count), names, rotation=90, fontsize=size)  # type: ignore[attr-defined]
    axes.set_yticks(range(weights.count), names, fontsize=size)  # type: ignore[attr-defined]
    for text in (*axes.get_xticklabels(), *axes.get_yticklabels()):  # type: ignore[attr-defined]
        text.set_parse_math(False)
