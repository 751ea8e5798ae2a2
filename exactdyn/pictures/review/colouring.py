"""Which colour a word has, and what that means: one rule for the picture and the page."""

from __future__ import annotations

from exactdyn.pictures.paper.colours import PALETTE, TIE, colour_tokens
from exactdyn.sentiment.explain.explanation import Explanation
from exactdyn.sentiment.explain.plane import Plane


def word_colours(explanation: Explanation, shown: Plane) -> list[list[str]]:
    """Return for layers 0..depth the colour of every point.

    Each word that leads in the end has a colour of its own (beyond the palette they repeat, far from each
    other). A point that attends one such word alone has its colour; every other has that of ties.

    >>> from exactdyn.sentiment.explain.explanation import explain
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> from exactdyn.sentiment.explain.plane import plane
    >>> model = load_model("handmade")
    >>> tied = explain(model, load_reviews("handmade", model)[3])
    >>> word_colours(tied, plane(tied))[0][1] == TIE, tied.run.word(1)
    (True, 'plot')
    """
    colours = colour_tokens(explanation.leaders, shown.positions[-1])
    return [
        [colours.get(own[0], TIE) if len(own) == 1 else TIE for own in attended]
        for attended in explanation.attended
    ]


def colour_meanings(explanation: Explanation) -> tuple[str, str]:
    """Say what a coloured word attends, and what a black one does.

    >>> from exactdyn.sentiment.explain.explanation import explain
    >>> from exactdyn.sentiment.model.load import load_model, load_reviews
    >>> model = load_model("handmade")
    >>> colour_meanings(explain(model, load_reviews("handmade", model)[0]))[1]
    'attends several words, or one that does not lead in the end'
    """
    repeat = " (colours repeat, far apart)" if len(explanation.leaders) > len(PALETTE) else ""
    return (
        f"attends only the word of its colour that leads in the end{repeat}",
        "attends several words, or one that does not lead in the end",
    )
