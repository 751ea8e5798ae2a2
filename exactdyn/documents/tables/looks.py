"""What a cell looks like: a number, the name of a column, a label."""

from __future__ import annotations

import re
from collections.abc import Sequence

from exactdyn.errors import InputError
from exactdyn.numbers.fields.joining import number

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_DECIMAL_POINT = re.compile(r"[+-]?\d*\.\d*(?:[eE][+-]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d*,\d+(?:[eE][+-]?\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d\b.*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b.*|\d{1,2}:\d\d\b.*", re.ASCII)
_FUNCTION = re.compile(r"\b(?:sqrt|cbrt|cos|sin|tan|root)\s*\(")
_NAME = re.compile(r"[^\W\d][\w .]*(?: [(\[][^\W\d][^()\[\]]*[)\]])?")
NOT_A_NAME = ("nan", "inf", "infinity")
_CONSTANTS = ("pi", "π", "e", "tau", "τ", "phi", "φ")
_MISSING = ("", "na", "n/a", "null", "none", "-", "?", *NOT_A_NAME)


def is_number(cell: str, comma: bool = False) -> bool:
    """Tell whether a cell is an exact number; ``comma``: perhaps one with a decimal comma.

    >>> is_number("-1.5e-3"), is_number("sqrt(2)/2"), is_number("1,5"), is_number("1,5", comma=True)
    (True, True, False, True)
    """
    cell = cell.strip()
    if _NUMBER.fullmatch(cell) or (comma and _DECIMAL_COMMA.fullmatch(cell)):
        return True
    if not any(character.isdigit() for character in cell):
        return False
    try:
        number(cell, "cell")
    except InputError:
        return False
    return True


def has_point(cell: str) -> bool:
    """Tell whether a cell is a decimal with a point.

    >>> has_point("1.5"), has_point("15")
    (True, False)
    """
    return _DECIMAL_POINT.fullmatch(cell.strip()) is not None


def has_comma(cell: str) -> bool:
    """Tell whether a cell is a decimal with a comma.

    >>> has_comma("1,5"), has_comma("1,500,000")
    (True, False)
    """
    return _DECIMAL_COMMA.fullmatch(cell.strip()) is not None


def is_label(cell: str) -> bool:
    """Tell whether a cell is a text that nobody meant as a number: a word, a date, a time.

    >>> [is_label(cell) for cell in ("setosa", "2020-01-31", "1.2.3", "sqrt(-1)", "NA", "1;2")]
    [True, True, False, False, False, False]
    """
    cell = cell.strip()
    if cell.lower() in _MISSING or cell[-1] in ",;" or _FUNCTION.search(cell):
        return False
    if is_date(cell):
        return True
    return cell[0] not in "0123456789.+-−(" and not is_number(cell)


def is_date(cell: str) -> bool:
    """Tell whether a cell looks like a date or a time of day.

    >>> is_date("2020-01-31"), is_date("31/1/2020"), is_date("12:30"), is_date("1/3")
    (True, True, True, False)
    """
    return _DATE.fullmatch(cell.strip()) is not None


def are_labels(cells: Sequence[str]) -> bool:
    """Tell whether a column holds labels: texts, and not all of them names of numbers such as pi.

    >>> are_labels(["a", "e"]), are_labels(["e", "pi"]), are_labels(["a", "1"])
    (True, False, False)
    """
    return all(map(is_label, cells)) and not are_constants(cells)


def are_constants(cells: Sequence[str]) -> bool:
    """Tell whether all cells are names of numbers.

    >>> are_constants(["pi", "e"])
    True
    """
    return all(cell.strip().lower() in _CONSTANTS for cell in cells)


def is_name(cell: str) -> bool:
    """Tell whether a cell may name a column: a letter, then letters, digits, spaces, dots; perhaps a unit.

    >>> is_name("x.1"), is_name("petal length (cm)"), is_name("x-1"), is_name("sqrt (x)")
    (True, True, False, False)
    """
    return _NAME.fullmatch(cell) is not None and not _FUNCTION.search(cell)
