"""Steps of Euler's method, taken again in balls; FORMAT.md, section "Enclosures of steps"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from proofs_checks import work
from proofs_checks.format.errors import RejectedError
from proofs_checks.format.reading import Field
from proofs_checks.softmax.balls import Arithmetic, Ball
from proofs_checks.softmax.enclosure import BITS_LIMIT, GUARD, State
from proofs_checks.softmax.system import Softmax

STEPS_LIMIT = 10_000
"""Largest number of steps that a certificate may ask for."""

Positions: TypeAlias = list[list[Ball]]
"""[point][coordinate]."""


@dataclass(frozen=True)
class Steps:
    """So many steps of one length, in balls of ``bits`` and GUARD bits."""

    bits: int
    count: int
    length: Fraction

    @property
    def time(self) -> Fraction:
        """The time after the last one."""
        return self.count * self.length


def read_steps(field: Field, length: Fraction) -> Steps:
    """Read the member ``enclosure`` of a system with a step.

    Source: FORMAT.md here, section "Enclosures of steps".
    """
    members = field.fields(["bits", "steps"])
    return Steps(members["bits"].integer(8, BITS_LIMIT), members["steps"].integer(0, STEPS_LIMIT), length)


def final_state(system: Softmax, steps: Steps) -> State:
    """Return where the points provably are after the last step.

    Raises :class:`RejectedError` if the balls grow so wide that a step cannot be taken.

    Source: FORMAT.md here, section "Enclosures of steps".
    """
    context = Arithmetic(steps.bits + GUARD)
    heads = [
        Pull(
            context.balls([[steps.length * x for x in row] for row in head.V]),
            context.balls(head.form),
            system.seen(h),
        )
        for h, head in enumerate(system.heads)
    ]
    state = [[context.ball(x, system.radius) for x in row] for row in system.points]
    for number in range(steps.count):
        try:
            state = moved(context, heads, state)
        except RejectedError as error:
            raise RejectedError(f"step {number}: {error}") from None
    unit = Fraction(1, 1 << context.bits)
    centre = tuple(tuple(x.middle * unit for x in row) for row in state)
    return State(steps.time, centre, max(x.radius for row in state for x in row) * unit)


@dataclass(frozen=True)
class Pull:
    """What a head does in a step: h V and B as balls, and how many tokens of each point a point sees."""

    drive: Positions
    form: Positions
    weights: Sequence[tuple[int, ...]]


def moved(context: Arithmetic, heads: Sequence[Pull], state: Positions) -> Positions:
    """Return x_i + h sum_h V_h m_ih for every point, m_ih the softmax mean of what it sees.

    Source: FORMAT.md here, section "System".
    """
    after = state
    for pull in heads:
        means = [
            _mean(context, pull, x, weights, state) for x, weights in zip(state, pull.weights, strict=True)
        ]
        work.count_products(len(state), 0)
        after = [
            [a + context.dot(line, mean) for a, line in zip(own, pull.drive, strict=True)]
            for own, mean in zip(after, means, strict=True)
        ]
    return after


def _mean(
    context: Arithmetic, pull: Pull, x: Sequence[Ball], weights: Sequence[int], state: Positions
) -> list[Ball]:
    # Relative to a point that is seen: which one matters only for how wide the balls become.
    y = [context.dot(x, column) for column in zip(*pull.form, strict=True)]
    seen = [j for j, weight in enumerate(weights) if weight]
    work.count_products(len(weights) + len(seen) * (32 + 12 * len(x)), 0)  # what balls take beside products
    m = max(seen, key=lambda j: context.dot(y, state[j]).middle)
    total, sums = Ball(weights[m] * context.one.middle, 0), [Ball(0, 0) for _ in x]
    for j in seen:
        if j != m:
            away = [a - b for a, b in zip(state[j], state[m], strict=True)]
            share = context.exp(context.dot(y, away))
            share = Ball(weights[j] * share.middle, weights[j] * share.radius)
            total += share
            sums = [own + context.times(share, a) for own, a in zip(sums, away, strict=True)]
    return [a + context.divide(own, total) for a, own in zip(state[m], sums, strict=True)]
