"""Patterns of matrices, such as ``a, b; -b, 1``: linear expressions in letters, entry by entry."""

from __future__ import annotations

import re
from fractions import Fraction

from exactdyn.errors import InputError, ShapeError
from exactdyn.numbers.reading import Rows, exact
from proofs_checks.format.rationals import shorten

_TERM = re.compile(r"([+-]?)(\d+(?:[./]\d+)?)?\*?([A-Za-z]\w*)?", re.ASCII)


def read_pattern(text: str, dimension: int) -> tuple[Rows, ...]:
    """Read the matrices of which a pattern is the sum: that of the numbers, then one a letter.

    ``text``: rows separated by ``;``, entries by ``,``, each entry a sum of numbers, letters and multiples
    of letters (``1/2*b - a``). ``dimension``: the number of rows and columns.

    Raises :class:`~exactdyn.errors.InputError` for what is no such sum and
    :class:`~exactdyn.errors.ShapeError` for another number of entries.

    >>> identity_plus_skew = read_pattern("1, b; -b, 1", 2)
    >>> [int(x) for row in identity_plus_skew[1] for x in row]
    [0, 1, -1, 0]
    """
    rows = [row.split(",") for row in text.split(";")]
    if len(rows) != dimension or any(len(row) != dimension for row in rows):
        raise ShapeError(f"pattern: requires {dimension} x {dimension} entries, got {shorten(text)}")
    entries = [[_expression(entry) for entry in row] for row in rows]
    letters = sorted({letter for row in entries for entry in row for letter in entry} | {""})
    return tuple(
        tuple(tuple(entry.get(letter, Fraction(0)) for entry in row) for row in entries) for letter in letters
    )


def _expression(text: str) -> dict[str, Fraction]:
    # The coefficient of every letter; that of no letter is the number.
    rest = re.sub(r"\s*([+*-])\s*", r"\1", text.strip())
    if not rest:
        raise InputError("pattern: requires an entry such as 0, a or 1/2*b - 1, got none")
    total: dict[str, Fraction] = {}
    position = 0
    while position < len(rest):
        term = _TERM.match(rest, position)
        if term is None or not (term[2] or term[3]) or (position and not term[1]):
            raise InputError(f"pattern: requires an entry such as 0, a or 1/2*b - 1, got {shorten(text)}")
        coefficient = exact(term[1].removeprefix("+") + (term[2] or "1"), "pattern")
        total[term[3] or ""] = total.get(term[3] or "", Fraction(0)) + coefficient
        position = term.end()
    return total
