"""The system a certificate speaks of, and its run, computed here from nothing but A, alpha and the tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from operator import mul

from proofs_checks.reading import Field, Matrix, Vector

LAYERS_LIMIT = 10_000_000
"""Largest layer that a certificate may name."""


@dataclass(frozen=True)
class System:
    """A matrix A (d x d), a coefficient alpha other than -1 and n tokens of Q^d."""

    A: Matrix
    alpha: Fraction
    tokens: Matrix

    @property
    def tau(self) -> Fraction:
        """The step alpha / (1 + alpha)."""
        return self.alpha / (1 + self.alpha)

    @property
    def dimension(self) -> int:
        """The dimension d."""
        return len(self.A)

    def image(self, x: Vector) -> Vector:
        """Return Ax."""
        return tuple(dot(row, x) for row in self.A)

    def form(self, x: Vector, y: Vector) -> Fraction:
        """Return <Ax, y>."""
        return dot(self.image(x), y)


@dataclass(frozen=True)
class Layer:
    """One state: integer vectors over one positive denominator, and the attention set of every token."""

    numerators: list[list[int]]
    denominator: int
    attended: list[frozenset[int]]

    def point(self, token: int) -> Vector:
        """Return a token's place."""
        return tuple(Fraction(x, self.denominator) for x in self.numerators[token])

    def points(self) -> Matrix:
        """Return the places of all tokens."""
        return tuple(map(self.point, range(len(self.numerators))))


class Run:
    """The layers of a system, each computed when it is first asked for."""

    def __init__(self, system: System, layers: int, known: list[Layer] | None = None) -> None:
        """Prepare layers 0..layers, or take them from ``known``, where they are all."""
        self.system = system
        self.layers = layers
        scale = lcm(*(x.denominator for row in system.A for x in row))
        self._matrix = [[int(x * scale) for x in row] for row in system.A]
        denominator = lcm(*(x.denominator for token in system.tokens for x in token))
        numerators = [[int(x * denominator) for x in token] for token in system.tokens]
        self._layers = known or [Layer(numerators, denominator, self._attended(numerators))]

    def __getitem__(self, layer: int) -> Layer:
        """Return a layer; negative ones do not exist."""
        while len(self._layers) <= layer:
            self._layers.append(self._next(self._layers[-1]))
        return self._layers[layer]

    def leaders(self) -> dict[int, int]:
        """Return every token that is a leader at some layer 0..layers, with the first such layer."""
        first: dict[int, int] = {}
        for k in range(self.layers + 1):
            for i, attended in enumerate(self[k].attended):
                if attended == {i}:
                    first.setdefault(i, k)
        return first

    def scores(self, numerators: list[list[int]]) -> list[list[int]]:
        """Return <A x, y> for all pairs of integer vectors, times a positive number that clears A."""
        rows = []
        for x in numerators:
            direction = [sum(map(mul, row, x)) for row in self._matrix]
            rows.append([sum(map(mul, direction, y)) for y in numerators])
        return rows

    def _attended(self, numerators: list[list[int]]) -> list[frozenset[int]]:
        # A positive factor common to all tokens, or to A, changes no comparison: integers will do.
        sets = []
        for row in self.scores(numerators):
            largest = max(row)
            sets.append(frozenset(j for j, score in enumerate(row) if score == largest))
        return sets

    def _next(self, layer: Layer) -> Layer:
        numerators, denominator = step(layer.numerators, layer.denominator, layer.attended, self.system.tau)
        return Layer(numerators, denominator, self._attended(numerators))


def step(
    points: list[list[int]], denominator: int, attended: Sequence[frozenset[int]], tau: Fraction
) -> tuple[list[list[int]], int]:
    """Move integer vectors over a denominator towards the means of what they attend, in lowest terms."""
    sizes = lcm(*(len(own) for own in attended))
    keep = (tau.denominator - tau.numerator) * sizes
    moved = []
    for x, own in zip(points, attended, strict=True):
        take = tau.numerator * (sizes // len(own))
        sums = [sum(column) for column in zip(*(points[j] for j in own), strict=True)]
        moved.append([keep * a + take * b for a, b in zip(x, sums, strict=True)])
    denominator *= tau.denominator * sizes
    common = gcd(denominator, *(x for row in moved for x in row))
    return [[x // common for x in row] for row in moved], denominator // common


def dot(x: Vector | list[Fraction], y: Vector) -> Fraction:
    """Return the inner product of two vectors of equal length."""
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def read_system(field: Field) -> System:
    """Read the member ``system``; FORMAT.md, section "System"."""
    members = field.fields(["A", "alpha", "tokens"])
    size = len(members["A"].items())
    if size == 0:
        members["A"].refuse("at least one row")
    if not members["tokens"].items():
        members["tokens"].refuse("at least one token")
    alpha = read_alpha(members["alpha"])
    return System(members["A"].matrix(size, size), alpha, members["tokens"].matrix(None, size))


def read_alpha(field: Field) -> Fraction:
    """Read the coefficient: any number but -1."""
    alpha = field.rational()
    return field.refuse("a number other than -1") if alpha == -1 else alpha
