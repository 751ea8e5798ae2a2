"""Whom each point attends exactly, as arrays: what float runs are led by and compared with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from exactdyn.layer.attention import AttentionSets

PointSets: TypeAlias = tuple[tuple[int, ...], ...]
"""For every point the points it attends, increasing."""


@dataclass(frozen=True, eq=False)
class Attended:
    """The exact attention sets of one layer, over p points; a lone attended point is the rule.

    ``sets``: for every point the points it attends, increasing.

    >>> Attended(((0,), (0, 2), (2,))).ties
    (1,)
    """

    sets: PointSets

    @cached_property
    def firsts(self) -> np.ndarray:
        """One attended point of each point: the lowest.

        >>> Attended(((0,), (0, 2), (2,))).firsts
        array([0, 0, 2])
        """
        return np.array([own[0] for own in self.sets])

    @cached_property
    def ties(self) -> tuple[int, ...]:
        """The points that attend several.

        >>> Attended(((0, 1), (1,))).ties
        (0,)
        """
        return tuple(point for point, own in enumerate(self.sets) if len(own) > 1)

    @cached_property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """All pairs of a point and one that it attends, as two arrays.

        >>> Attended(((0, 1), (1,))).pairs
        (array([0, 0, 1]), array([0, 1, 1]))
        """
        points = np.repeat(np.arange(len(self.sets)), [len(own) for own in self.sets])
        return points, np.concatenate(self.sets)

    @cached_property
    def settled(self) -> bool:
        """Whether every point attends one leading point alone; it then does so for ever and tends to it.

        Source: lemma ``lock-in`` in ``proofs_checks/FORMAT.md``, for leading points.

        >>> Attended(((0,), (0,))).settled, Attended(((0,), (0, 2), (2,))).settled
        (True, False)
        """
        leaders = set(leading(self.sets))
        return all(len(own) == 1 and own[0] in leaders for own in self.sets)

    def agrees(self, found: np.ndarray) -> bool:
        """Tell whether these are the sets that floats have found.

        ``found``: p x p booleans, row i says whom point i attends.

        >>> Attended(((0, 1), (1,))).agrees(np.array([[True, True], [False, True]]))
        True
        """
        # As many pairs as there are, and each of them: then there is no other.
        return bool(np.count_nonzero(found) == len(self.pairs[0]) and found[self.pairs].all())

    def has_pairs(self, pairs: tuple[np.ndarray, np.ndarray]) -> bool:
        """Tell whether these are all pairs of a point and one that it attends, increasing.

        >>> Attended(((0, 1), (1,))).has_pairs((np.array([0, 0, 1]), np.array([0, 1, 1])))
        True
        """
        return all(map(np.array_equal, self.pairs, pairs))

    def goals(self, points: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Return in floats the mean of what each point attends, p x d.

        ``points``: p x d floats, ``weights``: how many tokens are at each point.
        Source: arXiv 2407.01602, equation (1.1): the attended points, rounded.

        >>> Attended(((0, 1), (1,))).goals(np.array([[0.0], [3.0]]), np.array([2.0, 1.0])).tolist()
        [[1.0], [3.0]]
        """
        goals: np.ndarray = points[self.firsts]
        for point in self.ties:
            chosen = list(self.sets[point])
            goals[point] = weights[chosen] @ points[chosen] / weights[chosen].sum()
        return goals


def leading(attended: PointSets) -> tuple[int, ...]:
    """Return the points that attend themselves and no other point.

    Source: arXiv 2407.01602, Definition 2.1 (leader), for points with their copies.

    >>> leading(((0,), (0,), (0, 2)))
    (0,)
    """
    return tuple(point for point, own in enumerate(attended) if own == (point,))


def increasing(sets: AttentionSets) -> PointSets:
    """Return attention sets as increasing tuples; equal sets are one tuple.

    >>> increasing((frozenset({1, 0}), frozenset({1})))
    ((0, 1), (1,))
    """
    known: dict[frozenset[int], tuple[int, ...]] = {}
    for own in sets:
        if own not in known:
            known[own] = tuple(sorted(own))
    return tuple(known[own] for own in sets)
