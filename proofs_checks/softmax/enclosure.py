"""The enclosure, checked again from its polynomials; FORMAT.md, lemmas ``defect`` and ``tube``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul
from typing import TypeAlias

from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.vectors import summed
from proofs_checks.softmax.attention import Along, Model, Row, model
from proofs_checks.softmax.balls import Arithmetic, upwards
from proofs_checks.softmax.growth import Stretch, logarithmic_norm
from proofs_checks.softmax.series import Series
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
    stretches: int = STRETCHES


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
    context = Arithmetic(bits + GUARD)
    heads = [model(context, system, h) for h in range(len(system.heads))]
    centre: Sequence[Sequence[Fraction]] = system.points
    radius = context.above(system.radius)
    for number, piece in enumerate(pieces.pieces):
        gap = max(
            abs(x - powers[0] * unit)
            for row, own in zip(centre, piece.polynomials, strict=True)
            for x, powers in zip(row, own, strict=True)
        )
        try:
            radius = after(heads, bits, piece, radius + context.above(gap))
        except RejectedError as error:
            raise RejectedError(f"piece {number}: {error}") from None
        centre = [[sum(powers) * unit for powers in row] for row in piece.polynomials]
    kept = tuple(tuple(row) for row in centre)
    if not pieces.pieces:
        return State(Fraction(0), kept, system.radius)  # nothing was rounded
    return State(pieces.time, kept, Fraction(radius, 1 << context.bits))


def after(heads: Sequence[Model], bits: int, piece: Piece, before: int) -> int:
    """Return a bound for the distance of the solution from u(1), given one from u(0).

    Raises :class:`RejectedError` unless the solution provably stays in the tube.

    Source: FORMAT.md here, lemma ``tube``.
    """
    context, tube = heads[0].context, piece.tube << GUARD
    if not before < tube:
        raise RejectedError("the solution does not start inside the tube")
    alongs = [Along(drive, bits, piece.polynomials) for drive in heads]
    parts = [(own, [own.row(i, seen) for i, seen in enumerate(own.model.seen)]) for own in alongs]
    off = defect(parts, piece.length)
    one, radius, part = context.one.middle, before, upwards(off, piece.stretches)
    scale = piece.stretches * piece.length.denominator
    for stretch in range(piece.stretches):
        here = Stretch(stretch, piece.stretches)
        norm = sum(logarithmic_norm(along, rows, here, tube) for along, rows in parts)
        growth = context.exp_above(upwards(norm * piece.length.numerator, scale))
        most = max(growth, one)
        if not upwards((radius + part) * most, one) < tube:
            raise RejectedError("the solution may leave the tube")
        radius = upwards(radius * growth + part * most, one)
    return radius


def defect(parts: Sequence[tuple[Along, Sequence[Row]]], length: Fraction) -> int:
    """Return an upper bound of |u' - length sum_h V_h m_ih|, in the norm of each coordinate.

    ``parts``: every head along the piece, with its rows of attention.

    Source: FORMAT.md here, lemma ``defect``.
    """
    common = lcm(*(along.model.values.denominator for along, _ in parts))
    scale, points, largest = common * length.denominator, parts[0][0].points, 0
    for i, x in enumerate(points):
        velocities = [_velocity(along, rows[i], common) for along, rows in parts]
        for r, powers in enumerate(x):
            error = sum(own[r].error for own in velocities)
            velocity = list(map(sum, zip(*(own[r].polynomial for own in velocities), strict=True)))
            slopes = [*[k * c * scale << GUARD for k, c in enumerate(powers)][1:], 0]
            missed = sum(abs(a - length.numerator * b) for a, b in zip(slopes, velocity, strict=True))
            largest = max(largest, upwards(missed + length.numerator * error, scale))
    return largest


def _velocity(along: Along, row: Row, common: int) -> list[Series]:
    # V m_i of a head, in units of that of the points and the offset over a multiple of the denominator of V.
    V = along.model.values
    means = [
        [(c << GUARD) + b for c, b in zip(powers, away.polynomial, strict=True)]
        for powers, away in zip(along.points[row.reference], row.offset, strict=True)
    ]
    found = []
    for own in V.numerators:
        factors = [common // V.denominator * factor for factor in own]
        error = sum(abs(factor) * away.error for factor, away in zip(factors, row.offset, strict=True))
        found.append(Series([sum(map(mul, factors, column)) for column in zip(*means, strict=True)], error))
    return found
