"""Reading what FORMAT.md allows; anything else is not confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import wraps
from typing import Any
from weakref import WeakKeyDictionary

from tests.judges.oracle.real import RealField

Vector = list[Fraction]

NUMBER = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?|-?0x[0-9a-f]+(/0x[0-9a-f]+)?")


_READING: dict[str, RealField | None] = {"over": None}


class UnconfirmedError(Exception):
    """Something is not as FORMAT.md demands, or not true."""


def confirmed(check: Callable[[Any], None], document: Any) -> bool:
    """Tell whether a check of a document ends without an :class:`UnconfirmedError`."""
    try:
        check(document)
    except UnconfirmedError:
        return False
    return True


def need(condition: object) -> None:
    if not condition:
        raise UnconfirmedError


def members(value: Any, required: str, optional: str = "") -> dict[str, Any]:
    need(isinstance(value, dict))
    need(set(required.split()) <= set(value) <= {*required.split(), *optional.split()})
    return value


def entries(value: Any, count: int | None = None) -> list[Any]:
    need(isinstance(value, list) and count in (None, len(value)))
    return value


def index(value: Any, count: int) -> int:
    need(type(value) is int and 0 <= value < count)
    return value


@contextmanager
def over(field: RealField | None) -> Iterator[None]:
    """Read numbers as those of a field."""
    before = _READING["over"]
    _READING["over"] = field
    try:
        yield
    finally:
        _READING["over"] = before


def number(value: Any) -> Any:
    """Read a number; of a field it has the operators of fractions."""
    field = _READING["over"]
    if field is None or not isinstance(value, list):
        return rational(value)
    need(1 <= len(value) <= field.degree)
    return field.number([rational(x) for x in value])


def field_of(data: Any) -> RealField:
    parts = members(data, "polynomial interval")
    polynomial = entries(parts["polynomial"])
    need(all(type(g) is int for g in polynomial) and 2 <= len(polynomial) <= 65 and polynomial[-1] == 1)
    low, high = (rational(end) for end in entries(parts["interval"], 2))
    try:
        return RealField(polynomial, low, high)
    except ValueError:
        raise UnconfirmedError from None


def rational(value: Any) -> Fraction:
    need(isinstance(value, str) and len(value) <= 1_000_000 and NUMBER.fullmatch(value))
    top, _, bottom = value.partition("/")
    base = 16 if "x" in value else 10
    need(int(bottom or "1", base) != 0)
    return Fraction(int(top, base), int(bottom or "1", base))


def vector(value: Any, length: int) -> Vector:
    return [number(entry) for entry in entries(value, length)]


def found_once(find: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what is found of an object, for each of the other arguments; a copy of the object begins anew."""
    kept: WeakKeyDictionary[Any, dict[Any, Any]] = WeakKeyDictionary()

    @wraps(find)
    def finding(of: Any, *arguments: Any) -> Any:
        found = kept.setdefault(of, {})
        if arguments not in found:
            found[arguments] = find(of, *arguments)
        return found[arguments]

    return finding
