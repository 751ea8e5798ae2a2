"""The system a certificate speaks of, and its run, computed here from nothing but A, alpha and the tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from operator import mul

from proofs_checks import work
from proofs_checks.format.reading import Field, Matrix, Vector
from proofs_checks.work import longest

LAYERS_LIMIT = 10_000_000
"""Largest layer that a certificate may name."""

KEPT_BITS = 2**28
"""How many bits of states are kept of a run, from layer 0 on: about 100 MB with what Python needs besides."""

KEPT_OVERHEAD = 1024
"""What keeping one token of one layer is counted as, in bits, beside the bits of its coordinates."""

KEPT_RECENT = 64
"""How many of the states beyond these are kept, those that were asked for last."""


@dataclass(frozen=True)
class System:
    """A matrix A (d x d), a coefficient alpha other than -1 and n tokens of Q^d."""

    A: Matrix
    alpha: Fraction
    tokens: Matrix

    @property
    def tau(self) -> Fraction:
        """The step alpha / (1 + alpha).

        >>> system = System(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> system.tau
        Fraction(1, 2)
        """
        return self.alpha / (1 + self.alpha)

    @property
    def dimension(self) -> int:
        """The dimension d.

        >>> system = System(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> system.dimension
        1
        """
        return len(self.A)

    def image(self, x: Vector) -> Vector:
        """Return Ax.

        >>> system = System(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> system.image((Fraction(3),))
        (Fraction(6, 1),)
        """
        return tuple(dot(row, x) for row in self.A)

    def form(self, x: Vector, y: Vector) -> Fraction:
        """Return <Ax, y>.

        >>> system = System(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> system.form((Fraction(3),), (Fraction(1),))
        Fraction(6, 1)
        """
        return dot(self.image(x), y)


@dataclass(frozen=True)
class Layer:
    """One state: integer vectors over one positive denominator, and the attention set of every token."""

    numerators: list[list[int]]
    denominator: int
    attended: list[frozenset[int]]

    @property
    def bits(self) -> int:
        """The bits of the longest integer."""
        return widest(self.numerators, self.denominator)

    def point(self, token: int) -> Vector:
        """Return a token's place.

        >>> system = System(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> Run(system, 2)[0].point(1)
        (Fraction(-1, 1),)
        """
        numerators = self.numerators[token]
        work.count_fractions(len(numerators), widest([numerators], self.denominator))
        return tuple(Fraction(x, self.denominator) for x in numerators)

    def points(self) -> Matrix:
        """Return the places of all tokens.

        >>> system = System(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> Run(system, 2)[0].points()
        ((Fraction(1, 1),), (Fraction(-1, 1),))
        """
        return tuple(map(self.point, range(len(self.numerators))))


class Run:
    """The layers of a system, each computed when it is asked for.

    The first layers are kept as long as there is room, and those asked for last; what was only walked through
    is forgotten. From the layer on at which nothing moves any more, all are that layer.
    """

    def __init__(self, system: System, layers: int, known: list[Layer] | None = None) -> None:
        """Prepare layers 0..layers, or take them from ``known``, where they are all."""
        self.system = system
        self.layers = layers
        self._matrix, _ = over_one_denominator(system.A)
        self._matrix_bits = widest(self._matrix)
        self._recent: dict[int, Layer] = {}
        self._rest: int | None = None
        if known is None:
            numerators, denominator = over_one_denominator(system.tokens)
            known = [Layer(numerators, denominator, self._attended(numerators))]
        self._first = list(known)
        self._room = KEPT_BITS

    def __getitem__(self, layer: int) -> Layer:
        """Return a layer; negative ones do not exist."""
        work.count_products(4, 0)
        at, state = self._reach(layer)
        if at >= len(self._first):
            self._recent.pop(at, None)
            self._recent[at] = state  # now the last one of those asked for
            if len(self._recent) > KEPT_RECENT:
                self._recent.pop(next(iter(self._recent)))
        return state

    def walk(self, first: int, last: int) -> Iterator[tuple[int, Layer]]:
        """Go through the layers first..last, but no further than to one that all later ones are like."""
        _, state = self._reach(first)
        yield first, state
        while first < last and not self.rests(first):
            first, state = first + 1, self._after(first, state)
            if not self.rests(first - 1):
                yield first, state

    def rests(self, layer: int) -> bool:
        """Tell whether all later layers are known to be as this one.

        >>> system = System(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> run = Run(system, 2)
        >>> run.rests(0), run[2] is run[0], run.rests(0)
        (False, True, True)
        """
        return self._rest is not None and layer >= self._rest

    def leaders(self) -> dict[int, int]:
        """Return every token that is a leader at some layer 0..layers, with the first such layer.

        >>> system = System(((Fraction(2),),), Fraction(1), ((Fraction(1),), (Fraction(-1),)))
        >>> Run(system, 2).leaders()
        {0: 0, 1: 0}
        """
        first: dict[int, int] = {}
        for k, layer in self.walk(0, self.layers):
            for i, attended in enumerate(layer.attended):
                if attended == {i}:
                    first.setdefault(i, k)
        return first

    def scores(self, numerators: list[list[int]]) -> Iterator[list[int]]:
        """Go through <A x, y> for all pairs of integer vectors, times a positive number that clears A."""
        count, size = len(numerators), len(self._matrix)
        work.count_products(count * size * (count + size), widest(numerators) + self._matrix_bits)
        for x in numerators:
            direction = [sum(map(mul, row, x)) for row in self._matrix]
            yield [sum(map(mul, direction, y)) for y in numerators]

    def _reach(self, layer: int) -> tuple[int, Layer]:
        # A layer, from the nearest earlier one that is kept; or an earlier one that it is like.
        if layer < len(self._first):
            return layer, self._first[layer]
        at = max((k for k in self._recent if k <= layer), default=len(self._first) - 1)
        state = self._recent.get(at) or self._first[-1]
        while at < layer and not self.rests(at):
            state = self._after(at, state)
            at += not self.rests(at)
        return at, state

    def _after(self, at: int, layer: Layer) -> Layer:
        if at + 1 < len(self._first):
            return self._first[at + 1]
        work.count_products(64 + 16 * len(layer.numerators), 0)  # what a layer costs however small it is
        numerators, denominator = step(layer.numerators, layer.denominator, layer.attended, self.system.tau)
        if denominator == layer.denominator and numerators == layer.numerators:
            self._rest = at
            return layer
        attended = self._attended(numerators)
        if attended == layer.attended:
            attended = layer.attended  # one list in memory for as long as the sets stay
        following = Layer(numerators, denominator, attended)
        self._room -= len(numerators) * (KEPT_OVERHEAD + len(self._matrix) * following.bits)
        if at + 1 == len(self._first) and self._room > 0:
            self._first.append(following)
        return following

    def _attended(self, numerators: list[list[int]]) -> list[frozenset[int]]:
        # A positive factor common to all tokens, or to A, changes no comparison: integers will do.
        sets = []
        for row in self.scores(numerators):
            largest = max(row)
            sets.append(frozenset(j for j, score in enumerate(row) if score == largest))
        return sets


def step(
    points: list[list[int]], denominator: int, attended: Sequence[frozenset[int]], tau: Fraction
) -> tuple[list[list[int]], int]:
    """Move integer vectors over a denominator towards the means of what they attend.

    What the step itself multiplies by is divided out again where that is possible.

    Source: FORMAT.md, section "System".
    """
    sizes = lcm(*(len(own) for own in attended))
    keep = (tau.denominator - tau.numerator) * sizes
    factor = tau.denominator * sizes
    work.count_products(
        len(points[0]) * (8 + 2 * len(points) + sum(map(len, attended))),
        widest(points, denominator) + factor.bit_length(),
    )
    moved = []
    for x, own in zip(points, attended, strict=True):
        take = tau.numerator * (sizes // len(own))
        sums = [sum(column) for column in zip(*(points[j] for j in own), strict=True)]
        moved.append([keep * a + take * b for a, b in zip(x, sums, strict=True)])
    denominator *= factor
    while (common := gcd(factor, denominator, *(x for row in moved for x in row))) > 1:
        moved, denominator = [[x // common for x in row] for row in moved], denominator // common
    return moved, denominator


def over_one_denominator(rows: Matrix) -> tuple[list[list[int]], int]:
    """Return vectors as integer vectors over their least common denominator.

    >>> over_one_denominator(((Fraction(1, 2), Fraction(1, 3)),))
    ([[3, 2]], 6)
    """
    denominator = lcm(*(x.denominator for row in rows for x in row))
    count = sum(map(len, rows))
    work.count_fractions(count, denominator.bit_length())
    work.count_products(count, longest(x for row in rows for x in row))
    return [[x.numerator * (denominator // x.denominator) for x in row] for row in rows], denominator


def widest(rows: Sequence[Sequence[int]], denominator: int = 1) -> int:
    """Return the bits of the longest of these integers.

    >>> widest([[1, -8]])
    4
    """
    return max(denominator.bit_length(), *(x.bit_length() for row in rows for x in row))


def dot(x: Sequence[Fraction], y: Sequence[Fraction | int]) -> Fraction:
    """Return the inner product of two vectors of equal length.

    >>> dot([Fraction(1), Fraction(2)], [3, 4])
    Fraction(11, 1)
    """
    total = Fraction(0)
    for a, b in zip(x, y, strict=True):
        total += a * b
        work.count_fractions(1, max(longest((total, a)), b.numerator.bit_length()))
    return total


def summed(numbers: Sequence[Fraction]) -> Fraction:
    """Return the sum of numbers.

    >>> summed([Fraction(1, 2), Fraction(1, 3)])
    Fraction(5, 6)
    """
    return dot(numbers, (1,) * len(numbers))


def read_system(field: Field) -> System:
    """Read the member ``system``; FORMAT.md, section "System".

    Source: FORMAT.md, section "System".
    """
    members = field.fields(["A", "alpha", "tokens"])
    size = len(members["A"].items())
    if size == 0:
        members["A"].refuse("at least one row")
    if not members["tokens"].items():
        members["tokens"].refuse("at least one token")
    alpha = read_alpha(members["alpha"])
    return System(members["A"].matrix(size, size), alpha, members["tokens"].matrix(None, size))


def read_alpha(field: Field) -> Fraction:
    """Read the coefficient: any number but -1.

    >>> read_alpha(Field("1/2", "alpha"))
    Fraction(1, 2)
    """
    alpha = field.rational()
    return field.refuse("a number other than -1") if alpha == -1 else alpha
