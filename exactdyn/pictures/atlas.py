"""The picture of the atlas: a grid of cells, with a sketch of the counterexample where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exactdyn.pictures.paper.colours import FAINT, INK, PALETTE
from exactdyn.pictures.paper.projection import SEEN_FROM, projection_of
from exactdyn.pictures.paper.style import house_style
from exactdyn.pictures.paper.view import drawable
from exactdyn.systems.run import Run

COLOURS = {"fails": "#fbe3d6", "lemma": "#d9efe4", "partly": "#dcebf7", "open": "#ffffff"}
"""The ground of a cell, by outcome."""

_CELL, _LEFT, _ABOVE, _BELOW = 1.05, 1.75, 0.75, 0.82
_LAYERS = 12


@dataclass(frozen=True)
class Sketch:
    """A cell: its outcome, the words under it, and the run to be sketched, up to a layer, if there is one.

    ``token``: the one that is emphasised, as the statement fails for it; None for none.
    """

    outcome: str
    words: str
    run: Run | None = None
    token: int | None = None


def draw_atlas(
    rows: Sequence[tuple[str, str]],
    columns: Sequence[str],
    cells: Mapping[tuple[int, int], Sketch],
    legend: Mapping[str, str],
) -> Figure:
    """Draw the table of hypotheses and statements.

    ``rows``: what is dropped and what is kept; ``columns``: statements; ``cells``: by row and column;
    ``legend``: what the outcomes mean, of which those that occur are explained. Runs in dimension 1 are drawn
    on a line, layers downwards; in other dimensions as in :func:`~exactdyn.pictures.draw_run`. Circles: where
    the tokens start; dots: where they are last.

    >>> cells = {(0, 0): Sketch("lemma", "convex-step")}
    >>> figure = draw_atlas([("nothing", "all")], ["hull-shrinkage"], cells, {"lemma": "excluded by a lemma"})
    >>> len(figure.axes)
    2
    """
    width = _LEFT + _CELL * len(columns) + 0.1
    height = _ABOVE + _CELL * len(rows) + _BELOW
    with house_style():
        figure = Figure(figsize=(width, height), facecolor="white")
        page = figure.add_axes((0, 0, 1, 1))
        page.set(xlim=(0, width), ylim=(height, 0))
        page.axis("off")
        page.text(_LEFT - 0.12, _ABOVE - 0.12, "dropped", ha="right", va="bottom", color=FAINT)
        for place, name in enumerate(columns):
            x = _LEFT + _CELL * (place + 0.5)
            page.text(x, _ABOVE - 0.12, name.replace("-", "\n"), ha="center", va="bottom", color=INK)
        for place, (dropped, kept) in enumerate(rows):
            y = _ABOVE + _CELL * (place + 0.5)
            page.text(_LEFT - 0.12, y - 0.04, dropped, ha="right", va="bottom", color=INK, weight="bold")
            page.text(_LEFT - 0.12, y + 0.04, kept, ha="right", va="top", color=FAINT, size=6)
        for (row, column), sketch in cells.items():
            corner = (_LEFT + _CELL * column, _ABOVE + _CELL * row)
            box = (corner[0] / width, 1 - (corner[1] + _CELL) / height, _CELL / width, _CELL / height)
            _draw_cell(figure.add_axes(box), sketch)
        _draw_legend(page, cells, legend, height - _BELOW)
        return figure


def _draw_legend(
    page: Axes, cells: Mapping[tuple[int, int], Sketch], legend: Mapping[str, str], top: float
) -> None:
    """Explain the grounds of cells in one row, and in another what is in the sketches."""
    x, used = _LEFT, {sketch.outcome for sketch in cells.values()}
    for outcome, words in ((own, said) for own, said in legend.items() if own in used):
        page.scatter(
            x, top + 0.18, marker="s", s=60, color=COLOURS[outcome], edgecolors=FAINT, linewidths=0.5
        )
        page.text(x + 0.12, top + 0.18, words, va="center", color=INK, size=7)
        x += 0.45 + 0.062 * len(words)
    sketches = [sketch for sketch in cells.values() if sketch.run is not None]
    x, y = _LEFT, top + 0.42
    for sign, words in _signs(sketches):
        page.plot([x], [y], clip_on=False, **sign)
        page.text(x + 0.12, y, words, va="center", color=INK, size=7)
        x += 0.45 + 0.062 * len(words)
    page.text(_LEFT - 0.06, top + 0.64, _projections(sketches), va="center", color=INK, size=7)


def _signs(sketches: Sequence[Sketch]) -> list[tuple[dict[str, Any], str]]:
    """Return the signs in the sketches with their meanings."""
    if not sketches:
        return []
    start: dict[str, Any] = {"marker": "o", "mfc": "white", "mec": INK, "ms": 4, "mew": 0.7}
    end: dict[str, Any] = {"marker": "o", "color": INK, "ms": 3}
    fails: dict[str, Any] = {"marker": "s", "color": PALETTE[1], "ms": 5}
    said = [(start, "a token at layer 0"), (end, f"at the last layer, at most {_LAYERS}")]
    if any(sketch.token is not None for sketch in sketches):
        said.append((fails, "the token it fails for"))
    return said


def _projections(sketches: Sequence[Sketch]) -> str:
    """Say how the sketches of each dimension are drawn, if that takes words."""
    dimensions = {sketch.run.start.dimension for sketch in sketches if sketch.run is not None}
    shown = {1: "d = 1: layers downwards", 3: f"d = 3: {SEEN_FROM}"}
    said = [words for dimension, words in shown.items() if dimension in dimensions]
    beyond = ["d > 3: principal plane of layer 0"] if any(own > 3 for own in dimensions) else []
    return "; ".join([*said, *beyond])


def _draw_cell(axes: Axes, sketch: Sketch) -> None:
    """Draw a cell: only words on its ground, or the sketch of a run above them."""
    axes.set(xticks=[], yticks=[], facecolor=COLOURS[sketch.outcome], xlim=(0, 1), ylim=(0, 1))
    for side in axes.spines.values():
        side.set(color="white", linewidth=2)
    if sketch.run is None:
        axes.text(0.5, 0.5, sketch.words, ha="center", va="center", color=INK, size=6)
        return
    axes.text(0.5, 0.05, sketch.words, ha="center", va="bottom", color=INK, size=6)
    trails = _trails(sketch.run)
    for token in range(trails.shape[1]):
        colour = PALETTE[1] if token == sketch.token else INK
        order = 3 if token == sketch.token else 2
        path = trails[:, token]
        axes.plot(path[:, 0], path[:, 1], color=colour, linewidth=0.7, zorder=order)
        axes.plot(*path[0], "o", mfc="white", mec=colour, ms=3, mew=0.7, zorder=order)
        axes.plot(*path[-1], "o", color=colour, ms=2, zorder=order)


def _trails(run: Run) -> np.ndarray:
    # Layers x tokens x 2, inside the cell above its words.
    layers = range(min(run.layers, _LAYERS) + 1)
    states = np.stack([drawable(run.state(layer), layer) for layer in layers])
    dimension = states.shape[2]
    if dimension == 1:
        depth = np.broadcast_to(-np.arange(len(states), dtype=float)[:, None, None], states.shape)
        places = np.concatenate([states, depth], axis=2)
    else:
        flat = projection_of(run.start).flat
        places = flat(states.reshape(-1, dimension)).reshape(*states.shape[:2], 2)
    low, high = places.min(axis=(0, 1)), places.max(axis=(0, 1))
    span = np.where(high > low, high - low, 1.0)
    if dimension > 1:
        span = np.full(2, span.max())
    middle = (low + high) / 2
    scaled: np.ndarray = np.array([0.5, 0.58]) + np.array([0.72, 0.62]) * (places - middle) / span
    return scaled
