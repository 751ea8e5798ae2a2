"""JSON lists of rows, or of objects with the same names each, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from exactdyn.documents.syntax import NumberLiteral
from exactdyn.documents.tables.choice import UNSAID, Choice
from exactdyn.documents.tables.columns import read_columns
from exactdyn.documents.tables.table import Table, numbers_of
from exactdyn.errors import InputError, ShapeError
from exactdyn.numbers.reading import is_truth_value
from proofs_checks.format.rationals import shorten


def listed_table(rows: Sequence[object], field: str, choice: Choice = UNSAID) -> Table:
    """Return the table of a JSON list: of rows, or of objects that name their columns, as pandas writes them.

    ``rows``: as :func:`~exactdyn.documents.syntax.parse_json` reads them, numbers as they were written.
    Raises :class:`~exactdyn.errors.InputError`, which says in which row, for anything else.

    >>> listed_table([["a", 1, NumberLiteral("0.5")]], "tokens").numbers
    ((Fraction(1, 1), Fraction(1, 2)),)
    >>> listed_table([{"x": 1}, {"x": 2}], "tokens").notes
    ("the names 'x' name the columns",)
    """
    named = bool(rows) and isinstance(rows[0], dict)
    names = tuple(rows[0]) if named and isinstance(rows[0], dict) else None
    table = [_cells(row, f"{field}[{number}]", names) for number, row in enumerate(rows)]
    places = [f"row {number}" for number in range(len(table))]
    if choice.header is not None:
        Choice(choice.header).refuse("a list in JSON")
    if names is not None:
        table, places = [list(names), *table], ["", *places]
    cells = read_columns(table, places, field, Choice(names is not None, choice.columns, choice.label_column))
    said = [f"the names {shorten(', '.join(names))} name the columns"] if names else []
    return Table(numbers_of(cells, field), cells.labels, (*said, *cells.notes))


def _cells(row: object, where: str, names: tuple[str, ...] | None) -> list[str]:
    if names is not None:
        if not isinstance(row, dict) or tuple(row) != names:
            got = ", ".join(row) if isinstance(row, dict) else row
            raise ShapeError(
                f"{where}: requires an object with the names {', '.join(names)}, got {shorten(got)}"
            )
        row = list(row.values())
    if not isinstance(row, list):
        raise ShapeError(f"{where}: requires a row of numbers, got {shorten(row)}")
    return [_cell(value, f"{where}[{column}]") for column, value in enumerate(row)]


def _cell(value: object, where: str) -> str:
    if is_truth_value(value) or not isinstance(value, int | str | NumberLiteral):
        raise InputError(f"{where}: requires a number, or a text for a label, got {shorten(value)}")
    return str(value)
