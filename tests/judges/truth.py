"""Every hypothesis by its definition, and what statements are decided with by brute force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations

from tests.judges.reference import Matrix, System, Vector, transpose


def solution(rows: Sequence[Vector]) -> Vector | None:
    """The solution of a linear system, given as rows [coefficients | right side], if there is exactly one."""
    rest, width = [list(row) for row in rows], len(rows[0]) - 1
    for column in range(width):
        pivot = next((row for row in rest[column:] if row[column] != 0), None)
        if pivot is None:
            return None
        rest.remove(pivot)
        rest = [
            [x - row[column] / pivot[column] * y for x, y in zip(row, pivot, strict=True)] for row in rest
        ]
        rest.insert(column, [x / pivot[column] for x in pivot])
    if any(row[-1] != 0 for row in rest[width:]):
        return None
    return tuple(row[-1] for row in rest[:width])


def in_hull(point: Vector, others: Sequence[Vector]) -> bool:
    """By Caratheodory's theorem: in the hull of at most d+1 affinely independent ones of the others."""
    if point in others:
        return True
    different = sorted(set(others))
    for size in range(2, min(len(point) + 1, len(different)) + 1):
        for corners in combinations(different, size):
            rows = [(*values, x) for values, x in zip(zip(*corners, strict=True), point, strict=True)]
            weights = solution([*rows, (Fraction(1),) * (size + 1)])
            if weights is not None and min(weights) >= 0:
                return True
    return False


def determinant(A: Sequence[Vector]) -> Fraction:
    """By expansion along the first row."""
    if not A:
        return Fraction(1)
    minors = ([row[:j] + row[j + 1 :] for row in A[1:]] for j in range(len(A)))
    return sum(((-1) ** j * A[0][j] * determinant(minor) for j, minor in enumerate(minors)), Fraction(0))


def positive_definite(A: Matrix) -> bool:
    """By Sylvester's criterion for the symmetric part."""
    twice = [tuple(a + b for a, b in zip(*rows, strict=True)) for rows in zip(A, transpose(A), strict=True)]
    return all(determinant([row[:k] for row in twice[:k]]) > 0 for k in range(1, len(A) + 1))


HYPOTHESES: dict[str, Callable[[System], bool]] = {
    "symmetric": lambda system: all(a == b for a, b in zip(system.A, transpose(system.A), strict=True)),
    "positive-definite": lambda system: positive_definite(system.A),
    "positive-alpha": lambda system: system.alpha > 0,
    "nonzero-tokens": lambda system: all(any(token) for token in system.tokens),
    "distinct-tokens": lambda system: len(set(system.tokens)) == len(system.tokens),
}
