"""Simple matrices in a cone: small integers, as people write them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from flint import fmpz

from exactdyn.families.classes.conditions import Condition
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.classes.member import Finder, Member, Vector
from exactdyn.geometry.programs.floating import float_rows

CANDIDATES_LIMIT = 3000
"""So many matrices with small integer coordinates are tried at most."""

_LARGEST, _TRIALS, _SLACK = 9, 50, 1e-12


def simplest(
    finder: Finder, conditions: Sequence[Condition], member: Member, directions: Sequence[Vector] = ()
) -> Member:
    """Return a member that satisfies the same conditions, in smaller integers if some are found.

    First all coordinates up to a small number are tried, in the order of their largest and of their sum, few
    negative ones first and 0 at the end; then the middle of the cone, rounded. ``member``: one that satisfies
    the conditions.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> finder = Finder(matrix_class("general", 1))
    >>> simplest(finder, [], Member((fmpz(70),)))
    Member(coordinates=(1,))
    """
    floats = float_rows([condition.row for condition in conditions])
    candidates = _small_vectors(len(member.coordinates))
    # Rounding can only hide a candidate or propose one in vain: each is checked exactly.
    if conditions:
        candidates = candidates[(floats @ candidates.T).min(axis=0) > -_SLACK]
    if finder.matrices.definite:
        candidates = candidates[_least_eigenvalues(finder.matrices, candidates) > -_SLACK]
    for row in candidates[:_TRIALS]:
        candidate = Member(tuple(fmpz(int(x)) for x in row))
        if finder.accepts(candidate, conditions):
            return candidate
    middle = finder.find(conditions, directions, member.cuts)
    options = [member, middle] if isinstance(middle, Member) else [member]
    return min(options, key=lambda option: max(map(abs, option.coordinates)))


def _least_eigenvalues(matrices: MatrixClass, candidates: np.ndarray) -> np.ndarray:
    d, generators = matrices.dimension, matrices.sign * np.array(matrices.generators, dtype=float)
    stacked = (candidates @ generators.reshape(len(generators), -1)).reshape(-1, d, d)
    return np.linalg.eigvalsh((stacked + stacked.transpose(0, 2, 1)) / 2)[:, 0]


@cache
def _small_vectors(width: int) -> np.ndarray:
    # All integer vectors with entries up to the largest size that keeps their number within the limit.
    sizes = (size for size in range(_LARGEST, 0, -1) if (2 * size + 1) ** width <= CANDIDATES_LIMIT)
    size = next(sizes, 0)
    if size == 0:  # an array has 64 axes at most, with numpy 1 half of that
        return np.zeros((1, width))
    vectors = np.indices((2 * size + 1,) * width).reshape(width, -1).T - size
    largest = np.abs(vectors).max(axis=1)
    order = np.lexsort(((vectors < 0).sum(axis=1), np.abs(vectors).sum(axis=1), largest, largest == 0))
    return vectors[order].astype(float)
