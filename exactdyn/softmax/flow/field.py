"""The rows of attention at one moment, over balls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flint import arb

from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls

Value: TypeAlias = Any
"""A ball, or a power series of balls: the same formulas serve both."""

References: TypeAlias = tuple[int, ...]
"""For every point another one; logits are taken relative to it. Which one only matters for quality: the one
with the largest logit keeps every exponential below 1."""


@dataclass(frozen=True)
class Arrangement:
    """Positions x_j, and their differences x_j - x_m, enclosed on their own so that nothing cancels.

    ``positions``: [point][coordinate]. ``differences``: for each reference m the same for x_j - x_m.
    """

    positions: list[list[Value]]
    differences: dict[int, list[list[Value]]]


def arrangement(positions: Balls, references: References) -> Arrangement:
    """Return positions with their differences, where nothing better is known of these.

    >>> arrangement([[arb(2)], [arb(5)]], (1, 1)).differences
    {1: [[-3.00000000000000], [0]]}
    """
    differences = {
        m: [[x - y for x, y in zip(row, positions[m], strict=True)] for row in positions]
        for m in set(references)
    }
    return Arrangement(positions, differences)


def references(positions: Balls, form: Balls, seen: Sequence[Sequence[int]] | None = None) -> References:
    """Return for every point the one with the largest logit, going by midpoints.

    ``seen``: for every point how many tokens it sees at each; only where it sees some one is chosen.

    >>> references([[arb(1)], [arb(-2)]], [[arb(1)]])
    (0, 1)
    >>> references([[arb(1)], [arb(-2)]], [[arb(1)]], [[0, 1], [1, 0]])
    (1, 0)
    """
    chosen = []
    for i, y in enumerate(times(positions, form)):
        logits = {j: float(inner(y, x).mid()) for j, x in enumerate(positions) if seen is None or seen[i][j]}
        chosen.append(max(logits, key=lambda j: logits[j]))
    return tuple(chosen)


def times(rows: Sequence[Sequence[Value]], matrix: Balls) -> list[list[Value]]:
    """Return rows times a matrix.

    >>> times([[arb(1), arb(2)]], [[arb(0), arb(1)], [arb(1), arb(0)]])
    [[2.00000000000000, 1.00000000000000]]
    """
    columns = [list(column) for column in zip(*matrix, strict=True)]
    return [[inner(row, column) for column in columns] for row in rows]


@dataclass(frozen=True)
class Attention:
    """A row of softmax attention seen from its reference point m.

    ``shares``: E_j = (weight of j) exp(logit of j - logit of m). ``total``: their sum. ``offset``: mean of
    x_j - x_m under the probabilities E_j / total.
    """

    shares: list[Value]
    total: Value
    offset: list[Value]


def attention_row(
    y: list[Value], m: int, differences: list[list[Value]], weights: Sequence[int]
) -> Attention:
    """Return a row of attention for logits <y, x_j>, given the differences x_j - x_m.

    Source: arXiv 2305.05465, equation (2).

    >>> attention_row([arb(0)], 0, [[arb(0)], [arb(6)]], (2, 1)).offset
    [[2.00000000000000 +/- ...]]
    """
    shares: list[Value] = []
    total: Value = arb(weights[m])
    sums: list[Value] = [arb(0)] * len(y)
    for j, difference in enumerate(differences):
        if j == m:
            shares.append(arb(weights[m]))
            continue
        share = inner(y, difference).exp() * weights[j]
        shares.append(share)
        total = total + share
        sums = [s + share * x for s, x in zip(sums, difference, strict=True)]
    inverse = 1 / total
    return Attention(shares, total, [s * inverse for s in sums])


def means(state: Arrangement, refs: References, form: Balls, weights: Sequence[int]) -> list[list[Value]]:
    """Return the softmax mean m_i = sum_j P_ij x_j of every point.

    Source: arXiv 2305.05465, equation (1).

    >>> state = arrangement([[arb(1)], [arb(-1)]], (0, 0))
    >>> means(state, (0, 0), [[arb(0)]], (3, 1))
    [[0.500000000000000], [0.500000000000000]]
    """
    found = []
    for y, m in zip(times(state.positions, form), refs, strict=True):
        row = attention_row(y, m, state.differences[m], weights)
        found.append([x + offset for x, offset in zip(state.positions[m], row.offset, strict=True)])
    return found
