"""Whether the first row of a table names its columns."""

from __future__ import annotations

from collections.abc import Sequence

from exactdyn.documents.tables.looks import NOT_A_NAME, are_constants, is_name
from exactdyn.errors import InputError, NumberError
from exactdyn.numbers.fields.joining import number
from proofs_checks.format.rationals import shorten


def names_columns(first: Sequence[str], texts: Sequence[int], count: int, field: str) -> bool:
    """Tell whether the cells of the first row are names of columns.

    ``texts``: the columns that hold texts or the numbers of rows below, over which anything may stand.
    ``count``: the number of rows. Raises :class:`~exactdyn.errors.InputError` where it takes the user to say
    what the row is: for the numbers 0, 1, ..., with which pandas heads a table without names, unless the
    table is a matrix, whose shape says it; and for a row of names of numbers.

    >>> names_columns(["word", "x", "y"], [0], 3, "tokens"), names_columns(["1/2", "x"], [1], 3, "tokens")
    (True, False)
    """
    cells = [(column, cell) for column, cell in enumerate(first) if column not in texts]
    over = [cell for _, cell in cells]
    if not over:
        return False
    numbered = [str(column) for column in range(len(over) + 1)]
    if len(over) < len(first) and not first[0] and over in (numbered[:-1], numbered[1:]):
        return True
    if over == numbered[:-1]:
        if field == "A":
            return count == len(over) + 1  # without a header, as many rows as columns
        raise InputError(
            f"{field}: the first row {shorten(','.join(first))} may be a token, or number the columns as "
            "pandas does: say --header no or --header yes"
        )
    if any(cell.lower() in NOT_A_NAME for cell in over):
        return False
    if all(map(is_name, over)):
        if are_constants(over):
            raise NumberError(
                f"{field}[0]: requires real algebraic numbers, got {shorten(','.join(first))}; if these are "
                "names of columns: --header yes"
            )
        return True
    for column, cell in cells:
        if cell[:1].isalpha():
            _require_number(cell, f"{field}[0][{column}]")
    return False


def _require_number(cell: str, where: str) -> None:
    try:
        number(cell, where)
    except NumberError as error:
        raise NumberError(f"{error}; if the first row names the columns: --header yes") from None
