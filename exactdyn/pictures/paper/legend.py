"""The rows under a picture: what its signs mean and whose colour is whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from exactdyn.pictures.paper.colours import FAINT, HULL, INK, PALETTE, TIE
from exactdyn.pictures.paper.marks import Sign, mark, trail

ROW_HEIGHT = 0.2
"""Of a row, in inches."""

Entry: TypeAlias = tuple[Artist, str]
"""A sample of what is drawn, and what it means."""

_SIZE = 8.0


def token_entries(
    colours: Mapping[int, str], labels: Sequence[str], tokens: bool = True, trails: bool = True
) -> list[Entry]:
    """Return the entry of a token that attends one point, and an entry for every colour it may have.

    ``tokens``, ``trails``: whether there are such marks, and whether there are trails. If colours repeat,
    there are too many to be listed, and the words say so.

    >>> [words for _, words in token_entries({1: PALETTE[0]}, ["good", "bad"])]
    ['token and trail, coloured by token attended:', 'bad']
    """
    if not colours or not (tokens or trails):
        return []
    signs = {**(mark("token", FAINT) if tokens else {}), **(trail(0, FAINT) if trails else {})}
    sample = Line2D([], [], **signs)
    what = {(True, True): "token and trail", (True, False): "token", (False, True): "trail"}[tokens, trails]
    meaning = f"{what}, coloured by token attended"
    if len(colours) > len(PALETTE):
        return [(sample, f"{meaning} ({len(colours)} are: colours repeat, far apart)")]
    squares = [(Patch(color=colours[token]), labels[token]) for token in sorted(colours)]
    return [(sample, f"{meaning}:"), *squares]


def other_entries(signs: frozenset[Sign], hull: str | None, trails: bool = True) -> list[Entry]:
    """Return entries for the other signs that occur, and for the hull under this name if it is drawn.

    ``trails``: whether a token that attends several points leaves one.

    >>> [words for _, words in other_entries(frozenset({"token", "leader"}), "convex hull")]
    ['leader (attends only itself)', 'convex hull']
    """
    tie = Line2D([], [], **{**mark("tie", TIE), **(trail(None, TIE) if trails else {})})
    entries: dict[Sign, Entry] = {
        "tie": (tie, "attends several points"),
        "leader": (Line2D([], [], **mark("leader", FAINT)), "leader (attends only itself)"),
        "leading point": (
            Line2D([], [], **mark("leading point", FAINT)),
            "leading point (copies attend only each other)",
        ),
    }
    present = [entry for sign, entry in entries.items() if sign in signs]
    return present if hull is None else [*present, (hull_patch(), hull)]


def hatched() -> Entry:
    """Return the entry of the strip of a token that attends several points.

    >>> hatched()[1]
    'in the strips: several points'
    """
    patch = Patch(facecolor="white", edgecolor=TIE, hatch="/////", linewidth=0)
    return patch, "in the strips: several points"


def hull_patch() -> Patch:
    """Return a sample of a hull.

    >>> hull_patch().get_linewidth()
    0.9
    """
    return Patch(facecolor=HULL, edgecolor=FAINT, linewidth=0.9)


def rows_of(entries: Sequence[Entry], width: float) -> list[list[Entry]]:
    """Break entries into rows of at most this width in inches, as far as one entry allows.

    >>> entries = other_entries(frozenset({"tie", "leader"}), "convex hull")
    >>> [len(row) for row in rows_of(entries, 4.0)]
    [2, 1]
    """
    rows: list[list[Entry]] = []
    used = width
    for entry in entries:
        needed = _SIZE * (0.53 * len(entry[1]) + 3.5) / 72
        if used + needed > width:
            rows.append([])
            used = 0.0
        rows[-1].append(entry)
        used += needed
    return rows


def draw_rows(figure: Figure, rows: Sequence[Sequence[Entry]], left: float, top: float) -> None:
    """Write rows of entries into a figure, from this corner (in inches) downwards.

    >>> figure = Figure()
    >>> draw_rows(figure, [other_entries(frozenset(), "hull")], left=0.1, top=0.5)
    >>> figure.legends[0].get_texts()[0].get_text()
    'hull'
    """
    width, height = figure.get_size_inches()
    for place, row in enumerate(rows):
        legend = figure.legend(
            [sample for sample, _ in row],
            [meaning for _, meaning in row],
            loc="center left",
            bbox_to_anchor=(left / width, (top - ROW_HEIGHT * (place + 0.5)) / height),
            ncols=len(row),
            frameon=False,
            fontsize=_SIZE,
            labelcolor=INK,
            borderpad=0,
            borderaxespad=0,
            handletextpad=0.5,
            handlelength=1.8,
            columnspacing=1.2,
        )
        for text in legend.get_texts():
            text.set_parse_math(False)
