"""Guesses in floating point for exact linear programs: HiGHS proposes, whoever asked checks exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from flint import fmpz

NEGLIGIBLE = 1e-9
"""Weights below this part of the largest are taken for zeros that were not computed exactly."""


@dataclass(frozen=True)
class Guess:
    """What HiGHS proposes for rows G (m x N): nothing in it is certain.

    ``point``: x with max |x_c| <= 1 and the least entry of G x as large as possible. ``weights``: y >= 0 of
    sum 1 with G^T y as small as possible. ``basis``: the basic columns, 0..m-1 for the weights, then N for
    the positive and N for the negative parts of G^T y.
    """

    point: np.ndarray
    weights: np.ndarray
    basis: tuple[int, ...]


def float_rows(rows: Sequence[Sequence[fmpz]]) -> np.ndarray:
    """Return integer rows as floats, each divided by a power of two that makes its entries at most 1.

    Only then is anything rounded: a row may be a difference that is far smaller than its terms were.

    >>> float_rows([[fmpz(2) ** 3000, fmpz(2) ** 2999]])
    array([[0.5 , 0.25]])
    """
    return np.array([_scaled(row) for row in rows], dtype=float)


def scale(row: Sequence[fmpz]) -> int:
    """Return the power of two by which :func:`float_rows` divides a row.

    >>> scale([fmpz(-5), fmpz(2)])
    8
    """
    return 1 << max((int(x).bit_length() for x in row), default=0)


def guess_separation(G: np.ndarray) -> Guess:
    """Let HiGHS minimise |G^T y|_1 over y >= 0 with sum 1; the dual variables are the point.

    ``G``: m x N floats, m >= 1. The program is always feasible and bounded, so both sides of the
    alternative (a point with G x > 0, weights with G^T y = 0) fall out of one call without a ray.
    Source: theorem of Gordan (1873).

    >>> guess_separation(np.array([[1.0, 0.0], [0.0, 1.0]])).point
    array([1., 1.])
    """
    # HiGHS takes as long to load as a small run, and most questions need no linear program.
    from exactdyn.geometry.programs.highs import INFINITY, FloatProgram, optimum

    m, N = G.shape
    columns = m + 2 * N
    right = np.zeros(N + 1)
    right[N] = 1
    values = np.concatenate([np.hstack([G, np.ones((m, 1))]).ravel(), np.ones(N), -np.ones(N)])
    indices = np.concatenate([np.tile(np.arange(N + 1), m), np.arange(N), np.arange(N)])
    starts = np.concatenate([np.arange(m + 1) * (N + 1), m * (N + 1) + np.arange(1, 2 * N + 1)])
    found = optimum(
        FloatProgram(
            np.concatenate([np.zeros(m), np.ones(2 * N)]),
            (np.zeros(columns), np.full(columns, INFINITY)),
            (right, right),
            starts,
            indices,
            values,
        )
    )
    return Guess(-found.dual[:N], found.primal[:m], found.basic)


def _scaled(row: Sequence[fmpz]) -> list[float]:
    divisor = scale(row)
    return [int(x) / divisor for x in row]  # Python rounds the quotient of two integers correctly
