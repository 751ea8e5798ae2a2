"""What a reader asks of an enclosure: tokens, rescaled tokens, attention, each as balls."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from flint import arb, arb_mat

from exactdyn.numbers.elimination import inverse_matrix
from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import identity, inner
from exactdyn.softmax.attention import attention_rows
from exactdyn.softmax.balls import Balls, ball, balls
from exactdyn.softmax.flow.flow import Enclosure
from exactdyn.softmax.system import Drive, Pull, SoftHead, Softmax, Start


class Enclosed(Protocol):
    """A run that is enclosed up to a time: a Flow in continuous time, or an EulerWalk of steps."""

    @property
    def system(self) -> Softmax:
        """The system."""

    @property
    def model(self) -> Drive:
        """What drives its distinct points."""

    @property
    def start(self) -> Start:
        """The initial tokens, copies merged."""

    @property
    def radius(self) -> Fraction:
        """How far the given initial tokens may be off in each coordinate."""

    @property
    def bits(self) -> int:
        """The precision."""

    @property
    def time(self) -> Fraction:
        """The last proved time."""

    @property
    def steps(self) -> int:
        """How many steps were taken."""

    @property
    def reason(self) -> str | None:
        """Why it ends before the time that was asked for."""

    def enclosure(self, time: Fraction) -> Enclosure:
        """Return where the distinct points are at a time."""


@dataclass(frozen=True)
class State:
    """The system at a time, every number a ball that contains the true one.

    ``tokens``: [token][coordinate] of x. ``rescaled``: the same of z = exp(-tV) x, or after k steps of length
    h of z = (I + hV)^-k x, V the sum of those of all heads; None if that has no inverse. ``heads``: for every
    head [token][token] of P, 0 where a token does not see the other. Copies of one point are given one by
    one.
    """

    time: Fraction
    tokens: Balls
    rescaled: Balls | None
    heads: tuple[Balls, ...]

    @property
    def attention(self) -> Balls:
        """P of the one head, or of the first of several.

        >>> State(Fraction(0), [], [], ([],)).attention
        []
        """
        return self.heads[0]


def state(run: Enclosed, time: Fraction) -> State:
    """Return the system at a time from 0 to ``run.time``.

    Raises :class:`~exactdyn.errors.InputError` for any other time.
    Source: arXiv 2305.05465, equations (1) and (2).

    >>> from exactdyn.softmax.flow.flow import flow
    >>> now = state(flow(Softmax(), [[1], [-1]], until=Fraction(1)), Fraction(1))
    >>> bool(now.attention[0][0] > now.attention[0][1])
    True
    """
    enclosure = run.enclosure(time)
    with working(run.bits + 32):
        positions = balls(enclosure.centre, enclosure.radius)
        place = run.start.place
        heads = tuple(
            _one_by_one(positions, pull, run.system.parts[h], place) for h, pull in enumerate(run.model.pulls)
        )
        rescaled = _rescaled(run, positions, time)
    tokens = [positions[i] for i in place]
    return State(time, tokens, None if rescaled is None else [rescaled[i] for i in place], heads)


def _one_by_one(positions: Balls, pull: Pull, head: SoftHead, place: tuple[int, ...]) -> Balls:
    # Of the copies of a point a token may see some, and not the others.
    rows = [row.shares for row in attention_rows(positions, pull)]
    views = head.seen(len(place))
    seen = [frozenset(range(len(place)))] * len(place) if views is None else views
    return [
        [rows[i][j] / pull.weights[i][j] if token in own else arb(0) for token, j in enumerate(place)]
        for i, own in zip(place, seen, strict=True)
    ]


def _rescaled(run: Enclosed, positions: Balls, time: Fraction) -> Balls | None:
    # z = exp(-tV) x, or (I + hV)^-k x after k steps.
    step = run.system.step
    if step is None:
        scaled = arb_mat([[-x * ball(time) for x in row] for row in balls(run.model.V)])
        inverse = scaled.exp()
    else:
        once = shrinking(run.model, step)
        if once is None:
            return None
        inverse = arb_mat(balls(once)) ** int(time / step)
    rows = inverse.tolist()
    return [[inner(row, x) for row in rows] for x in positions]


def shrinking(model: Drive, step: Fraction) -> Rows | None:
    """Return (I + h V)^-1 for a step h, which rescales tokens step by step; None if there is none.

    >>> shrinking(Drive(((Fraction(2),),), ((Fraction(1),),), (1,)), Fraction(1, 2))
    ((Fraction(1, 2),),)
    """
    one = identity(model.dimension)
    pairs = zip(one, model.V, strict=True)
    grown = tuple(tuple(a + step * b for a, b in zip(*rows, strict=True)) for rows in pairs)
    try:
        return inverse_matrix(grown)
    except ZeroDivisionError:
        return None
