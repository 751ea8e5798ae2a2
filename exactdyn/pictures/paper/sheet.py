"""The sheet of paper: a heading above, the body, a legend below."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from matplotlib.figure import Figure

from exactdyn.errors import InputError
from exactdyn.pictures.paper.captions import printable
from exactdyn.pictures.paper.colours import INK
from exactdyn.pictures.paper.labels import drawn
from exactdyn.pictures.paper.legend import ROW_HEIGHT, Entry, draw_rows, rows_of
from exactdyn.pictures.paper.style import FONT

LEAST_WIDTH = 4.6
"""A sheet is at least this wide, in inches: its words need it."""

WIDTHS = (LEAST_WIDTH, 40.0)
"""The widths that can be asked for, in inches: below the words have no room, and no paper is wider."""

_EDGE = 0.12
_TITLE_SIZE, _CAPTION_SIZE = 10, 8
_LETTER = 0.6
"""A letter is about this wide, in its size."""


def require_width(width: float | None) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for a width that no picture has; None leaves it open.

    >>> require_width(100)
    Traceback (most recent call last):
    exactdyn.errors.InputError: width: requires 4.6 to 40 inches, got 100
    """
    least, most = WIDTHS
    if width is not None and not least <= width <= most:
        raise InputError(f"width: requires {least:g} to {most:g} inches, got {width:g}")


def sheet(
    width: float, body: float, title: str | None, caption: str, entries: Sequence[Entry]
) -> tuple[Figure, float]:
    """Return a figure with room for a body, and the height at which that room begins. All in inches.

    ``body``: the height of the room. ``title``: cut to one line. ``caption``: stands beside the title if it
    finds room there, else under it. ``entries``: of the legend.

    >>> figure, floor = sheet(5.0, 3.0, "A run", "A = I", [])
    >>> [text.get_text() for text in figure.texts], bool(figure.get_size_inches()[1] > floor + 3.0)
    (['A run', 'A = I'], True)
    """
    inner = width - 2 * _EDGE
    shown = printable(title, int(72 * inner / (_TITLE_SIZE * _LETTER))) if title else ""
    if not drawn(shown):
        caption += f"; not all letters of the title are in {FONT}"
    left = inner - (len(shown) + 2) * _TITLE_SIZE * _LETTER / 72
    lines = wrap(caption, int(72 * inner / (_CAPTION_SIZE * _LETTER)))
    beside = bool(shown and lines) and len(caption) * _CAPTION_SIZE * _LETTER / 72 < left
    rows = rows_of(entries, inner)
    below = _EDGE / 2 + ROW_HEIGHT * len(rows)
    heading = len(lines) + (1 if shown and not beside else 0)
    height = below + body + ROW_HEIGHT * heading + _EDGE
    figure = Figure(figsize=(width, height), facecolor="white")
    draw_rows(figure, rows, _EDGE, below)

    def write(text: str, line: int, size: float, weight: str, right: bool) -> None:
        x = (width - _EDGE if right else _EDGE) / width
        y = 1 - (_EDGE + ROW_HEIGHT * (line + 0.5)) / height
        side = "right" if right else "left"
        words = figure.text(x, y, text, fontsize=size, fontweight=weight, color=INK, ha=side, va="center")
        words.set_parse_math(False)

    if shown:
        write(shown, 0, _TITLE_SIZE, "bold", False)
    for place, line in enumerate(lines):
        write(line, place + heading - len(lines), _CAPTION_SIZE, "normal", beside)
    return figure, below
