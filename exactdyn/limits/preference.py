"""Whether every token scores its own target above all points of other groups: floats first, then exactly."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from flint import fmpz

from exactdyn.kernel.exact.itinerary import Partition
from exactdyn.kernel.exact.matrix import Matrix, matrix_of
from exactdyn.kernel.floats.candidates import attendable
from exactdyn.kernel.floats.shadow import Shadow
from exactdyn.kernel.fresh_shadow import centred
from exactdyn.kernel.settle import exact_directions, score
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import identity

BLOCK = 1 << 20
"""About so many scores are computed at a time."""

MANY = 64
"""For so many tokens of one group it pays to find out which of the others can be largest at all."""

TWICE = 2.02
"""A lead of more than so many errors is one: each of two scores is off by one at most, rounding included."""


def prefer_own(A: Rows, state: Points, targets: Sequence[int], led: Collection[int]) -> bool:
    """Tell whether each token scores its target above the tokens of other targets, and above itself.

    <A z_i, z_p> > <A z_i, z_b> for p the target of token i and each token b with another target, and for
    b = i unless token i is in ``led``. ``A``: d x d fractions; ``state``: n points of Q^d.
    Source: lemma ``basin`` in ``proofs_checks/FORMAT.md``; the bound is that of
    :mod:`exactdyn.kernel.floats.shadow`.

    >>> line = Points.from_rows([[2], [-2], [1]])
    >>> [prefer_own(identity(1), line, targets, [0, 1]) for targets in ([0, 1, 0], [0, 1, 1])]
    [True, False]
    """
    matrix = None if identity(len(A)) == A else matrix_of(A)
    rows: list[list[fmpz]] = state.common[0].tolist()
    shadow = centred(rows, matrix, Partition(state.count))
    goals, following = np.array(targets), np.ones(state.count, dtype=bool)
    following[list(led)] = False
    groups = [np.flatnonzero(goals == goal) for goal in np.unique(goals).tolist()]
    # Of each group only tokens count at which a direction can be largest among them.
    ends = np.concatenate([attendable(shadow.positions, own) for own in groups])
    for own in groups:
        rivals = ends[goals[ends] != goals[own[0]]]
        if len(own) > MANY:
            rivals = attendable(shadow.positions, rivals)
        height = max(1, BLOCK // max(1, len(rivals)))
        for start in range(0, len(own), height):
            doubt = _doubt(shadow, own[start : start + height], goals, following, rivals)
            if doubt is None or not all(_preferred(rows, matrix, targets, *one) for one in doubt):
                return False
    return True


def _preferred(
    rows: Sequence[Sequence[fmpz]],
    matrix: Matrix | None,
    targets: Sequence[int],
    token: int,
    others: Sequence[int],
) -> bool:
    (direction,) = exact_directions(matrix, [tuple(rows[token])])
    own = score(direction, tuple(rows[targets[token]]))
    return all(score(direction, tuple(rows[other])) < own for other in others)


def _doubt(
    shadow: Shadow, tokens: np.ndarray, goals: np.ndarray, following: np.ndarray, rivals: np.ndarray
) -> list[tuple[int, list[int]]] | None:
    """Return the tokens that floats do not decide, each with whom its target is to be compared with.

    None if some token certainly scores another above its target.
    """
    places, directions = shadow.positions.rows, shadow.directions.rows[tokens]
    error = TWICE * shadow.score_error(np.abs(directions).sum(axis=1))
    own = (directions * places[goals[tokens]]).sum(axis=1)
    scores = directions @ places[rivals].T
    behind = own - (directions * places[tokens]).sum(axis=1)
    behind[~following[tokens]] = np.inf
    lead = np.minimum(own - scores.max(axis=1, initial=-np.inf), behind)
    if (lead < -error).any():
        return None
    doubt = []
    for place in np.flatnonzero(lead <= error).tolist():
        others = rivals[scores[place] >= own[place] - error[place]].tolist()
        if behind[place] <= error[place]:
            others.append(int(tokens[place]))
        doubt.append((int(tokens[place]), others))
    return doubt
