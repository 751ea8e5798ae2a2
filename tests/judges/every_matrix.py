"""A statement tried on all small matrices of a class, by definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from itertools import combinations, product

from tests.judges import reference, truth
from tests.judges.oracle.statements import BY_DEFINITION
from tests.judges.reference import Computed, Layer, Matrix, System, Vector, dot, times, transpose

CLASSES = (
    "general",
    "symmetric",
    "positive-semidefinite",
    "positive-definite",
    "positive-semidefinite-part",
    "positive-definite-part",
    "negative-semidefinite",
    "negative-definite",
    "negative-semidefinite-part",
    "negative-definite-part",
)
SYMMETRIC = {kind for kind in CLASSES[1:] if not kind.endswith("-part")}


def belongs(A: Matrix, kind: str) -> bool:
    """Whether a matrix is in a class."""
    if kind in SYMMETRIC and transpose(A) != A:
        return False
    if kind.startswith("negative"):
        return belongs(tuple(tuple(-x for x in row) for row in A), kind.replace("negative", "positive"))
    if kind.startswith("positive-definite"):
        return truth.positive_definite(A)
    return not kind.startswith("positive-semidefinite") or semidefinite(A)


def semidefinite(A: Matrix) -> bool:
    """By the principal minors of twice the symmetric part."""
    twice = [tuple(a + b for a, b in zip(*rows, strict=True)) for rows in zip(A, transpose(A), strict=True)]
    places = range(len(A))
    chosen = [rows for size in range(1, len(A) + 1) for rows in combinations(places, size)]
    return all(truth.determinant([tuple(twice[i][j] for j in rows) for i in rows]) >= 0 for rows in chosen)


@cache
def matrices(kind: str, dimension: int) -> list[Matrix]:
    """All matrices of a class with entries from -2 to 2, one of each two that differ by the factor 2."""
    entries = product(range(-2, 3), repeat=dimension * dimension)
    flat = [x for x in entries if any(abs(y) == 1 for y in x) or not any(x)]
    d = range(0, dimension * dimension, dimension)
    rows = [tuple(tuple(map(Fraction, x[r : r + dimension])) for r in d) for x in flat]
    return [A for A in rows if belongs(A, kind)]


def has_avoidable_ties(states: Sequence[Layer], kind: str) -> bool:
    """Whether a token attends two tokens between which other matrices of a class let it choose."""
    units = generators(kind, len(states[0].tokens[0]))
    return any(
        dot(times(B, z), layer.tokens[j]) != dot(times(B, z), layer.tokens[min(own)])
        for layer in states
        for z, own in zip(layer.tokens, layer.attention, strict=True)
        for j in own
        for B in units
    )


@cache
def generators(kind: str, dimension: int) -> list[Matrix]:
    """The matrices with a single entry 1, and its mirror image if the class is symmetric."""
    size, symmetric = range(dimension), kind in SYMMETRIC
    return [
        tuple(
            tuple(Fraction(int((i, j) == (r, c) or (symmetric and (j, i) == (r, c)))) for j in size)
            for i in size
        )
        for r in size
        for c in size
    ]


def counterexamples(
    name: str, kind: str, alpha: Fraction, tokens: Sequence[Vector], layers: int, ties: bool = True
) -> Iterator[Matrix]:
    """The small matrices of a class for which a statement fails on layers 0..layers."""
    about_leaders = name.startswith("leaders")
    for A in matrices(kind, len(tokens[0])):
        states = reference.run(System(A, alpha, tuple(tokens)), layers)
        decided = states if about_leaders else states[:-1]
        if (ties or not has_avoidable_ties(decided, kind)) and not BY_DEFINITION[name](Computed(A, states)):
            yield A
