"""What a reader asks of an enclosure: tokens, rescaled tokens, attention, each as balls."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb_mat

from exactdyn.numbers.precision import working
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls, ball, balls
from exactdyn.softmax.flow.field import arrangement, attention_matrix, references
from exactdyn.softmax.flow.flow import Flow


@dataclass(frozen=True)
class State:
    """The system at a time, every number a ball that contains the true one.

    ``tokens``: [token][coordinate] of x. ``rescaled``: the same of z = exp(-tV) x. ``attention``:
    [token][token] of P. Copies of one point are given one by one.
    """

    time: Fraction
    tokens: Balls
    rescaled: Balls
    attention: Balls


def state(flow: Flow, time: Fraction) -> State:
    """Return the system at a time from 0 to ``flow.time``.

    Raises :class:`~exactdyn.errors.InputError` for any other time.
    Source: arXiv 2305.05465, equations (1) and (2).

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.system import Softmax
    >>> now = state(flow(Softmax(), [[1], [-1]], until=Fraction(1)), Fraction(1))
    >>> bool(now.attention[0][0] > now.attention[0][1])
    True
    """
    enclosure = flow.enclosure(time)
    with working(flow.bits + 32):
        positions = balls(enclosure.centre, enclosure.radius)
        refs = references(positions, balls(flow.model.B))
        chances = attention_matrix(arrangement(positions, refs), refs, flow.model)
        rescaled = _rescaled(flow, positions, time)
        place, weights = flow.start.place, flow.model.weights
        attention = [[chances[i][j] / weights[j] for j in place] for i in place]
    return State(time, [positions[i] for i in place], [rescaled[i] for i in place], attention)


def _rescaled(flow: Flow, positions: Balls, time: Fraction) -> Balls:
    scaled = arb_mat([[-x * ball(time) for x in row] for row in balls(flow.model.V)])
    inverse = scaled.exp().tolist()
    return [[inner(row, x) for row in inverse] for x in positions]
