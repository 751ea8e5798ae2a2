"""An explanation as a web page: one file, nothing from elsewhere, a slider through the layers."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files

import numpy as np

from exactdyn.sentiment.explanation import Explanation
from exactdyn.sentiment.plane import Plane, plane
from exactdyn.sentiment.report import explanation_data

MARGIN = 0.06
"""Room around the words, as a share of what they span."""


def explanation_page(explanation: Explanation) -> str:
    """Return a page that draws an explanation and opens from disk in any browser.

    >>> from exactdyn.sentiment.explanation import explain
    >>> from exactdyn.sentiment.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> page = explanation_page(explain(model, load_reviews("handmade", model)[0]))
    >>> page[:15], "src=" in page
    ('<!doctype html>', False)
    """
    data = explanation_data(explanation) | {"drawing": _drawing(plane(explanation))}
    # "<" would let a word end the script; in a JSON text its escape means the same.
    text = json.dumps(data, allow_nan=False).replace("<", "\\u003c")
    template = (files("exactdyn.sentiment") / "page.html").read_text(encoding="utf-8")
    title = escape(f"Review {explanation.review.name}")
    return template.replace("@TITLE@", title).replace('"@DATA@"', text)


def _drawing(shown: Plane) -> dict[str, object]:
    everything = np.concatenate([shown.positions.reshape(-1, 2), shown.means])
    low, high = everything.min(axis=0), everything.max(axis=0)
    room = np.maximum((high - low) * MARGIN, 1e-9)
    line = shown.line(low - room, high + room)
    return {
        "low": (low - room).tolist(),
        "high": (high + room).tolist(),
        "positions": shown.positions.tolist(),
        "means": shown.means.tolist(),
        "line": None if line is None else line.tolist(),
        "axes": list(shown.axes),
    }
