"""What checking costs, counted alike on every machine, and how much it may cost; FORMAT.md, "Work"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from math import isqrt
from typing import Protocol

from proofs_checks.format.errors import TooMuchWorkError

WORK_LIMIT = 25_000_000
"""How much work any certificate may cost: a few seconds in all."""

WORK_PER_CHARACTER = 1000
"""How much more for every character of its text: whoever sends more may ask for more."""

WORD = 64
"""Bits of a machine word: longer numbers count as more work."""


@dataclass
class Allowance:
    """What a certificate may cost in all, and what it has cost so far."""

    limit: int
    spent: int = 0


_ALLOWANCE: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


@contextmanager
def allowance(characters: int, patient: bool) -> Iterator[None]:
    """Bound the work done inside by what a text of so many characters may cost; not at all if patient.

    >>> with allowance(0, patient=False):
    ...     count_products(10**9, 1)
    Traceback (most recent call last):
    ...
    proofs_checks.format.errors.TooMuchWorkError: more than 25,000,000 steps of work
    """
    limit = WORK_LIMIT + WORK_PER_CHARACTER * characters
    token = _ALLOWANCE.set(None if patient else Allowance(limit))
    try:
        yield
    finally:
        _ALLOWANCE.reset(token)


def count_products(count: int, bits: int) -> None:
    """Count sums and products of integers of so many bits; raises :class:`TooMuchWorkError` beyond the limit.

    One word counts as one step, w words as w sqrt(w) / 8 more: Python multiplies by Karatsuba's method.

    Source: FORMAT.md, section "Work".
    """
    words = bits // WORD
    _count(count * (1 + words * isqrt(words) // 8))


def count_fractions(count: int, bits: int) -> None:
    """Count operations on fractions with parts of so many bits, as :func:`count_products` does for integers.

    Each takes a greatest common divisor, by a method that is quadratic.
    """
    words = bits // WORD
    _count(count * (12 + 2 * words + words * words // 32))


class Measured(Protocol):
    """What has a length in bits: an integer, or a vector of integers."""

    def bit_length(self) -> int:
        """Return the bits of the longest integer."""


class Quotient(Protocol):
    """What is a quotient of such: a fraction, or a number of a field."""

    @property
    def numerator(self) -> Measured:
        """What is divided."""

    @property
    def denominator(self) -> int:
        """What it is divided by."""


def longest(numbers: Iterable[Quotient]) -> int:
    """Return the bits of the longest numerator or denominator.

    >>> from fractions import Fraction
    >>> longest([Fraction(7, 2), Fraction(1, 64)])
    7
    """
    return max((max(x.numerator.bit_length(), x.denominator.bit_length()) for x in numbers), default=0)


def _count(steps: int) -> None:
    allowed = _ALLOWANCE.get()
    if allowed is not None:
        allowed.spent += steps
        if allowed.spent > allowed.limit:
            raise TooMuchWorkError(f"more than {allowed.limit:,} steps of work")
