"""Attention over balls, against floats."""

from __future__ import annotations

from fractions import Fraction

from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import balls
from exactdyn.softmax.flow.field import arrangement, means, references
from tests.softmax_systems import floats, tokens, velocity

ONE = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))
B = ((Fraction(1), Fraction(1, 2)), (Fraction(-1), Fraction(2)))


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_means_contain_those_of_floats(seed, count):
    start = tokens(count, 2, seed)
    with working(128):
        points, form = balls(start), balls(B)
        refs = references(points, form)
        ours = means(arrangement(points, refs), refs, form, (1,) * count)
    theirs = velocity(floats(start), floats(ONE), floats(B))
    for row, own in zip(ours, theirs, strict=True):
        assert all(abs(x - arb(float(y))) < 1e-11 for x, y in zip(row, own, strict=True))
