"""Taylor coefficients of the solution through a point: good guesses in floats or integers, never trusted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain
from math import floor, log2
from operator import mul
from typing import TypeAlias

import numpy as np

from exactdyn.softmax.balls import dyadic, fixed_point
from exactdyn.softmax.flow.field import References
from exactdyn.softmax.system import Drive, Pull

Coefficients: TypeAlias = list[list[list[int]]]
"""[point][coordinate][power], in units of 2^-bits."""

Floats: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"

FLOAT_BITS = 48
"""Up to so many bits floats are good enough."""


GUARD = 16
"""Bits beyond those that are asked for: more than the roundings of a few hundred powers take."""


def taylor(
    model: Drive,
    centre: Sequence[Sequence[int]],
    refs: Sequence[References],
    bits: int,
    order: int,
    longest: Fraction = Fraction(1),
) -> Coefficients:
    """Return the Taylor coefficients 0..order of the solution through ``centre``, in units of 2^-bits.

    ``refs``: for every head what its logits are taken relative to. ``longest``: what they are wanted for is a
    step at most so long, and coefficient k is as good as the k-th power of that asks for.

    Rounding errors are not followed: what these coefficients are worth is proved afterwards, from the defect
    of the polynomial (:mod:`exactdyn.softmax.flow.piece`).
    Source: A. Griewank and A. Walther, Evaluating Derivatives (2nd edition, 2008), chapter 13.

    >>> from fractions import Fraction
    >>> one = ((Fraction(1),),)
    >>> taylor(Drive(one, one, (1,)), [[256]], [(0,)], 8, 3)      # x' = x
    [[[256, 256, 128, 43]]]
    """
    if bits <= FLOAT_BITS:
        found = _in_floats(model, centre, refs, bits, order)
        if np.isfinite(found).all():
            return [[[int(c) for c in powers] for powers in row] for row in np.rint(found).tolist()]
    return _in_integers(model, centre, refs, bits, order, longest)


def _in_floats(
    model: Drive, centre: Sequence[Sequence[int]], refs: Sequence[References], bits: int, order: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    # Taylor's coefficients: (k+1) x_(k+1) is what the velocity has of power k.
    count, dimension = len(centre), model.dimension
    x = np.zeros((order + 1, count, dimension))
    x[0] = np.array([[c / (1 << bits) for c in row] for row in centre])
    heads = [_FloatHead(pull, own, x) for pull, own in zip(model.pulls, refs, strict=True)]
    with np.errstate(all="ignore"):
        for k in range(order):
            for head in heads:
                x[k + 1] += head.velocity(k) / (k + 1)
        return np.ldexp(np.moveaxis(x, 0, -1), bits)


class _FloatHead:
    """A head along the solution: everything as power series, [power][point], of which x is known so far."""

    def __init__(self, pull: Pull, refs: References, x: Floats) -> None:
        order, count = len(x) - 1, x.shape[1]
        self._V, self._form = (np.array([[float(c) for c in row] for row in own]) for own in (pull.V, pull.B))
        self._weights, self._chosen, self._x = np.array(pull.weights, dtype=float), list(refs), x
        self._y, self._means = np.zeros_like(x), np.zeros_like(x)
        self._away = np.zeros((order, count, count, x.shape[2]))
        self._slopes, self._shares = np.zeros((2, order, count, count))
        self._totals = np.zeros((order, count))

    def velocity(self, k: int) -> Floats:
        """Return the coefficient k of V m_i for every point; those before have been asked for."""
        x, shares, means = self._x, self._shares, self._means
        self._y[k] = x[k] @ self._form
        self._away[k] = x[k][None] - x[k][self._chosen][:, None]
        logits = np.einsum("lia,lija->ij", self._y[: k + 1], self._away[k::-1])
        self._slopes[k] = k * logits
        if k == 0:
            shares[k] = np.where(self._weights > 0, np.exp(logits) * self._weights, 0)
        else:
            shares[k] = np.einsum("lij,lij->ij", self._slopes[1 : k + 1], shares[k - 1 :: -1]) / k
        self._totals[k] = shares[k].sum(axis=1)
        means[k] = np.einsum("lij,lija->ia", shares[: k + 1], self._away[k::-1])
        if k:
            means[k] -= np.einsum("li,lia->ia", self._totals[1 : k + 1], means[k - 1 :: -1])
        means[k] /= self._totals[0][:, None]
        found: Floats = (x[k][self._chosen] + means[k]) @ self._V.T
        return found


def _in_integers(
    model: Drive,
    centre: Sequence[Sequence[int]],
    refs: Sequence[References],
    bits: int,
    order: int,
    longest: Fraction,
) -> Coefficients:
    # The same in units of 2^-(bits + GUARD), time in units of 2^-halvings, where the numbers of higher powers
    # are short: it is the products that cost. Differences from the reference points are kept for all heads,
    # power by power.
    halvings, finer = max(0, floor(-log2(longest))), bits + GUARD
    coefficients: Coefficients = [[[x << GUARD] for x in row] for row in centre]
    every = {m for own in refs for m in own}
    differences: dict[int, Coefficients] = {m: [[[] for _ in row] for row in centre] for m in every}
    heads = [
        _IntegerHead(pull, own, coefficients, finer, halvings)
        for pull, own in zip(model.pulls, refs, strict=True)
    ]
    for power in range(order):
        for m, histories in differences.items():
            _append_differences(histories, coefficients, m, power)
        velocities = [head.velocity(differences, power) for head in heads]
        for x, *moved in zip(coefficients, *velocities, strict=True):
            for own, *parts in zip(x, *moved, strict=True):
                own.append(sum(parts) // (power + 1))
    return [
        [[c << halvings * power >> GUARD for power, c in enumerate(powers)] for powers in row]
        for row in coefficients
    ]


class _IntegerHead:
    """A head along the solution, of which the coefficients are known so far."""

    def __init__(
        self, pull: Pull, refs: References, coefficients: Coefficients, bits: int, halvings: int
    ) -> None:
        size = range(len(pull.V))
        self._V = [[fixed_point(x / 2**halvings, bits) for x in row] for row in pull.V]
        self._columns = [[fixed_point(row[a], bits) for row in pull.B] for a in size]
        self._refs, self._coefficients, self._bits = refs, coefficients, bits
        self._queries: Coefficients = [[[] for _ in row] for row in coefficients]
        self._rows = [
            _Row(weights, m, len(size), bits) for weights, m in zip(pull.weights, refs, strict=True)
        ]

    def velocity(self, differences: dict[int, Coefficients], power: int) -> list[list[int]]:
        """Return the coefficient of this power of V m_i for every point."""
        for x, y in zip(self._coefficients, self._queries, strict=True):
            for own, column in zip(y, self._columns, strict=True):
                own.append(sum(c * a[power] for c, a in zip(column, x, strict=True)) >> self._bits)
        found = []
        for row, y, m in zip(self._rows, self._queries, self._refs, strict=True):
            offset = row.advance(y, differences[m])
            target = [a[power] + b for a, b in zip(self._coefficients[m], offset, strict=True)]
            found.append([sum(map(mul, own, target)) >> self._bits for own in self._V])
        return found


def _append_differences(histories: Coefficients, coefficients: Coefficients, m: int, power: int) -> None:
    for history, x in zip(histories, coefficients, strict=True):
        for own, a, b in zip(history, x, coefficients[m], strict=True):
            own.append(a[power] - b[power])


class _Row:
    """One row of attention as power series, one power after the other, relative to the point ``m``.

    Products of series that are added up are one sum over lists, end to end: there a call costs as much as
    dozens of products. Of a point whose exponential is 0 in these units all powers are, and at late times
    that is nearly every point: it costs nothing.
    """

    def __init__(self, weights: Sequence[int], m: int, dimension: int, bits: int) -> None:
        self._weights, self._m, self._bits = weights, m, bits
        self._slopes: dict[int, list[int]] = {}  # power times coefficient of the logit
        self._shares: dict[int, list[int]] = {}
        self._totals: list[int] = []
        self._means: list[list[int]] = [[] for _ in range(dimension)]

    def advance(self, y: Sequence[list[int]], differences: Coefficients) -> list[int]:
        """Return the next coefficient of the mean of the differences."""
        power, query = len(self._totals), [c for own in y for c in reversed(own)]
        if power == 0:
            self._begin(query, differences)
        else:
            for j, slopes in self._slopes.items():
                slopes.append(power * self._logit(query, differences[j]))
                total = sum(map(mul, slopes, reversed(self._shares[j])))
                self._shares[j].append((total >> self._bits) // power)
            self._totals.append(sum(share[power] for share in self._shares.values()))
        shares = [c for share in self._shares.values() for c in reversed(share)]
        for a, mean in enumerate(self._means):
            beside = chain.from_iterable(differences[j][a] for j in self._shares)
            known = sum(map(mul, self._totals[1:], reversed(mean)))
            mean.append((sum(map(mul, shares, beside)) - known) // self._totals[0])
        return [mean[power] for mean in self._means]

    def _begin(self, query: Sequence[int], differences: Coefficients) -> None:
        for j, weight in enumerate(self._weights):
            share = self._share(self._logit(query, differences[j])) * weight if weight and j != self._m else 0
            if share:
                self._slopes[j], self._shares[j] = [], [share]
        self._totals.append(
            (self._weights[self._m] << self._bits) + sum(own[0] for own in self._shares.values())
        )

    def _logit(self, query: Sequence[int], difference: Sequence[list[int]]) -> int:
        total: int = sum(map(mul, query, chain.from_iterable(difference)))
        return total >> self._bits

    def _share(self, logit: int) -> int:
        share = dyadic(logit, self._bits).exp().mid() * 2**self._bits
        return int(share.floor().unique_fmpz() or 0)
