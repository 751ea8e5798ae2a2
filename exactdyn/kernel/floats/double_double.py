"""Vectors in double-double arithmetic, about 106 bits, with a bound of the error: most of a state's floats.

A number is the unevaluated sum ``high + low`` of two float64 with |low| <= u |high|, u = 2**-53. What follows
bounds the error of one step of a state, c + kept (y - c), with c a mean and kept a number of [0, 1]; M is a
bound of all |high|, and all bounds leave out factors 1 + O(u), which :data:`STEP_TERMS` makes up for.

1. **A mean** of points with weights that add up to W. ``fsum`` rounds the exact sum of all 2 W floats once,
   and then what is left of it once: off by u**2 W M. high / W with its exact remainder (a float), plus low,
   over W: two roundings of something of size 2 u M. Together 6 u**2 M.
2. **y - c**: the difference of the two high parts is exact as a sum of two floats; two roundings, of the
   difference of the low parts (2 u M) and of what is added to it (4 u M). 6 u**2 M.
3. **Times kept**, a double-double itself, off by u**2: |y - c| <= 2 M. The product of the high parts is exact
   as a sum of two floats; the rounding of two products of 2 u M, of their sum (4 u M) and of what is added
   to it (6 u M), the product of the low parts (2 u**2 M), the error of kept (2 u**2 M). 18 u**2 M.
4. **Plus c**: two roundings, of 7 u M and 10 u M. 17 u**2 M.

The exact map is a convex combination, so errors of its arguments add nothing to each other. Underflow costs
less than :data:`~exactdyn.kernel.floats.shadow.STEP_UNDERFLOW` a step.

Source: Dekker, A floating-point technique for extending the available precision, Numerische Mathematik 18
(1971), for exact sums and products; Joldes, Muller and Popescu, Tight and rigorous error bounds for basic
building blocks of double-word arithmetic, ACM Transactions on Mathematical Software 44 (2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum
from typing import TypeVar

import numpy as np

from exactdyn.kernel.exact.itinerary import LayerRecord, Tie
from exactdyn.kernel.floats.shadow import STEP_UNDERFLOW, U

Real = TypeVar("Real", float, np.ndarray)

STEP_TERMS = 64
"""A step adds at most so many u**2 M: 47, and the factors 1 + O(u)."""

SPLITTER = 2.0**27 + 1
"""Dekker's: a float64 is split into two of 26 bits, whose products are exact."""

LEAST_NORMAL = 2.0**-1000
"""Sizes below this are left to exact arithmetic: floats may be subnormal there."""


@dataclass(frozen=True)
class DoubleDouble:
    """n vectors of dimension d within ``error`` of exact ones, in the maximum norm.

    >>> DoubleDouble(np.array([[1.0]]), np.array([[2.0**-60]]), 0.0).high.tolist()
    [[1.0]]
    """

    high: np.ndarray
    low: np.ndarray
    error: float

    def step(self, record: LayerRecord, kept: tuple[float, float]) -> DoubleDouble:
        """Return the vectors after a step to what each attends that keeps a part of each, between 0 and 1.

        ``kept``: this part as a double-double within u**2. What is not a representative is not looked at.
        Source: lemma ``convex-step`` in ``proofs_checks/FORMAT.md``; the bound above.

        >>> from exactdyn.kernel.exact.itinerary import Partition
        >>> record = LayerRecord(np.array([0, 0]), {}, Partition(2))
        >>> places = DoubleDouble(np.array([[1.0], [0.5]]), np.zeros((2, 1)), 0.0)
        >>> places.step(record, (0.5, 0.0)).high.tolist()
        [[1.0], [0.75]]
        """
        goal_high, goal_low = self.high.take(record.targets, 0), self.low.take(record.targets, 0)
        means: dict[int, list[tuple[float, float]]] = {}
        for token, tie in record.ties.items():
            mean = means.setdefault(id(tie), [])
            if not mean:
                mean += self._mean(tie)
            goal_high[token], goal_low[token] = zip(*mean, strict=True)
        high, low = _sum(self.high, -goal_high)
        low += self.low - goal_low
        high, low = _sum(high, low)
        product, rest = _product(high, kept[0])
        rest += kept[0] * low + kept[1] * high
        high, low = _sum(goal_high, product)
        low += goal_low + rest
        high, low = _sum(high, low)
        radius = float(np.abs(self.high).max())
        return DoubleDouble(high, low, self.error + STEP_TERMS * U * U * radius + STEP_UNDERFLOW)

    def _mean(self, tie: Tie) -> list[tuple[float, float]]:
        # What counts w times is summed w times: that needs no product.
        points = np.repeat(tie.points, tie.weights)
        weight = len(points)
        columns = np.concatenate([self.high[points], self.low[points]]).T.tolist()
        return [_mean_of(column, weight) for column in columns]

    def rounded(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the floats next to the exact numbers, and for every vector whether all are certain.

        Rounding is monotone: where the two ends of an interval are rounded to one float, all between are.

        >>> places = DoubleDouble(np.array([[1.0], [0.0]]), np.array([[2.0**-60], [0.0]]), 2.0**-100)
        >>> floats, certain = places.rounded()
        >>> floats[0].tolist(), certain.tolist()
        ([1.0], [True, False])
        """
        radius = float(np.abs(self.high).max())
        margin = 2 * (self.error + U * U * radius)
        above, below = self.high + (self.low + margin), self.high + (self.low - margin)
        certain = (above == below) & (np.abs(above) > LEAST_NORMAL)
        return above, certain.all(1)


def _mean_of(terms: list[float], weight: int) -> tuple[float, float]:
    total = fsum(terms)
    rest = fsum([*terms, -total])
    high = total / weight
    product, wrong = _product(high, float(weight))
    high, low = _sum(high, ((total - product) - wrong + rest) / weight)
    return high, low


def _sum(a: Real, b: Real) -> tuple[Real, Real]:
    """Return two floats that add up to a + b exactly, the first of them the sum rounded (Knuth)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def _product(a: Real, b: float) -> tuple[Real, Real]:
    """Return two floats that add up to a b exactly, the first of them the product rounded (Dekker)."""
    product = a * b
    shifted = SPLITTER * a
    a_high = shifted - (shifted - a)
    a_low = a - a_high
    scaled = SPLITTER * b
    b_high = scaled - (scaled - b)
    b_low = b - b_high
    return product, a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
