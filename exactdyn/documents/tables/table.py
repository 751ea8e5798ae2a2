"""Tables of numbers in any form that people have them in, read exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exactdyn.documents.files import decoded, ending_of, is_utf16, read_unpacked
from exactdyn.documents.tables.arrays import ARRAY_ENDINGS, array_numbers, read_array
from exactdyn.documents.tables.choice import UNSAID, Choice, places_of
from exactdyn.documents.tables.columns import Cells, read_columns
from exactdyn.documents.tables.looks import has_comma, has_point, is_date, is_name, is_number
from exactdyn.documents.tables.separated import (
    COMMAS,
    TEXT_ENDINGS,
    Separated,
    separate,
    split,
)
from exactdyn.documents.tables.word_vectors import is_counted, read_word_vectors
from exactdyn.errors import InputError, NumberError
from exactdyn.numbers.fields.joining import number_rows, rational_rows
from exactdyn.numbers.reading import ExactFloats, Rows
from proofs_checks.format.rationals import shorten

VECTORS = ".vec"
"""How the name of a file of word vectors ends."""

_TEXTS = (*TEXT_ENDINGS, VECTORS)
TABLE_ENDINGS = (*_TEXTS, *(f"{ending}.gz" for ending in _TEXTS), *ARRAY_ENDINGS)
"""How the name of a table ends."""

_PLACE = re.compile(r"^\w+\[(\d+)\](?:\[(\d+)\])?")


@dataclass(frozen=True)
class Table:
    """The numbers of a table; ``labels``: a text for each row; ``notes``: what its reader should be told."""

    numbers: Rows | ExactFloats
    labels: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()


def read_table(path: Path, field: str, choice: Choice = UNSAID) -> Table:
    r"""Read a table of numbers; ``field`` is what it stands for, which messages name.

    - ``.csv``, ``.tsv``, ``.txt``, packed too (``.csv.gz``): one row a line, each cell an exact number as
      text ("1/3", "0.1", "1e-3", "sqrt(2)"): a decimal means that decimal. Cells are separated by commas,
      semicolons, tabs or white space (:func:`~exactdyn.documents.tables.separated.separate`); where it is not
      commas, decimals may have commas. Which column holds labels, and whether the first row names the
      columns, is found out or chosen: :func:`~exactdyn.documents.tables.columns.read_columns`.
    - ``.vec``: word vectors, :func:`~exactdyn.documents.tables.word_vectors.read_word_vectors`.
    - ``.npy``: an array with two axes. Integers are integers; floats are taken at their exact binary values
      and stay as they are, unconverted. ``.npz``: the same from the only array inside.

    Whatever is not as the name of the file promises is said in ``notes``. Raises
    :class:`~exactdyn.errors.InputError`, which names the line, for what is none of these, for a choice that
    such a table does not leave, and for files beyond the limits of :mod:`exactdyn.documents.files`.

    Source: RFC 4180 for ``.csv``.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "tokens.csv")
    ...     written = path.write_text("word,x,y\na,1/3,0.1\n")
    ...     read_table(path, "tokens").labels
    ('a',)
    """
    ending = ending_of(path, TABLE_ENDINGS)
    if ending not in ARRAY_ENDINGS:
        data = read_unpacked(path)
        found = table_of_text(decoded(data), ending.removesuffix(".gz"), field, choice)
        return replace(found, notes=("the text is UTF-16", *found.notes)) if is_utf16(data) else found
    replace(choice, columns=None).refuse(f"one in {ending}")
    array = read_array(path, field)
    if choice.columns is not None and array.ndim == 2:
        array = array[:, places_of(choice.columns, None, array.shape[1])]
    return Table(array_numbers(array, field))


def table_of_text(text: str, ending: str, field: str, choice: Choice = UNSAID) -> Table:
    r"""Read a table of numbers that is text; see :func:`read_table`.

    >>> found = table_of_text("1,5;2\n", ".csv", "tokens")
    >>> found.numbers, found.notes
    (((Fraction(3, 2), Fraction(2, 1)),), ('cells are separated by semicolons', 'decimals have commas (1,5)'))
    """
    if ending == VECTORS or (ending == ".txt" and is_counted(text)):
        return _word_vectors(text, ending, field, choice)
    found = separate(text, ending)
    names = _names_in_comments(found)
    cells = read_columns(found.rows, [f"line {line}" for line in found.lines], field, choice, names)
    if found.rows:
        _refuse_doubtful_comments(found, cells)
    notes = [] if found.expected else [f"cells are separated by {found.separator.name}"]
    if found.comments:
        count, line = len(found.comments), found.comments[0][0]
        many = f"{count} lines that begin with # are comments, the first is" if count > 1 else "a comment is"
        notes.append(f"{many} line {line}")
    if found.separator != COMMAS and (sample := _decimal_commas(cells)):
        cells = replace(cells, rows=[[_with_point(cell) for cell in row] for row in cells.rows])
        notes.append(f"decimals have commas ({sample})")
    return Table(numbers_of(cells, field), cells.labels, (*notes, *cells.notes))


def numbers_of(cells: Cells, field: str) -> Rows:
    """Return the numbers of cells; what is none is refused with its line and column.

    >>> numbers_of(Cells([["1", "x"]], ["line 1"]), "A")
    Traceback (most recent call last):
    exactdyn.errors.NumberError: A[0][1]: requires a rational number such as "3" or "-1/18", got 'x' (line 1)
    """
    try:
        if (rational := rational_rows(cells.rows, field)) is not None:
            return rational
        _refuse_dates(cells, field)
        return number_rows(cells.rows, field)
    except InputError as error:
        place = _PLACE.match(str(error))
        if place is None or int(place[1]) >= len(cells.places):
            raise
        column = f", column {cells.names[int(place[2])]}" if cells.names and place[2] else ""
        raise type(error)(f"{error} ({cells.places[int(place[1])]}{column})") from None


def _refuse_dates(cells: Cells, field: str) -> None:
    # Beside irrational numbers 2020-01-31 would be a difference.
    for number, row in enumerate(cells.rows):
        for column, cell in enumerate(row):
            if is_date(cell):
                where = f"{field}[{number}][{column}]"
                raise NumberError(f"{where}: requires a number, got the date {cell.strip()}")


def _word_vectors(text: str, ending: str, field: str, choice: Choice) -> Table:
    replace(choice, columns=None).refuse("word vectors")
    found = read_word_vectors(text)
    places = [f"line {line}" for line in found.lines]
    cells = read_columns(found.rows, places, field, Choice(False, choice.columns, 0))
    counted = ["line 1 counts words and numbers"] if found.counted and ending != VECTORS else []
    return Table(numbers_of(cells, field), cells.labels, (*counted, "the words are the labels"))


def _names_in_comments(found: Separated) -> tuple[str, ...] | None:
    """Return the names of columns that the last comment before the rows has, as np.savetxt writes them."""
    before = [text for line, text in found.comments if found.lines and line < found.lines[0]]
    rows = split(before[-1].lstrip("# \t"), found.separator).rows if before else []
    names = tuple(cell.strip() for cell in rows[0]) if rows else ()
    width = len(found.rows[0]) if found.rows else 0
    return names if len(names) == width and all(map(is_name, names)) else None


def _refuse_doubtful_comments(found: Separated, cells: Cells) -> None:
    # In a table of labelled rows "#a 0.1 0.2" may be a row whose label begins with #.
    for line, text in found.comments:
        row = next(iter(split(f"a{text}", found.separator).rows), [])
        label = row[0][1:].lstrip("# \t") if row else ""
        numbers = all(is_number(cell, found.separator != COMMAS) for cell in row[1:])
        if len(row) == 1 or len(row) != len(found.rows[-1]) or not numbers:
            continue
        if not is_number(label) and (label or cells.labels is not None):
            raise InputError(
                f"{shorten(text)} may be a comment, or a row whose label begins with # (line {line}): name "
                "the file .vec if its rows are words with their numbers, or leave it out"
            )


def _decimal_commas(cells: Cells) -> str | None:
    """Return a decimal with a comma, if there is one; raises NumberError where another has a point."""
    flat = [(cell, place) for row, place in zip(cells.rows, cells.places, strict=True) for cell in row]
    comma = next(((cell, place) for cell, place in flat if has_comma(cell)), None)
    point = next(((cell, place) for cell, place in flat if has_point(cell)), None) if comma else None
    if comma is not None and point is not None:
        raise NumberError(
            f"{comma[0].strip()} ({comma[1]}) has a comma, {point[0].strip()} ({point[1]}) a point: one of "
            "them may separate thousands"
        )
    return comma[0].strip() if comma else None


def _with_point(cell: str) -> str:
    return cell.replace(",", ".") if has_comma(cell) else cell


def joined_notes(notes: Sequence[str]) -> str:
    """Return notes as one sentence.

    >>> joined_notes(["a comment is line 1", "decimals have commas (1,5)"])
    'a comment is line 1; decimals have commas (1,5)'
    """
    return "; ".join(notes)
