"""Text as rows of cells: what separates them, which lines are comments, in which line each row stands."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from exactdyn.documents.tables.looks import is_label, is_name, is_number
from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten

SAMPLE = 2**16
"""So many characters, at least one line, are looked at to find what separates cells."""


@dataclass(frozen=True)
class Separator:
    """What stands between cells; ``name``: how messages call it."""

    name: str
    character: str


COMMAS, SEMICOLONS, TABS = Separator("commas", ","), Separator("semicolons", ";"), Separator("tabs", "\t")
WHITE_SPACE = Separator("white space", " ")

_TRIED = {
    ".csv": (COMMAS, SEMICOLONS, TABS, WHITE_SPACE),
    ".tsv": (TABS, WHITE_SPACE, SEMICOLONS, COMMAS),
    ".txt": (TABS, WHITE_SPACE, SEMICOLONS, COMMAS),
}
_EXPECTED = {".csv": (COMMAS,), ".tsv": (TABS,), ".txt": (TABS, WHITE_SPACE)}
TEXT_ENDINGS = tuple(_TRIED)
"""How the names of such tables end."""

_CELL = re.compile(r'"((?:[^"\\]|\\.|"")*)"(?=[ \t]|$)|([^ \t]+)')
_ONE_DECIMAL = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True)
class Separated:
    """Rows of cells. ``lines``: in which line of the file each begins, counted from 1.

    ``comments``: line and text of each comment, which begins with ``#``. ``expected``: whether the separator
    is what the name of the file promises.
    """

    separator: Separator
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    comments: list[tuple[int, str]] = field(default_factory=list)
    expected: bool = True


def separate(text: str, ending: str) -> Separated:
    r"""Split text into rows of cells by what separates them: commas, semicolons, tabs or white space.

    ``ending``: one of :data:`TEXT_ENDINGS`, which says what is tried first. The separator is the first for
    which all rows have as many cells and the last row holds numbers, perhaps with a label before them. Cells
    in quotes are read as in RFC 4180; empty lines and lines that begin with ``#`` are no rows.

    Raises :class:`~exactdyn.errors.InputError` for what cannot be split, and where a comma may separate cells
    as well as be decimal.

    >>> separate("# x y\n1 2\n3 4\n", ".txt").rows, separate("1,5;2\n", ".csv").separator.name
    ([['1', '2'], ['3', '4']], 'semicolons')
    """
    sample = text[:SAMPLE]
    if len(sample) < len(text):
        sample = text[: text.find("\n", SAMPLE) + 1 or None]
    ranks = {separator: _rank(sample, separator) for separator in _TRIED[ending]}
    known = {separator: rank for separator, rank in ranks.items() if rank is not None}
    separator = min(known, key=lambda one: known[one]) if known else _guess(sample, ending)
    if ending != ".csv":
        _refuse_doubtful_commas(split(sample, WHITE_SPACE), separator == COMMAS)
    found = split(text, separator)
    return Separated(separator, found.rows, found.lines, found.comments, separator in _EXPECTED[ending])


def split(text: str, separator: Separator) -> Separated:
    r"""Split text into rows of cells by one separator.

    Raises :class:`~exactdyn.errors.InputError` for quotes that are not closed and cells that are too long.

    >>> split('"a, b",1\n', COMMAS)
    Separated(separator=Separator(name='commas', character=','), rows=[['a, b', '1']], lines=[1], ...
    """
    lines = _Lines(text)
    found = Separated(separator, comments=lines.comments)
    for cells in _by_white_space(lines) if separator == WHITE_SPACE else _quoted(lines, separator):
        found.rows.append(cells)
        found.lines.append(lines.begun)
    return found


class _Lines:
    """The lines of a text, counted; between rows, empty ones and comments are left out."""

    def __init__(self, text: str) -> None:
        self.number, self.begun, self.between = 0, 0, True
        self.comments: list[tuple[int, str]] = []
        self._lines = io.StringIO(text, newline="")

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        while True:
            line = next(self._lines)
            self.number += 1
            if not self.between:
                return line
            bare = line.strip(" \t\r\n\f")
            if bare.startswith("#"):
                self.comments.append((self.number, bare))
            elif line.strip(" \r\n\f"):
                self.begun, self.between = self.number, False
                return line


def _quoted(lines: _Lines, separator: Separator) -> Iterator[list[str]]:
    # Within quotes the reader of Python goes on to the next lines, which the count of lines has to know.
    reader = csv.reader(lines, strict=True, delimiter=separator.character)
    while True:
        lines.between = True
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            at = max(lines.begun, 1)
            raise InputError(f"requires cells separated by {separator.name} ({error}) (line {at})") from None
        yield cells


def _by_white_space(lines: _Lines) -> Iterator[list[str]]:
    for line in lines:
        lines.between = True
        if cells := [_unquoted(*found.groups()) for found in _CELL.finditer(line.strip(" \t\r\n\f"))]:
            yield cells


def _unquoted(quoted: str | None, plain: str | None) -> str:
    return plain or re.sub(r'""|\\"', '"', quoted or "")


def _rank(sample: str, separator: Separator) -> int | None:
    """Return how well a separator does, 0 best; None where rows are not alike or hold no numbers."""
    try:
        rows = split(sample, separator).rows
    except InputError:
        return None
    if not rows:
        return None
    body, last = rows[1:] or rows, rows[-1]
    if any(len(row) != len(last) for row in body):
        return None
    if len(rows[0]) != len(last) and not (len(rows[0]) == len(last) - 1 and all(map(is_name, rows[0]))):
        return None
    texts = [place for place, cell in enumerate(last) if not is_number(cell, separator != COMMAS)]
    if len(last) == 1:  # nothing separates, so nothing that might is there
        return 2 if not texts and not any(set(",;\t") & set(cell) for row in rows for cell in row) else None
    if not texts:
        return 0
    if len(texts) == len(last) or not all(is_label(last[place]) for place in texts):
        return None
    if any(set(";\t") & set(last[place]) for place in texts):
        return None  # what stands in a text may separate cells better
    return 0 if texts == [0] else 1


def _guess(sample: str, ending: str) -> Separator:
    """Return what separates cells where nothing does well: what is there, so that messages speak of it."""
    several = []
    for separator in (TABS, SEMICOLONS, *_TRIED[ending]):
        try:
            widths = [len(row) for row in split(sample, separator).rows]
        except InputError:
            continue
        if widths and min(widths) > 1 and separator != WHITE_SPACE and len(set(widths)) == 1:
            return separator
        if widths and widths[-1] > 1:
            several.append(separator)
    return next((separator for separator in _TRIED[ending] if separator in several), _EXPECTED[ending][-1])


def _refuse_doubtful_commas(found: Separated, commas: bool) -> None:
    """Refuse commas that may be decimal: each stands between digits, with white space around it at most.

    ``found``: the rows by white space. ``commas``: whether commas are what separates cells.
    """
    doubtful = [
        (cell, line)
        for row, line in zip(found.rows, found.lines, strict=True)
        for cell in row
        if "," in cell and (commas or len(row) == 1)
    ]
    if doubtful and all(_ONE_DECIMAL.fullmatch(cell) for cell, _ in doubtful):
        cell, line = doubtful[0]
        raise InputError(
            f"{shorten(cell)} may be two cells or one decimal (line {line}): name the file .csv if commas "
            "separate cells, or write decimals with points"
        )
