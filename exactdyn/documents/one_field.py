"""All numbers that a document states, read together into the one field that they need."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from exactdyn.errors import ShapeError
from exactdyn.numbers.fields.joining import is_expression, together
from proofs_checks.format.rationals import shorten

Change: TypeAlias = Callable[[str, object], object]
"""What becomes of a number at a place, which has a name such as ``heads[1].A[0][0]``."""

_MATRICES = ("A", "V", "Q", "K", "W1", "b1", "W2", "b2", "eta")
_STEPS = ("alpha", "tau")
_TABLES = ("heads", "relu")
_IRRATIONAL = re.compile(r"sqrt|cbrt|root|cos|sin|tan|pi")


def in_one_field(document: Mapping[str, object]) -> Mapping[str, object]:
    """Return a document whose numbers are read, where some are stated as roots, cosines or of sympy.

    ``field``, where it is stated, has numbers that generate the field, and is left out of what is returned. A
    document of rational numbers is returned as it is. Raises :class:`~exactdyn.errors.NumberError`, which
    names the field, for what is no real algebraic number, and ShapeError for a ``field`` that is no list.

    >>> in_one_field({"tokens": [["sqrt(8)", "1/2"]], "alpha": "2/(k+2)"})
    {'tokens': [[FieldNumber(2*x = 2.8284271247461903), Fraction(1, 2)]], 'alpha': '2/(k+2)'}
    """
    found: list[tuple[str, object]] = []
    _changed(document, lambda where, value: found.append((where, value)))
    if "field" not in document and not any(is_expression(value) for _, value in found):
        return document
    field = document.get("field")
    if field is not None and (not isinstance(field, list | tuple) or not field):
        raise ShapeError(f'field: requires a list of numbers such as ["sqrt(2)"], got {shorten(field)}')
    numbers = iter(together(found, field))
    rest = {name: value for name, value in document.items() if name != "field"}
    return _changed(rest, lambda where, value: next(numbers))


def _changed(table: Mapping[str, object], change: Change, place: str = "") -> dict[str, object]:
    """Return a document, or a table in one, with every number changed, always in the same order."""
    return {name: _changed_field(name, value, change, f"{place}{name}") for name, value in table.items()}


def _changed_field(name: str, value: object, change: Change, where: str) -> object:
    if _has_numbers(name, value):
        return _changed_numbers(value, change, where)
    if name not in _TABLES:
        return value
    if isinstance(value, list | tuple):
        return [_changed_table(own, change, f"{where}[{place}]") for place, own in enumerate(value)]
    return _changed_table(value, change, where)


def _changed_table(value: object, change: Change, where: str) -> object:
    return _changed(value, change, f"{where}.") if isinstance(value, Mapping) else value


def _changed_numbers(value: object, change: Change, where: str) -> object:
    if not isinstance(value, list | tuple):
        return change(where, value) if _is_leaf(value) else value
    parts = []
    for place, part in enumerate(value):  # one frame a level: lists may be nested as deep as Python goes
        parts.append(_changed_numbers(part, change, f"{where}[{place}]"))
    return parts


def _has_numbers(name: str, value: object) -> bool:
    if name in _STEPS:
        # Formulas in the layer are none of a field; what is irrational has one of these words.
        steps = value if isinstance(value, list | tuple) else [value]
        return any(not isinstance(x, str) or _IRRATIONAL.search(x) for x in steps)
    return name == "tokens" or name in _MATRICES


def _is_leaf(value: object) -> bool:
    # Arrays, matrices of sympy and what can be read once only are read where they are used.
    return not hasattr(value, "__iter__") or isinstance(value, str)
