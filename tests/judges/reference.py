"""The dynamics once more, by definition and with plain fractions: slow, and without any code of exactdyn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]


@dataclass(frozen=True)
class System:
    """A matrix (d x d), a coefficient other than -1, n tokens of Q^d."""

    A: Matrix
    alpha: Fraction
    tokens: Matrix


@dataclass(frozen=True)
class Layer:
    """A state and its attention sets."""

    tokens: Matrix
    attention: tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Computed:
    """Computed layers of a system of one matrix, looked at as the oracle looks at its world."""

    A: Matrix
    found: Sequence[Layer]

    @property
    def layers(self) -> int:
        return len(self.found) - 1

    @property
    def count(self) -> int:
        return len(self.found[0].tokens)

    @property
    def dimension(self) -> int:
        return len(self.A)

    def state(self, layer: int) -> Matrix:
        return self.found[layer].tokens

    def attention(self, layer: int) -> tuple[frozenset[int], ...]:
        return self.found[layer].attention

    def q(self, x: Vector) -> Fraction:
        return form(self.A, x)


def system(A: Sequence[Sequence[object]], alpha: object, tokens: Sequence[Sequence[object]]) -> System:
    """Write a system down with ints, fractions and texts such as "1/3"."""
    return System(rational_rows(A), Fraction(alpha), rational_rows(tokens))


def rational_rows(rows: Sequence[Sequence[object]]) -> Matrix:
    return tuple(tuple(Fraction(x) for x in row) for row in rows)


def dot(x: Vector, y: Vector) -> Fraction:
    """Over one denominator: a sum of fractions would be reduced at every term."""
    pairs = list(zip(x, y, strict=True))
    try:
        terms = [(a.numerator * b.numerator, a.denominator * b.denominator) for a, b in pairs]
    except AttributeError:  # numbers of a field
        return sum((a * b for a, b in pairs), Fraction(0))
    whole = lcm(*(bottom for _, bottom in terms))
    return Fraction(sum(top * (whole // bottom) for top, bottom in terms), whole)


def times(A: Matrix, x: Vector) -> Vector:
    return tuple(dot(row, x) for row in A)


def product(A: Matrix, B: Matrix) -> Matrix:
    return tuple(tuple(dot(row, column) for column in transpose(B)) for row in A)


def transpose(A: Matrix) -> Matrix:
    return tuple(zip(*A, strict=True))


def scaled(factor: Fraction, rows: Matrix) -> Matrix:
    return tuple(tuple(factor * x for x in row) for row in rows)


def form(A: Matrix, x: Vector) -> Fraction:
    """<Ax, x>."""
    return dot(times(A, x), x)


def attention(A: Matrix, tokens: Matrix) -> tuple[frozenset[int], ...]:
    sets = []
    for z in tokens:
        direction = times(A, z)
        scores = [dot(direction, other) for other in tokens]
        largest = max(scores)
        sets.append(frozenset(j for j, score in enumerate(scores) if score == largest))
    return tuple(sets)


def mean(points: Sequence[Vector]) -> Vector:
    return tuple(sum(column, Fraction(0)) / len(points) for column in zip(*points, strict=True))


def normalised_step(alpha: Fraction, layer: Layer) -> Matrix:
    """z_i + tau (c_i - z_i)."""
    tau = alpha / (1 + alpha)
    attended = [mean([layer.tokens[j] for j in sorted(own)]) for own in layer.attention]
    return tuple(
        tuple(a + tau * (b - a) for a, b in zip(z, c, strict=True))
        for z, c in zip(layer.tokens, attended, strict=True)
    )


def unnormalised_step(alpha: Fraction, layer: Layer) -> Matrix:
    """z_i + alpha c_i."""
    attended = [mean([layer.tokens[j] for j in sorted(own)]) for own in layer.attention]
    return tuple(
        tuple(a + alpha * b for a, b in zip(z, c, strict=True))
        for z, c in zip(layer.tokens, attended, strict=True)
    )


def run(given: System, layers: int, step=normalised_step) -> list[Layer]:
    """The layers 0..layers."""
    found = [Layer(given.tokens, attention(given.A, given.tokens))]
    while len(found) <= layers:
        tokens = step(given.alpha, found[-1])
        found.append(Layer(tokens, attention(given.A, tokens)))
    return found


def leaders(layers: Sequence[Layer]) -> dict[int, int]:
    """Every token that attends itself alone at some layer, with the first such layer."""
    return {
        i: min(k for k, layer in enumerate(layers) if layer.attention[i] == {i})
        for i in range(len(layers[0].tokens))
        if any(layer.attention[i] == {i} for layer in layers)
    }


def leading_points(layer: Layer) -> set[frozenset[int]]:
    """Every set of all copies of one point that attend exactly each other."""
    places = {frozenset(j for j, y in enumerate(layer.tokens) if y == x) for x in layer.tokens}
    return {copies for copies in places if all(layer.attention[i] == copies for i in copies)}
