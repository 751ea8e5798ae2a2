"""Attention over balls, against floats."""

from __future__ import annotations

from fractions import Fraction

from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.numbers.precision import working
from exactdyn.softmax.attention import attention_rows
from exactdyn.softmax.balls import balls
from exactdyn.softmax.system import Pull
from tests.softmax_systems import floats, tokens, velocity

ONE = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
B = ((Fraction(1), Fraction(1, 2)), (Fraction(-1), Fraction(2)))


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_means_contain_those_of_floats(seed, count):
    start = tokens(count, 2, seed)
    with working(128):
        rows = attention_rows(balls(start), Pull(ONE, B, ((1,) * count,) * count))
        ours = [row.mean for row in rows]
    theirs = velocity(floats(start), floats(ONE), floats(B))
    for row, own in zip(ours, theirs, strict=True):
        assert all(abs(x - arb(float(y))) < 1e-11 for x, y in zip(row, own, strict=True))
