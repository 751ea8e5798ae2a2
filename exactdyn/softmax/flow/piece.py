"""One step of the validated integrator: a polynomial, and a proof of how far the solution is from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from operator import mul
from typing import TypeAlias

from flint import arb, arb_series, fmpz_poly

from exactdyn.numbers.precision import PrecisionError, exactly, working
from exactdyn.softmax.balls import above, ball, dyadic, largest
from exactdyn.softmax.flow.field import (
    Arrangement,
    References,
    Value,
    logarithmic_norm,
    velocities,
    widened,
)
from exactdyn.softmax.system import Drive

Grid: TypeAlias = tuple[tuple[tuple[int, ...], ...], ...]
"""[point][coordinate][power], in units of 2^-bits."""

COARSE = 64
"""Bits for bounds of which only the size matters."""

STRETCHES = 4
"""Into how many equal stretches a piece is divided for the bounds of growth; a power of 2."""

TRIALS = 4
"""How many tubes are tried, each wider than the last."""

Expansion: TypeAlias = Callable[[Sequence[int], int], list[arb]]


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


@dataclass(frozen=True)
class Polynomial:
    """What is to be validated; fields as in :class:`Piece`, ``refs`` for the evaluation only."""

    coefficients: Grid
    bits: int
    length: Fraction
    refs: References

    @property
    def order(self) -> int:
        """The degree p.

        >>> Polynomial((((2, 1),),), 1, Fraction(1, 8), (0,)).order
        1
        """
        return len(self.coefficients[0][0]) - 1


def defect(model: Drive, u: Polynomial) -> tuple[arb, arb]:
    """Return two bounds whose sum bounds |u' - length f(u)| on [0, 1]: of the low powers, of the remainder.

    For powers k < p the coefficients (k+1) u_(k+1) and length [f(u)]_k are compared; what is left is
    length |[f(u(xi + .))]_p| for a xi in [0, 1], by Taylor's theorem with Lagrange's remainder.
    Source: lemma ``defect`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> one = ((Fraction(1),),)
    >>> low, remainder = defect(Drive(one, one, (1,)), Polynomial((((2, 1),),), 1, Fraction(1, 2), (0,)))
    >>> low, remainder
    (0, 0.250000000000000)
    """
    return _low_powers(model, u), _remainder(model, u)


def _low_powers(model: Drive, u: Polynomial) -> arb:
    with working(u.bits + 32, terms=u.order):
        found = _velocity_series(model, u, _exact, u.order)
        length, total = ball(u.length), arb(0)
        for k in range(u.order):
            total = total + largest(
                (dyadic((k + 1) * powers[k + 1], u.bits) - length * series[k]).abs_upper()
                for row, velocity in zip(u.coefficients, found, strict=True)
                for powers, series in zip(row, velocity, strict=True)
            )
        return total.upper()


def _remainder(model: Drive, u: Polynomial) -> arb:
    with working(COARSE, terms=u.order + 1):
        try:
            found = _velocity_series(model, u, _anywhere, u.order + 1)
        except ValueError:  # flint's, where the ball of a denominator is so wide that it holds 0
            return arb.pos_inf()
        top = largest(series[u.order].abs_upper() for velocity in found for series in velocity)
        return (top * ball(u.length)).upper()


def _velocity_series(model: Drive, u: Polynomial, expansion: Expansion, terms: int) -> list[list[Value]]:
    state = _arrangement(u, lambda powers: arb_series(expansion(powers, u.bits), prec=terms))
    found = velocities(state, u.refs, model)
    # A coefficient beyond the number of terms reads 0, and that number is the whole process's.
    if any(getattr(series, "prec", 0) < terms for velocity in found for series in velocity):
        raise PrecisionError("flint.ctx.cap was changed while an enclosure was computed")
    return found


def _exact(powers: Sequence[int], bits: int) -> list[arb]:
    return [dyadic(power, bits) for power in powers]


def _anywhere(powers: Sequence[int], bits: int) -> list[arb]:
    # The coefficients of u(xi + .) for all xi in [0, 1] at once: of u(1/2 + .), and how far they are off.
    order = len(powers) - 1
    halves = fmpz_poly([power << (order - k) for k, power in enumerate(powers)])
    centred = _shifted(halves, order)
    reached = _shifted(fmpz_poly(list(map(abs, centred))), order)
    return [
        arb((middle, m - order - bits), (reach - abs(middle), m - order - bits))
        for m, (middle, reach) in enumerate(zip(centred, reached, strict=True))
    ]


def _shifted(polynomial: fmpz_poly, order: int) -> list[int]:
    # The coefficients of p(1 + .).
    moved = polynomial(fmpz_poly([1, 1]))
    return [int(moved[k]) for k in range(order + 1)]


def _value_on(powers: Sequence[int], bits: int, stretch: int) -> arb:
    # A ball for u(s), stretch <= STRETCHES s <= stretch + 1: each power of s is between those of the ends.
    middles, radii, scale = _ends(len(powers), stretch)
    middle, radius = sum(map(mul, powers, middles)), sum(map(mul, map(abs, powers), radii))
    return arb((middle, -bits - scale), (radius, -bits - scale))


@lru_cache(maxsize=64)
def _ends(terms: int, stretch: int) -> tuple[list[int], list[int], int]:
    # Sums and differences of the powers of both ends, divided by 2, in units of 2^-scale.
    per_power = STRETCHES.bit_length() - 1
    units = [1 << per_power * (terms - 1 - k) for k in range(terms)]
    low, high = ([end**k * unit for k, unit in enumerate(units)] for end in (stretch, stretch + 1))
    middles, radii = ([b + sign * a for a, b in zip(low, high, strict=True)] for sign in (1, -1))
    return middles, radii, per_power * (terms - 1) + 1


def _arrangement(u: Polynomial, make: Callable[[list[int]], Value]) -> Arrangement:
    # Differences are formed exactly, before anything is enclosed.
    differences = {
        m: [
            [make([a - b for a, b in zip(x, y, strict=True)]) for x, y in zip(row, away, strict=True)]
            for row in u.coefficients
        ]
        for m, away in ((m, u.coefficients[m]) for m in set(u.refs))
    }
    return Arrangement([[make(list(x)) for x in row] for row in u.coefficients], differences)


def validate(model: Drive, u: Polynomial, start: Fraction, before: Fraction, off: arb) -> Piece | None:
    """Return the piece if a solution that starts within ``before`` of u(0) provably stays in a tube around u.

    ``off``: a bound of |u' - length f(u)| on [0, 1].
    Source: lemma ``tube`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> one = ((Fraction(1),),)
    >>> u = Polynomial((((2, 1),),), 1, Fraction(1, 2), (0,))
    >>> piece = validate(Drive(one, one, (1,)), u, Fraction(0), Fraction(0), arb("0.25"))
    >>> piece.after > 2 * Fraction(7, 100)  # more than the distance of the exponential of 1/2 from 3/2
    True
    """
    with working(COARSE):
        makers = [partial(_value_on, bits=u.bits, stretch=stretch) for stretch in range(STRETCHES)]
        boxes = [_arrangement(u, make) for make in makers]
        near = ball(before)
        tube = (4 * (near + off) + dyadic(16, u.bits)).upper()
        for _ in range(TRIALS):
            norms = (logarithmic_norm(widened(box, tube), u.refs, model) for box in boxes)
            throughout, after = _spread(near, off, [norm * ball(u.length) for norm in norms])
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
