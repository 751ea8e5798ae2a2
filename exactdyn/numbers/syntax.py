"""Arithmetic as text, such as "(1+sqrt(5))/2" or "root(x^3-2, 1..2)": a tree, never run as code.

The grammar is that of :mod:`~exactdyn.numbers.descent`, with

    sign    = "-" | "+"
    atom    = number | name | name "(" argument { "," argument } ")" | "(" sum ")"
    argument = sum [ ".." sum ]

What names and functions there are is no matter of the grammar: who reads the tree says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from exactdyn.errors import NumberError
from exactdyn.numbers.descent import DEPTH_LIMIT, Descent
from exactdyn.numbers.reading import exact
from proofs_checks.format.rationals import shorten

EXPRESSION_LIMIT = 10_000
"""Longest arithmetic text, in characters."""

OPERATIONS_LIMIT = 100
"""Most operators and functions of a text."""

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


class _Parser(Descent[Tree]):
    """Every part becomes a tree."""

    pattern = _PIECE
    signs = ("-", "+")
    too_deep = f"at most {DEPTH_LIMIT} levels of nesting"

    def __init__(self, text: str, where: str) -> None:
        super().__init__(text, where)
        if sum(not piece[:1].isdigit() for piece in self._pieces) > 4 * OPERATIONS_LIMIT:
            raise self._refusal(f"at most {OPERATIONS_LIMIT} operations")

    def _refusal(self, why: str) -> NumberError:
        return NumberError(f"{self._where}: {shorten(self._text)} requires {why}")

    def _strange(self, character: str) -> str:
        return f"numbers, names and + - * / ^ ( ), not {shorten(character)}"

    def _unexpected(self, piece: str) -> str:
        return f"an operator or the end before {shorten(piece)}"

    def _joined(self, operator: str, left: Tree, right: Tree) -> Tree:
        return Call(operator, (left, right))

    def _negated(self, value: Tree) -> Tree:
        return Call("-", (value,))

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
