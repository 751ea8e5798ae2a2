"""An explanation as a picture: the words before the first and after the last layer, and the score between."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from exactdyn.numbers.shown import signed
from exactdyn.pictures.paper.colours import FAINT, INK, PALETTE, TIE
from exactdyn.pictures.paper.marks import DOT, STAR
from exactdyn.pictures.paper.placing import Label, Room, place_labels
from exactdyn.pictures.paper.style import house_style
from exactdyn.pictures.review.colouring import colour_meanings, word_colours
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.sentiment.explain.plane import Plane, plane
from exactdyn.sentiment.runs.exact import class_of

SIZE = (11.0, 7.2)
"""Width and height in inches."""

LETTERS = 7.0
"""Height of the letters of a word, in points."""

ROOM = 0.07
"""Room around the words, as a share of what they span."""


def draw_explanation(explanation: Explanation) -> Figure:
    """Draw a review: at the left the words as they enter, at the right where they end and how they got there.

    Leaders are stars, labelled with their decoder values; every other word has the colour of the leader it
    attends, or is black if it attends several words or one that does not lead in the end. The dashed line is
    where the decoder is 0, the diamond is the mean token. Below, the score before the first and after every
    layer, and in the limit if it is proved; then what the signs mean. Words that find no room go unlabelled.

    >>> from exactdyn.sentiment.explain.explanation import explain
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> len(draw_explanation(explain(model, load_reviews("handmade", model)[0])).axes)
    3
    """
    with house_style():
        figure = Figure(figsize=SIZE, layout="constrained")
        grid = figure.add_gridspec(2, 2, height_ratios=(4, 1))
        shown = plane(explanation)
        colours = word_colours(explanation, shown)
        for column, layer in enumerate((0, len(explanation.places) - 1)):
            _draw_words(figure.add_subplot(grid[0, column]), explanation, shown, colours[layer], layer)
        _draw_scores(figure.add_subplot(grid[1, :]), explanation)
        figure.suptitle(_title(explanation), fontsize=10, color=INK, parse_math=False)
        low, high = shown.box(ROOM)
        _draw_legend(figure, explanation, colours, shown.line(low, high) is not None)
        figure.draw_without_rendering()  # places the panels, so that labels know where they are
        for axes, layer in zip(figure.axes, (0, len(explanation.places) - 1), strict=False):
            _label_words(axes, explanation, shown, layer)
    return figure


def _title(explanation: Explanation) -> str:
    score = explanation.scores[-1]
    title = f"{_cut(explanation.review.name, 80)}: {class_of(score)}, score {signed(score, 4)}"
    if explanation.review.label is not None:
        title += f", labelled {'positive' if explanation.review.label else 'negative'}"
    return title


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _draw_words(axes: Axes, explanation: Explanation, shown: Plane, colours: list[str], layer: int) -> None:
    """Draw the words at a layer with their paths until then, leaders above all others."""
    low, high = shown.box(ROOM)
    axes.set_xlim(low[0], high[0])
    axes.set_ylim(low[1], high[1])
    axes.set_title("before the first layer" if layer == 0 else f"after layer {layer}", fontsize=8, color=INK)
    axes.set_xlabel(shown.axes[0], fontsize=7, color=FAINT)
    axes.set_ylabel(shown.axes[1], fontsize=7, color=FAINT)
    line = shown.line(low, high)
    if line is not None:
        axes.plot(line[:, 0], line[:, 1], color=INK, linewidth=0.8, linestyle=(0, (5, 4)))
    for point in explanation.points:
        colour = colours[point]
        path = shown.positions[: layer + 1, point]
        axes.plot(path[:, 0], path[:, 1], color=colour, linewidth=0.6, alpha=0.4)
        leads = explanation.attended[layer][point] == (point,)
        size = 11.0 if leads else 2.0 + len(explanation.run.members[point]) ** 0.5
        axes.plot(
            *path[-1],
            marker="*" if leads else "o",
            markersize=size,
            color=colour,
            markeredgecolor="white",
            markeredgewidth=0.4,
            zorder=4 if leads else 3,
        )
    means = shown.means[: layer + 1]
    axes.plot(means[:, 0], means[:, 1], color=INK, linewidth=1.0)
    axes.plot(*means[-1], marker="D", markersize=5, color=INK, zorder=5)


def _label_words(axes: Axes, explanation: Explanation, shown: Plane, layer: int) -> None:
    """Label the leaders, then, as far as there is room, the words that are far out."""
    positions = shown.positions[layer]
    points = 72 / axes.figure.dpi
    corner, far_corner = points * axes.transAxes.transform([(0, 0), (1, 1)])
    places = points * axes.transData.transform(positions) - corner
    width, height = far_corner - corner
    labels = []
    for point in _in_order(explanation, positions):
        text = _cut(explanation.run.word(point), 24)
        leads = explanation.attended[layer][point] == (point,)
        if leads:
            text += f" ({signed(explanation.values[layer][point], 3)})"
        x, y = places[point].tolist()
        labels.append(Label(text, Room(x, y, *2 * (STAR if leads else DOT,))))
    x, y = places.mean(axis=0).tolist()
    frame = Room(width / 2, height / 2, width / 2, height / 2)
    for place, room in place_labels(labels, LETTERS, (x, y), frame).items():
        axes.text(
            room.x / width,
            room.y / height,
            labels[place].text,
            fontsize=LETTERS,
            color=INK,
            ha="center",
            va="center",
            transform=axes.transAxes,
            zorder=6,
            parse_math=False,
        )


def _draw_legend(figure: Figure, explanation: Explanation, colours: list[list[str]], line: bool) -> None:
    """Explain the signs that are drawn."""
    coloured, black = colour_meanings(explanation)
    ends = (0, len(explanation.places) - 1)
    seen = {colours[layer][point] for layer in ends for point in explanation.points}
    leads = any(
        explanation.attended[layer][point] == (point,) for layer in ends for point in explanation.points
    )
    possible = [
        (leads, Line2D([], [], color=FAINT, marker="*", markersize=9, linestyle="", label="leads")),
        (
            bool(seen - {TIE}),
            Line2D([], [], color=PALETTE[0], marker="o", markersize=4, linestyle="", label=coloured),
        ),
        (TIE in seen, Line2D([], [], color=TIE, marker="o", markersize=4, linestyle="", label=black)),
    ]
    signs = [sign for drawn, sign in possible if drawn]
    signs += [
        Line2D([], [], color=FAINT, linewidth=0.6, label="way of a word"),
        Line2D([], [], color=INK, marker="D", markersize=5, linestyle="", label="mean of all tokens"),
    ]
    if line:
        zero = "the decoder is 0: the mean's side is the class"
        signs.append(Line2D([], [], color=INK, label=zero, linestyle=(0, (5, 4)), linewidth=0.8))
    figure.legend(handles=signs, loc="outside lower center", ncols=3, fontsize=7, frameon=False)


def _in_order(explanation: Explanation, positions: np.ndarray) -> list[int]:
    middle = positions.mean(axis=0)
    far = np.linalg.norm(positions - middle, axis=1)
    return sorted(explanation.points, key=lambda point: (point not in explanation.leaders, -far[point]))


def _draw_scores(axes: Axes, explanation: Explanation) -> None:
    """Draw the score by layers; the words at the proved limit stand beside the panel."""
    scores = [float(score) for score in explanation.scores]
    axes.axhline(0, color=FAINT, linewidth=0.6, linestyle=(0, (5, 4)))
    axes.plot(range(len(scores)), scores, color=INK, linewidth=1.0, marker="o", markersize=3)
    if explanation.limit_score is not None:
        limit = float(explanation.limit_score)
        axes.axhline(limit, color=FAINT, linewidth=0.8, linestyle=":")
        said = f"limit {signed(explanation.limit_score, 4)} (proved)"
        axes.annotate(
            said,
            (1, limit),
            (4, 0),
            ("axes fraction", "data"),
            "offset points",
            fontsize=7,
            color=FAINT,
            ha="left",
            va="center",
            annotation_clip=False,
        )
    axes.set_xticks(range(len(scores)))
    axes.set_xlabel("layer", fontsize=7, color=FAINT)
    axes.set_ylabel("score", fontsize=7, color=FAINT)
