"""How fast the field drives points apart near a polynomial, in floats with a bound of their roundings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from exactdyn.softmax.flow.along import GUARD, SLACK, AttentionRow, Floats, Polynomial
from exactdyn.softmax.flow.series import Series, norm
from exactdyn.softmax.system import Drive, Pull

# Every float below is a sum of products, and what its roundings can be is less than SLACK times the same sum
# over absolute values: there are fewer than a million terms, each with a few roundings of 2^-53.
_UP = 1 + SLACK

ROUNDING = 2.0**-50
"""More than a difference of two floats, each a rounded number, is off, as a share of both."""


@dataclass(frozen=True)
class BallArray:
    """Arrays of balls: everything within ``radius`` of ``middle``."""

    middle: Floats
    radius: Floats

    @property
    def size(self) -> Floats:
        """The largest absolute values."""
        return np.abs(self.middle) + self.radius

    def widened(self, radius: Floats | float) -> BallArray:
        """Return the balls of everything within so much of these."""
        return BallArray(self.middle, self.radius + radius)


def _product(x: BallArray, y: BallArray) -> BallArray:
    # The matrix product, roundings included.
    error = np.abs(x.middle) @ y.radius + x.radius @ y.size
    return BallArray(x.middle @ y.middle, error * _UP + SLACK * (np.abs(x.middle) @ np.abs(y.middle)))


class LogarithmicNorms:
    """Bounds of the logarithmic infinity-norm of the field's derivative near a polynomial.

    ``parts``: into how many stretches of [0, 1] it is divided.
    Source: lemma ``tube`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.flow.along import attention_along
    >>> one = ((Fraction(1),),)
    >>> model, u = Drive(one, one, (1,)), Polynomial((((2, 1),),), 1, Fraction(1, 8), (0,))
    >>> round(LogarithmicNorms(model, u, attention_along(model, u), 1).norms(0.0)[0], 6)
    1.0
    """

    def __init__(self, model: Drive | Pull, u: Polynomial, rows: Sequence[AttentionRow], parts: int) -> None:
        self._parts = parts
        self._refs = list(u.refs)
        self._V, self._form = (_exact([[float(x) for x in row] for row in own]) for own in (model.V, model.B))
        self._weights = np.array([[float(weight) for weight in own] for own in model.row_weights])
        unit = 1 << u.bits
        self._points = _floats(u.coefficients, unit)
        start, moves = (
            np.array([[part(x) for x in row] for row in u.coefficients])
            for part in (lambda x: x[0] / unit, lambda x: norm(x[1:]) / unit)
        )
        apart = np.abs(start[None] - start[self._refs][:, None])
        rounding = SLACK * (np.abs(start)[None] + np.abs(start)[self._refs][:, None])
        self._reaches = (apart + rounding + moves[None] + moves[self._refs][:, None]) * _UP
        self._spans = self._reaches.max(axis=1)
        unit <<= GUARD
        self._shares = _floats([[share.polynomial for share in row.shares] for row in rows], unit)
        self._share_errors = np.array([[share.error / unit for share in row.shares] for row in rows])
        nothing = Series([0] * u.terms, 1)
        logits = [[own or nothing for own in row.logits] for row in rows]
        self._logits = _floats([[own.polynomial for own in row] for row in logits], unit)
        self._logit_errors = np.array(
            [[inf if own is None else own.error / unit for own in row.logits] for row in rows]
        )
        self._totals = _floats([row.total.polynomial for row in rows], unit)
        self._total_errors = np.array([row.total.error / unit for row in rows])
        self._offsets = _floats([[away.polynomial for away in row.offset] for row in rows], unit)
        self._offset_errors = np.array([[away.error / unit for away in row.offset] for row in rows])

    def norms(self, tube: float) -> list[float]:
        """Return a bound for each stretch, every coordinate up to ``tube`` off the polynomial."""
        with np.errstate(all="ignore"):
            found = [self._norm(part, tube) for part in range(self._parts)]
        return [own if own < inf else inf for own in found]  # inf for nan, too

    def _norm(self, part: int, tube: float) -> float:
        x = values(self._points, part, self._parts).widened(tube)
        query = _product(x, self._form)
        factor = self._factor(query, tube)
        chance = self._chances(part, factor)
        # A chance P_j may change by (e^(2 tau) - 1) P_j, and each x_j - x_m by twice the tube.
        turned = (factor - 1)[:, None] * np.einsum("ij,ija->ia", chance.size, self._reaches) + 2 * tube
        apart = self._apart(part, tube)
        off = _common(
            values(self._offsets, part, self._parts).widened(self._offset_errors + turned * _UP),
            _means(chance, apart),
        )
        lost = SLACK * (np.abs(apart.middle) + np.abs(off.middle[:, None]))
        away = BallArray(apart.middle - off.middle[:, None], apart.radius + off.radius[:, None] + lost)
        moved = _product(away, BallArray(self._V.middle.T, self._V.radius.T))
        own = self._own(chance, away, moved, query)
        others, each = chance.size.copy(), range(len(chance.size))
        others[each, each] = 0
        rows = np.empty(query.middle.shape)
        for a in range(rows.shape[1]):
            entry = self._entries(a, moved, query)
            sums = np.einsum("ij,ijb->i", others, entry.size)
            beside = np.delete(own.size[:, a], a, axis=1).sum(axis=1)
            rows[:, a] = sums + beside + own.middle[:, a, a] + own.radius[:, a, a]
            rows[:, a] += SLACK * (sums + beside + own.size[:, a, a])
        return float(rows.max())

    def _entries(self, a: int, moved: BallArray, query: BallArray) -> BallArray:
        # V_ab + (V (x_j - m_i))_a y_ib for all i, j, b.
        left, radius, v = moved.middle[:, :, a, None], moved.radius[:, :, a, None], self._V.middle[a]
        y, off = query.middle[:, None], query.radius[:, None]
        error = np.abs(left) * off + radius * (np.abs(y) + off) + self._V.radius[a]
        return BallArray(v + left * y, error * _UP + SLACK * (np.abs(v) + np.abs(left * y)))

    def _own(self, chance: BallArray, away: BallArray, moved: BallArray, query: BallArray) -> BallArray:
        # P_ii (V + V (x_i - m_i) y_i^T) + V C_i B^T for all i.
        each, size = range(len(query.middle)), range(query.middle.shape[1])
        middle = np.empty((len(each), len(size), len(size)))
        radius = np.empty_like(middle)
        here = BallArray(chance.middle[each, each][:, None], chance.radius[each, each][:, None])
        for a in size:
            entry = self._entries(
                a, BallArray(moved.middle[each, each][:, None], moved.radius[each, each][:, None]), query
            )
            first, off = entry.middle[:, 0], entry.radius[:, 0]
            middle[:, a] = here.middle * first
            radius[:, a] = (here.size * off + here.radius * np.abs(first)) * _UP + SLACK * np.abs(
                middle[:, a]
            )
        weighted = BallArray(
            chance.middle[:, :, None] * away.middle,
            (chance.size[:, :, None] * away.radius + chance.radius[:, :, None] * np.abs(away.middle)) * _UP,
        )
        turned = BallArray(weighted.middle.transpose(0, 2, 1), weighted.radius.transpose(0, 2, 1))
        covariance = _product(turned, away)
        through = _product(_product(self._V, covariance), BallArray(self._form.middle.T, self._form.radius.T))
        return BallArray(
            middle + through.middle, radius + through.radius + SLACK * (np.abs(middle) + through.size)
        )

    def _factor(self, query: BallArray, tube: float) -> Floats:
        # How much larger or smaller a probability may become in the tube: e^(2 tau).
        moved = np.abs(self._form.middle).sum(axis=0) * tube
        tau = (moved * (self._spans + 2 * tube) + 2 * tube * query.size).sum(axis=1) * _UP
        found: Floats = np.exp(2 * tau) * _UP
        return found

    def _apart(self, part: int, tube: float) -> BallArray:
        # x_j - x_m for the reference m of i: from differences of polynomials, exactly 0 of m and itself.
        middle, radius = np.empty((2, len(self._refs), *self._points.shape[:2]))
        sizes = np.abs(self._points).sum(axis=-1)
        for m in set(self._refs):
            found = values(self._points - self._points[m], part, self._parts)
            here = [i for i, own in enumerate(self._refs) if own == m]
            middle[here], radius[here] = (
                found.middle,
                found.radius + ROUNDING * (sizes + sizes[m]) + 2 * tube * _UP,
            )
            radius[here, m] = 0
        return BallArray(middle, radius)

    def _values_of_shares(self, part: int) -> BallArray:
        # From the logits, too: a polynomial is no good for what grows or falls fast.
        found = values(self._shares, part, self._parts).widened(self._share_errors)
        logit = values(self._logits, part, self._parts).widened(self._logit_errors)
        high, low = np.exp(logit.middle + logit.radius) * _UP, np.exp(logit.middle - logit.radius) / _UP
        return _common(found, BallArray((high + low) / 2, (high - low) / 2 + SLACK * high))

    def _chances(self, part: int, factor: Floats) -> BallArray:
        share = self._values_of_shares(part)
        total = values(self._totals, part, self._parts).widened(self._total_errors)
        high, low = share.middle + share.radius, np.maximum(share.middle - share.radius, 0)
        most = np.minimum(total.size * _UP, (high * self._weights).sum(axis=1) * _UP)
        least = np.maximum(total.middle - total.radius, (low * self._weights).sum(axis=1) / _UP)
        least = np.maximum(least - SLACK * total.size, self._weights[range(len(self._refs)), self._refs])
        highest = high * self._weights * (factor / least)[:, None] * _UP
        lowest = low * self._weights / (most * factor)[:, None] / _UP
        highest, lowest = np.minimum(highest, 1), np.maximum(lowest, 0)
        return BallArray((highest + lowest) / 2, (highest - lowest) / 2 + SLACK * highest)


class SumOfNorms:
    """Those of all heads: the logarithmic norm of a sum is at most the sum of the logarithmic norms."""

    def __init__(self, heads: Sequence[LogarithmicNorms]) -> None:
        """Take them together."""
        self._heads = heads

    def norms(self, tube: float) -> list[float]:
        """Return a bound for each stretch, where coordinates may be up to ``tube`` off the polynomial."""
        by_head = [own.norms(tube) for own in self._heads]
        return [sum(own) + SLACK * sum(map(abs, own)) for own in zip(*by_head, strict=True)]


def values(polynomials: Floats, number: int, parts: int) -> BallArray:
    """Return balls for the values of polynomials where number <= parts s <= number + 1.

    Each power of s is between those of the ends.

    >>> float(values(np.array([0.0, 1.0]), 1, 2).middle)
    0.75
    """
    powers = np.arange(polynomials.shape[-1])
    low, high = (number / parts) ** powers, ((number + 1) / parts) ** powers
    sizes = np.abs(polynomials)
    radius = sizes @ ((high - low) / 2) * _UP + SLACK * sizes.sum(axis=-1)
    return BallArray(polynomials @ ((low + high) / 2), radius)


def _common(x: BallArray, y: BallArray) -> BallArray:
    # What is in both; one number is. What is not known from y may be infinite there.
    low = np.fmax(x.middle - x.radius, y.middle - y.radius)
    high = np.fmin(x.middle + x.radius, y.middle + y.radius)
    lost = SLACK * (np.abs(low) + np.abs(high))
    return BallArray((low + high) / 2, np.maximum(high - low, 0) / 2 + lost)


def _means(chance: BallArray, apart: BallArray) -> BallArray:
    # sum_j P_ij (x_j - x_m)
    middle = np.einsum("ij,ija->ia", chance.middle, apart.middle)
    sizes = np.einsum("ij,ija->ia", np.abs(chance.middle), np.abs(apart.middle))
    error = np.einsum("ij,ija->ia", chance.size, apart.radius)
    error += np.einsum("ij,ija->ia", chance.radius, np.abs(apart.middle))
    return BallArray(middle, error * _UP + SLACK * sizes)


def _exact(rows: Sequence[Sequence[float]]) -> BallArray:
    found = np.array(rows)
    return BallArray(found, SLACK * np.abs(found))


def _floats(polynomials: Sequence[object], unit: int) -> Floats:
    def divided(own: object) -> object:
        return own / unit if isinstance(own, int) else [divided(part) for part in own]  # type: ignore[attr-defined]

    return np.array(divided(polynomials))
