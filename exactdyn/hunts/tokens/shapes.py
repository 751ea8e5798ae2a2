"""Generators of tokens: small numbers, lattices, symmetric, collinear and degenerate sets."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from exactdyn.hunts.tokens.wanted import Drawn, Wanted, middle, plus
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import inner


def integers(wanted: Wanted) -> Drawn:
    """Draw points with small integer coordinates.

    >>> from random import Random
    >>> len(integers(Wanted(Random(0), 1, 3, 2, Fraction(1))).tokens)
    3
    """
    return Drawn(tuple(wanted.integers(wanted.dimension) for _ in range(wanted.count)))


def _rationals(wanted: Wanted) -> Drawn:
    """Draw points with coordinates of small height."""
    coordinates = range(wanted.dimension)
    return Drawn(tuple(tuple(wanted.rational() for _ in coordinates) for _ in range(wanted.count)))


def _lattice(wanted: Wanted) -> Drawn:
    """Draw points of a lattice: small integer combinations of d small integer vectors."""
    basis = [wanted.nonzero(wanted.dimension) for _ in range(wanted.dimension)]
    return Drawn(tuple(_combination(wanted.integers(wanted.dimension), basis) for _ in range(wanted.count)))


def _symmetric(wanted: Wanted) -> Drawn:
    """Draw orbits: of changes of all signs, of single signs, or of quarter turns in coordinate planes."""
    moves = wanted.rng.choice([_opposite, _signs, _turns])
    tokens: list[Row] = []
    while len(tokens) < wanted.count:
        orbit = [wanted.nonzero(wanted.dimension)]
        for point in orbit:
            orbit += [image for image in dict.fromkeys(moves(point)) if image not in orbit]
        tokens += orbit
    return Drawn(tuple(tokens[: wanted.count]))


def _through_zero(wanted: Wanted) -> Drawn:
    """Draw points on a line through 0."""
    direction, zero = wanted.nonzero(wanted.dimension), (Fraction(0),) * wanted.dimension
    return Drawn(tuple(plus(zero, direction, x) for x in wanted.distinct(wanted.count)))


def _collinear(wanted: Wanted) -> Drawn:
    """Draw points on a line."""
    base, direction = wanted.nonzero(wanted.dimension), wanted.nonzero(wanted.dimension)
    return Drawn(tuple(plus(base, direction, x) for x in wanted.distinct(wanted.count)))


def _hyperplane(wanted: Wanted) -> Drawn:
    """Draw points with <h, x> = c for one vector h of small integers."""
    normal, place = wanted.nonzero(wanted.dimension), wanted.rng.randint(-wanted.size, wanted.size)
    pivot = next(r for r, x in enumerate(normal) if x)
    tokens = []
    for point in integers(wanted).tokens:
        missing = (place - inner(normal, point)) / normal[pivot]
        tokens.append(tuple(x + missing * (r == pivot) for r, x in enumerate(point)))
    return Drawn(tuple(tokens))


def _means(wanted: Wanted) -> Drawn:
    """Draw points with small integer coordinates, and means of some of them and of the given ones."""
    tokens = [*wanted.given]
    while len(tokens) < len(wanted.given) + wanted.count:
        if len(tokens) >= 2 and wanted.rng.random() < 0.5:
            some = wanted.rng.sample(tokens, wanted.rng.randint(2, min(3, len(tokens))))
            tokens.append(middle(tuple(some)))
        else:
            tokens.append(wanted.integers(wanted.dimension))
    return Drawn(tuple(tokens[len(wanted.given) :]))


def _twins(wanted: Wanted) -> Drawn | None:
    """Draw twins (m, f), (m, -f), and points in the plane f = 0; None in dimension 1."""
    if wanted.dimension < 2:
        return None
    kept = wanted.rng.randint(1, wanted.dimension - 1)
    pairs = wanted.rng.randint(1, max(1, wanted.count // 2))
    tokens = twin_points(wanted, kept, pairs)[: wanted.count]
    zero = (Fraction(0),) * (wanted.dimension - kept)
    while len(tokens) < wanted.count:
        tokens = (*tokens, (*(wanted.rational() for _ in range(kept)), *zero))
    return Drawn(tokens)


def twin_points(wanted: Wanted, kept: int, pairs: int) -> Rows:
    """Draw pairs (m, f), (m, -f), m in Z^kept.

    >>> from random import Random
    >>> first, second = twin_points(Wanted(Random(0), 2, 2, 2, Fraction(1)), 1, 1)
    >>> first[0] == second[0], first[1] == -second[1]
    (True, True)
    """
    tokens: list[Row] = []
    for _ in range(pairs):
        m, f = wanted.integers(kept), wanted.nonzero(wanted.dimension - kept)
        tokens += [(*m, *f), (*m, *(-x for x in f))]
    return tuple(tokens)


SHAPES: dict[str, Callable[[Wanted], Drawn | None]] = {
    "integers": integers,
    "rationals": _rationals,
    "symmetric": _symmetric,
    "through-zero": _through_zero,
    "collinear": _collinear,
    "lattice": _lattice,
    "hyperplane": _hyperplane,
    "means": _means,
    "twins": _twins,
}
"""The generators that any statement is tried with, by name."""


def _combination(weights: Row, vectors: list[Row]) -> Row:
    total = (Fraction(0),) * len(vectors[0])
    for weight, vector in zip(weights, vectors, strict=True):
        total = plus(total, vector, weight)
    return total


def _opposite(point: Row) -> list[Row]:
    return [tuple(-x for x in point)]


def _signs(point: Row) -> list[Row]:
    return [tuple(-x if r == flipped else x for r, x in enumerate(point)) for flipped in range(len(point))]


def _turns(point: Row) -> list[Row]:
    if len(point) == 1:
        return _opposite(point)
    images = []
    for r in range(len(point) - 1):
        turned = list(point)
        turned[r], turned[r + 1] = -point[r + 1], point[r]
        images.append(tuple(turned))
    return images
