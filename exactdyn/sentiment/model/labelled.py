"""Tables of labelled reviews: CSV with the columns ``text``, ``label`` and ``source``."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from exactdyn.documents.names import refuse_unknown, show_name, show_names
from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten

COLUMNS = ("text", "label", "source")
"""What a table may have: ``source`` says where a review is from, which ``train`` can choose by."""

TABLE_SIZE_LIMIT = 2**28
"""Largest table of reviews that is read, in bytes after decompression: 256 MiB."""

LABELS = {"1": 1, "pos": 1, "positive": 1, "0": 0, "neg": 0, "negative": 0}
"""What the column ``label`` of a table of reviews may say, in any case."""


def table_rows(text: str) -> list[dict[str, str]]:
    r"""Return the lines of a table of reviews (CSV with a header), each as its cells by column.

    Raises :class:`~exactdyn.errors.InputError` for what is no such table: without a column ``text``, with a
    column twice or one that is none of :data:`COLUMNS`, with a line of more or fewer cells.

    >>> table_rows("text,label\nA great film,pos\n")
    [{'text': 'A great film', 'label': 'pos'}]
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows = []
    try:
        columns = next(reader, [])
        _require_columns(columns)
        for cells in filter(None, reader):
            if len(cells) != len(columns):
                wanted = f"requires {len(columns)} cells ({', '.join(columns)})"
                raise InputError(f"line {reader.line_num}: {wanted}, got {len(cells)}")
            rows.append(dict(zip(columns, cells, strict=True)))
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}: requires comma-separated values ({error})") from None
    return rows


def _require_columns(columns: Sequence[str]) -> None:
    if "text" not in columns:
        raise InputError(f"text: requires a column of this name, got {show_names(columns)}")
    for place, name in enumerate(columns):
        if name in columns[:place]:
            raise InputError(f"{show_name(name)}: requires one column of this name, got two")
    refuse_unknown(columns, COLUMNS, "column ")


def read_label(cell: str, where: str) -> int:
    """Return 1 for a positive and 0 for a negative label, as :data:`LABELS` has them.

    Raises :class:`~exactdyn.errors.InputError` for anything else.

    >>> read_label("Positive", "line 2")
    1
    """
    known = LABELS.get(cell.strip().lower())
    if known is None:
        raise InputError(f"{where}: label: requires one of {', '.join(LABELS)}, got {shorten(cell)}")
    return known
