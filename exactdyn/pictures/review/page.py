"""An explanation as a web page: one file, nothing from elsewhere, a slider through the layers."""

from __future__ import annotations

from exactdyn.numbers.shown import signed
from exactdyn.pictures.paper.captions import readable_ticks
from exactdyn.pictures.review.colouring import colour_meanings, word_colours
from exactdyn.pictures.web.page import web_page
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.sentiment.explain.plane import Plane, plane
from exactdyn.sentiment.explain.report import explanation_data
from exactdyn.sentiment.model.review import TextWords

MARGIN = 0.06
"""Room around the words, as a share of what they span."""


def explanation_page(explanation: Explanation, words: TextWords | None = None) -> str:
    """Return a page that draws an explanation and opens from disk in any browser.

    ``words``: what became of the words of the review if it is a text: they are shown in its order, in the
    colours of the picture. Of a bag of words no order is known: they stand in that of their rows, with
    counts.

    >>> from exactdyn.sentiment.explain.explanation import explain
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> page = explanation_page(explain(model, load_reviews("handmade", model)[0]))
    >>> page[:15], "src=" in page
    ('<!doctype html>', False)
    """
    data = explanation_data(explanation) | {
        "drawing": _drawing(explanation, plane(explanation)),
        "padding_word": explanation.model.word(explanation.model.padding),
        "text": _text(explanation, words),
        "in_order": words is not None,
    }
    return web_page("review", f"Review {explanation.review.name}", data)


def _drawing(explanation: Explanation, shown: Plane) -> dict[str, object]:
    """Return what the page draws: places in floats, scores as they are shown, never computed there."""
    low, high = shown.box(MARGIN)
    line = shown.line(low, high)
    limit, without = explanation.limit_score, explanation.scores_without_padding
    heights = [float(score) for score in (*explanation.scores, *(without or ()))]
    return {
        "low": low.tolist(),
        "high": high.tolist(),
        "positions": shown.positions.tolist(),
        "means": shown.means.tolist(),
        "line": None if line is None else line.tolist(),
        "axes": list(shown.axes),
        "ticks": [_ticks(low[axis], high[axis]) for axis in range(2)],
        "score_ticks": _ticks(min(0.0, *heights), max(0.0, *heights)),
        "colours": word_colours(explanation, shown),
        "meanings": list(colour_meanings(explanation)),
        "scores": [signed(score, 3, padded=True) for score in explanation.scores],
        "without": None if without is None else [signed(score, 3, padded=True) for score in without],
        "limit": None if limit is None else signed(limit, 3, padded=True),
        "values": [[signed(value, 3, padded=True) for value in values] for values in explanation.values],
    }


def _ticks(low: float, high: float) -> list[list[object]]:
    # Round numbers along an axis, and how they are written.
    values, texts = readable_ticks(float(low), float(high), 5)
    return [[value, text] for value, text in zip(values, texts, strict=True)]


def _text(explanation: Explanation, words: TextWords | None) -> list[dict[str, object]]:
    """Return the words that the model reads, each with its point: those of a text in its order."""
    model, run = explanation.model, explanation.run
    point_of = {row: point for point, rows in enumerate(run.rows) for row in rows}
    if words is None:
        bag = ((row, count) for row, count in explanation.review.bag if row != model.padding)
        return [{"word": model.word(row), "count": count, "point": point_of[row]} for row, count in bag]
    row_of = {word: row for row, word in model.words.items()}
    rows = [row_of.get(word, row_of.get(word.lower())) for word in words.used]
    read = zip(words.used, rows, strict=True)
    return [{"word": word, "count": 1, "point": point_of[row]} for word, row in read if row is not None]
