"""Softmax attention along a polynomial, every number a power series in s."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import TypeAlias

import numpy as np
from flint import fmpz_poly

from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import common_denominator
from exactdyn.softmax.flow.field import References
from exactdyn.softmax.flow.series import Series, cut, exponential, inverse, norm, times
from exactdyn.softmax.system import Drive, Pull

Floats: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"

Grid: TypeAlias = tuple[tuple[tuple[int, ...], ...], ...]
"""[point][coordinate][power], in units of 2^-bits."""

GUARD = 32
"""Bits that are computed with beyond those of the polynomials."""

SLACK = 1e-9
"""More than what sums and products of thousands of floats lose, as a share of what they add up."""


@dataclass(frozen=True)
class Polynomial:
    """Points as polynomials u_ia(s), s in [0, 1], of a step of this length.

    ``coefficients``: [point][coordinate][power], in units of 2^-bits. ``refs``: for every point another one;
    logits are taken relative to it, which only matters for quality.
    """

    coefficients: Grid
    bits: int
    length: Fraction
    refs: References

    @property
    def terms(self) -> int:
        """The number of coefficients.

        >>> Polynomial((((2, 1),),), 1, Fraction(1, 8), (0,)).terms
        2
        """
        return len(self.coefficients[0][0])


@dataclass(frozen=True)
class AttentionRow:
    """A row of attention seen from its reference point m, in units of 2^-(bits + GUARD).

    ``logits``: those of j less that of m, None where the exponential is at most a unit. ``shares``: their
    exponentials. ``total``: the sum of these, each as often as there are tokens. ``offset``: the mean of
    x_j - x_m.
    """

    logits: list[Series | None]
    shares: list[Series]
    total: Series
    offset: list[Series]


def attention_along(model: Drive | Pull, u: Polynomial) -> list[AttentionRow]:
    """Return the rows of attention along a polynomial: of the one head, or of a head of several.

    Raises :class:`~exactdyn.softmax.flow.series.TooSteepError` where they are not bounded.
    Source: lemma ``defect`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> one = ((Fraction(1),),)
    >>> (row,) = attention_along(Drive(one, one, (3,)), Polynomial((((2, 1),),), 1, Fraction(1, 8), (0,)))
    >>> row.total.polynomial == [3 << 33, 0], row.offset[0].polynomial
    (True, [0, 0])
    """
    along = _Along(model, u)
    return [along.row(i, weights) for i, weights in enumerate(model.row_weights)]


def defect(
    model: Drive | Pull,
    u: Polynomial,
    rows: Sequence[AttentionRow],
    *others: tuple[Pull, Polynomial, Sequence[AttentionRow]],
) -> tuple[Fraction, Fraction]:
    """Return two bounds whose sum bounds |u' - length f(u)| on [0, 1]: of the low powers, of what is beyond.

    ``others``: further heads, with the same polynomial and their rows.
    Source: lemma ``defect`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> one = ((Fraction(1),),)
    >>> model, u = Drive(one, one, (1,)), Polynomial((((2, 1),),), 1, Fraction(1, 2), (0,))
    >>> low, beyond = defect(model, u, attention_along(model, u))
    >>> low, round(beyond, 6)
    (Fraction(0, 1), Fraction(1, 4))
    """
    parts = [(model, u, rows), *others]
    scale = lcm(*(_integral(own.V)[1] for own, _, _ in parts))
    top, bottom = u.length.numerator, scale * u.length.denominator
    low = beyond = 0
    heads = [_velocities(*part, scale) for part in parts]
    for i, x in enumerate(u.coefficients):
        for a, powers in enumerate(x):
            error = sum(own[i][a].error for own in heads)
            velocity = list(map(sum, zip(*(own[i][a].polynomial for own in heads), strict=True)))
            slopes = [k * c * bottom << GUARD for k, c in enumerate(powers)][1:]
            low = max(low, sum(abs(a - top * b) for a, b in zip(slopes, velocity, strict=False)))
            beyond = max(beyond, top * (abs(velocity[-1]) + error))
    unit = bottom << u.bits + GUARD
    return Fraction(low, unit), Fraction(beyond, unit)


def _velocities(
    model: Drive | Pull, u: Polynomial, rows: Sequence[AttentionRow], scale: int
) -> list[list[Series]]:
    # V m_i of a head, over a multiple of the denominator of V.
    factors, own = _integral(model.V)
    found = []
    for m, row in zip(u.refs, rows, strict=True):
        means = [
            [(c << GUARD) + b for c, b in zip(powers, away.polynomial, strict=True)]
            for powers, away in zip(u.coefficients[m], row.offset, strict=True)
        ]
        velocity = []
        for line in factors:
            factor = [scale // own * f for f in line]
            error = sum(abs(f) * away.error for f, away in zip(factor, row.offset, strict=True))
            moved = [
                sum(f * c for f, c in zip(factor, column, strict=True)) for column in zip(*means, strict=True)
            ]
            velocity.append(Series(moved, error))
        found.append(velocity)
    return found


def _integral(matrix: Rows) -> tuple[list[list[int]], int]:
    common = common_denominator(matrix)
    return [[int(x * common) for x in row] for row in matrix], common


class _Along:
    def __init__(self, model: Drive | Pull, u: Polynomial) -> None:
        self._u = u
        self._bits = u.bits + GUARD
        self._form, self._scale = _integral(model.B)
        self._points = [[fmpz_poly(list(powers)) for powers in x] for x in u.coefficients]
        columns = list(zip(*self._form, strict=True))
        self._queries = [
            [sum((f * c for f, c in zip(column, x, strict=True)), fmpz_poly()) for column in columns]
            for x in self._points
        ]
        self._away: dict[int, list[list[fmpz_poly]]] = {}

    def row(self, i: int, weights: Sequence[int]) -> AttentionRow:
        """Return the attention of a point, each other one having this weight."""
        m, count, bits = self._u.refs[i], self._u.terms, self._bits
        nothing, unit = Series([0] * count, 1), Series([1 << bits, *[0] * (count - 1)], 0)
        shares = [nothing] * len(self._points)
        shares[m] = unit
        away = self._differences(m)
        matters = [j for j in np.flatnonzero(self._matters[i]).tolist() if j != m and weights[j]]
        logits: list[Series | None] = [None] * len(self._points)
        logits[m] = Series([0] * count, 0)
        for j in matters:
            logit = self._logit(
                sum((y * x for y, x in zip(self._queries[i], away[j], strict=True)), fmpz_poly())
            )
            logits[j], shares[j] = logit, exponential(logit, bits)
        total = Series(
            [
                sum(column)
                for column in zip(
                    *(_multiple(weights[j], shares[j].polynomial) for j in [m, *matters]), strict=True
                )
            ],
            sum(w * share.error for w, share in zip(weights, shares, strict=True)),
        )
        reciprocal = inverse(total, bits)
        packed = [(j, fmpz_poly(_multiple(weights[j], shares[j].polynomial))) for j in matters]
        offset = []
        for a in range(len(away[0])):
            moment = sum((share * away[j][a] for j, share in packed), fmpz_poly())
            spans = self._spans[a]
            error = sum(
                w * share.error * (abs(int(away[j][a][0])) + spans[j] + spans[m])
                for j, (w, share) in enumerate(zip(weights, shares, strict=True))
            )
            offset.append(times(cut(moment, count, 1, 1 << self._u.bits, error), reciprocal, bits))
        return AttentionRow(logits, shares, total, offset)

    def _logit(self, logit: fmpz_poly) -> Series:
        more = self._bits - 2 * self._u.bits
        return cut(logit, self._u.terms, 1 << max(0, more), self._scale << max(0, -more), 0)

    def _differences(self, m: int) -> list[list[fmpz_poly]]:
        if m not in self._away:
            self._away[m] = [[a - b for a, b in zip(x, self._points[m], strict=True)] for x in self._points]
        return self._away[m]

    @cached_property
    def _spans(self) -> list[list[int]]:
        # [coordinate][point]: how far a point may move from where it is at the start.
        return [[norm(x[a][1:]) for x in self._u.coefficients] for a in range(len(self._form))]

    @cached_property
    def _matters(self) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        # Whether exp(logit) may be more than a unit in the norm: exp(-7/10) < 1/2.
        unit = 1 << self._u.bits
        start = np.array([[x[0] / unit for x in row] for row in self._u.coefficients])
        moves = np.array([[norm(x[1:]) / unit for x in row] for row in self._u.coefficients])
        query = np.array([[int(y[0]) / (unit * self._scale) for y in row] for row in self._queries])
        turns = np.array(
            [
                [int(sum(map(abs, y.coeffs()[1:]))) / (unit * self._scale) for y in row]
                for row in self._queries
            ]
        )
        refs = list(self._u.refs)
        away, reach = start[None] - start[refs][:, None], moves[None] + moves[refs][:, None]
        sizes = np.abs(start)[None] + np.abs(start)[refs][:, None] + reach
        highest = np.einsum("ia,ija->ij", query, away) + np.einsum("ia,ija->ij", np.abs(query), reach)
        highest += np.einsum("ia,ija->ij", turns, np.abs(away) + reach)
        lost = SLACK * np.einsum("ia,ija->ij", np.abs(query) + turns, sizes)
        found: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] = ~(highest + lost < -0.7 * self._bits - 1)
        return found


def _multiple(factor: int, polynomial: Sequence[int]) -> list[int]:
    return [factor * c for c in polynomial]
