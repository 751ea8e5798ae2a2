"""The solution, enclosed from time 0 on: adaptive steps, and precision that is raised when needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, inf, isqrt, log2

from exactdyn.errors import InputError
from exactdyn.numbers.reading import Rows
from exactdyn.softmax.balls import fixed_point
from exactdyn.softmax.flow.piece import Piece
from exactdyn.softmax.flow.step import LONGEST, step
from exactdyn.softmax.system import Drive, Softmax, Start, driven, read_time

BITS = 80
"""The precision that is tried first."""

MEASURED = 160
"""From so many bits on it is measured how many more are needed, rather than taking twice as many."""

BITS_LIMIT = 1536
"""The highest precision that is tried."""

STEPS_LIMIT = 2000
"""The largest number of steps of one attempt."""

PAIRS_LIMIT = 1_000_000
"""The largest n^2 (1 + d/8): a step compares all pairs of tokens, and would take a minute beyond."""

LONGER = Fraction(9, 8)
"""How much longer than the step before a step is tried to be: what fails costs as much as what does not."""


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
    even so. From MEASURED bits on fewer than twice as many are tried first, where by the growth so far they
    keep the enclosure as narrow as twice as many would have had to. ``progress`` is told after each
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
    best, before = Flow(system, model, start, radius, bits, (), GROWN), Fraction(0)

    def attempt(bits: int, kept: int) -> Flow:
        return _attempt(Flow(system, model, start, radius, bits, ()), until, kept, progress)

    while True:
        reached = attempt(bits, bits // 4)
        gain, before = float(reached.time / before) if before else 2.0, max(before, reached.time)
        best = max(best, reached, key=lambda own: (own.time, -own.bits))
        # Twice the bits go at best about as much further as they did the last time.
        hopeless = reached.time * Fraction(gain) ** int(log2(BITS_LIMIT / bits)) < until
        if reached.reason != GROWN or 2 * bits > BITS_LIMIT or hopeless:
            return best
        enough = _enough(reached, until)
        if enough < 2 * bits:
            between = attempt(enough, bits // 2)
            if between.reason is None:
                return between
            best = max(best, between, key=lambda own: (own.time, -own.bits))
        bits *= 2


def _enough(reached: Flow, until: Fraction) -> int:
    # How many bits should do, if it goes on as in the last quarter of the time: those that are lost by then,
    # a sixteenth more, as finer polynomials are longer and bounded more coarsely, and those to be kept.
    bits = reached.bits
    if bits < MEASURED or not reached.pieces:
        return 2 * bits
    end, last = reached.time, reached.pieces[-1].after
    before = next(piece for piece in reached.pieces if piece.end >= 3 * end / 4)
    grown = last / max(before.after, Fraction(1, 2**bits))
    rate = log2(grown) / float(end - before.end) if before.end < end else inf
    lost = bits + log2(last) + max(0.0, rate) * float(until - end)
    return ceil(min(2 * bits, 17 * lost / 16 + bits / 2) / 16) * 16


GROWN = "the enclosure has grown too wide"


def _attempt(begun: Flow, until: Fraction, kept: int, progress: Callable[[Flow], bool]) -> Flow:
    reached = begun
    for further in _steps(begun, until, kept):
        reached = further
        if reached.reason is not None or progress(reached):
            break
    return reached


def _steps(reached: Flow, until: Fraction, kept: int) -> Iterator[Flow]:
    # At one precision: each step begins at the rounded end of the last, with its radius, and is tried a
    # little longer. The start is rounded too, which widens the first radius. It ends where the radius is
    # more than 2^-kept.
    bits, model, pieces = reached.bits, reached.model, list(reached.pieces)
    centre = [[fixed_point(x, bits) for x in row] for row in reached.start.points]
    rounding = max(
        abs(x - Fraction(k, 2**bits))
        for row, rounded in zip(reached.start.points, centre, strict=True)
        for x, k in zip(row, rounded, strict=True)
    )
    time, radius, longest = Fraction(0), reached.radius + rounding, LONGEST
    widest = max(Fraction(1, 2**kept), 2**8 * radius)

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
