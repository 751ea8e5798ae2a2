"""What a user says of a table: its first row, and which columns are what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from exactdyn.documents.names import show_name, show_names
from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten

Columns: TypeAlias = "str | Sequence[str | int]"
"""Names or numbers of columns: as text separated by commas, "2-4" for those from 2 to 4."""


@dataclass(frozen=True)
class Choice:
    """What is said of a table; None leaves it to what stands there.

    ``header``: whether the first row names the columns. ``columns``: those that are coordinates, in this
    order. ``label_column``: that of the labels. Columns are named by the header, or numbered from 0.
    """

    header: bool | None = None
    columns: Columns | None = None
    label_column: str | int | None = None

    def refuse(self, got: str) -> None:
        """Refuse what is said where nothing of it can be meant.

        ``got``: what stands in the place of a table. Raises :class:`~exactdyn.errors.InputError`.

        >>> Choice(columns="x,y").refuse("a document")
        Traceback (most recent call last):
        exactdyn.errors.InputError: --columns: requires a table, got a document
        """
        if self.header is not None:
            raise InputError(f"--header: requires a table in .csv, .tsv or .txt, got {got}")
        if self.columns is not None:
            raise InputError(f"--columns: requires a table, got {got}")
        if self.label_column is not None:
            raise InputError(f"--label-column: requires a table, got {got}")


UNSAID = Choice()
"""Nothing is said."""


def places_of(columns: Columns, names: Sequence[str] | None, width: int) -> list[int]:
    """Return which columns are meant, in the order in which they are named.

    ``names``: those of the columns, if they have some. ``width``: how many there are. Raises
    :class:`~exactdyn.errors.InputError` for a column that there is not, and for one named twice.

    >>> places_of("y,0", ("x", "y", "z"), 3), places_of("1-3", None, 4)
    ([1, 0], [1, 2, 3])
    """
    parts = [part.strip() for part in columns.split(",")] if isinstance(columns, str) else columns
    found = [place for part in parts for place in _range(part, names, width)]
    for order, place in enumerate(found):
        if place in found[:order]:
            name = names[place] if names else str(place)
            raise InputError(f"--columns: requires each column once, got {show_name(name)} twice")
    return found


def place_of(wanted: str | int, names: Sequence[str] | None, width: int, option: str) -> int:
    """Return the number of a column that is named, or numbered from 0.

    Raises :class:`~exactdyn.errors.InputError`, which names the option, for a column that there is not.

    >>> place_of("2", ("x", "y", "z"), 3, "--columns")
    2
    """
    if names and isinstance(wanted, str) and wanted in names:
        if list(names).count(wanted) > 1:
            raise InputError(
                f"{option}: requires one column {show_name(wanted)}, got several: say its number"
            )
        return list(names).index(wanted)
    number = int(wanted) if str(wanted).isdecimal() and len(str(wanted)) < 10 else width
    if number >= width:
        known = show_names(names) if names else f"0 to {width - 1}"
        raise InputError(f"{option}: requires one of the columns {known}, got {shorten(str(wanted))}")
    return number


def _range(part: str | int, names: Sequence[str] | None, width: int) -> Iterator[int]:
    low, dash, high = part.partition("-") if isinstance(part, str) else ("", "", "")
    if not (dash and low.isdecimal() and high.isdecimal()) or part in (names or ()):
        yield place_of(part, names, width, "--columns")
        return
    begin, end = (place_of(number, names, width, "--columns") for number in (low, high))
    if end < begin:
        raise InputError(f"--columns: requires the lower number first, got {shorten(part)}")
    yield from range(begin, end + 1)
