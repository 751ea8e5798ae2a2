"""The largest of many scores, all scores of a direction in one product of integers.

Python multiplies long integers as fast as the machine does, but takes ten times as long for every product of
short ones. So the coordinates y_1, ..., y_n of all places are packed into one integer sum y_j 2**(w j), and a
direction times these, coordinate by coordinate, is sum s_j 2**(w j) with all its scores s_j. With 2**(w-1)
added to each, none of the n digits to the base 2**w is negative or has more than w bits, as every s_j is
less than 2**(w-1) in size: they do not run into each other, and their first 64 bits are in the order of the
scores.

One place is subtracted from all, which changes no comparison, and long integers are cut first:
F = F' 2**c + f and Y = Y' 2**a + y, the one power for all places, the other for each direction, with
0 <= f < 2**c and 0 <= y < 2**a. As

    F Y / 2**(a+c) - F' Y' = F' y/2**a + (f/2**c) Y' + (f/2**c) (y/2**a),

a sum of d such products, cut, is off by at most d (max|F'| + max|Y'| + 1): places whose score is less than
the largest by more than twice that are not attended. Those that are left are compared exactly.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from operator import mul

from proofs_checks.hardmax.vectors import widest

FEW = 24
"""With fewer places than this, scores are computed one by one."""

WORD = 64
"""Bits of a score that are looked at first."""

LEADING = 26
"""How many bits of the longest coordinate are kept: a score of up to 500 of them is then within a word."""

Vectors = Sequence[Sequence[int]]


def largest_scores(directions: Vectors, places: Vectors) -> list[frozenset[int]]:
    """Return for each direction F the places Y at which <F, Y> is largest: all integer vectors.

    >>> [sorted(own) for own in largest_scores([[1, 0], [0, -1], [0, 0]], [[2, 5], [3, 5], [3, 6]])]
    [[1, 2], [0, 1], [0, 1, 2]]
    """
    if not directions or len(places) < FEW:
        return [_best(direction, places, range(len(places))) for direction in directions]
    apart = [[y - x for x, y in zip(places[0], place, strict=True)] for place in places]
    lost = max(0, widest(apart) - LEADING)
    here = [[y >> lost for y in row] for row in apart] if lost else apart
    beyond = [widest([direction]) - LEADING for direction in directions]
    leading = [
        [x >> less if less > 0 else x << -less for x in direction]
        for less, direction in zip(beyond, directions, strict=True)
    ]
    size, long, high = len(places[0]), widest(leading), widest(here)
    bits = long + high + size.bit_length() + 1
    words = -(-bits // WORD)
    width, spare = WORD * words, WORD * words - bits
    off = size * ((1 << long) + (1 << high) + 1) if lost or max(beyond) > 0 else 0
    margin = -(-(2 * off << spare) >> (width - WORD))  # rounded up
    halves = packed([0] * len(places), width)
    columns = [(packed(column, width) - halves) << spare for column in zip(*here, strict=True)]
    found = []
    for direction, cut in zip(directions, leading, strict=True):
        scores = array("Q", sum(map(mul, cut, columns), halves).to_bytes(words * 8 * len(places), "little"))
        if sys.byteorder == "big":
            scores.byteswap()
        first = scores[words - 1 :: words].tolist()
        least = max(first) - margin
        close = [j for j, score in enumerate(first) if score >= least]
        found.append(frozenset(close) if len(close) == 1 else _best(direction, places, close))
    return found


def packed(numbers: Sequence[int], width: int) -> int:
    """Return the sum of (x_j + 2**(width-1)) 2**(width j); the width is a multiple of 8.

    Every x_j is from -2**(width-1) to 2**(width-1) - 1.

    >>> hex(packed([1, 0, -1], 8))
    '0x7f8081'
    """
    half = 1 << (width - 1)
    return int.from_bytes(b"".join((x + half).to_bytes(width // 8, "little") for x in numbers), "little")


def _best(direction: Sequence[int], places: Vectors, among: Sequence[int]) -> frozenset[int]:
    scores = [sum(map(mul, direction, places[j])) for j in among]
    largest = max(scores)
    return frozenset(j for j, score in zip(among, scores, strict=True) if score == largest)
