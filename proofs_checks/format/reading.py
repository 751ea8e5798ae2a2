"""Reading untrusted JSON: every access says what it requires and where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NoReturn

from proofs_checks import work
from proofs_checks.format.errors import MalformedError
from proofs_checks.format.field_number import (
    FieldNumber,
    Matrix,
    Number,
    RationalMatrix,
    RationalVector,
    Vector,
)
from proofs_checks.format.number_field import DEGREE_LIMIT, NumberField
from proofs_checks.format.rationals import DECIMAL_DIGITS_LIMIT, read_rational, shorten

TEXT_LIMIT = 2**30
"""Longest certificate that is read, in characters."""

NESTING_LIMIT = 500
"""How deep lists and objects may be within each other."""

FREQUENT = {"0": Fraction(0), "1": Fraction(1)}
"""Numbers of which large matrices are full, as they are written."""


@dataclass(frozen=True)
class Field:
    """A value of the document together with its path, which every message names.

    ``over``: the field that the numbers of the document belong to, if it states one.
    """

    value: object
    path: str
    over: NumberField | None = field(default=None, repr=False)

    def refuse(self, required: str) -> NoReturn:
        """Raise :class:`MalformedError`: what is required here, and what stands here.

        >>> Field(0, "layers").refuse("an integer of at least 1")
        Traceback (most recent call last):
        proofs_checks.format.errors.MalformedError: layers: requires an integer of at least 1, got 0
        """
        raise MalformedError(f"{self.path}: requires {required}, got {shorten(self.value)}")

    def fields(self, required: Iterable[str], optional: Iterable[str] = ()) -> dict[str, Field]:
        """Read an object with all the required and possibly the optional members, and no others.

        >>> Field({"layers": 3}, "certificate").fields(["layers"])
        {'layers': Field(value=3, path='certificate.layers')}
        """
        required, allowed = tuple(required), {*required, *optional}
        if not isinstance(self.value, dict):
            self.refuse("an object")
        for name in self.value:
            if name not in allowed:
                raise MalformedError(f"{self.path}: unknown field {shorten(name)}")
        for name in required:
            if name not in self.value:
                raise MalformedError(f"{self.path}: requires the field {name!r}")
        return {name: self._part(value, f".{name}") for name, value in self.value.items()}

    def names(self) -> set[str]:
        """Return the names of an object's members; of anything else, none.

        >>> Field({"layers": 3}, "certificate").names()
        {'layers'}
        """
        return set(self.value) if isinstance(self.value, dict) else set()

    def truth(self) -> bool:
        """Read true or false.

        >>> Field(False, "ties").truth()
        False
        """
        return self.value if isinstance(self.value, bool) else self.refuse("true or false")

    def items(self, count: int | None = None) -> list[Field]:
        """Read a list, of the given length if one is given.

        >>> Field([7], "leaders").items(1)
        [Field(value=7, path='leaders[0]')]
        """
        return [self._part(value, f"[{i}]") for i, value in enumerate(self._listed(count))]

    def _listed(self, count: int | None) -> list[object]:
        if not isinstance(self.value, list):
            self.refuse("a list")
        if count is not None and len(self.value) != count:
            raise MalformedError(f"{self.path}: requires {count} entries, got {len(self.value)}")
        return self.value

    def text(self) -> str:
        """Read a string.

        >>> Field("holds", "verdict").text()
        'holds'
        """
        return self.value if isinstance(self.value, str) else self.refuse("a text")

    def integer(self, lowest: int, highest: int) -> int:
        """Read an integer within bounds.

        >>> Field(3, "layers").integer(0, 10)
        3
        """
        if type(self.value) is not int or not lowest <= self.value <= highest:
            self.refuse(f"an integer from {lowest} to {highest}")
        return self.value

    def any_integer(self) -> int:
        """Read an integer.

        >>> Field(-2, "polynomial[0]").any_integer()
        -2
        """
        return self.value if type(self.value) is int else self.refuse("an integer")

    def rational(self) -> Fraction:
        """Read a rational number, written as text.

        >>> Field("-1/18", "alpha").rational()
        Fraction(-1, 18)
        """
        if not isinstance(self.value, str):
            self.refuse('a rational number as text, such as "1/3"')
        top, _, bottom = self.value.partition("/")
        work.count_products(1 + len(self.value) // 16, 0)
        work.count_fractions(1, 4 * min(len(top), len(bottom)))
        try:
            return read_rational(self.value)
        except MalformedError as error:
            raise MalformedError(f"{self.path}: {error}") from None

    def number(self) -> Number:
        """Read a rational number or, where the document states a field, a list of coefficients.

        >>> root_of_2 = NumberField((-2, 0, 1), Fraction(1), Fraction(2))
        >>> Field(["0", "1/2"], "alpha", root_of_2).number()
        FieldNumber((0, 1)/2)
        """
        if self.over is None or not isinstance(self.value, list):
            return self.rational()
        if not 1 <= len(self.value) <= self.over.degree:
            raise MalformedError(
                f"{self.path}: requires 1 to {self.over.degree} coefficients, got {len(self.value)}"
            )
        return FieldNumber.of(self.over, self.rational_vector())

    def vector(self, length: int | None = None) -> Vector:
        """Read a list of numbers.

        >>> Field(["1", "1/2"], "point").vector(2)
        (Fraction(1, 1), Fraction(1, 2))
        """
        listed = self._listed(length)
        work.count_products(len(listed), 0)
        return tuple(
            FREQUENT[value]
            if isinstance(value, str) and value in FREQUENT
            else self._part(value, f"[{i}]").number()
            for i, value in enumerate(listed)
        )

    def matrix(self, rows: int | None = None, columns: int | None = None) -> Matrix:
        """Read rows of numbers.

        >>> Field([["1"], ["2"]], "A").matrix(2, 1)
        ((Fraction(1, 1),), (Fraction(2, 1),))
        """
        return tuple(row.vector(columns) for row in self.items(rows))

    def rational_vector(self, length: int | None = None) -> RationalVector:
        """Read a list of rational numbers.

        >>> Field(["1", "1/2"], "point").rational_vector(2)
        (Fraction(1, 1), Fraction(1, 2))
        """
        return tuple(item.rational() for item in self.items(length))

    def rational_matrix(self, rows: int | None = None, columns: int | None = None) -> RationalMatrix:
        """Read rows of rational numbers.

        >>> Field([["1"], ["2"]], "A").rational_matrix(2, 1)
        ((Fraction(1, 1),), (Fraction(2, 1),))
        """
        return tuple(row.rational_vector(columns) for row in self.items(rows))

    def _part(self, value: object, place: str) -> Field:
        return Field(value, f"{self.path}{place}", self.over)


def read_number_field(field: Field) -> NumberField:
    """Read the field that the numbers of a document belong to: a polynomial, and the ends of an interval.

    Raises :class:`~proofs_checks.format.errors.RejectedError` where they do not show one root.

    Source: FORMAT.md, section "Number fields".

    >>> read_number_field(Field({"polynomial": [-2, 0, 1], "interval": ["1", "2"]}, "system.field")).degree
    2
    """
    members = field.fields(["polynomial", "interval"])
    entries = [entry.any_integer() for entry in members["polynomial"].items()]
    if not 2 <= len(entries) <= DEGREE_LIMIT + 1 or entries[-1] != 1:
        members["polynomial"].refuse(f"a monic polynomial of a degree from 1 to {DEGREE_LIMIT}")
    low, high = members["interval"].rational_vector(2)
    return NumberField(tuple(entries), low, high)


def read_json(text: str) -> object:
    """Read JSON strictly: no number that is not an integer, no member given twice, nothing nested too deep.

    Raises :class:`MalformedError`.

    Source: FORMAT.md, section "Limits".

    >>> read_json('{"layers": 3}')
    {'layers': 3}
    """
    if len(text) > TEXT_LIMIT:
        raise MalformedError(f"a document of {len(text)} characters, the limit is {TEXT_LIMIT}")
    try:
        document = json.loads(
            text,
            object_pairs_hook=_members,
            parse_int=_integer,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except json.JSONDecodeError as error:
        raise MalformedError(f"not JSON: {error}") from None
    except RecursionError:
        raise MalformedError(f"nested too deeply, the limit is {NESTING_LIMIT} levels") from None
    if _depth(document) > NESTING_LIMIT:  # every Python reads so much
        raise MalformedError(f"nested too deeply, the limit is {NESTING_LIMIT} levels")
    return document


def _depth(document: object) -> int:
    depth, level = 0, [document]
    while level := [value for value in level if isinstance(value, dict | list)]:
        depth += 1
        level = [inner for value in level for inner in (value.values() if isinstance(value, dict) else value)]
    return depth


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise MalformedError("a member is given twice in one object")
    return members


def _integer(text: str) -> int:
    if len(text) > DECIMAL_DIGITS_LIMIT:
        raise MalformedError(f"an integer of {len(text)} digits, the limit is {DECIMAL_DIGITS_LIMIT}")
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise MalformedError(f'requires numbers as text such as "1/3", got {shorten(text)}')
