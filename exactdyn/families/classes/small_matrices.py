"""Small integer matrices of a class, simplest first, and whether a matrix belongs to a class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, islice, product
from math import gcd
from random import Random

from flint import fmpz

from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.classes.member import Finder, Member, indefinite_at
from exactdyn.numbers.reading import Rows, exact
from exactdyn.numbers.vectors import cleared, is_symmetric, rational_matrix
from proofs_checks.families.family import SYMMETRIC

Coordinates = tuple[int, ...]

_TRIES = 50
"""So many vectors are tried for one matrix: of a definite class few may have one."""

MANY = 4
"""From so many dimensions on a hunt tries matrices that turn planes before other simple ones, and of those
drawn of a definite class none but dominant ones, as others hardly ever belong to it."""


def small_matrices(matrices: MatrixClass, bound: int, cap: int) -> Iterator[Rows]:
    """Go through the ``cap`` simplest matrices of a class, each once up to a positive factor.

    Their coordinates are integers up to ``bound``. Diagonal matrices come before others, those with few
    entries other than 0 before full ones, then those with a small largest entry; the zero matrix, where it
    belongs to the class, is the last. Definiteness is decided exactly.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> found = list(small_matrices(matrix_class("symmetric", 2), 1, 100))
    >>> len(found), [[int(x) for x in row] for row in found[0]]
    (27, [[1, 0], [0, 0]])
    """
    finder = Finder(matrices)
    tried = islice(_ordered(matrices, bound), cap * _TRIES)
    accepted = (x for x in tried if finder.accepts(_member(x), []))
    nothing = None  # the zero matrix, on which most fails and which says least
    for coordinates in islice(accepted, cap):
        A = _matrix(matrices, coordinates)
        if any(coordinates):
            yield A
        else:
            nothing = A
    if nothing is not None:
        yield nothing


def hunted_matrices(matrices: MatrixClass, bound: int, simple: int, drawn: int, seed: str) -> Iterator[Rows]:
    """Go through the matrices that a hunt tries: the identity and its opposite, simple ones, drawn ones.

    ``simple``: so many of :func:`small_matrices`; ``drawn``: so many of :func:`drawn_matrices`, unless the
    simple ones are all there are. Each is made when it is asked for: of a definite class the next may be far.
    In :data:`MANY` dimensions and more those that turn every plane of two coordinates come before the
    simple ones, among which the diagonal ones, first of all, are too many there.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> found = hunted_matrices(matrix_class("symmetric", 4), 3, 10**6, 0, "")
    >>> [int(next(found)[0][0]) for _ in range(3)]
    [1, -1, 1]
    >>> found = hunted_matrices(matrix_class("positive-definite-part", 4), 3, 10, 0, "")
    >>> [int(x) for x in list(found)[1][0]]
    [1, -1, 0, 0]
    """
    turns = range(bound + 1 if matrices.dimension >= MANY else 1)
    plain = [_turned(matrices.dimension, sign, turn) for turn in turns for sign in (1, -1)]
    first = [A for A in plain if belongs(matrices, A)]
    yield from first
    left = simple
    for A in small_matrices(matrices, bound, simple):
        left -= 1
        if A not in first:
            yield A
    if not left:
        yield from drawn_matrices(matrices, bound, drawn, seed)


def _turned(dimension: int, sign: int, turn: int) -> Rows:
    # 1 on the diagonal and a multiple of a right angle in the planes of coordinates 0 and 1, 2 and 3, ...
    size = range(dimension)
    entries = {(r, r): 1 for r in size}
    entries |= {
        place: x for r in size[: dimension - 1 : 2] for place, x in (((r, r + 1), -turn), ((r + 1, r), turn))
    }
    return tuple(tuple(Fraction(sign * entries.get((r, c), 0)) for c in size) for r in size)


def drawn_matrices(matrices: MatrixClass, bound: int, count: int, seed: str) -> Iterator[Rows]:
    """Draw ``count`` matrices of a class, or fewer where few vectors have one, with such coordinates.

    ``seed``: the same one draws the same matrices in every process.

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> len(list(drawn_matrices(matrix_class("general", 3), 3, 5, "a")))
    5
    """
    finder, rng = Finder(matrices), Random(seed)
    if matrices.definite and matrices.named and matrices.dimension >= MANY:
        some = dict.fromkeys(_dominant(matrices, bound, rng) for _ in range(2 * count))
        primitive = (A for A in some if gcd(*(int(x) for row in A for x in row)) == 1)
        return islice((A for A in primitive if belongs(matrices, A)), count)
    choices = [range(least, bound + 1) for least in _least(matrices, bound)]
    tried = (_mirrored(matrices, map(rng.choice, choices)) for _ in range(count * _TRIES))
    accepted = (x for x in dict.fromkeys(tried) if gcd(*x) == 1 and finder.accepts(_member(x), []))
    return (_matrix(matrices, coordinates) for coordinates in islice(accepted, count))


def _dominant(matrices: MatrixClass, bound: int, rng: Random) -> Rows:
    # The diagonal of its symmetric part outweighs the rest of each row, so that this is semidefinite
    # (Gershgorin); with integers up to the bound.
    size, least = range(matrices.dimension), int(matrices.strict)
    entries, left = [[0 for _ in size] for _ in size], [bound - least for _ in size]
    pairs = list(combinations(size, 2))
    rng.shuffle(pairs)
    for r, c in pairs:
        most = min(left[r], left[c])
        entries[r][c] = entries[c][r] = x = rng.randint(-most, most)
        left[r], left[c] = left[r] - abs(x), left[c] - abs(x)
    for r in size:
        entries[r][r] = bound - rng.randint(0, left[r])
    for r, c in pairs if matrices.kind not in SYMMETRIC else ():
        most = bound - abs(entries[r][c])
        turn = rng.randint(-most, most)
        entries[r][c], entries[c][r] = entries[r][c] + turn, entries[c][r] - turn
    return tuple(tuple(Fraction(matrices.sign * x) for x in row) for row in entries)


def belongs(matrices: MatrixClass, A: Rows) -> bool:
    """Tell whether a matrix belongs to a class.

    >>> from fractions import Fraction
    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> one, two = Fraction(1), Fraction(2)
    >>> belongs(matrix_class("symmetric", 2, "a, b; b, 1"), ((two, two), (two, one)))
    True
    """
    if matrices.named:
        if matrices.kind in SYMMETRIC and not is_symmetric(A):
            return False
        return not matrices.definite or indefinite_at(matrices, matrices.signed(A)) is None
    columns = [[x for row in B for x in row] for B in matrices.generators]
    flat = [x for row in A for x in row]
    system = rational_matrix([*columns, flat]).transpose()
    reduced, rank = system.rref()
    width = len(columns)
    # The generators are independent: A is no combination of them exactly if it adds to the rank.
    if rank > width:
        return False
    weights = [exact(reduced[p, width]) for p in range(width)]
    if matrices.affine and weights[0] != 1:
        return False
    return Finder(matrices).accepts(_member(list(map(int, cleared(weights)[0]))), [])


def _ordered(matrices: MatrixClass, bound: int) -> Iterator[Coordinates]:
    # Primitive coordinates, simplest first.
    least = _least(matrices, bound)
    needed = [p for p, smallest in enumerate(least) if smallest > 0]
    free = [p for p, smallest in enumerate(least) if smallest <= 0]
    outside = [p for p in free if not _diagonal(matrices.generators[p])]
    inside = [p for p in free if p not in outside]
    for k, m in product(range(len(outside) + 1), range(len(inside) + 1)):
        for largest in range(1, bound + 1) if k or m or needed else [0]:
            for own, other in product(combinations(inside, m), combinations(outside, k)):
                found = _with_support(least, [*needed, *own, *other], largest)
                yield from (_mirrored(matrices, coordinates) for coordinates in found)


def _with_support(least: list[int], support: list[int], largest: int) -> Iterator[Coordinates]:
    positive = range(1, largest + 1)
    signed = [x for size in positive for x in (size, -size)]
    for values in product(*(signed if least[p] < 0 else positive for p in support)):
        if max(map(abs, values), default=0) == largest and gcd(*values) <= 1:
            placed = dict(zip(support, values, strict=True))
            yield tuple(placed.get(p, 0) for p in range(len(least)))


def _least(matrices: MatrixClass, bound: int) -> list[int]:
    # The smallest value of each coordinate, before it is mirrored: that of the base is positive, and so are,
    # in a definite class, those of the entries on the diagonal.
    least = [-bound] * len(matrices.generators)
    if matrices.affine:
        least[0] = 1
    if matrices.definite and matrices.named:
        least = [int(matrices.strict) if _diagonal(B) else -bound for B in matrices.generators]
    return least


def _mirrored(matrices: MatrixClass, coordinates: Iterable[int]) -> Coordinates:
    # All of a negative class is the mirror image of all of a positive one, in whose order it is gone through.
    return tuple(matrices.sign * x if matrices.named else x for x in coordinates)


def _diagonal(B: Rows) -> bool:
    return not any(x for r, row in enumerate(B) for c, x in enumerate(row) if r != c)


def _member(coordinates: Sequence[int]) -> Member:
    return Member(tuple(map(fmpz, coordinates)))


def _matrix(matrices: MatrixClass, coordinates: Coordinates) -> Rows:
    return matrices.matrix([fmpz(x) for x in coordinates])
