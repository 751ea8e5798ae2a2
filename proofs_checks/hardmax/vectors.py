"""Vectors of numbers, and of integers over one denominator, with what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, pairwise
from math import lcm
from operator import mul
from typing import TypeVar, cast

from proofs_checks import work
from proofs_checks.format.field_number import FieldNumber, Integer, Matrix, Number, Rows
from proofs_checks.work import longest

Kind = TypeVar("Kind", Fraction, Number)
"""Rational numbers, or any."""


def over_one_denominator(rows: Matrix) -> tuple[Rows, int]:
    """Return vectors as integer vectors over their least common denominator.

    >>> over_one_denominator(((Fraction(1, 2), Fraction(1, 3)),))
    ([[3, 2]], 6)
    """
    denominator = lcm(*(x.denominator for row in rows for x in row))
    count = sum(map(len, rows))
    work.count_fractions(count, denominator.bit_length())
    work.count_products(count, longest(x for row in rows for x in row))
    return [[x.numerator * (denominator // x.denominator) for x in row] for row in rows], denominator


def quotient(numerator: Integer, denominator: int) -> Number:
    """Return a number from its numerator and its positive denominator.

    >>> quotient(3, 6)
    Fraction(1, 2)
    """
    return Fraction(numerator, denominator) if isinstance(numerator, int) else numerator / denominator


def divided(number: Integer, divisor: Integer) -> Integer:
    """Return an integer, or a vector of integers, divided by one that leaves no remainder.

    >>> divided(6, 3)
    2
    """
    if isinstance(divisor, FieldNumber):
        return number / divisor
    return number // divisor if isinstance(number, int) else number / divisor


def widest(rows: Sequence[Sequence[Integer]], denominator: int = 1) -> int:
    """Return the bits of the longest of these integers.

    >>> widest([[1, -8]])
    4
    """
    numbers = [*chain.from_iterable(rows)]
    try:
        longest = max(map(int.bit_length, cast("Sequence[int]", numbers)))
    except TypeError:  # there are numbers of a field
        longest = max(x.bit_length() for x in numbers)
    return max(denominator.bit_length(), longest)


def firsts(rows: Sequence[Sequence[Integer | Fraction]]) -> list[int]:
    """Return for each vector which one is the first that equals it.

    Numbers of a field have no hash, so vectors of such are sorted.

    >>> firsts([[3, 1], [2, 1], [3, 1]])
    [0, 1, 0]
    """
    if not any(isinstance(x, FieldNumber) for row in rows for x in row):
        seen: dict[tuple[object, ...], int] = {}
        return [seen.setdefault(tuple(row), place) for place, row in enumerate(rows)]
    order = sorted(range(len(rows)), key=lambda place: tuple(rows[place]))
    found = list(range(len(rows)))
    for earlier, later in pairwise(order):
        if tuple(rows[earlier]) == tuple(rows[later]):
            found[later] = found[earlier]
    return found


def dot(x: Sequence[Kind], y: Sequence[Kind | int]) -> Kind:
    """Return the inner product of two vectors of equal length.

    >>> dot([Fraction(1), Fraction(2)], [3, 4])
    Fraction(11, 1)
    """
    total: Kind = Fraction(0)
    for a, b in zip(x, y, strict=True):
        total += a * b
        work.count_fractions(1, max(longest((total, a)), b.numerator.bit_length()))
    return total


def inner(x: Sequence[Integer], y: Sequence[Integer]) -> Integer:
    """Return the inner product of two integer vectors; who asks for many counts what they cost.

    >>> inner([1, 2], [3, 4])
    11
    """
    total: Integer = sum(map(mul, x, y))
    return total


def summed(numbers: Sequence[Kind]) -> Kind:
    """Return the sum of numbers.

    >>> summed([Fraction(1, 2), Fraction(1, 3)])
    Fraction(5, 6)
    """
    return dot(numbers, (1,) * len(numbers))


def positive_multiple(rows: Matrix, of: Matrix) -> bool:
    """Tell whether a matrix is a positive multiple of another one.

    >>> one, two = ((Fraction(1), Fraction(-1)),), ((Fraction(2), Fraction(-2)),)
    >>> positive_multiple(two, one), positive_multiple(one, ((Fraction(-1), Fraction(1)),))
    (True, False)
    """
    pairs = [pair for both in zip(rows, of, strict=True) for pair in zip(*both, strict=True)]
    work.count_fractions(len(pairs), 2 * max(longest(pair) for pair in pairs))
    x, y = next((pair for pair in pairs if any(pair)), (Fraction(1), Fraction(1)))
    return x * y > 0 and all(a * y == b * x for a, b in pairs)


def determinant(rows: Rows) -> Integer:
    """Return the determinant of an integer matrix.

    Fraction-free elimination (Bareiss): every division leaves no remainder.

    >>> determinant([[2, 1], [1, 3]])
    5
    """
    rows, size, sign = [row.copy() for row in rows], len(rows), 1
    divisor: Integer = 1
    work.count_products(size**3, size * widest(rows))
    for k in range(size - 1):
        pivot = next((i for i in range(k, size) if rows[i][k]), None)
        if pivot is None:
            return 0
        if pivot != k:
            rows[k], rows[pivot], sign = rows[pivot], rows[k], -sign
        for i in range(k + 1, size):
            factor = rows[i][k]
            rows[i] = [
                divided(x * rows[k][k] - factor * y, divisor) for x, y in zip(rows[i], rows[k], strict=True)
            ]
        divisor = rows[k][k]
    return sign * rows[-1][-1]
