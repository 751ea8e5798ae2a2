"""All numbers that a document states, read together into the one field that they need."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from exactdyn.errors import ShapeError
from exactdyn.numbers.fields.joining import is_expression, together
from proofs_checks.format.rationals import shorten

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
    found = list(_numbers(document))
    if "field" not in document and not any(is_expression(value) for _, value in found):
        return document
    field = document.get("field")
    if field is not None and (not isinstance(field, list | tuple) or not field):
        raise ShapeError(f'field: requires a list of numbers such as ["sqrt(2)"], got {shorten(field)}')
    numbers = iter(together(found, field))
    rest = {name: value for name, value in document.items() if name != "field"}
    return {name: _replaced(name, value, numbers) for name, value in rest.items()}


def _numbers(document: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Go through the numbers of a document, each with the name of its place."""
    for name, value in document.items():
        if _has_numbers(name, value):
            yield from _leaves(value, name)
        elif name in _TABLES:
            for where, table in _tables(name, value):
                for place, own in _numbers(table):
                    yield f"{where}.{place}", own


def _replaced(name: str, value: Any, numbers: Iterator[object]) -> object:
    """Return a field of a document with its numbers, in the order of :func:`_numbers`."""
    if _has_numbers(name, value):
        return _filled(value, numbers)
    if name not in _TABLES or not list(_tables(name, value)):
        return value
    if isinstance(value, Mapping):
        return {key: _replaced(key, own, numbers) for key, own in value.items()}
    return [
        {key: _replaced(key, own, numbers) for key, own in table.items()}
        if isinstance(table, Mapping)
        else table
        for table in value
    ]


def _has_numbers(name: str, value: object) -> bool:
    if name in _STEPS:
        # Formulas in the layer are none of a field; what is irrational has one of these words.
        steps = value if isinstance(value, list | tuple) else [value]
        return any(not isinstance(x, str) or _IRRATIONAL.search(x) for x in steps)
    return name == "tokens" or name in _MATRICES


def _tables(name: str, value: object) -> Iterator[tuple[str, Mapping[str, object]]]:
    if isinstance(value, Mapping):
        yield name, value
    elif isinstance(value, list | tuple):
        places = ((f"{name}[{place}]", table) for place, table in enumerate(value))
        yield from ((where, table) for where, table in places if isinstance(table, Mapping))


def _leaves(value: object, where: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, list | tuple):
        for place, part in enumerate(value):
            yield from _leaves(part, f"{where}[{place}]")
    elif _is_leaf(value):
        yield where, value


def _filled(value: object, numbers: Iterator[object]) -> object:
    if isinstance(value, list | tuple):
        return [_filled(part, numbers) for part in value]
    return next(numbers) if _is_leaf(value) else value


def _is_leaf(value: object) -> bool:
    # Arrays, matrices of sympy and what can be read once only are read where they are used.
    return not hasattr(value, "__iter__") or isinstance(value, str)
