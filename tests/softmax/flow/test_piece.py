"""One step of the integrator: its polynomial is near the solution wherever it says so."""

from __future__ import annotations

import math
from fractions import Fraction

import flint
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.softmax import Softmax, flow, state
from exactdyn.softmax.flow.piece import STRETCHES, _anywhere, _value_on
from proofs_checks.softmax import enclosure

ONE = Fraction(1)


@given(
    st.lists(st.integers(-(2**40), 2**40), min_size=2, max_size=8),
    st.integers(0, 3),
    st.fractions(0, 1, max_denominator=1000),
)
def test_a_polynomial_is_within_its_ball_all_over_a_stretch(powers, stretch, part):
    s = (stretch + part) / STRETCHES
    value = sum(power * s**k for k, power in enumerate(powers))
    assert _value_on(powers, 0, stretch).contains(flint.fmpq(value.numerator, value.denominator))
    theirs = enclosure._value_on(powers, stretch)[0]
    assert theirs.low <= value * 2**enclosure.GUARD <= theirs.high
    width = sum(abs(power) for k, power in enumerate(powers) if k > 0) * 2**enclosure.GUARD
    assert theirs.radius <= width + 2


@given(
    st.lists(st.integers(-(2**40), 2**40), min_size=2, max_size=8), st.fractions(0, 1, max_denominator=1000)
)
def test_the_shifted_coefficients_are_within_their_balls_wherever_they_are_taken(powers, xi):
    ours, theirs = _anywhere(powers, 0), enclosure._anywhere(powers)
    for m in range(len(powers)):
        true = sum(math.comb(k, m) * powers[k] * xi ** (k - m) for k in range(m, len(powers)))
        assert ours[m].contains(flint.fmpq(true.numerator, true.denominator))
        assert theirs[m].low <= true * 2**enclosure.GUARD <= theirs[m].high
    assert theirs[len(powers) - 1].radius <= 1


def test_a_box_of_initial_tokens_contains_the_solutions_from_its_corners():
    radius = Fraction(1, 2**20)
    start = [[Fraction(1)], [Fraction(-1, 2)]]
    wide = state(flow(Softmax(), start, ONE, radius=radius), ONE)
    for signs in ((1, 1), (1, -1), (-1, -1)):
        corner = [[row[0] + sign * radius] for row, sign in zip(start, signs, strict=True)]
        inside = state(flow(Softmax(), corner, ONE), ONE)
        for x, y in zip(wide.tokens, inside.tokens, strict=True):
            assert x[0].contains(y[0])
