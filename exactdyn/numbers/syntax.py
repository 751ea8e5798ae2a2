"""Arithmetic as text, such as "(1+sqrt(5))/2" or "root(x^3-2, 1..2)": a tree, never run as code.

    sum     = product { ("+" | "-") product }
    product = signed { ("*" | "/") signed }
    signed  = ("-" | "+") signed | power
    power   = atom [ ("^" | "**") signed ]
    atom    = number | name | name "(" argument { "," argument } ")" | "(" sum ")"
    argument = sum [ ".." sum ]

What names and functions there are is no matter of the grammar: who reads the tree says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from exactdyn.errors import NumberError
from exactdyn.numbers.reading import exact
from proofs_checks.format.rationals import shorten

EXPRESSION_LIMIT = 10_000
"""Longest arithmetic text, in characters."""

OPERATIONS_LIMIT = 100
"""Most operators and functions of a text."""

DEPTH_LIMIT = 50
"""Deepest nesting of parentheses, signs and exponents."""

_PIECE = re.compile(
    r"\s*(?:((?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)|([A-Za-z_]\w*)|(\*\*|\.\.|[-+*/^(),]))", re.ASCII
)


@dataclass(frozen=True)
class Name:
    """A name that stands for itself, such as ``pi``."""

    name: str


@dataclass(frozen=True)
class Call:
    """A function with its arguments: ``sqrt(2)``, and the operators ``+ - * / ^ ..`` of two, ``-`` of one."""

    function: str
    arguments: tuple[Tree, ...]


Tree: TypeAlias = Fraction | Name | Call
"""What is written."""


def parse(text: str, where: str) -> Tree:
    """Read arithmetic.

    ``where`` is the field that messages name. Raises :class:`~exactdyn.errors.NumberError`, in one line, for
    what is no arithmetic or exceeds a limit.

    >>> parse("2*sqrt(2)", "alpha")
    Call(function='*', arguments=(Fraction(2, 1), Call(function='sqrt', arguments=(Fraction(2, 1),))))
    """
    if len(text) > EXPRESSION_LIMIT:
        raise NumberError(
            f"{where}: an expression of {len(text)} characters, the limit is {EXPRESSION_LIMIT}"
        )
    return _Parser(text, where).whole()


class _Parser:
    """Recursive descent over the pieces of a text, one method a line of the grammar."""

    def __init__(self, text: str, where: str) -> None:
        self._text, self._where, self._depth = text, where, 0
        self._pieces = [*self._split(), ""]
        if sum(not piece[:1].isdigit() for piece in self._pieces) > 4 * OPERATIONS_LIMIT:
            raise self._refusal(f"at most {OPERATIONS_LIMIT} operations")
        self._next = 0

    def whole(self) -> Tree:
        """Return the tree of the whole text."""
        tree = self._sum()
        if self._piece:
            raise self._refusal(f"an operator or the end before {shorten(self._piece)}")
        return tree

    def _split(self) -> Iterator[str]:
        text, place = self._text.rstrip(), 0
        while place < len(text):
            found = _PIECE.match(text, place)
            if found is None:
                raise self._refusal(
                    f"numbers, names and + - * / ^ ( ), not {shorten(text[place:].lstrip()[0])}"
                )
            yield found[0].strip()
            place = found.end()

    def _refusal(self, wanted: str) -> NumberError:
        return NumberError(f"{self._where}: {shorten(self._text)} requires {wanted}")

    @property
    def _piece(self) -> str:
        return self._pieces[self._next]

    def _take(self, *wanted: str) -> str:
        piece = self._piece
        if piece not in wanted:
            return ""
        self._next += 1
        return piece

    def _sum(self) -> Tree:
        left = self._product()
        while sign := self._take("+", "-"):
            left = Call(sign, (left, self._product()))
        return left

    def _product(self) -> Tree:
        left = self._signed()
        while sign := self._take("*", "/"):
            left = Call(sign, (left, self._signed()))
        return left

    def _signed(self) -> Tree:
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            raise self._refusal(f"at most {DEPTH_LIMIT} levels of nesting")
        sign = self._take("-", "+")
        tree = self._signed() if sign else self._power()
        self._depth -= 1
        return Call("-", (tree,)) if sign == "-" else tree

    def _power(self) -> Tree:
        base = self._atom()
        return Call("^", (base, self._signed())) if self._take("^", "**") else base

    def _atom(self) -> Tree:
        if self._take("("):
            tree = self._sum()
            self._close()
            return tree
        piece = self._piece
        if not (piece[:1].isalnum() or piece[:1] in ("_", ".")) or piece == "..":
            raise self._refusal(
                f"a number, a name or ( before {shorten(piece)}" if piece else "more at its end"
            )
        self._next += 1
        if piece[0].isdigit() or piece[0] == ".":
            return exact(piece, self._where)
        if not self._take("("):
            return Name(piece)
        arguments = [self._argument()]
        while self._take(","):
            arguments.append(self._argument())
        self._close()
        return Call(piece, tuple(arguments))

    def _argument(self) -> Tree:
        low = self._sum()
        return Call("..", (low, self._sum())) if self._take("..") else low

    def _close(self) -> None:
        if not self._take(")"):
            raise self._refusal("a ) for every (")
