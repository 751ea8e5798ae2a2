"""Taylor coefficients of the solution through a point: good guesses in floats or integers, never trusted."""

from __future__ import annotations

from collections.abc import Sequence
from operator import mul
from typing import TypeAlias

import numpy as np

from exactdyn.softmax.balls import dyadic, fixed_point
from exactdyn.softmax.flow.field import References
from exactdyn.softmax.system import Drive

Coefficients: TypeAlias = list[list[list[int]]]
"""[point][coordinate][power], in units of 2^-bits."""

FLOAT_BITS = 48
"""Up to so many bits floats are good enough."""


def taylor(
    model: Drive, centre: Sequence[Sequence[int]], refs: References, bits: int, order: int
) -> Coefficients:
    """Return the Taylor coefficients 0..order of the solution through ``centre``, in units of 2^-bits.

    Rounding errors are not followed: what these coefficients are worth is proved afterwards, from the defect
    of the polynomial (:mod:`exactdyn.softmax.flow.piece`).
    Source: A. Griewank and A. Walther, Evaluating Derivatives (2nd edition, 2008), chapter 13.

    >>> from fractions import Fraction
    >>> one = ((Fraction(1),),)
    >>> taylor(Drive(one, one, (1,)), [[256]], (0,), 8, 3)      # x' = x
    [[[256, 256, 128, 42]]]
    """
    if bits <= FLOAT_BITS:
        found = _in_floats(model, centre, refs, bits, order)
        if np.isfinite(found).all():
            return [[[int(c) for c in powers] for powers in row] for row in np.rint(found).tolist()]
    return _in_integers(model, centre, refs, bits, order)


def _in_floats(
    model: Drive, centre: Sequence[Sequence[int]], refs: References, bits: int, order: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    V, form = (np.array([[float(c) for c in row] for row in own]) for own in (model.V, model.B))
    weights, chosen = np.array(model.weights, dtype=float), list(refs)
    count, dimension = len(centre), len(V)
    x = np.zeros((order + 1, count, dimension))
    x[0] = np.array([[c / (1 << bits) for c in row] for row in centre])
    y, means = np.zeros_like(x), np.zeros_like(x)
    away = np.zeros((order, count, count, dimension))
    slopes, shares = np.zeros((2, order, count, count))
    totals = np.zeros((order, count))
    with np.errstate(all="ignore"):
        for k in range(order):
            y[k] = x[k] @ form
            away[k] = x[k][None] - x[k][chosen][:, None]
            logits = np.einsum("lia,lija->ij", y[: k + 1], away[k::-1])
            slopes[k] = k * logits
            if k == 0:
                shares[k] = np.exp(logits)
            else:
                shares[k] = np.einsum("lij,lij->ij", slopes[1 : k + 1], shares[k - 1 :: -1]) / k
            totals[k] = shares[k] @ weights
            means[k] = np.einsum("lij,j,lija->ia", shares[: k + 1], weights, away[k::-1], optimize=False)
            if k:
                means[k] -= np.einsum("li,lia->ia", totals[1 : k + 1], means[k - 1 :: -1])
            means[k] /= totals[0][:, None]
            x[k + 1] = (x[k][chosen] + means[k]) @ V.T / (k + 1)
        return np.ldexp(np.moveaxis(x, 0, -1), bits)


def _in_integers(
    model: Drive, centre: Sequence[Sequence[int]], refs: References, bits: int, order: int
) -> Coefficients:
    V = [[fixed_point(x, bits) for x in row] for row in model.V]
    columns = [[fixed_point(row[a], bits) for row in model.B] for a in range(model.dimension)]
    coefficients: Coefficients = [[[x] for x in row] for row in centre]
    queries: Coefficients = [[[] for _ in row] for row in centre]
    differences: dict[int, Coefficients] = {m: [[[] for _ in row] for row in centre] for m in set(refs)}
    rows = [_Row(model.weights, model.dimension, bits) for _ in refs]
    for power in range(order):
        for x, y in zip(coefficients, queries, strict=True):
            for own, column in zip(y, columns, strict=True):
                own.append(sum(c * a[power] for c, a in zip(column, x, strict=True)) >> bits)
        for m, histories in differences.items():
            _append_differences(histories, coefficients, m, power)
        means = [row.advance(y, differences[m]) for row, y, m in zip(rows, queries, refs, strict=True)]
        for x, offset, m in zip(coefficients, means, refs, strict=True):
            target = [a[power] + b for a, b in zip(coefficients[m], offset, strict=True)]
            for own, row in zip(x, V, strict=True):
                own.append((sum(map(mul, row, target)) >> bits) // (power + 1))
    return coefficients


def _append_differences(histories: Coefficients, coefficients: Coefficients, m: int, power: int) -> None:
    for history, x in zip(histories, coefficients, strict=True):
        for own, a, b in zip(history, x, coefficients[m], strict=True):
            own.append(a[power] - b[power])


class _Row:
    """One row of attention as power series, one power after the other."""

    def __init__(self, weights: Sequence[int], dimension: int, bits: int) -> None:
        self._weights = weights
        self._bits = bits
        self._slopes: list[list[int]] = [[] for _ in weights]  # power times coefficient of the logit
        self._shares: list[list[int]] = [[] for _ in weights]
        self._totals: list[int] = []
        self._means: list[list[int]] = [[] for _ in range(dimension)]

    def advance(self, y: Sequence[list[int]], differences: Coefficients) -> list[int]:
        """Return the next coefficient of the mean of the differences."""
        power = len(self._totals)
        for j, difference in enumerate(differences):
            logit = sum(_product(own, x) for own, x in zip(y, difference, strict=True)) >> self._bits
            self._shares[j].append(self._share(j, logit, power))
        self._totals.append(sum(share[power] for share in self._shares))
        for a, mean in enumerate(self._means):
            parts = zip(self._shares, differences, strict=True)
            moment = sum(_product(share, difference[a]) for share, difference in parts)
            known = sum(map(mul, self._totals[1:], mean[::-1]))
            mean.append((moment - known) // self._totals[0])
        return [mean[power] for mean in self._means]

    def _share(self, j: int, logit: int, power: int) -> int:
        if power == 0:
            share = dyadic(logit, self._bits).exp().mid() * 2**self._bits
            return int(share.floor().unique_fmpz() or 0) * self._weights[j]
        self._slopes[j].append(power * logit)
        total: int = sum(map(mul, self._slopes[j], self._shares[j][::-1]))
        return (total >> self._bits) // power


def _product(x: list[int], y: list[int]) -> int:
    # The last coefficient of a product of two power series known to the same power.
    return sum(map(mul, x, y[::-1]))
