"""The filter: which rows the float scores decide for certain, and what is left of the others.

A *floating-point filter*: compute in floats, compare with the bound of the error, and do exact arithmetic
only where the bound leaves a doubt. It errs on one side: a row may be in doubt though its floats are right.
Source: Fortune and Van Wyk, Static analysis yields efficient exact integer arithmetic for computational
geometry, ACM Transactions on Graphics 15 (1996).
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter

import numpy as np

from exactdyn.kernel.floats.parts import parts
from exactdyn.kernel.floats.shadow import Shadow

BLOCK_BYTES = 1 << 19
"""Scores are computed in blocks of rows that stay in the processor's cache."""

LEAST_ROWS = 16
"""However many columns there are, a block has so many rows, or a product of matrices would not pay."""


@dataclass(frozen=True)
class RowInDoubt:
    """A row whose largest score leads by less than the bound.

    ``candidates``: the tokens that may be attended, every attended one among them; None if all may.
    ``error``: the bound of the row's scores.
    """

    token: int
    candidates: np.ndarray | None
    error: float


def decide(shadow: Shadow, rows: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, list[RowInDoubt]]:
    """Return for each row the token with the largest score among the columns, and the rows in doubt.

    ``rows``, ``columns``: tokens, ascending; all attended tokens of nonzero directions are among the columns.
    A row that is not in doubt attends exactly the token returned.

    A score computed is within E of the exact one, so a lead of more than 2 E is a lead; otherwise all
    tokens that score as much as the best lie within 2 E of the largest score computed.
    Source: Fortune and Van Wyk (1996), with the bound of :mod:`exactdyn.kernel.floats.shadow`.

    >>> from exactdyn.kernel.floats.shadow import Vectors
    >>> place = Vectors(np.array([[1.0], [0.5], [0.0]]), 0.0)
    >>> winners, doubt = decide(Shadow(place, place, 0), np.arange(3), np.arange(3))
    >>> winners[:2].tolist(), doubt[0].token
    ([0, 0], 2)
    """
    if len(columns) == 1:
        return np.full(len(rows), columns[0]), []
    winners = np.empty(len(shadow.positions.rows), dtype=np.intp)
    doubt: list[RowInDoubt] = []
    for some, compared in parts(shadow, rows, columns):
        winners[some], close = _compare(shadow, some, compared)
        doubt += [
            RowInDoubt(token, None if len(own) == len(columns) else own, error) for token, own, error in close
        ]
    doubt.sort(key=attrgetter("token"))
    return winners.take(rows), doubt


def _compare(
    shadow: Shadow, rows: np.ndarray, columns: np.ndarray
) -> tuple[np.ndarray, list[tuple[int, np.ndarray, float]]]:
    """Return for each row its best column, and for those in doubt what is close to it and the bound."""
    everybody = len(shadow.positions.rows)
    vectors = shadow.directions.rows
    directions = vectors if len(rows) == everybody else vectors.take(rows, 0)
    places = shadow.positions.rows
    transposed = np.ascontiguousarray((places if len(columns) == everybody else places.take(columns, 0)).T)
    # One bound for all rows first, that of the largest direction: mostly no row comes near it.
    coarse = 2 * float(shadow.score_error(vectors.shape[1] * shadow.directions.radius))
    height = min(len(rows), max(LEAST_ROWS, BLOCK_BYTES // (8 * len(columns))))
    buffer = np.empty(height * len(columns))
    winners = np.empty(len(rows), dtype=np.intp)
    doubt: list[tuple[int, np.ndarray, float]] = []
    for start in range(0, len(rows), height):
        block = directions[start : start + height]
        scores = np.matmul(block, transposed, out=buffer[: len(block) * len(columns)].reshape(len(block), -1))
        best, lead = best_and_lead(scores)
        winners[start : start + height] = best
        if lead.min() <= coarse:
            errors = shadow.score_error(np.abs(block).sum(1))
            for row in np.flatnonzero(lead <= 2 * errors).tolist():
                close = columns.take(_close(scores[row], int(best[row]), float(errors[row])))
                doubt.append((int(rows[start + row]), close, float(errors[row])))
    return columns.take(winners), doubt


def best_and_lead(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best column of each row and its lead, i.e. how far the second best is behind.

    The best is blotted out to find the second and put back: two passes of ``argmax`` are quicker than a sort
    or a partition of each row. A single column leads by infinity.

    >>> best_and_lead(np.array([[1.0, 4.0, 2.0]]))
    (array([1]), array([2.]))
    """
    flat = scores.reshape(-1)
    offsets = np.arange(0, flat.size, scores.shape[1])
    best = scores.argmax(1)
    places = offsets + best
    highest = flat.take(places)
    flat[places] = -np.inf
    second = flat.take(offsets + scores.argmax(1))
    lead = highest - second
    flat[places] = highest
    return best, lead


def _close(scores: np.ndarray, best: int, error: float) -> np.ndarray:
    return np.flatnonzero(scores >= scores[best] - 2.02 * error)
