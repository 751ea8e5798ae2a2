"""Seeded random systems of up to 30 tokens in up to 4 dimensions: half of them lattices, rich in ties."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from tests.reference import Matrix, System, product, transpose


def definite_system(seed: int) -> System:
    """A symmetric positive definite, alpha > 0; for odd seeds nonzero distinct tokens."""
    random = Random(f"definite {seed}")
    dimension, lattice = random.randint(1, 4), seed % 4 < 2
    entries = _matrix(random, dimension, lattice)
    gram = product(transpose(entries), entries)
    # A gram matrix is semidefinite; a positive number on the diagonal makes it definite.
    more = Fraction(1, random.randint(1, 3))
    A = tuple(tuple(x + more * (i == j) for j, x in enumerate(row)) for i, row in enumerate(gram))
    return System(A, _alpha(random), _tokens(random, dimension, lattice, plain=seed % 2 == 1))


def general_system(seed: int) -> System:
    """Any A, alpha > 0; for even seeds zero and repeated tokens among the others."""
    random = Random(f"general {seed}")
    dimension, lattice = random.randint(1, 4), seed % 4 < 2
    return System(
        _matrix(random, dimension, lattice),
        _alpha(random),
        _tokens(random, dimension, lattice, plain=seed % 2 == 1),
    )


def _alpha(random: Random) -> Fraction:
    return Fraction(random.randint(1, 6), random.randint(1, 4))


def _matrix(random: Random, dimension: int, lattice: bool) -> Matrix:
    def entry() -> Fraction:
        return Fraction(random.randint(-3, 3), 1 if lattice else random.randint(1, 3))

    return tuple(tuple(entry() for _ in range(dimension)) for _ in range(dimension))


def _tokens(random: Random, dimension: int, lattice: bool, plain: bool) -> Matrix:
    # Plain tokens are nonzero and distinct: a small lattice may have fewer points than were asked for.
    count = random.randint(1, 30)
    if lattice:
        reach = 2 + 10 * (dimension == 1)
        points = [
            tuple(Fraction(random.randint(-reach, reach)) for _ in range(dimension)) for _ in range(count)
        ]
    else:
        points = [
            tuple(Fraction(random.randint(-50, 50), random.randint(1, 20)) for _ in range(dimension))
            for _ in range(count)
        ]
    if plain:
        return tuple(dict.fromkeys(point for point in points if any(point))) or ((Fraction(1),) * dimension,)
    zero = (Fraction(0),) * dimension
    return (*points, zero, points[0])
