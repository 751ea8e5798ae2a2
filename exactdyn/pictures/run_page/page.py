"""A run as a web page: one file, nothing from elsewhere, a slider through the layers, exact values."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from exactdyn.errors import InputError
from exactdyn.limits.result import Limit
from exactdyn.numbers.fields.written import number_text
from exactdyn.numbers.shown import short
from exactdyn.pictures.paper.captions import caption, printable
from exactdyn.pictures.paper.colours import PALETTE, TIE, colour_tokens
from exactdyn.pictures.paper.projection import Projection, projection_of
from exactdyn.pictures.paper.view import drawable
from exactdyn.pictures.web.page import web_page
from exactdyn.systems.run import Run

LABEL_LENGTH = 60
"""A longer label is cut."""

EXACT_LENGTH = 200
"""A longer number is cut in the middle, with a word on how many digits it has."""


def run_page(
    run: Run, found: Limit | None = None, labels: Sequence[str] | None = None, title: str | None = None
) -> str:
    """Return a page that shows a run and opens from disk in any browser.

    At every layer, chosen by a slider, it draws the tokens, their trails, who attends whom in each head,
    leaders as stars, copies, and, if ``found`` proves them, the limits: by two coordinates that the reader
    chooses, or one against the layers; from dimension 3 on at first as pictures do
    (:func:`~exactdyn.pictures.paper.projection.projection_of`). Pointing at a token, or the table beside the
    picture, tells its exact coordinates: whole up to :data:`EXACT_LENGTH` characters each. All is in the
    normalised form. A token has the colour of the one place that it attends, and is dark where it attends
    several.

    Raises :class:`~exactdyn.errors.InputError` for a wrong number of labels, and coordinates too large to be
    drawn (:data:`exactdyn.pictures.paper.view.COORDINATE_LIMIT`).

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> page = run_page(Hardmax(alpha=1).run([[1], ["1/3"]], layers=2), labels=["up", "<b>"])
    >>> page[:15], "src=" in page, '"2/3"' in page, "<b>" in page
    ('<!doctype html>', False, True, False)
    """
    return web_page("run_page", title or caption(run), page_data(run, found, labels))


def page_data(run: Run, found: Limit | None, labels: Sequence[str] | None) -> dict[str, object]:
    """Return what the page draws: places as floats, numbers as texts, nothing that it would have to compute.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> page_data(Hardmax(alpha=1).run([[1], ["1/3"]], layers=1), None, None)["attention"]
    [[[[0], [0]]], [[[0], [0]]]]
    """
    layers = range(run.layers + 1)
    states = [run.state(layer) for layer in layers]
    sets = [run.head_attention(layer) for layer in layers]
    view = projection_of(run.start)
    return {
        "system": caption(run),
        "labels": _labels(run, labels),
        "axes": _axes(view),
        "view": view.words,
        "places": [
            _seen(view, drawable(state, layer)).tolist() for layer, state in zip(layers, states, strict=True)
        ],
        "exact": [[list(map(exact, row)) for row in state.rows()] for state in states],
        "copies": [list(map(len, state.copies)) for state in states],
        "attention": [[[sorted(own) for own in head] for head in heads] for heads in sets],
        "leaders": [run.leaders.get(token) for token in range(run.start.count)],
        **_colours(run),
        "tie": TIE,
        "limits": _limits(found, view),
        "future": _future(found),
    }


def exact(number: Fraction) -> str:
    """Return a number as it is; a very long one is cut in the middle, with a word on its digits.

    >>> exact(Fraction(-1, 18)), exact(Fraction(2**700))
    ('-1/18', '52601359...81376 (211 digits)')
    """
    text = number_text(number)
    return text if len(text) <= EXACT_LENGTH else short(number)


def _axes(view: Projection) -> list[str]:
    # What can be chosen: the coordinates, then the two directions of the view where it shows none of them.
    dimension = len(view.right)
    coordinates = [f"coordinate {r}" for r in range(dimension)] if dimension > 1 else ["coordinate"]
    return [*coordinates, *((view.names or ("view, across", "view, up")) if view.words else ())]


def _seen(view: Projection, coordinates: np.ndarray) -> np.ndarray:
    # The places by all axes that can be chosen.
    return np.hstack([coordinates, view.flat(coordinates)]) if view.words else coordinates


def _labels(run: Run, labels: Sequence[str] | None) -> list[str]:
    # A browser finds a font for every letter, so that no label gives way to a number.
    count = run.start.count
    named = run.labels if labels is None else labels
    if named is None:
        return [str(token) for token in range(count)]
    if len(named) != count:
        raise InputError(f"labels: requires one for each of {count} tokens, got {len(named)}")
    return [printable(label, LABEL_LENGTH) for label in named]


def _colours(run: Run) -> dict[str, object]:
    # Of copies the lowest stands for their place. Beyond the palette colours repeat.
    attended = [_attended_places(run, layer) for layer in range(run.layers + 1)]
    alone = {place for layer in attended for place in layer if place is not None}
    colours = colour_tokens(alone, run.start.floats()[:, :2])
    shown = [[TIE if place is None else colours[place] for place in layer] for layer in attended]
    return {"colours": shown, "repeats": len(colours) > len(PALETTE)}


def _attended_places(run: Run, layer: int) -> list[int | None]:
    copies = run.state(layer).copies
    found = [{min(copies[other]) for other in own} for own in run.attention(layer)]
    return [min(places) if len(places) == 1 else None for places in found]


def _limits(found: Limit | None, view: Projection) -> list[dict[str, object] | None] | None:
    if found is None or found.limits is None:
        return None
    return [None if row is None else _place(row, view) for row in found.limits]


def _place(row: Sequence[Fraction], view: Projection) -> dict[str, object]:
    place = _seen(view, np.array([row], dtype=np.float64))[0]
    return {"exact": list(map(exact, row)), "place": place.tolist()}


def _future(found: Limit | None) -> str:
    # A sentence on what is known of all later layers.
    if found is None:
        return "Limits were not looked for."
    layer = found.layer
    match found.status:
        case "proved" if found.limits is not None and None not in found.limits:
            return f"Proved at layer {layer}: every token has a limit."
        case "proved":
            return f"Proved at layer {layer}: every token has a limit; not all limits are known."
        case "periodic":
            return f"Proved at layer {layer}: the tokens tend to a cycle of {found.period} states."
        case "diverges":
            return (
                f"Proved: a token has no limit: {found.reason}." if found.reason else "A token has no limit."
            )
    return f"Where the tokens end up is undecided: {found.reason}."
