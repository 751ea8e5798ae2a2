"""Vectors of fractions, and integer vectors over one denominator, with what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from proofs_checks import work
from proofs_checks.format.reading import Matrix
from proofs_checks.work import longest


def over_one_denominator(rows: Matrix) -> tuple[list[list[int]], int]:
    """Return vectors as integer vectors over their least common denominator.

    >>> over_one_denominator(((Fraction(1, 2), Fraction(1, 3)),))
    ([[3, 2]], 6)
    """
    denominator = lcm(*(x.denominator for row in rows for x in row))
    count = sum(map(len, rows))
    work.count_fractions(count, denominator.bit_length())
    work.count_products(count, longest(x for row in rows for x in row))
    return [[x.numerator * (denominator // x.denominator) for x in row] for row in rows], denominator


def widest(rows: Sequence[Sequence[int]], denominator: int = 1) -> int:
    """Return the bits of the longest of these integers.

    >>> widest([[1, -8]])
    4
    """
    return max(denominator.bit_length(), *(x.bit_length() for row in rows for x in row))


def dot(x: Sequence[Fraction], y: Sequence[Fraction | int]) -> Fraction:
    """Return the inner product of two vectors of equal length.

    >>> dot([Fraction(1), Fraction(2)], [3, 4])
    Fraction(11, 1)
    """
    total = Fraction(0)
    for a, b in zip(x, y, strict=True):
        total += a * b
        work.count_fractions(1, max(longest((total, a)), b.numerator.bit_length()))
    return total


def summed(numbers: Sequence[Fraction]) -> Fraction:
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
