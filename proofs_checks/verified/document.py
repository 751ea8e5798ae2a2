"""Reading untrusted JSON for the verified checker; nothing here is shared with the hand-written one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from math import gcd
from typing import Any, NoReturn, TypeAlias, TypeVar

Rational: TypeAlias = tuple[int, int]
"""Numerator and positive denominator: what ``Qmake`` is in Coq."""

Read = TypeVar("Read")

LAYERS_LIMIT = 10_000_000
DIGITS_LIMIT = 4000
NUMBER_LIMIT = 1_000_000
TEXT_LIMIT = 2**30
NESTING_LIMIT = 500

_DECIMAL = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?", re.ASCII)
_HEXADECIMAL = re.compile(r"(-?0x[0-9a-f]+)(?:/(0x[0-9a-f]+))?", re.ASCII)


class NotWellFormedError(Exception):
    """The text is no certificate."""


class NotShownError(Exception):
    """A claim of a certificate is not established."""


class BeyondError(Exception):
    """Something is not read: no rule for it is proved, or this reader does not know it."""


def refuse(required: str) -> NoReturn:
    """Raise :class:`NotWellFormedError`.

    >>> refuse("a list")
    Traceback (most recent call last):
    proofs_checks.verified.document.NotWellFormedError: requires a list
    """
    raise NotWellFormedError(f"requires {required}")


def read_json(text: str) -> Any:
    """Read JSON: no number that is not an integer, no member twice, nothing nested too deep.

    >>> read_json('{"layers": 3}')
    {'layers': 3}
    """
    if len(text) > TEXT_LIMIT:
        refuse("a shorter text")
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_int=_integer, parse_float=_none, parse_constant=_none
        )
    except (json.JSONDecodeError, RecursionError):
        refuse("JSON")
    level = [found]
    for _ in range(NESTING_LIMIT):
        level = [part for value in level for part in _within(value)]
    deeper = any(isinstance(value, dict | list) for value in level)
    return refuse("fewer levels") if deeper else found


def _within(value: Any) -> Collection[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return dict(pairs) if len(dict(pairs)) == len(pairs) else refuse("every member once")


def _integer(text: str) -> int:
    return int(text) if len(text) <= DIGITS_LIMIT else refuse("a shorter integer")


def _none(text: str) -> NoReturn:
    refuse("numbers as text")


def members(value: Any, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Any]:
    """Read an object that has all the required and no other members than these and the optional ones.

    >>> members({"layers": 3}, ["layers"])
    {'layers': 3}
    """
    names = {*value} if isinstance(value, dict) else refuse("an object")
    if not {*required} <= names <= {*required, *optional}:
        refuse(f"the members {', '.join(required)}")
    return dict(value)


def listed(value: Any, read: Callable[[Any], Read], count: int | None = None) -> tuple[Read, ...]:
    """Read a list, of this length if one is given.

    >>> listed(["1", "1/2"], rational)
    ((1, 1), (1, 2))
    """
    if not isinstance(value, list) or count not in (None, len(value)):
        refuse("a list" if count is None else f"a list of {count}")
    return tuple([read(part) for part in value])


def text(value: Any) -> str:
    """Read a text.

    >>> text("holds")
    'holds'
    """
    return value if isinstance(value, str) else refuse("a text")


def truth(value: Any) -> bool:
    """Read true or false.

    >>> truth(True)
    True
    """
    return value if isinstance(value, bool) else refuse("true or false")


def integer(value: Any, low: int, high: int) -> int:
    """Read an integer within bounds.

    >>> integer(3, 0, 10)
    3
    """
    if type(value) is not int or not low <= value <= high:
        refuse(f"an integer from {low} to {high}")
    return value


def rational(value: Any) -> Rational:
    """Read a rational number, written as text, in lowest terms.

    >>> rational("-2/36"), rational("0xff/0x10")
    ((-1, 18), (255, 16))
    """
    written = text(value)
    match = _DECIMAL.fullmatch(written) or _HEXADECIMAL.fullmatch(written)
    if match is None or len(written) > NUMBER_LIMIT:
        refuse("a rational number as text")
    base = 16 if "x" in written else 10
    parts = [match[1], match[2] or "1"]
    if base == 10 and any(len(part.lstrip("-")) > DIGITS_LIMIT for part in parts):
        refuse("a long number as 0x...")
    above, below = (int(part, base) for part in parts)
    common = gcd(above, below)
    return (above // common, below // common) if below else refuse("a denominator other than 0")


def numbers(value: Any, count: int | None = None) -> tuple[Rational, ...]:
    """Read a list of rational numbers.

    >>> numbers(["1", "1/2"], 2)
    ((1, 1), (1, 2))
    """
    return listed(value, rational, count)


def rows(value: Any, count: int | None = None, length: int | None = None) -> tuple[tuple[Rational, ...], ...]:
    """Read rows of rational numbers.

    >>> rows([["1"], ["2"]], 2, 1)
    (((1, 1),), ((2, 1),))
    """
    return listed(value, lambda row: numbers(row, length), count)


def factorisation(value: Any, size: int) -> tuple[tuple[tuple[Rational, ...], ...], tuple[Rational, ...]]:
    """Read L and D of a factorisation L D L^T.

    >>> factorisation({"lower": [["1"]], "diagonal": ["2"]}, 1)
    ((((1, 1),),), ((2, 1),))
    """
    own = members(value, ["lower", "diagonal"])
    return rows(own["lower"], size, size), numbers(own["diagonal"], size)
