"""The solution, enclosed from time 0 on: adaptive steps, and precision that is raised when needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, isqrt, log, log2

from exactdyn.errors import InputError
from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import Rows
from exactdyn.softmax.balls import balls, dyadic, fixed_point
from exactdyn.softmax.flow.along import AttentionRow, Polynomial, attention_along, defect
from exactdyn.softmax.flow.candidate import Coefficients, taylor
from exactdyn.softmax.flow.field import references
from exactdyn.softmax.flow.growth import LogarithmicNorms, SumOfNorms
from exactdyn.softmax.flow.piece import STRETCHES, Piece, validate
from exactdyn.softmax.flow.series import TooSteepError
from exactdyn.softmax.system import Drive, Pull, Softmax, Start, driven, read_time

BITS = 80
"""The precision that is tried first."""

BITS_LIMIT = 1536
"""The highest precision that is tried."""

STEPS_LIMIT = 2000
"""The largest number of steps of one attempt."""

PAIRS_LIMIT = 1_000_000
"""The largest n^2 (1 + d/8): a step compares all pairs of tokens, and would take a minute beyond."""

LONGEST = Fraction(16)
"""The longest step."""

LONGER = Fraction(9, 8)
"""How much longer than the step before a step is tried to be: what fails costs as much as what does not."""

SHORTEST = Fraction(1, 2**40)
"""The shortest step."""


@dataclass(frozen=True)
class Enclosure:
    """Where the points are at a time: each coordinate is within ``radius`` of that of ``centre``."""

    time: Fraction
    centre: Rows
    radius: Fraction


@dataclass(frozen=True)
class Flow:
    """The enclosed solution from time 0 to :attr:`time`.

    ``start``: the initial tokens, copies merged. ``radius``: how far the given initial tokens may be off in
    each coordinate. ``pieces``: one for each step. ``reason``: why it ends before the time that was asked
    for; None if it does not.
    """

    system: Softmax
    model: Drive
    start: Start
    radius: Fraction
    bits: int
    pieces: tuple[Piece, ...]
    reason: str | None = None

    @property
    def time(self) -> Fraction:
        """The last proved time.

        >>> flow(Softmax(), [[1]], until=Fraction(1, 2)).time
        Fraction(1, 2)
        """
        return self.pieces[-1].end if self.pieces else Fraction(0)

    @property
    def steps(self) -> int:
        """How many steps were taken, one a piece.

        >>> flow(Softmax(), [[1]], until=Fraction(1, 2)).steps
        1
        """
        return len(self.pieces)

    def enclosure(self, time: Fraction) -> Enclosure:
        """Return where the distinct points are at a time from 0 to :attr:`time`.

        Raises :class:`~exactdyn.errors.InputError` for any other time.

        Source: lemma ``tube`` in ``proofs_checks/softmax/FORMAT.md``.

        >>> flow(Softmax(), [[1]], until=Fraction(1, 2)).enclosure(Fraction(0)).radius
        Fraction(0, 1)
        """
        if time == 0:
            return Enclosure(time, self.start.points, self.radius)
        for piece in self.pieces:
            if piece.start < time <= piece.end:
                radius = piece.after if time == piece.end else piece.throughout
                return Enclosure(time, tuple(map(tuple, piece.at(time))), radius)
        raise InputError(f"time: requires a time from 0 to {float(self.time)}, got {float(time)}")

    def __repr__(self) -> str:
        tokens, dimension = len(self.start.place), self.model.dimension
        return f"Flow({tokens} tokens in dimension {dimension}, proved to time {float(self.time):g})"


def flow(
    system: Softmax,
    tokens: object,
    until: Fraction,
    radius: Fraction = Fraction(0),
    bits: int = BITS,
    progress: Callable[[Flow], bool] = lambda reached: False,
) -> Flow:
    """Enclose the solution from exact initial tokens, or from a box of this radius around them.

    ``until``: how far, a positive time. ``bits``: the precision that is tried first; it is doubled, from
    time 0 on, when the enclosure has grown to the fourth root of its unit, unless the time is out of reach
    even so. ``progress`` is told after each
    step what is proved so far; where it returns True the integration ends there.

    The flow that is returned may end earlier, with a reason: no step could be proved at the highest
    precision, or too many were needed. Raises :class:`~exactdyn.errors.InputError` for bad input.
    Source: lemma ``tube`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> reached = flow(Softmax(), [[1]], until=Fraction(1))
    >>> bool(abs(float(reached.enclosure(Fraction(1)).centre[0][0]) - 2.718281828459045) < 1e-15)
    True
    """
    read_time(until, "until")
    if radius < 0:
        raise InputError(f"radius: requires a number of at least 0, got {radius}")
    start, model = driven(system, tokens)
    if model.count**2 * (8 + model.dimension) > 8 * PAIRS_LIMIT:
        most = isqrt(8 * PAIRS_LIMIT // (8 + model.dimension))
        raise InputError(
            f"tokens: requires at most {most} distinct points in dimension {model.dimension} in continuous "
            f"time, got {model.count}: each step compares all pairs, and would take minutes"
        )
    best = Flow(system, model, start, radius, bits, (), GROWN)
    while True:
        reached = _attempt(Flow(system, model, start, radius, bits, ()), until, progress)
        gain = float(reached.time / best.time) if best.time else 2.0
        best = max(best, reached, key=lambda own: (own.time, -own.bits))
        # Twice the bits go at best about as much further as they did the last time.
        hopeless = reached.time * Fraction(gain) ** int(log2(BITS_LIMIT / bits)) < until
        if reached.reason != GROWN or 2 * bits > BITS_LIMIT or hopeless:
            return best
        bits *= 2


GROWN = "the enclosure has grown too wide"

EXCESS = Fraction(17, 16)
"""The checker's own bound of what a polynomial is off may be this many times as much."""


def _attempt(begun: Flow, until: Fraction, progress: Callable[[Flow], bool]) -> Flow:
    reached = begun
    for further in _steps(begun, until):
        reached = further
        if reached.reason is not None or progress(reached):
            break
    return reached


def _steps(reached: Flow, until: Fraction) -> Iterator[Flow]:
    # At one precision: each step begins at the rounded end of the last, with its radius, and is tried a
    # little longer. The start is rounded too, which widens the first radius.
    bits, model, pieces = reached.bits, reached.model, list(reached.pieces)
    centre = [[fixed_point(x, bits) for x in row] for row in reached.start.points]
    rounding = max(
        abs(x - Fraction(k, 2**bits))
        for row, rounded in zip(reached.start.points, centre, strict=True)
        for x, k in zip(row, rounded, strict=True)
    )
    time, radius, longest = Fraction(0), reached.radius + rounding, LONGEST
    widest = max(Fraction(1, 2 ** (bits // 4)), 2**8 * radius)

    def so_far(reason: str | None = None) -> Flow:
        return Flow(reached.system, model, reached.start, reached.radius, bits, tuple(pieces), reason)

    while time < until:
        if len(pieces) == STEPS_LIMIT:
            yield so_far(f"{STEPS_LIMIT} steps were not enough")
            return
        piece = step(model, centre, bits, time, radius, until - time, longest)
        if piece is None or piece.after > widest:
            yield so_far(GROWN)
            return
        pieces.append(piece)
        centre, time, radius, longest = piece.final(), piece.end, piece.after, LONGER * piece.length
        yield so_far()


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
        candidate = taylor(model, centre, refs, bits, order)
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
