"""One step of the validated integrator: a polynomial, and a proof of how far the solution is from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from flint import arb

from exactdyn.numbers.precision import exactly, working
from exactdyn.softmax.balls import above, ball, dyadic, float_above, largest
from exactdyn.softmax.flow.along import Grid, Polynomial
from exactdyn.softmax.flow.growth import LogarithmicNorms, SumOfNorms

COARSE = 64
"""Bits for bounds of which only the size matters."""

STRETCHES = 4
"""Into how many equal stretches a piece is divided for the bounds of growth."""

TRIALS = 4
"""How many tubes are tried, each wider than the last."""


@dataclass(frozen=True)
class Piece:
    """A polynomial u on a stretch of time, and bounds for the distance of the solution from it.

    With s = (t - start) / length in [0, 1], u_ia(s) = sum_k coefficients[i][a][k] s^k / 2^bits. ``tube``: a
    distance that the solution is proved not to leave. ``before``, ``throughout``, ``after``: bounds for
    max |x - u| at the start, at any time of the piece, at its end.
    """

    start: Fraction
    length: Fraction
    bits: int
    coefficients: Grid
    tube: Fraction
    before: Fraction
    throughout: Fraction
    after: Fraction

    @property
    def end(self) -> Fraction:
        """The time at which the piece ends.

        >>> half = Fraction(1, 2)
        >>> Piece(half, half, 1, (((2, 1),),), half, half, half, half).end
        Fraction(1, 1)
        """
        return self.start + self.length

    def final(self) -> list[list[int]]:
        """Return u(1), exactly, in units of 2^-bits.

        >>> half = Fraction(1, 2)
        >>> Piece(half, half, 1, (((2, 1),),), half, half, half, half).final()
        [[3]]
        """
        return [[sum(powers) for powers in row] for row in self.coefficients]

    def at(self, time: Fraction) -> list[list[Fraction]]:
        """Return the polynomial at a time of this piece, exactly.

        Source: lemma ``tube`` in ``proofs_checks/softmax/FORMAT.md``.

        >>> half = Fraction(1, 2)
        >>> Piece(half, half, 1, (((2, 1),),), half, half, half, half).at(Fraction(1))
        [[Fraction(3, 2)]]
        """
        s = (time - self.start) / self.length
        return [[_horner(powers, s) / 2**self.bits for powers in row] for row in self.coefficients]


def _horner(powers: tuple[int, ...], s: Fraction) -> Fraction:
    total = Fraction(0)
    for coefficient in reversed(powers):
        total = total * s + coefficient
    return total


def validate(
    u: Polynomial, growth: LogarithmicNorms | SumOfNorms, start: Fraction, before: Fraction, off: Fraction
) -> Piece | None:
    """Return the piece if a solution that starts within ``before`` of u(0) provably stays in a tube around u.

    ``off``: a bound of |u' - length f(u)| on [0, 1].
    Source: lemma ``tube`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> from exactdyn.softmax.flow.along import attention_along
    >>> from exactdyn.softmax.system import Drive
    >>> one = ((Fraction(1),),)
    >>> model, u = Drive(one, one, (1,)), Polynomial((((2, 1),),), 1, Fraction(1, 2), (0,))
    >>> growth = LogarithmicNorms(model, u, attention_along(model, u), STRETCHES)
    >>> piece = validate(u, growth, Fraction(0), Fraction(0), Fraction(1, 4))
    >>> piece.after > 2 * Fraction(7, 100)  # more than the distance of the exponential of 1/2 from 3/2
    True
    """
    with working(COARSE):
        near, missed = ball(before), ball(off)
        tube = (4 * (near + missed) + dyadic(16, u.bits)).upper()
        for _ in range(TRIALS):
            norms = growth.norms(float_above(tube))
            if not max(norms) < inf:
                return None
            throughout, after = _spread(near, missed, [arb(norm) * ball(u.length) for norm in norms])
            if not throughout.is_finite():
                return None
            # Twice: the checker computes bounds of its own, a little wider than these.
            if 2 * near < tube and 2 * throughout < tube:
                bounds = (exactly(tube), before, above(throughout), above(after))
                return Piece(start, u.length, u.bits, u.coefficients, *bounds)
            tube = (4 * throughout).upper()
    return None


def _spread(near: arb, off: arb, norms: Sequence[arb]) -> tuple[arb, arb]:
    # Bounds of the distance from u, everywhere and at the end, given one for the start.
    highest, part = near, off / len(norms)
    for norm in norms:
        growth = (norm / len(norms)).exp()
        most = largest([growth, arb(1)])
        highest = largest([highest, (near + part) * most])
        near = near * growth + part * most
    return highest, near
