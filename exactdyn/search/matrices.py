"""Small integer matrices of a class, simplest first, and whether a matrix belongs to a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from math import gcd, lcm
from random import Random

from flint import fmpq_mat, fmpz

from exactdyn.families.matrices import MatrixClass
from exactdyn.families.members import Finder, Member
from exactdyn.numbers import Rows, exact, to_fmpq

Coordinates = tuple[int, ...]

_TRIES = 50
"""So many vectors are tried for one matrix: of a definite class few may have one."""


def small_matrices(
    matrices: MatrixClass, bound: int, cap: int, sample: int = 0, seed: str = ""
) -> Iterator[Rows]:
    """Go through matrices with small integer coordinates in a class, each once up to a positive factor.

    First the simplest ``cap`` of them: diagonal ones before others, those with few entries other than 0
    before full ones, then by the largest entry; the zero matrix, where it belongs to the class, is the first.
    Then ``sample`` more, drawn from all with coordinates up to ``bound``. Definiteness is decided exactly.

    >>> from exactdyn.families.matrices import matrix_class
    >>> found = list(small_matrices(matrix_class("symmetric", 2), 1, 100))
    >>> len(found), [[int(x) for x in row] for row in found[1]]
    (27, [[1, 0], [0, 0]])
    """
    finder = Finder(matrices)
    tried = islice(_ordered(matrices, bound), cap * _TRIES)
    accepted = (x for x in tried if finder.accepts(_member(x), []))
    known = set()
    for coordinates in islice(accepted, cap):
        known.add(coordinates)
        yield _matrix(matrices, coordinates)
    if len(known) < cap or not sample:
        return
    rng, width = Random(seed), len(matrices.generators)
    for _ in range(sample * _TRIES):
        drawn = tuple(rng.randint(-bound, bound) for _ in range(width))
        if gcd(*drawn) == 1 and drawn not in known and finder.accepts(_member(drawn), []):
            known.add(drawn)
            yield _matrix(matrices, drawn)
            if len(known) == cap + sample:
                return


def belongs(matrices: MatrixClass, A: Rows) -> bool:
    """Tell whether a matrix belongs to a class.

    >>> from fractions import Fraction
    >>> from exactdyn.families.matrices import matrix_class
    >>> one, two = Fraction(1), Fraction(2)
    >>> belongs(matrix_class("symmetric", 2, "a, b; b, 1"), ((two, two), (two, one)))
    True
    """
    columns = [[x for row in B for x in row] for B in matrices.generators]
    flat = [x for row in A for x in row]
    system = fmpq_mat([[to_fmpq(x) for x in column] for column in [*columns, flat]]).transpose()
    reduced, rank = system.rref()
    width = len(columns)
    # The generators are independent: A is no combination of them exactly if it adds to the rank.
    if rank > width:
        return False
    weights = [exact(reduced[p, width]) for p in range(width)]
    if matrices.affine and weights[0] != 1:
        return False
    common = lcm(*(x.denominator for x in weights))
    return Finder(matrices).accepts(_member([int(x * common) for x in weights]), [])


def _ordered(matrices: MatrixClass, bound: int) -> Iterator[Coordinates]:
    # Primitive coordinates, simplest first.
    fixed = 1 if matrices.affine else 0
    free = range(fixed, len(matrices.generators))
    outside = [p for p in free if not _diagonal(matrices.generators[p])]
    inside = [p for p in free if p not in outside]
    for k, m in product(range(len(outside) + 1), range(len(inside) + 1)):
        for largest in range(1, bound + 1) if k + m + fixed else [0]:
            for support in product(combinations(inside, m), combinations(outside, k)):
                yield from _with_support(matrices, [*range(fixed), *support[0], *support[1]], largest)


def _with_support(matrices: MatrixClass, support: list[int], largest: int) -> Iterator[Coordinates]:
    positive = range(1, largest + 1)
    signed = [x for size in positive for x in (size, -size)]
    choices = [positive if matrices.affine and p == 0 else signed for p in support]
    for values in product(*choices):
        if max(map(abs, values), default=0) == largest and gcd(*values) <= 1:
            placed = dict(zip(support, values, strict=True))
            yield tuple(placed.get(p, 0) for p in range(len(matrices.generators)))


def _diagonal(B: Rows) -> bool:
    return not any(x for r, row in enumerate(B) for c, x in enumerate(row) if r != c)


def _member(coordinates: Sequence[int]) -> Member:
    return Member(tuple(map(fmpz, coordinates)))


def _matrix(matrices: MatrixClass, coordinates: Coordinates) -> Rows:
    return matrices.member(matrices.at([fmpz(x) for x in coordinates]))
