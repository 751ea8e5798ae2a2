"""Comma-separated values: rows of cells, and whether the first row names the columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from exactdyn.errors import InputError, NumberError
from exactdyn.numbers.fields.joining import number
from proofs_checks.format.rationals import shorten

_NAME = re.compile(r"[^\W\d][\w .]*")
_NOT_A_NAME = ("nan", "inf", "infinity")
_CONSTANTS = ("pi", "π", "e", "tau", "τ", "phi", "φ")


@dataclass(frozen=True)
class Cells:
    """The cells of a table. ``header``: the first row, if it was taken for the names of the columns."""

    rows: list[list[str]]
    header: tuple[str, ...] | None = None


def read_cells(text: str, field: str, header: bool | None = None) -> Cells:
    r"""Read comma-separated values; empty lines are skipped.

    ``header``: whether the first row names the columns. None: it does if every cell is a name (a letter, then
    letters, digits, spaces, dots) and not all are names of numbers, such as pi and e. A first row of numbers,
    "sqrt(2)" among them, is none.

    Raises :class:`~exactdyn.errors.InputError` for what is no such text, and where it takes the user to say
    what the first row is: for the numbers 0, 1, ..., with which pandas heads a table without names, unless
    the table is a matrix, whose shape says it; and for a row of names of numbers.

    Source: RFC 4180, section 2.

    >>> read_cells("x,y\n1,2\n", "tokens")
    Cells(rows=[['1', '2']], header=('x', 'y'))
    """
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), strict=True) if row]
    except csv.Error as error:
        raise InputError(f"requires comma-separated values ({error})") from None
    first = tuple(cell.strip() for cell in rows[0]) if rows else ()
    if rows and (_names_columns(first, len(rows), field) if header is None else header):
        return Cells(rows[1:], first)
    return Cells(rows)


def _names_columns(first: Sequence[str], count: int, field: str) -> bool:
    numbered = [str(column) for column in range(len(first))]
    if list(first) == numbered:
        if field == "A":
            return count == len(first) + 1  # without a header, as many rows as columns
        raise InputError(
            f"{field}: the first row {shorten(','.join(first))} may be a token, or number the columns as "
            "pandas does: say --header no or --header yes"
        )
    if first[0] == "" and list(first[1:]) in (numbered[:-1], numbered[1:]):
        raise InputError(
            f"{field}: the first row numbers the columns and the first column the rows, as pandas does: "
            "write the table with index=False"
        )
    if any(cell.lower() in _NOT_A_NAME for cell in first):
        return False
    if all(_NAME.fullmatch(cell) for cell in first):
        if all(cell.lower() in _CONSTANTS for cell in first):
            raise NumberError(
                f"{field}[0]: requires real algebraic numbers, got {shorten(','.join(first))}; if these are "
                "names of columns: --header yes"
            )
        return True
    for column, cell in enumerate(first):
        if cell[:1].isalpha():
            _require_number(cell, f"{field}[0][{column}]")
    return False


def _require_number(cell: str, where: str) -> None:
    try:
        number(cell, where)
    except NumberError as error:
        raise NumberError(f"{error}; if the first row names the columns: --header yes") from None
