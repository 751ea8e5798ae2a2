"""Tables of labelled reviews: CSV with the columns ``text`` and ``label``."""

from __future__ import annotations

import csv
import io

from exactdyn.errors import InputError
from proofs_checks.rationals import shorten

TABLE_SIZE_LIMIT = 2**28
"""Largest table of reviews that is read, in bytes after decompression: 256 MiB."""

LABELS = {"1": 1, "pos": 1, "positive": 1, "0": 0, "neg": 0, "negative": 0}
"""What the column ``label`` of a table of reviews may say, in any case."""


def table_rows(text: str) -> list[dict[str, str]]:
    r"""Return the lines of a table of reviews (CSV with a header), each as its cells by column.

    Raises :class:`~exactdyn.errors.InputError` for what is no such table or has no column ``text``.

    >>> table_rows("text,label\nA great film,pos\n")
    [{'text': 'A great film', 'label': 'pos'}]
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True, restval="")
    try:
        rows = list(reader)
    except csv.Error as error:
        raise InputError(f"line {reader.line_num}: requires comma-separated values ({error})") from None
    if "text" not in (reader.fieldnames or ()):
        got = ", ".join(reader.fieldnames or ()) or "none"
        raise InputError(f"text: requires a column of this name, got {shorten(got)}")
    return rows


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
