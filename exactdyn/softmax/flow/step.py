"""One step of the flow: how long it may be, tried until it is proved."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import exp, log, log2

from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import balls, dyadic
from exactdyn.softmax.flow.along import AttentionRow, Polynomial, attention_along, defect
from exactdyn.softmax.flow.candidate import Coefficients, taylor
from exactdyn.softmax.flow.field import references
from exactdyn.softmax.flow.growth import LogarithmicNorms, SumOfNorms
from exactdyn.softmax.flow.piece import STRETCHES, Piece, validate
from exactdyn.softmax.flow.series import TooSteepError
from exactdyn.softmax.system import Drive, Pull

LONGEST = Fraction(16)
"""The longest step."""

SHORTEST = Fraction(1, 2**40)
"""The shortest step."""

EXCESS = Fraction(17, 16)
"""The checker's own bound of what a polynomial is off may be this many times as much."""


def step(
    model: Drive,
    centre: list[list[int]],
    bits: int,
    time: Fraction,
    radius: Fraction,
    left: Fraction,
    longest: Fraction = LONGEST,
) -> Piece | None:
    """Return a validated step from points within ``radius`` of ``centre`` (in units of 2^-bits), or None.

    It is at most ``left`` and ``longest`` long.

    Source: lemma ``tube`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> one = ((Fraction(1),),)
    >>> step(Drive(one, one, (1,)), [[2**40]], 40, Fraction(0), Fraction(0), Fraction(1, 8)).end
    Fraction(1, 8)
    """
    order = bits // 3
    with working(bits + 32):
        positions = [[dyadic(x, bits) for x in row] for row in centre]
        refs = [references(positions, balls(pull.B), pull.weights) for pull in model.pulls]
        candidate = taylor(model, centre, refs, bits, order, min(longest, left))
    length = _within(min(longest, _promising(candidate, bits)), left)
    while length >= SHORTEST or length == left:
        grid = _scaled(candidate, length)
        heads = [
            (pull, Polynomial(grid, bits, length, own)) for pull, own in zip(model.pulls, refs, strict=True)
        ]
        allowed, beyond = Fraction(2**6, 2**bits), None
        try:
            first, *others = parts = [(pull, u, attention_along(pull, u)) for pull, u in heads]
            low, beyond = defect(*first, *others)
            # The low powers are off by the rounding anyway: less beyond is not worth a shorter step.
            allowed += 16 * low
            piece = _enclosed(parts, time, radius, EXCESS * (low + beyond)) if beyond < allowed else None
            if piece is not None:
                return piece
        except (TooSteepError, OverflowError):
            pass
        if length < SHORTEST:
            return None
        length = _rounded_down(length * _reduction(beyond, allowed, order))
    return None


def _enclosed(
    parts: Sequence[tuple[Pull, Polynomial, list[AttentionRow]]],
    time: Fraction,
    radius: Fraction,
    off: Fraction,
) -> Piece | None:
    # By the bounds of all heads added: the polynomial, off by so much, stays near a solution.
    norms = SumOfNorms([LogarithmicNorms(*part, STRETCHES) for part in parts])
    return validate(parts[0][1], norms, time, radius, off)


def _reduction(beyond: Fraction | None, allowed: Fraction, order: int) -> Fraction:
    # What is beyond falls at least as the power order of the length.
    if beyond is None:
        return Fraction(1, 2)
    if beyond <= allowed:
        return Fraction(3, 4)
    return Fraction(max(0.5, 0.95 * exp(-log2(min(beyond / allowed, Fraction(2**1000))) * log(2) / order)))


def _promising(candidate: Coefficients, bits: int) -> Fraction:
    # The length at which the last powers fall below the unit.
    order = len(candidate[0][0]) - 1
    exponent = log2(LONGEST)
    for k in (order - 1, order):
        size = max(abs(powers[k]) for row in candidate for powers in row)
        if size:
            exponent = min(exponent, (2 - log2(size)) / k)
    return _rounded_down(Fraction(2**exponent))


def _within(length: Fraction, left: Fraction) -> Fraction:
    # The last two steps share what is left.
    if length >= left:
        return left
    return length if 2 * length < left else _rounded_down(left / 2)


def _rounded_down(length: Fraction) -> Fraction:
    # To five bits, so that times stay short fractions.
    power = length.denominator.bit_length() - length.numerator.bit_length() + 5
    unit = Fraction(1, 2**power) if power >= 0 else Fraction(2**-power)
    return length // unit * unit


def _scaled(candidate: Coefficients, length: Fraction) -> tuple[tuple[tuple[int, ...], ...], ...]:
    factors = [length**k for k in range(len(candidate[0][0]))]
    return tuple(
        tuple(tuple(round(c * f) for c, f in zip(powers, factors, strict=True)) for powers in row)
        for row in candidate
    )
