"""Euler's method for softmax attention: steps of one length, enclosed, in as many bits as it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from flint import arb

from exactdyn.errors import InputError
from exactdyn.numbers.precision import exactly, working
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.attention import attention_rows
from exactdyn.softmax.balls import Balls, above, ball, balls, largest
from exactdyn.softmax.flow.flow import BITS, BITS_LIMIT, Enclosure
from exactdyn.softmax.system import Drive, Softmax, Start, driven
from proofs_checks.format.rationals import write_rational

STEPS_LIMIT = 10_000
"""The largest number of steps."""

WIDE = "the enclosure has grown too wide"


@dataclass(frozen=True)
class EulerWalk:
    """The enclosed run of a system with a ``step`` h: after k steps the time is k h.

    ``start``: the initial tokens, copies merged. ``radius``: how far the given initial tokens may be off in
    each coordinate. ``states``: after each step a ball for every coordinate of every point, the first those
    of the tokens. ``reason``: why it ends before the time that was asked for; None if it does not.
    """

    system: Softmax
    model: Drive
    start: Start
    radius: Fraction
    bits: int
    states: tuple[Balls, ...]
    reason: str | None = None

    @property
    def length(self) -> Fraction:
        """The step h.

        >>> walk(Softmax(step="1/4"), [[1]], until=Fraction(1)).length
        Fraction(1, 4)
        """
        return self.system.step or Fraction(0)

    @property
    def steps(self) -> int:
        """How many steps are proved.

        >>> walk(Softmax(step="1/4"), [[1]], until=Fraction(1)).steps
        4
        """
        return len(self.states) - 1

    @property
    def time(self) -> Fraction:
        """The last proved time.

        >>> walk(Softmax(step="1/4"), [[1]], until=Fraction(1)).time
        Fraction(1, 1)
        """
        return self.steps * self.length

    def enclosure(self, time: Fraction) -> Enclosure:
        """Return where the distinct points are after a whole number of steps, at most :attr:`steps`.

        Raises :class:`~exactdyn.errors.InputError` for any other time.

        >>> walk(Softmax(step=1), [[1]], until=Fraction(2)).enclosure(Fraction(2)).centre
        ((Fraction(4, 1),),)
        """
        steps = time / self.length
        if not (steps.denominator == 1 and 0 <= steps <= self.steps):
            wanted = f"a multiple of {write_rational(self.length)} from 0 to {write_rational(self.time)}"
            raise InputError(f"time: requires {wanted}, got {write_rational(time)}")
        if time == 0:
            return Enclosure(time, self.start.points, self.radius)
        state = self.states[int(steps)]
        centre = tuple(tuple(exactly(x.mid()) for x in row) for row in state)
        return Enclosure(time, centre, above(_width(state)))

    def __repr__(self) -> str:
        tokens, dimension = len(self.start.place), self.model.dimension
        return f"EulerWalk({tokens} tokens in dimension {dimension}, proved to time {float(self.time):g})"


def walk(
    system: Softmax,
    tokens: object,
    until: Fraction,
    radius: Fraction = Fraction(0),
    bits: int = BITS,
    progress: Callable[[EulerWalk], bool] = lambda reached: False,
) -> EulerWalk:
    """Enclose Euler's method from exact initial tokens, or from a box of this radius around them.

        x_i <- x_i + h sum_h sum_j P^h_ij V_h x_j

    ``until``: how far, a positive multiple of the step h. ``bits``: the precision that is tried first; it is
    doubled, from time 0 on, when the enclosure has grown to the fourth root of its unit. ``progress`` is told
    after each step what is proved so far; where it returns True the run ends there. The walk that is returned
    may end earlier, with a reason. Raises :class:`~exactdyn.errors.InputError` for bad input and for a system
    without a step.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Enclosures of steps"; step 0.1 is that of the public
    notebooks of arXiv 2305.05465.

    >>> walk(Softmax(V=[[2]], step="1/4"), [[1]], until=Fraction(1)).enclosure(Fraction(1)).centre
    ((Fraction(81, 16),),)
    """
    if system.step is None:
        raise InputError("step: requires a number, got none")
    count = until / system.step
    if count.denominator != 1 or not 1 <= count <= STEPS_LIMIT:
        got, h = write_rational(until), write_rational(system.step)
        raise InputError(
            f"until: requires a multiple of the step {h}, at most {STEPS_LIMIT} times it, got {got}"
        )
    if radius < 0:
        raise InputError(f"radius: requires a number of at least 0, got {radius}")
    start, model = driven(system, tokens)
    while True:
        reached = _attempt(EulerWalk(system, model, start, radius, bits, ()), int(count), progress)
        if reached.reason is None or radius > 0 or 2 * bits > BITS_LIMIT:
            return reached
        bits *= 2


def _attempt(begun: EulerWalk, count: int, progress: Callable[[EulerWalk], bool]) -> EulerWalk:
    # At one precision, until the enclosure is too wide to be of use at this one.
    bits = begun.bits
    states: list[Balls] = []
    widest = ball(max(Fraction(1, 2 ** (bits // 4)), 2**8 * begun.radius))

    def so_far(reason: str | None = None) -> EulerWalk:
        return EulerWalk(begun.system, begun.model, begun.start, begun.radius, bits, tuple(states), reason)

    with working(bits + 32):
        states.append(balls(begun.start.points, begun.radius))
    while len(states) <= count:
        with working(bits + 32):
            following = moved(begun.model, begun.length, states[-1])
            if not _width(following) <= widest:
                return so_far(WIDE)
        states.append(following)
        if progress(so_far()):
            break
    return so_far()


def moved(model: Drive, step: Fraction, positions: Balls) -> Balls:
    """Return balls for the points after a step of Euler's method, at the working precision.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "Enclosures of steps".

    >>> one = ((Fraction(1),),)
    >>> moved(Drive(one, one, (1,)), Fraction(1, 2), [[arb(2)]])
    [[3.00000000000000]]
    """
    after = [list(row) for row in positions]
    for pull in model.pulls:
        drive = [[ball(step * x) for x in row] for row in pull.V]
        for own, row in zip(after, attention_rows(positions, pull), strict=True):
            for a, line in enumerate(drive):
                own[a] += inner(line, row.mean)
    return after


def _width(state: Balls) -> arb:
    return largest(x.rad() for row in state for x in row)
