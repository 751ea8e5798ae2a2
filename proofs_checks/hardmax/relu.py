"""The block eta y + W2 relu(W1 y + b1) + b2 that may follow the attention of a layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import mul

from proofs_checks import work
from proofs_checks.format.field_number import Integer, Matrix, Number, Rows, Vector
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.vectors import over_one_denominator, widest


@dataclass(frozen=True)
class Relu:
    """W1 (m x d), b1 (m), W2 (d x m), b2 (d) and eta; m >= 1."""

    W1: Matrix
    b1: Vector
    W2: Matrix
    b2: Vector
    eta: Number = Fraction(1)

    def applied(self, points: Sequence[Sequence[Integer]], denominator: int) -> tuple[Rows, int, int]:
        """Return the block of integer vectors over a denominator, the new denominator, and their quotient.

        >>> absolute = Relu(((Fraction(-2),),), (Fraction(0),), ((Fraction(1),),), (Fraction(0),))
        >>> absolute.applied([[3], [-3]], 7)
        ([[3], [3]], 7, 1)
        """
        inner, first = over_one_denominator(tuple((*row, b) for row, b in zip(self.W1, self.b1, strict=True)))
        outer = tuple((*row, b, self.eta) for row, b in zip(self.W2, self.b2, strict=True))
        rows, second = over_one_denominator(outer)
        bits = widest(points, denominator) + widest(inner, first) + widest(rows, second)
        work.count_products(2 * len(points) * len(inner) * (len(rows) + 2), bits)
        found = []
        for y in points:
            extended = [*y, denominator]
            hidden = [max(0, sum(map(mul, row, extended))) for row in inner]
            hidden.append(first * denominator)
            found.append(
                [sum(map(mul, row, hidden)) + row[-1] * first * x for row, x in zip(rows, y, strict=True)]
            )
        return found, first * second * denominator, first * second


def read_relu(field: Field, dimension: int) -> Relu:
    """Read an entry of the member ``relu`` for tokens of a dimension.

    Source: FORMAT.md, section "Systems with schedules, masks, heads".

    >>> block = {"W1": [["1"]], "b1": ["0"], "W2": [["2"]], "b2": ["1"]}
    >>> read_relu(Field(block, "relu[0]"), 1).eta
    Fraction(1, 1)
    """
    members = field.fields(["W1", "b1", "W2", "b2"], ["eta"])
    size = len(members["b1"].items())
    if size == 0:
        members["b1"].refuse("at least one number")
    return Relu(
        members["W1"].matrix(size, dimension),
        members["b1"].vector(),
        members["W2"].matrix(dimension, size),
        members["b2"].vector(dimension),
        members["eta"].number() if "eta" in members else Fraction(1),
    )
