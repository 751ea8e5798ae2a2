"""An explanation as a web page: one file, nothing from elsewhere, a slider through the layers."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files

from exactdyn.numbers.shown import signed
from exactdyn.pictures.review.colouring import colour_meanings, word_colours
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.sentiment.explain.plane import Plane, plane
from exactdyn.sentiment.explain.report import explanation_data

MARGIN = 0.06
"""Room around the words, as a share of what they span."""


def explanation_page(explanation: Explanation) -> str:
    """Return a page that draws an explanation and opens from disk in any browser.

    >>> from exactdyn.sentiment.explain.explanation import explain
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> page = explanation_page(explain(model, load_reviews("handmade", model)[0]))
    >>> page[:15], "src=" in page
    ('<!doctype html>', False)
    """
    data = explanation_data(explanation) | {"drawing": _drawing(explanation, plane(explanation))}
    # "<" would let a word end the script; in a JSON text its escape means the same.
    text = json.dumps(data, allow_nan=False).replace("<", "\\u003c")
    template = (files("exactdyn.pictures.review") / "page.html").read_text(encoding="utf-8")
    title = escape(f"Review {explanation.review.name}")
    return template.replace("@TITLE@", title).replace('"@DATA@"', text)


def _drawing(explanation: Explanation, shown: Plane) -> dict[str, object]:
    """Return what the page draws: places in floats, scores as they are shown, never computed there."""
    low, high = shown.box(MARGIN)
    line = shown.line(low, high)
    limit = explanation.limit_score
    return {
        "low": low.tolist(),
        "high": high.tolist(),
        "positions": shown.positions.tolist(),
        "means": shown.means.tolist(),
        "line": None if line is None else line.tolist(),
        "axes": list(shown.axes),
        "colours": word_colours(explanation, shown),
        "meanings": list(colour_meanings(explanation)),
        "scores": [signed(score, 3, padded=True) for score in explanation.scores],
        "limit": None if limit is None else signed(limit, 3, padded=True),
        "values": [[signed(value, 3, padded=True) for value in values] for values in explanation.values],
    }
