"""What logits are taken relative to, so that no exponential is large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from flint import arb

from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls, largest

References: TypeAlias = tuple[int, ...]
"""For every point another one; logits are taken relative to it. Which one only matters for quality: the one
with the largest logit keeps every exponential below 1."""


TIE = 2.0**-40
"""Logits that differ by less are taken to be equal: their roundings decide nothing."""


def references(positions: Balls, form: Balls, seen: Sequence[Sequence[int]] | None = None) -> References:
    """Return for every point the one with the largest logit, going by midpoints, the first where these tie.

    Floats would not do: at late times logits of 10^18 differ by a hundred.

    ``seen``: for every point how many tokens it sees at each; only where it sees some one is chosen.

    >>> references([[arb(1)], [arb(-2)]], [[arb(1)]])
    (0, 1)
    >>> references([[arb(1)], [arb(-2)]], [[arb(1)]], [[0, 1], [1, 0]])
    (1, 0)
    """
    chosen = []
    for i, y in enumerate(times(positions, form)):
        logits = {j: inner(y, x).mid() for j, x in enumerate(positions) if seen is None or seen[i][j]}
        nearly = largest(logits.values()) - TIE
        chosen.append(next(j for j, logit in logits.items() if not logit < nearly))
    return tuple(chosen)


def times(rows: Sequence[Sequence[arb]], matrix: Balls) -> Balls:
    """Return rows times a matrix.

    >>> times([[arb(1), arb(2)]], [[arb(0), arb(1)], [arb(1), arb(0)]])
    [[2.00000000000000, 1.00000000000000]]
    """
    columns = [list(column) for column in zip(*matrix, strict=True)]
    return [[inner(row, column) for column in columns] for row in rows]
