"""How the step of a layer carries errors of tokens on; softmax/FORMAT.md, lemma ``temperature``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.field_number import RationalVector, integers, rational
from proofs_checks.hardmax.moves import LinearStep
from proofs_checks.hardmax.relu import Relu
from proofs_checks.hardmax.system import System
from proofs_checks.hardmax.vectors import dot
from proofs_checks.work import longest

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Move:
    """The step R y + sum_h P_h b_h of a layer, and the block that follows, if one does.

    ``rows``: for every coordinate r, or for all where they are alike, the sums of the absolute values in row
    r of R and of each P_h. ``convex``: whether R and all P_h are diagonal, no entry is negative, and no block
    follows. ``linear``: the step itself, where a block follows.
    """

    rows: tuple[tuple[Fraction, ...], ...]
    convex: bool
    block: Relu | None = None
    linear: LinearStep | None = None

    @classmethod
    def of(cls, system: System, layer: int) -> Move:
        """Return the step of a layer; raises RejectedError where there is none.

        Source: FORMAT.md, section "Systems with schedules, masks, heads".

        >>> Move.of(System.of(((Fraction(2),),), Fraction(3), ((Fraction(1),),)), 0)
        Move(rows=((Fraction(1, 4), Fraction(3, 4)),), convex=True, block=None, linear=None)
        """
        values = [head.value(system.period, layer) for head in system.heads]
        tau, block = rational(system.schedule.at(layer)), system.relu_at(layer)
        if values == [None] and block is None:
            return cls(((abs(1 - tau), abs(tau)),), 0 <= tau <= 1)
        linear = LinearStep.of(values, tau, system.dimension, layer)
        matrices = [integers(matrix) for matrix in (linear.keep, *linear.pulls)]
        work.count_products(len(matrices) * system.dimension**2, 0)
        rows = tuple(
            tuple(Fraction(sum(map(abs, matrix[r])), linear.denominator) for matrix in matrices)
            for r in range(system.dimension)
        )
        convex = block is None and all(
            x >= 0 if r == c else x == 0
            for matrix in matrices
            for r, row in enumerate(matrix)
            for c, x in enumerate(row)
        )
        return cls(rows, convex, block, linear if block is not None else None)

    def carried(self, own: int, targets: Sequence[int]) -> Fraction:
        """Return a bound of the error after the step, given that before it and those of the targets.

        Source: softmax/FORMAT.md, lemma ``temperature``.

        >>> Move(((Fraction(1, 4), Fraction(3, 4)),), True).carried(4, [8])
        Fraction(7, 1)
        """
        work.count_fractions(
            len(self.rows) * (len(targets) + 1), longest(x for row in self.rows for x in row)
        )
        errors = (own, *targets)
        return max(
            sum((factor * error for factor, error in zip(row, errors, strict=True)), Fraction(0))
            for row in self.rows
        )


def through(block: Relu, place: RationalVector, error: Fraction) -> Fraction:
    """Return a bound of the error after a block, given one before it, and the exact place there.

    Source: softmax/FORMAT.md, lemma ``temperature``.

    >>> one, zero = Fraction(1), Fraction(0)
    >>> absolute = Relu(((Fraction(-2),),), (zero,), ((one,),), (zero,))
    >>> [through(absolute, (Fraction(x),), one) for x in (-5, 0, 5)]
    [Fraction(1, 1), Fraction(1, 1), Fraction(1, 1)]
    """
    inner = [list(map(rational, row)) for row in block.W1]
    outer = [list(map(rational, row)) for row in block.W2]
    bits = longest([error, *place, *(x for row in (*inner, *outer) for x in row)])
    work.count_fractions(len(inner) * (2 + 3 * len(outer)) * len(outer), bits)
    sizes = [sum(map(abs, row), Fraction(0)) for row in inner]
    slopes = [
        _slope(dot(row, place) + rational(shift), size * error)
        for row, shift, size in zip(inner, block.b1, sizes, strict=True)
    ]
    eta, bounds = rational(block.eta), []
    for r, weights in enumerate(outer):
        units = list(zip(weights, slopes, inner, sizes, strict=True))
        straight = [
            sum((weight * middle * row[c] for weight, (middle, _), row, _ in units), eta * (r == c))
            for c in range(len(outer))
        ]
        bent = [abs(weight) * off * size for weight, (_, off), _, size in units]
        bounds.append(sum(map(abs, straight), Fraction(0)) + sum(bent, Fraction(0)))
    return error * max(bounds)


def _slope(value: Fraction, reach: Fraction) -> tuple[Fraction, Fraction]:
    # Where the difference quotients of relu are, between a value and what is in reach: middle and radius.
    if abs(value) < reach:
        return HALF, HALF
    return Fraction(int(value >= reach)), Fraction(0)
