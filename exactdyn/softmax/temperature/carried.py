"""How the step of a layer, and the ReLU block that may follow, carry errors of tokens on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from flint import arb

from exactdyn.errors import InputError
from exactdyn.layer.affine import AffineStep, Multiplier, as_matrix
from exactdyn.layer.relu import Relu
from exactdyn.layer.step import LayerStep, Step
from exactdyn.numbers.reading import Row, Rows
from exactdyn.numbers.vectors import identity, inner
from exactdyn.softmax.balls import ball, largest


@dataclass(frozen=True)
class Carried:
    """The step R z_i + sum_h P_h c_ih of a layer.

    ``parts``: R and each P_h, all of them numbers (multiples of the identity) or all matrices. ``relu``: the
    ReLU block that follows, if one does.
    """

    parts: tuple[Multiplier, ...]
    relu: Relu | None

    @classmethod
    def of(cls, step: LayerStep, dimension: int) -> Carried:
        """Return the step of a layer; raises :class:`~exactdyn.errors.InputError` where it is not affine.

        Source: ``proofs_checks/FORMAT.md``, section "Systems with schedules, masks, heads".

        >>> Carried.of(Step(Fraction(1, 3)), 2).parts
        (Fraction(2, 3), Fraction(1, 3))
        """
        affine = AffineStep((step.tau,)) if isinstance(step, Step) else step
        if not isinstance(affine, AffineStep):
            raise InputError(f"step: softmax requires an affine step, got {type(step).__name__}")
        pulls = affine.parts
        if not any(isinstance(pull, tuple) for pull in pulls):
            numbers = cast("tuple[Fraction, ...]", pulls)
            return cls((1 - sum(numbers, Fraction(0)), *numbers), affine.relu)
        matrices = [as_matrix(pull, dimension) for pull in pulls]
        keep = tuple(
            tuple(one - sum(own) for one, *own in zip(*rows, strict=True))
            for rows in zip(identity(dimension), *matrices, strict=True)
        )
        return cls((keep, *matrices), affine.relu)

    @property
    def convex(self) -> bool:
        """Whether every coordinate of a new token is a convex combination of that of tokens before.

        >>> Carried((Fraction(-1), Fraction(2)), None).convex
        False
        """
        return self.relu is None and all(map(_diagonal_not_negative, self.parts))

    def after(self, own: arb, targets: Sequence[arb]) -> arb:
        """Bound the error after the step, in every coordinate, given that before it and those of the means.

        Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.

        >>> Carried((Fraction(1, 4), Fraction(3, 4)), None).after(arb(4), [arb(8)])
        7.00000000000000
        """
        errors = [own, *targets]
        return largest(inner(row, errors) for row in self._rows)

    @property
    def _rows(self) -> list[list[arb]]:
        # For every coordinate, or for all that are alike, the sums of absolute values in a row of each part.
        if not isinstance(self.parts[0], tuple):
            return [[ball(abs(cast("Fraction", part))) for part in self.parts]]
        matrices = cast("tuple[Rows, ...]", self.parts)
        return [
            [ball(sum(map(abs, row), Fraction(0))) for row in rows] for rows in zip(*matrices, strict=True)
        ]

    def through(self, place: Sequence[Fraction], error: arb) -> arb:
        """Bound the error after the block, given one before it, and the exact token there.

        Source: lemma ``temperature`` in ``proofs_checks/softmax/FORMAT.md``.

        >>> absolute = Carried((), Relu([[-2]], [0], [[1]], [0]))
        >>> [absolute.through([Fraction(x)], arb(1)) for x in (-5, 0, 5)]
        [1.00000000000000, 1.00000000000000, 1.00000000000000]
        """
        block = self.relu
        if block is None:
            return error
        sizes = [sum(map(abs, row), Fraction(0)) for row in block.W1]
        slopes = [
            _slope(inner(row, place) + shift, ball(size) * error)
            for row, shift, size in zip(block.W1, block.b1, sizes, strict=True)
        ]
        return (largest(_slack(block, slopes, sizes, r) for r in range(block.dimension)) * error).upper()


def _diagonal_not_negative(part: Multiplier) -> bool:
    if not isinstance(part, tuple):
        return part >= 0
    return all(x >= 0 if r == c else x == 0 for r, row in enumerate(part) for c, x in enumerate(row))


def _slope(value: Fraction, reach: arb) -> tuple[Fraction, Fraction]:
    # Where the difference quotients of relu are, between a value and what is in reach: middle and radius.
    if ball(abs(value)) >= reach:
        return Fraction(int(value >= 0)), Fraction(0)
    return Fraction(1, 2), Fraction(1, 2)


def _slack(
    block: Relu, slopes: Sequence[tuple[Fraction, Fraction]], sizes: Sequence[Fraction], r: int
) -> arb:
    # By how much the block may multiply an error, in coordinate r.
    row: Row = block.W2[r]
    bounds = []
    for c in range(block.dimension):
        bends = (w * middle * own[c] for w, (middle, _), own in zip(row, slopes, block.W1, strict=True))
        bounds.append(abs(sum(bends, block.eta * (r == c))))
    bounds += [abs(w) * off * size for w, (_, off), size in zip(row, slopes, sizes, strict=True)]
    return ball(sum(bounds, Fraction(0)))
