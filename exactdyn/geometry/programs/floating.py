"""Guesses in floating point for exact linear programs: HiGHS proposes, whoever asked checks exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import local

import highspy
import numpy as np
from flint import fmpz

NEGLIGIBLE = 1e-9
"""Weights below this part of the largest are taken for zeros that were not computed exactly."""

_OF_THREAD = local()


class _SilentHighs(highspy.Highs):
    """HiGHS that prints nothing: since 1.16 it prints two lines while it is made, from C, on stdout."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the first thing its constructor does
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


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
    Source: theorem of Gordan (1873); for HiGHS Q. Huangfu and J. A. J. Hall, Parallelizing the dual revised
    simplex method, Mathematical Programming Computation 10 (2018).

    >>> guess_separation(np.array([[1.0, 0.0], [0.0, 1.0]])).point
    array([1., 1.])
    """
    m, N = G.shape
    columns = m + 2 * N
    right = np.zeros(N + 1)
    right[N] = 1
    values = np.concatenate([np.hstack([G, np.ones((m, 1))]).ravel(), np.ones(N), -np.ones(N)])
    indices = np.concatenate([np.tile(np.arange(N + 1), m), np.arange(N), np.arange(N)])
    starts = np.concatenate([np.arange(m + 1) * (N + 1), m * (N + 1) + np.arange(1, 2 * N + 1)])
    solver = _solver()
    _pass(
        solver,
        np.concatenate([np.zeros(m), np.ones(2 * N)]),
        (np.zeros(columns), np.full(columns, highspy.kHighsInf)),
        (right, right),
        (starts, indices, values),
    )
    solver.run()
    solution, statuses = solver.getSolution(), solver.getBasis().col_status
    basic = highspy.HighsBasisStatus.kBasic
    return Guess(
        -np.array(solution.row_dual)[:N],
        np.array(solution.col_value)[:m],
        tuple(column for column, status in enumerate(statuses) if status == basic),
    )


def _pass(
    solver: highspy.Highs,
    cost: np.ndarray,
    columns: tuple[np.ndarray, np.ndarray],
    rows: tuple[np.ndarray, np.ndarray],
    matrix: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    # Minimise the cost between these bounds of columns and rows, the matrix given by columns.
    starts, indices, values = matrix
    solver.passModel(
        len(cost),
        len(rows[0]),
        len(values),
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        cost,
        *columns,
        *rows,
        starts.astype(np.int32),
        indices.astype(np.int32),
        values,
        np.zeros(len(cost), dtype=np.int32),
    )


def _scaled(row: Sequence[fmpz]) -> list[float]:
    divisor = scale(row)
    return [int(x) / divisor for x in row]  # Python rounds the quotient of two integers correctly


def _solver() -> highspy.Highs:
    # One instance a thread for all programs: making one costs more than solving a small program, and two
    # threads in one instance crash.
    solver: highspy.Highs | None = getattr(_OF_THREAD, "solver", None)
    if solver is None:
        solver = _OF_THREAD.solver = _SilentHighs()  # type: ignore[no-untyped-call]
        for option, value in (
            ("output_flag", False),  # again: not every version's constructor enables callbacks
            ("presolve", "off"),
            ("threads", 1),
            ("solver", "simplex"),
        ):
            solver.setOptionValue(option, value)
    return solver
