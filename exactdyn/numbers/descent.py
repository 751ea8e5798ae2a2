"""Arithmetic as text, read piece by piece, never run as code: what formulas and expressions have in common.

    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "/") signed }
    signed  = sign signed | power
    power   = atom [ ("^" | "**") signed ]

Which signs and atoms there are, what becomes of the parts, and how a refusal is worded, a derived class says.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from fractions import Fraction
from re import Pattern
from typing import Generic, TypeVar

from exactdyn.errors import InputError
from exactdyn.numbers.reading import exact

DEPTH_LIMIT = 50
"""Deepest nesting of parentheses, signs and exponents."""

Part = TypeVar("Part")
"""What is made of a part of the text."""


class Descent(ABC, Generic[Part]):
    """Recursive descent over the pieces of a text, one method a line of the grammar.

    A derived class has the ``pattern`` of one piece, white space before it included, the ``signs`` that may
    stand before a part, what is said of a text that is ``too_deep``, and the methods without a body.
    ``where`` is the field that messages name.

    >>> from exactdyn.numbers.syntax import parse
    >>> parse("1 - 2^k", "alpha").function
    '-'
    """

    pattern: Pattern[str]
    signs: tuple[str, ...]
    too_deep: str

    def __init__(self, text: str, where: str) -> None:
        self._text, self._where, self._depth, self._next = text, where, 0, 0
        self._pieces = [*self._split(), ""]

    def whole(self) -> Part:
        """Return what is made of the whole text; raises :class:`~exactdyn.errors.InputError` for a wrong one.

        >>> from exactdyn.numbers.syntax import parse
        >>> parse("2", "alpha")
        Fraction(2, 1)
        """
        value = self._sum()
        if self._piece:
            raise self._refusal(self._unexpected(self._piece))
        return value

    @abstractmethod
    def _refusal(self, why: str) -> InputError:
        """Return the complaint about the text."""

    @abstractmethod
    def _strange(self, character: str) -> str:
        """Return what is said of a character with which no piece begins."""

    @abstractmethod
    def _unexpected(self, piece: str) -> str:
        """Return what is said of a piece after the end of a sum."""

    @abstractmethod
    def _atom(self) -> Part:
        """Read an atom."""

    @abstractmethod
    def _joined(self, operator: str, left: Part, right: Part) -> Part:
        """Return what ``+ - * / ^`` makes of two parts."""

    @abstractmethod
    def _negated(self, value: Part) -> Part:
        """Return what a minus sign makes of a part."""

    def _split(self) -> Iterator[str]:
        text, place = self._text.rstrip(), 0
        while place < len(text):
            found = self.pattern.match(text, place)
            if found is None:
                raise self._refusal(self._strange(text[place:].lstrip()[0]))
            yield found[0].strip()
            place = found.end()

    @property
    def _piece(self) -> str:
        return self._pieces[self._next]

    def _take(self, *wanted: str) -> str:
        piece = self._piece
        if piece not in wanted:
            return ""
        self._next += 1
        return piece

    def _sum(self) -> Part:
        left = self._product()
        while operator := self._take("+", "-"):
            left = self._joined(operator, left, self._product())
        return left

    def _product(self) -> Part:
        left = self._signed()
        while operator := self._take("*", "/"):
            left = self._joined(operator, left, self._signed())
        return left

    def _signed(self) -> Part:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self._refusal(self.too_deep)
        sign = self._take(*self.signs)
        value = self._signed() if sign else self._power()
        self._depth -= 1
        return self._negated(value) if sign == "-" else value

    def _power(self) -> Part:
        base = self._atom()
        return self._joined("^", base, self._signed()) if self._take("^", "**") else base

    def _sum_or_number(self, other: str, made: Callable[[Fraction], Part]) -> Part:
        # Where an atom is a sum in parentheses or a rational number, or the ``other`` that was not there.
        if self._take("("):
            value = self._sum()
            if not self._take(")"):
                raise self._refusal("requires ) for every (")
            return value
        piece = self._piece
        if not piece[:1].isdigit() and piece[:1] != ".":
            missing = f"requires a number, {other} or ( before {piece!r}" if piece else "ends too early"
            raise self._refusal(missing)
        self._next += 1
        return made(exact(piece, self._where))
