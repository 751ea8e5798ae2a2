"""One step of the integrator: its polynomial is near the solution wherever it says so."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.softmax import Softmax, flow, state
from exactdyn.softmax.flow.growth import values
from proofs_checks.softmax.growth import Stretch

ONE = Fraction(1)


@given(
    st.lists(st.integers(-(2**40), 2**40), min_size=2, max_size=8),
    st.integers(1, 4).flatmap(lambda parts: st.tuples(st.integers(0, parts - 1), st.just(parts))),
    st.fractions(0, 1, max_denominator=1000),
)
def test_a_polynomial_is_within_its_ball_all_over_a_stretch(powers, stretch, part):
    number, parts = stretch
    s = (number + part) / parts
    value = sum(power * s**k for k, power in enumerate(powers))
    theirs = Stretch(number, parts).ball(powers)
    assert theirs.low <= value <= theirs.high
    assert theirs.radius <= sum(map(abs, powers[1:])) + 2
    ours = values(np.array(powers, dtype=float), number, parts)
    assert abs(Fraction(float(ours.middle)) - value) <= Fraction(float(ours.radius))


def test_a_box_of_initial_tokens_contains_the_solutions_from_its_corners():
    radius = Fraction(1, 2**20)
    start = [[Fraction(1)], [Fraction(-1, 2)]]
    wide = state(flow(Softmax(), start, ONE, radius=radius), ONE)
    for signs in ((1, 1), (1, -1), (-1, -1)):
        corner = [[row[0] + sign * radius] for row, sign in zip(start, signs, strict=True)]
        inside = state(flow(Softmax(), corner, ONE), ONE)
        for x, y in zip(wide.tokens, inside.tokens, strict=True):
            assert x[0].contains(y[0])
