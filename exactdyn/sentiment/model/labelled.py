"""Tables of labelled reviews: a column of texts, one of labels, and perhaps ``source``."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.documents.names import refuse_unknown, show_name, show_names
from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten

TEXT_COLUMNS, LABEL_COLUMNS = ("text", "review"), ("label", "sentiment")
"""What the columns of texts and labels are called where nothing else is said."""

SOURCE = "source"
"""The column that says where a review is from, by which ``train`` can choose."""

TABLE_SIZE_LIMIT = 2**28
"""Largest table of reviews that is read, in bytes after decompression: 256 MiB."""

REVIEW_TABLES = (".csv", ".csv.gz", ".tsv", ".tsv.gz")
"""How the names of tables of reviews end."""

LABELS = {"1": 1, "pos": 1, "positive": 1, "true": 1, "0": 0, "neg": 0, "negative": 0, "false": 0}
"""What a label may be, in any case; a number such as 1.0 may be 1 or 0, too."""

_INDEX = ("", "Unnamed: 0")
# Over the numbers of rows, as pandas writes them.


@dataclass(frozen=True)
class ReviewColumns:
    """Which columns of a table hold texts and labels; None: those of :data:`TEXT_COLUMNS`, ..."""

    text: str | None = None
    label: str | None = None

    def refuse(self, got: str) -> None:
        """Refuse columns where there is no table; ``got``: what there is.

        >>> ReviewColumns("review").refuse("an archive")
        Traceback (most recent call last):
        exactdyn.errors.InputError: --text-column: requires a table of reviews (.csv, .tsv), got an archive
        """
        for option, column in (("--text-column", self.text), ("--label-column", self.label)):
            if column is not None:
                raise InputError(f"{option}: requires a table of reviews (.csv, .tsv), got {got}")


FOUND = ReviewColumns()
"""No column is named."""


@dataclass(frozen=True)
class LabelledText:
    """A row of a table of reviews, which begins in this line of the file; None for what it has not."""

    line: int
    text: str
    label: str | None = None
    source: str | None = None


def table_rows(text: str, columns: ReviewColumns = FOUND) -> list[LabelledText]:
    r"""Return the rows of a table of reviews, whose first row names the columns.

    Cells are separated by commas, semicolons or tabs: by which the first row has a column of texts. Columns
    beside those of texts, labels and sources are refused unless the column of texts is chosen; the numbers
    of rows, as pandas writes them, are left out.

    Raises :class:`~exactdyn.errors.InputError`, which names the line, for what is no such table: without the
    column of texts, with one of them twice, with a line of more or fewer cells.
    Source: RFC 4180.

    >>> table_rows("review,sentiment\nA great film,positive\n")
    [LabelledText(line=2, text='A great film', label='positive', source=None)]
    """
    separator = _separator(text, columns)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    rows = []
    try:
        names = next(reader, [])
        places = _places(names, columns)
        line = reader.line_num
        for cells in reader:
            begun, line = line + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(names):
                wanted = f"requires {len(names)} cells ({', '.join(names)})"
                raise InputError(f"line {begun}: {wanted}, got {len(cells)}")
            found = (None if place is None else cells[place] for place in places[1:])
            rows.append(LabelledText(begun, cells[places[0]], *found))
    except csv.Error as error:
        kind = {",": "comma", ";": "semicolon", "\t": "tab"}[separator]
        raise InputError(f"line {reader.line_num}: requires {kind}-separated values ({error})") from None
    return rows


def read_label(row: LabelledText) -> int:
    """Return 1 for a positive and 0 for a negative label, as :data:`LABELS` has them.

    Raises :class:`~exactdyn.errors.InputError` for anything else.

    >>> read_label(LabelledText(2, "Great", "Positive")), read_label(LabelledText(3, "Bad", "0.0"))
    (1, 0)
    """
    cell = (row.label or "").strip().lower()
    known = LABELS.get(cell)
    if known is None and cell.replace(".", "", 1).isdecimal() and len(cell) < 20 and Fraction(cell) in (0, 1):
        known = int(Fraction(cell))
    if known is None:
        listed = ", ".join(LABELS)
        raise InputError(f"line {row.line}: label: requires one of {listed}, got {shorten(row.label or '')}")
    return known


def _separator(text: str, columns: ReviewColumns) -> str:
    """Return by what the first row has a column of texts; a comma where nothing does."""
    wanted = TEXT_COLUMNS if columns.text is None else (columns.text,)
    for separator in ",;\t":
        try:
            names = next(csv.reader(io.StringIO(text, newline=""), delimiter=separator), [])
        except csv.Error:
            continue
        if any(name.strip() in wanted for name in names):
            return separator
    return ","


def _places(names: Sequence[str], columns: ReviewColumns) -> tuple[int, int | None, int | None]:
    """Return where texts, labels and sources stand."""
    stripped = [name.strip() for name in names]
    text = _place(stripped, columns.text, TEXT_COLUMNS, "--text-column")
    label = _place(stripped, columns.label, LABEL_COLUMNS, "--label-column")
    source = _place(stripped, None, (SOURCE,), SOURCE)
    if text is None:
        wanted = " or ".join(TEXT_COLUMNS)
        raise InputError(f"text: requires a column {wanted}, or --text-column, got {show_names(stripped)}")
    if text == label:
        raise InputError(f"--label-column: requires another column than that of the texts, {stripped[text]}")
    if columns.text is None:
        others = [name for place, name in enumerate(stripped) if place not in (text, label, source)]
        others = others[1:] if stripped[0] in _INDEX else others
        refuse_unknown(others, (*TEXT_COLUMNS, *LABEL_COLUMNS, SOURCE), "column ")
    return text, label, source


def _place(names: list[str], chosen: str | None, known: tuple[str, ...], option: str) -> int | None:
    found = [place for place, name in enumerate(names) if name in (known if chosen is None else (chosen,))]
    if len(found) > 1:
        several = ", ".join(show_name(names[place]) for place in found)
        raise InputError(f"{option}: requires one column, got {several}")
    if chosen is not None and not found:
        raise InputError(f"{option}: requires one of the columns {show_names(names)}, got {shorten(chosen)}")
    return found[0] if found else None
