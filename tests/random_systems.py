"""Seeded random systems of up to 30 tokens in up to 4 dimensions: half of them lattices, rich in ties.

Others are made so that tokens meet on the way, or that one thing about them is extreme.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from tests.judges.reference import Matrix, System, product, run, transpose


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


ALPHAS = ("1", "1/2", "3", "1000000", "-1/2", "-1/1000", "-3/2", "-3", "-2")
"""tau within [0, 1], near 1, negative, beyond 1, and 2."""

EXTREMES = (
    *("tau beyond 1", "tau negative", "tau zero", "tau near 1", "one token", "more dimensions than tokens"),
    *("copies of one place", "all tied", "a zero token", "singular", "collinear"),
)
"""What is extreme about :func:`extreme_system`, in turn."""


def merging_system(seed: int) -> System:
    """Two tokens or more, distinct at layer 0, are at one place from a layer 1 to 4 on: they are made so.

    Every third system has copies besides.
    """
    random = Random(f"merging {seed}")
    if seed % 2:
        return _with_copies(random, seed, _sheared(random, _meeting_late(random)))
    alpha, dimension = Fraction(random.choice(ALPHAS)), random.randint(2, 4)
    below = [
        [random.randint(-3, 3), -2, *_integers(random, dimension - 2)] for _ in range(random.randint(0, 4))
    ]
    found = meeting_system(alpha, below, _matrix(random, dimension - 2, lattice=True))
    return _with_copies(random, seed, _sheared(random, found))


def meeting_system(alpha: Fraction, below: Sequence[Sequence[int]], rest: Matrix) -> System:
    """Tokens 0 and 1 meet in the first step, whatever alpha other than 0 and -1.

    ``below``: further tokens, the first coordinate at most 3 in absolute value, the second at most -2.
    ``rest``: what A is from the third coordinate on.
    """
    # (1, 1) attends (-1/alpha, 3), and (-1, 1) its mirror image: both come to first coordinate 0.
    pair = [(1, 1), (-1, 1), (-1 / alpha, 3), (1 / alpha, 3)]
    tokens = [(*map(Fraction, place), *[Fraction(0)] * len(rest)) for place in pair]
    A = _block([Fraction(1 if alpha < 0 else -1), Fraction(1)], rest)
    return System(A, alpha, (*tokens, *(tuple(map(Fraction, token)) for token in below)))


def extreme_system(seed: int) -> System:
    """A random system that is extreme in the way of its place in ``EXTREMES``."""
    random, kind = Random(f"extreme {seed}"), EXTREMES[seed % len(EXTREMES)]
    dimension = 5 if kind == "more dimensions than tokens" else random.randint(1, 3)
    A = _matrix(random, dimension, lattice=True)
    alpha = Fraction({"tau zero": "0", "tau near 1": "1000000"}.get(kind) or random.choice(ALPHAS))
    if kind == "tau beyond 1":
        alpha = Fraction(random.choice(("-3/2", "-3", "-2", "-1001/1000")))
    if kind == "tau negative":
        alpha = Fraction(random.choice(("-1/2", "-1/1000", "-999/1000")))
    if kind == "all tied":
        A = tuple(tuple(Fraction(0) for _ in row) for row in A)
    if kind == "singular":
        A = (*A[:-1], A[0]) if dimension > 1 else ((Fraction(0),),)
    places = [tuple(map(Fraction, _integers(random, dimension))) for _ in range(random.randint(2, 5))]
    tokens = {
        "one token": places[:1],
        "more dimensions than tokens": places[:4],
        "copies of one place": places[:1] * random.randint(2, 4),
        "a zero token": [*places, (Fraction(0),) * dimension],
        "collinear": [tuple(k * x for x in places[0]) for k in (1, -2, 3, 0, 1)],
    }.get(kind, places)
    return System(A, alpha, tuple(tokens))


def meets(given: System, layers: int = 4) -> bool:
    """Tell whether tokens that are distinct at layer 0 are at one place at a layer up to ``layers``."""
    return any(len(set(layer.tokens)) < len(set(given.tokens)) for layer in run(given, layers))


def _meeting_late(random: Random) -> System:
    # On a line, A = -1, alpha = 1/2: beside the ends +-1 the binary digits of x and -x say what they attend,
    # and when they have no more, both are at 0.
    digits, dimension = random.randint(1, 4), random.randint(1, 3)
    x = Fraction(2 * random.randrange(2 ** (digits - 1)) + 1, 2**digits)
    tokens = [(y, *[Fraction(0)] * (dimension - 1)) for y in (Fraction(1), Fraction(-1), x, -x)]
    A = _block([Fraction(-1)], _matrix(random, dimension - 1, lattice=True))
    return System(A, Fraction(1, 2), tuple(random.sample(tokens, 4)))


def _with_copies(random: Random, seed: int, given: System) -> System:
    if seed % 3:
        return given
    copies = random.choices(given.tokens, k=random.randint(1, 3)) if len(given.A) > 1 else given.tokens
    return System(given.A, given.alpha, (*given.tokens, *copies))


def _sheared(random: Random, given: System) -> System:
    # The same scores in other coordinates: z_i becomes z_i + t z_j.
    A, tokens = [list(row) for row in given.A], [list(token) for token in given.tokens]
    for _ in range(len(A) if len(A) > 1 else 0):
        (i, j), t = random.sample(range(len(A)), 2), random.choice((-1, 1, 2))
        for token in tokens:
            token[i] += t * token[j]
        for row in A:
            row[j] -= t * row[i]
        A[j] = [x - t * y for x, y in zip(A[j], A[i], strict=True)]
    return System(tuple(map(tuple, A)), given.alpha, tuple(map(tuple, tokens)))


def _block(diagonal: list[Fraction], rest: Matrix) -> Matrix:
    size = len(diagonal) + len(rest)
    rows = [[diagonal[i] if i == j else Fraction(0) for j in range(size)] for i in range(len(diagonal))]
    return (*map(tuple, rows), *((*[Fraction(0)] * len(diagonal), *row) for row in rest))


def _integers(random: Random, count: int) -> list[int]:
    return [random.randint(-2, 2) for _ in range(count)]


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
