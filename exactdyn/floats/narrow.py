"""Which decisions of a layer may be its narrowest: found in floats with a bound, to look at few exactly."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from exactdyn.floats.attended import Attended
from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.floats.shadow import SLACK, U, initial_shadow

RANGE = 2.0**400
"""States whose largest coordinate is beyond it, or below its inverse, are left to exact arithmetic."""

BLOCK_NUMBERS = 1 << 18
"""Scores are computed in blocks of about so many."""


class NarrowRow(NamedTuple):
    """A token, one that it attends, and the tokens that may have the next largest score for it."""

    token: int
    attended: int
    rivals: np.ndarray


def narrow_rows(state: np.ndarray, matrix: Matrix, attended: Attended) -> list[NarrowRow] | None:
    """Return the tokens that may prefer what they attend by the least, increasing; None beyond :data:`RANGE`.

    ``state``: n x d, the exact state correctly rounded; ``attended``: all tokens of largest score of each.
    Who attends everybody prefers nobody, and is left out. A score computed is within E of the exact one, so
    a lead is within 2 E of the exact lead, and its own rounding is less than 2 E again.
    Source: Higham (2002), section 3.1, as in :mod:`exactdyn.kernel.floats.shadow`.

    >>> from fractions import Fraction
    >>> near = narrow_rows(np.array([[1.0], [0.5]]), Matrix(((Fraction(1),),)), Attended(((0,), (0,))))
    >>> [(row.token, row.attended, row.rivals.tolist()) for row in near]
    [(1, 0, [1])]
    """
    largest = float(np.abs(state).max())
    if not 1 / RANGE <= largest <= RANGE:
        return None
    exponent = int(np.frexp(largest)[1])
    shadow = initial_shadow(np.ldexp(state, -exponent), exponent, SLACK * U, matrix)
    places, directions = np.ascontiguousarray(shadow.positions.rows.T), shadow.directions.rows
    slacks = 4.1 * shadow.score_error(np.abs(directions).sum(1))
    pairs, count = attended.pairs, len(state)
    height = max(1, BLOCK_NUMBERS // count)
    ceiling = np.inf
    found: list[tuple[float, NarrowRow]] = []
    for start in range(0, count, height):
        scores = directions[start : start + height] @ places
        rows = np.arange(len(scores))
        best = scores[rows, attended.firsts[start : start + height]]
        first, last = np.searchsorted(pairs[0], [start, start + len(scores)])
        scores[pairs[0][first:last] - start, pairs[1][first:last]] = -np.inf
        leads, slack = best - scores.max(1), slacks[start : start + height]
        ceiling = min(ceiling, float((leads + slack).min()))
        for row in np.flatnonzero(np.isfinite(leads) & (leads - slack <= ceiling)).tolist():
            rivals = np.flatnonzero(scores[row] >= scores[row].max() - slack[row])
            own = NarrowRow(start + row, int(attended.firsts[start + row]), rivals)
            found.append((float(leads[row] - slack[row]), own))
    return [row for least, row in found if least <= ceiling]
