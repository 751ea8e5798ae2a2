"""Gordan's alternative: a point on the positive side of all rows, or a dependence between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from flint import fmpz, fmpz_mat

from exactdyn.geometry.programs.exact_simplex import ConePoint, Dependence, separate
from exactdyn.geometry.programs.floating import NEGLIGIBLE, Guess, float_rows, guess_separation, scale

_MAGNITUDES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 24, 32, 48, 64, *(2**bits for bits in range(7, 21)), 2**40)
"""Largest entries that a point is tried with: people read it, and small numbers make fast arithmetic."""


def alternative(rows: Sequence[Sequence[fmpz]], width: int) -> ConePoint | Dependence:
    """Find integers x with R x > 0, or positive weights y on some rows with R^T y = 0.

    ``rows``: m rows of ``width`` integers, m >= 0. The float guess is checked exactly: the point by one
    integer product, the weights by solving for them on their support; what neither settles goes to
    :func:`~exactdyn.geometry.programs.exact_simplex.separate`.
    Source: theorem of Gordan (1873); A. Schrijver, Theory of Linear and Integer Programming, section 7.8.

    >>> alternative([[fmpz(3), fmpz(1)], [fmpz(1), fmpz(2)]], 2)
    ConePoint(coordinates=(1, 1))
    >>> alternative([[fmpz(3)], [fmpz(-2)]], 1)
    Dependence(weights={0: 2, 1: 3})
    """
    if not rows:
        return ConePoint((fmpz(0),) * width)
    zero = next((k for k, row in enumerate(rows) if not any(row)), None)
    if zero is not None:
        return Dependence({zero: fmpz(1)})
    floats = float_rows(rows)
    guess = guess_separation(floats)
    return (
        _exact_point(rows, floats, guess)
        or _exact_dependence(rows, guess)
        or separate(rows, [scale(row) for row in rows], guess.basis)
    )


def _exact_point(rows: Sequence[Sequence[fmpz]], floats: np.ndarray, guess: Guess) -> ConePoint | None:
    # The guess, rounded at several magnitudes: the coarsest that does gives the shortest numbers.
    largest = np.abs(guess.point).max()
    if not 0 < largest < np.inf:
        return None
    candidates = np.round(np.outer(_MAGNITUDES, guess.point / largest))
    promising = np.flatnonzero((floats @ candidates.T).min(axis=0) > 0)
    if not promising.size:
        return None
    exact = fmpz_mat([list(row) for row in rows])
    for place in promising:
        coordinates = [int(x) for x in candidates[place]]
        if all(value > 0 for value in (exact * fmpz_mat(len(coordinates), 1, coordinates)).entries()):
            return ConePoint(tuple(map(fmpz, coordinates)))
    return None


def _exact_dependence(rows: Sequence[Sequence[fmpz]], guess: Guess) -> Dependence | None:
    # On the support of the guess the dependence is unique, so linear algebra finds it without rounding.
    support = np.flatnonzero(guess.weights > NEGLIGIBLE * guess.weights.max()).tolist()
    if not support:
        return None
    vectors, nullity = fmpz_mat([list(rows[k]) for k in support]).transpose().nullspace()
    if nullity != 1:
        return None
    weights = [vectors[place, 0] for place in range(len(support))]
    if all(weight <= 0 for weight in weights):
        weights = [-weight for weight in weights]
    if any(weight < 0 for weight in weights):
        return None
    pairs = zip(support, weights, strict=True)
    return Dependence({k: weight for k, weight in pairs if weight > 0})
