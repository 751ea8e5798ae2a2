"""Which columns of a table hold labels and which coordinates, and whether its first row names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exactdyn.documents.names import require_label, show_name
from exactdyn.documents.tables.choice import UNSAID, Choice, place_of, places_of
from exactdyn.documents.tables.header import names_columns
from exactdyn.documents.tables.looks import are_labels, is_label, is_name
from exactdyn.errors import InputError, ShapeError
from proofs_checks.format.rationals import shorten

_INDEX = ("", "unnamed: 0")
# What pandas and R write over the column of the names of rows.

_DOUBTFUL = ("id", "ids", "index", "idx", "row", "rownames", "key", "nr", "no", "number")
# A column of integers under such a name may number the rows.


@dataclass(frozen=True)
class Cells:
    """The cells of a table.

    ``rows``: coordinates as text. ``places``: for every row what messages say of where it is, such as
    "line 3". ``header``: the first row, if it was taken for the names of the columns. ``names``: of the
    coordinates, if there are names. ``labels``: a text for every row, None if there are none. ``notes``: what
    the reader should be told.
    """

    rows: list[list[str]]
    places: list[str]
    header: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    labels: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()


def read_columns(
    rows: list[list[str]],
    places: list[str],
    field: str,
    choice: Choice = UNSAID,
    names: Sequence[str] | None = None,
) -> Cells:
    """Tell labels, coordinates and names of a table apart.

    ``field``: what the table stands for, which messages name. ``names``: of the columns, where the first row
    does not name them. What the user's ``choice`` leaves open is found out:

    - The first row names the columns if each of its cells over numbers is a name (a letter, then letters,
      digits, spaces, dots) and not all are names of numbers, such as pi and e. A first row of numbers,
      "sqrt(2)" among them, does not.
    - Labels are the names of rows as pandas and R write them (nothing, or no cell at all, stands over them),
      or else the one column of texts, if it is the first or the header names it. Numbers 0, 1, ... of rows
      are dropped.
    - All other columns are coordinates.

    Raises :class:`~exactdyn.errors.InputError` for rows of different lengths, for columns that there are not,
    and where it takes the user to say what is meant.

    >>> found = read_columns([["", "x"], ["a", "1"], ["b", "2"]], ["line 1", "line 2", "line 3"], "tokens")
    >>> found.labels, found.rows, found.header
    (('a', 'b'), [['1'], ['2']], ('', 'x'))
    """
    if not rows:
        return Cells([], [])
    first = [cell.strip() for cell in rows[0]]
    shifted = _names_all_but_one(rows, choice)
    if shifted:
        first = ["", *first]
    width = len(first)
    _require_equal(rows[1:] if shifted else rows, places[1:] if shifted else places, width, field)
    body = rows[1:] or rows
    texts = [column for column in range(width) if are_labels([row[column] for row in body])]
    if len(texts) == width and len(rows) == 1:
        texts = []
    if 0 not in texts and first[0].lower() in _INDEX and _are_numbered([row[0] for row in body]):
        texts = [0, *texts]
    header = None
    named = choice.header
    if named is None:
        named = shifted or names_columns(first, texts, len(rows), field)
    if named:
        header, rows, places = tuple(first), rows[1:], places[1:]
    known = header if header is not None else names
    picked = _Picked(rows, known, header is not None, [column for column in texts if _is_text(rows, column)])
    labels, chosen, notes = picked.labels_and_coordinates(field, choice)
    if header is not None and choice.header is None:
        row = shorten(", ".join(header[1:] if shifted or not header[0] else header))
        what = {"A": "row of A", "weights": "row of weights"}.get(field, "token")
        notes.append(f"the first row {row} names the columns and is no {what}")
    if labels is not None:
        _require_printable(labels, places)
    return Cells(
        [[row[column] for column in chosen] for row in rows],
        places,
        header,
        None if known is None else tuple(known[column] for column in chosen),
        labels,
        tuple(notes),
    )


@dataclass(frozen=True)
class _Picked:
    """The rows of a table below its header, and what is known of its columns.

    ``texts``: the columns that hold texts alone.
    """

    rows: list[list[str]]
    names: Sequence[str] | None
    headed: bool
    texts: list[int]

    @property
    def all(self) -> range:
        return range(len(self.rows[0]) if self.rows else len(self.names or ()))

    def labels_and_coordinates(
        self, field: str, choice: Choice
    ) -> tuple[tuple[str, ...] | None, list[int], list[str]]:
        """Return the labels, which columns are coordinates, and what is to be said of it."""
        notes: list[str] = []
        if choice.label_column is not None:
            place = place_of(choice.label_column, self.names, len(self.all), "--label-column")
        elif choice.columns is not None:
            place = None
        else:
            place = self._found(field)
        chosen = [column for column in self.all if column != place]
        if choice.columns is not None:
            chosen = places_of(choice.columns, self.names, len(self.all))
            if place in chosen:
                raise InputError(
                    f"--columns: {self._name(chosen[chosen.index(place)])} is that of the labels"
                )
        if place is None:
            return None, chosen, notes
        if not chosen:
            raise InputError(f"{field}: requires a column of numbers, got {self._shown(place)} alone")
        cells = [row[place].strip(" \t") for row in self.rows]  # other white space may be a word
        if choice.label_column is not None:
            return tuple(cells), chosen, notes
        if cells == [str(row) for row in range(len(cells))]:
            return None, chosen, [f"{self._shown(place)} numbers the rows and is no coordinate"]
        what = "names the rows" if field == "A" else f"holds the labels, such as {shorten(cells[0])}"
        return (None if field == "A" else tuple(cells)), chosen, [f"{self._shown(place)} {what}"]

    def _found(self, field: str) -> int | None:
        """Return the column of labels, if one is clearly that."""
        if self.headed and self.names is not None and len(self.names) > 1:
            first = self.names[0].lower()
            if first in _INDEX and (0 in self.texts or _are_numbered([row[0].strip() for row in self.rows])):
                return 0
            if first in _DOUBTFUL and 0 not in self.texts and _are_different_integers(self.rows):
                raise InputError(
                    f"{field}: {self._shown(0)} may number the rows, or be a coordinate: say "
                    f"--label-column {show_name(self.names[0])}, or name all coordinates with --columns"
                )
        if len(self.texts) > 1:
            columns = ", ".join(self._name(column) for column in self.texts[:4])
            raise InputError(
                f"{field}: requires numbers and at most one column of labels, got texts in columns "
                f"{columns}: say which are meant with --columns and --label-column"
            )
        if self.texts and (self.texts == [0] or self.headed):
            return self.texts[0]
        return None

    def _name(self, column: int) -> str:
        return show_name(self.names[column]) if self.names and self.names[column] else str(column)

    def _shown(self, column: int) -> str:
        named = self.names is not None and self.names[column]
        return f"column {self._name(column)}" if named or column else "the first column"


def _names_all_but_one(rows: list[list[str]], choice: Choice) -> bool:
    """Tell whether the first row names all columns but that of the names of rows, as R's write.table does."""
    if choice.header is False or len(rows) < 2 or any(len(row) != len(rows[0]) + 1 for row in rows[1:]):
        return False
    return choice.header is True or all(is_name(cell.strip()) for cell in rows[0])


def _require_equal(rows: list[list[str]], places: list[str], width: int, field: str) -> None:
    for number, (row, place) in enumerate(zip(rows, places, strict=True)):
        if len(row) != width:
            raise ShapeError(
                f"{field}[{number}]: requires {width} coordinates like row 0, got {len(row)} ({place})"
            )


def _is_text(rows: list[list[str]], column: int) -> bool:
    return all(is_label(row[column]) for row in rows)


def _are_different_integers(rows: list[list[str]]) -> bool:
    cells = [row[0].strip() for row in rows]
    return all(cell.isdecimal() for cell in cells) and len(set(cells)) == len(cells)


def _are_numbered(cells: list[str]) -> bool:
    return any(cells == [str(row + begin) for row in range(len(cells))] for begin in (0, 1))


def _require_printable(labels: Sequence[str], places: Sequence[str]) -> None:
    for token, (label, place) in enumerate(zip(labels, places, strict=True)):
        require_label(label, f"labels[{token}]", f" ({place})")
