"""HiGHS, called as a function: a linear program in floats, its optimum and basis out."""

from __future__ import annotations

from dataclasses import dataclass
from threading import local

import highspy
import numpy as np

INFINITY = float(highspy.kHighsInf)
"""The bound of what has none."""

_OF_THREAD = local()


@dataclass(frozen=True)
class FloatProgram:
    """Minimise the cost between bounds of columns and of rows, each a pair; the matrix is given by columns.

    ``starts``: where each column begins in ``indices``, the rows of its entries, and ``values``, these.
    """

    cost: np.ndarray
    columns: tuple[np.ndarray, np.ndarray]
    rows: tuple[np.ndarray, np.ndarray]
    starts: np.ndarray
    indices: np.ndarray
    values: np.ndarray


@dataclass(frozen=True)
class FloatOptimum:
    """The dual values of the rows, the values of the columns, and which columns are basic."""

    dual: np.ndarray
    primal: np.ndarray
    basic: tuple[int, ...]


class _SilentHighs(highspy.Highs):
    """HiGHS that prints nothing: since 1.16 it prints two lines while it is made, from C, on stdout."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the first thing its constructor does
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def optimum(program: FloatProgram) -> FloatOptimum:
    """Return what HiGHS finds; a program without optimum gives what HiGHS has when it stops.

    Source: Q. Huangfu and J. A. J. Hall, Parallelizing the dual revised simplex method, Mathematical
    Programming Computation 10 (2018).

    >>> one, free = np.array([1.0]), np.array([INFINITY])
    >>> from_one_on = FloatProgram(one, (one, free), (-free, free), np.array([0, 1]), np.array([0]), one)
    >>> optimum(from_one_on).primal
    array([1.])
    """
    solver, count = _solver(), len(program.cost)
    solver.passModel(
        count,
        len(program.rows[0]),
        len(program.values),
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        0.0,
        program.cost,
        *program.columns,
        *program.rows,
        program.starts.astype(np.int32),
        program.indices.astype(np.int32),
        program.values,
        np.zeros(count, dtype=np.int32),
    )
    solver.run()
    solution, statuses = solver.getSolution(), solver.getBasis().col_status
    basic = highspy.HighsBasisStatus.kBasic
    return FloatOptimum(
        np.array(solution.row_dual),
        np.array(solution.col_value),
        tuple(column for column, status in enumerate(statuses) if status == basic),
    )


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
