"""Softmax attention of any heads and masks at positions that are balls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb

from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls, balls
from exactdyn.softmax.system import Pull


@dataclass(frozen=True)
class SoftRow:
    """A row of attention: for every point the share of all tokens there together, and the mean."""

    shares: list[arb]
    mean: list[arb]


def attention_rows(positions: Balls, pull: Pull) -> list[SoftRow]:
    """Return the row of attention of every point in a head, 0 for what it does not see.

    Logits are taken relative to the largest of what is seen, so that no exponential is large.
    Source: arXiv 2305.05465, equation (2).

    >>> from fractions import Fraction
    >>> one, zero = ((Fraction(1),),), ((Fraction(0),),)
    >>> rows = attention_rows([[arb(1)], [arb(-1)]], Pull(one, zero, ((3, 1), (0, 1))))
    >>> rows[0].shares, rows[1].mean
    ([0.750000000000000, 0.250000000000000], [-1.00000000000000])
    """
    columns = [list(column) for column in zip(*balls(pull.B), strict=True)]
    queries = ([inner(x, column) for column in columns] for x in positions)
    return [_row(y, positions, weights) for y, weights in zip(queries, pull.weights, strict=True)]


def _row(y: Sequence[arb], positions: Balls, weights: tuple[int, ...]) -> SoftRow:
    # Exponentials are relative to the largest logit, so that none is large.
    seen = [j for j, weight in enumerate(weights) if weight]
    m = max(seen, key=lambda j: inner(y, positions[j]).mid())
    away = {j: [a - b for a, b in zip(positions[j], positions[m], strict=True)] for j in seen if j != m}
    shares = {j: inner(y, difference).exp() * weights[j] for j, difference in away.items()}
    total = weights[m] + sum(shares.values(), arb(0))
    inverse = 1 / total
    mean = list(positions[m])
    for a in range(len(mean)):
        mean[a] += sum((shares[j] * difference[a] for j, difference in away.items()), arb(0)) * inverse
    shares[m] = arb(weights[m])
    return SoftRow([shares[j] * inverse if weight else arb(0) for j, weight in enumerate(weights)], mean)
