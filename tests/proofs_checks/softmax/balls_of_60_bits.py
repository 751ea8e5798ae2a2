"""Balls for tests of the checker's arithmetic, and what they hold, as fractions."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from proofs_checks.softmax.balls import Arithmetic, Ball

BITS = 60
CONTEXT = Arithmetic(BITS)
NUMBERS = st.integers(-(2 ** (BITS + 4)), 2 ** (BITS + 4))
BALLS = st.builds(Ball, NUMBERS, st.integers(0, 2**BITS))


def exact(number: int) -> Fraction:
    return Fraction(number, 2**BITS)


def holds(ball: Ball, number: Fraction) -> bool:
    return ball.low <= number * 2**BITS <= ball.high


def ends(ball: Ball) -> list[Fraction]:
    return [exact(ball.low), exact(ball.middle), exact(ball.high)]
