"""The enclosure, checked again from its polynomials; FORMAT.md, lemmas ``defect`` and ``tube``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, partial
from math import comb
from operator import add, mul, sub
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.vectors import summed
from proofs_checks.softmax.attention import Model, logarithmic_norm, model, references, velocities
from proofs_checks.softmax.balls import Arithmetic, Ball, largest, upwards
from proofs_checks.softmax.series import Series, series
from proofs_checks.softmax.system import Softmax

GUARD = 32
"""Bits that the checker computes with beyond those of the polynomials."""

STRETCHES = 4
"""Into how many equal stretches a piece is divided for the bounds of growth."""

BITS_LIMIT = 10_000
"""Largest number of bits that a certificate may ask for."""

Polynomials: TypeAlias = tuple[tuple[tuple[int, ...], ...], ...]
"""[point][coordinate][power], in units of 2^-bits."""


@dataclass(frozen=True)
class Piece:
    """A polynomial u(s), s in [0, 1], over a stretch of time of this length, and a tube around it."""

    length: Fraction
    tube: int
    polynomials: Polynomials


@dataclass(frozen=True)
class Pieces:
    """The polynomial pieces, one after the other from time 0, in units of 2^-bits."""

    bits: int
    pieces: tuple[Piece, ...]

    @property
    def time(self) -> Fraction:
        """The time at which the last one ends."""
        return summed([piece.length for piece in self.pieces])


@dataclass(frozen=True)
class State:
    """Where the distinct points are at a time: within ``radius`` of ``centre`` in every coordinate."""

    time: Fraction
    centre: tuple[tuple[Fraction, ...], ...]
    radius: Fraction


def read_pieces(field: Field, system: Softmax) -> Pieces:
    """Read the member ``enclosure``.

    Source: FORMAT.md here, section "Envelope".
    """
    members = field.fields(["bits", "pieces"])
    bits = members["bits"].integer(8, BITS_LIMIT)
    return Pieces(bits, tuple(_read_piece(item, system) for item in members["pieces"].items()))


def _read_piece(field: Field, system: Softmax) -> Piece:
    members = field.fields(["length", "tube", "polynomials"])
    length = members["length"].rational()
    if length <= 0:
        members["length"].refuse("a number greater than 0")
    points = members["polynomials"].items(len(system.points))
    rows = tuple(
        tuple(
            tuple(map(_read_coefficient, coordinate.items())) for coordinate in point.items(system.dimension)
        )
        for point in points
    )
    order = len(rows[0][0])
    if order < 2 or any(len(powers) != order for row in rows for powers in row):
        members["polynomials"].refuse("polynomials of one length, at least 2 coefficients each")
    tube = _read_coefficient(members["tube"])
    if tube < 1:
        members["tube"].refuse("an integer of at least 1")
    return Piece(length, tube, rows)


def _read_coefficient(field: Field) -> int:
    value = field.value
    if type(value) is not int or value.bit_length() > 2 * BITS_LIMIT:
        field.refuse(f"an integer of at most {2 * BITS_LIMIT} bits")
    return value


def final_state(system: Softmax, pieces: Pieces) -> State:
    """Return where the points provably are when the last piece ends.

    Raises :class:`RejectedError` if a piece does not prove what it should.

    Source: FORMAT.md here, lemma ``tube``.
    """
    bits = pieces.bits
    unit = Fraction(1, 1 << bits)
    drive = model(Arithmetic(bits + GUARD), system)
    centre: Sequence[Sequence[Fraction]] = system.points
    radius = drive.context.above(system.radius)
    for number, piece in enumerate(pieces.pieces):
        gap = max(
            abs(x - powers[0] * unit)
            for row, own in zip(centre, piece.polynomials, strict=True)
            for x, powers in zip(row, own, strict=True)
        )
        try:
            radius = after(drive, piece, radius + drive.context.above(gap))
        except RejectedError as error:
            raise RejectedError(f"piece {number}: {error}") from None
        centre = [[sum(powers) * unit for powers in row] for row in piece.polynomials]
    kept = tuple(tuple(row) for row in centre)
    if not pieces.pieces:
        return State(Fraction(0), kept, system.radius)  # nothing was rounded
    return State(pieces.time, kept, Fraction(radius, 1 << drive.context.bits))


def after(drive: Model, piece: Piece, before: int) -> int:
    """Return a bound for the distance of the solution from u(1), given one from u(0).

    Raises :class:`RejectedError` unless the solution provably stays in the tube.

    Source: FORMAT.md here, lemma ``tube``.
    """
    context, tube = drive.context, piece.tube << GUARD
    chosen = references(drive, [[_at_start(powers, 1) for powers in row] for row in piece.polynomials])
    off = _low_powers(drive, piece, chosen) + _remainder(drive, piece, chosen)
    if not before < tube:
        raise RejectedError("the solution does not start inside the tube")
    one, radius, part = context.one.middle, before, upwards(off, STRETCHES)
    scale = STRETCHES * piece.length.denominator
    for stretch in range(STRETCHES):
        norm = logarithmic_norm(drive, *_box(piece, chosen, tube, stretch), chosen)
        growth = context.exp_above(upwards(norm * piece.length.numerator, scale))
        most = max(growth, one)
        if not upwards((radius + part) * most, one) < tube:
            raise RejectedError("the solution may leave the tube")
        radius = upwards(radius * growth + part * most, one)
    return radius


def _low_powers(drive: Model, piece: Piece, chosen: Sequence[int]) -> int:
    # sum over k < p of |(k+1) u_(k+1) - length [f(u)]_k|, the largest coordinate of each.
    order = len(piece.polynomials[0][0]) - 1
    found = velocities(drive, *_configuration(piece, chosen, lambda powers: _at_start(powers, order)), chosen)
    total = 0
    for k in range(order):
        total += largest(
            [
                Ball((k + 1) * powers[k + 1] << GUARD, 0) - _times_length(velocity[k], piece.length)
                for row, velocities_of in zip(piece.polynomials, found, strict=True)
                for powers, velocity in zip(row, velocities_of, strict=True)
            ]
        )
    return total


def _remainder(drive: Model, piece: Piece, chosen: Sequence[int]) -> int:
    # length |[f(u(xi + .))]_p| for every xi in [0, 1].
    order = len(piece.polynomials[0][0]) - 1
    found = velocities(drive, *_configuration(piece, chosen, _anywhere), chosen)
    return largest([_times_length(velocity[order], piece.length) for row in found for velocity in row])


def _box(piece: Piece, chosen: Sequence[int], tube: int, stretch: int) -> Configuration:
    # Where the points can be on this stretch as long as they are in the tube, and their differences.
    positions, differences = _configuration(piece, chosen, partial(_value_on, stretch=stretch))
    return (
        [[_widened(x, tube) for x in row] for row in positions],
        {
            # The difference of a point from itself is 0 wherever it is.
            m: [row if j == m else [_widened(x, 2 * tube) for x in row] for j, row in enumerate(rows)]
            for m, rows in differences.items()
        },
    )


Configuration: TypeAlias = tuple[list[list[Series]], dict[int, list[list[Series]]]]
"""Positions, and for each reference point m the differences x_j - x_m."""


def _configuration(
    piece: Piece, chosen: Sequence[int], make: Callable[[Sequence[int]], Series]
) -> Configuration:
    # Differences are formed exactly, before anything is enclosed.
    differences = {}
    for m in set(chosen):
        away = piece.polynomials[m]
        differences[m] = [
            [make([a - b for a, b in zip(x, y, strict=True)]) for x, y in zip(row, away, strict=True)]
            for row in piece.polynomials
        ]
    return [[make(powers) for powers in row] for row in piece.polynomials], differences


def _at_start(powers: Sequence[int], terms: int) -> Series:
    return series(Ball(power << GUARD, 0) for power in powers[:terms])


def _anywhere(powers: Sequence[int]) -> Series:
    # The coefficients of u(xi + .) for xi in [0, 1]. With q(y) = 2^p u(y / 2), c_m the coefficients of
    # q(1 + .) and |y - 1| <= 1, those of q(y + .) are within sum_(k > m) C(k, m) |c_k| of c_m.
    order = len(powers) - 1
    work.count_products(4 * order * (order + 8), (max(map(int.bit_length, powers)) + 2 * order) // 2)
    binomials = _binomials(len(powers))
    halves = [power << (order - k) + GUARD for k, power in enumerate(powers)]
    centred = [sum(map(mul, factors, halves[m:])) for m, factors in enumerate(binomials)]
    sizes = list(map(abs, centred))
    rests = [sum(map(mul, factors[1:], sizes[m + 1 :])) for m, factors in enumerate(binomials)]
    return series(
        Ball(middle >> order - m, upwards(rest, 1 << order - m) + 1)
        for m, (middle, rest) in enumerate(zip(centred, rests, strict=True))
    )


@lru_cache(maxsize=8)
def _binomials(terms: int) -> list[list[int]]:
    return [[comb(k, m) for k in range(m, terms)] for m in range(terms)]


def _value_on(powers: Sequence[int], stretch: int) -> Series:
    # A ball for u(s), stretch <= STRETCHES s <= stretch + 1: s^k is between the powers of the ends.
    sums, differences, unit = _ends(len(powers), stretch)
    middle = sum(map(mul, powers, sums)) << GUARD
    radius = sum(map(mul, map(abs, powers), differences)) << GUARD
    return series([Ball(middle // unit, upwards(radius, unit) + 1)])


@lru_cache(maxsize=32)
def _ends(terms: int, stretch: int) -> tuple[list[int], list[int], int]:
    # The powers of both ends added and subtracted, halved, all over a common denominator.
    top = terms - 1
    low, high = ([end**k * STRETCHES ** (top - k) for k in range(terms)] for end in (stretch, stretch + 1))
    return list(map(add, high, low)), list(map(sub, high, low)), 2 * STRETCHES**top


def _widened(x: Series, radius: int) -> Series:
    return series([x[0].widened(radius)])


def _times_length(x: Ball, length: Fraction) -> Ball:
    top, bottom = length.numerator, length.denominator
    return Ball(x.middle * top // bottom, upwards(x.radius * top, bottom) + 1)
