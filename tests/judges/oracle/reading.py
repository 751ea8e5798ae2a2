"""Reading what FORMAT.md allows; anything else is not confirmed."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

Vector = list[Fraction]

NUMBER = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?|-?0x[0-9a-f]+(/0x[0-9a-f]+)?")


class UnconfirmedError(Exception):
    """Something is not as FORMAT.md demands, or not true."""


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


def number(value: Any) -> Fraction:
    need(isinstance(value, str) and len(value) <= 1_000_000 and NUMBER.fullmatch(value))
    top, _, bottom = value.partition("/")
    base = 16 if "x" in value else 10
    need(int(bottom or "1", base) != 0)
    return Fraction(int(top, base), int(bottom or "1", base))


def vector(value: Any, length: int) -> Vector:
    return [number(entry) for entry in entries(value, length)]
