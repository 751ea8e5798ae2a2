"""The vector field over balls, against floats."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import balls
from exactdyn.softmax.flow.field import arrangement, logarithmic_norm, references, velocities
from exactdyn.softmax.system import Drive
from tests.softmax_systems import SHEAR, floats, tokens, velocity

V = tuple(tuple(map(Fraction, row)) for row in SHEAR)
B = ((Fraction(1), Fraction(1, 2)), (Fraction(-1), Fraction(2)))


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.integers(1, 4))
def test_velocities_contain_those_of_a_float_field(seed, count):
    start = tokens(count, 2, seed)
    with working(128):
        points = balls(start)
        refs = references(points, balls(B))
        ours = velocities(arrangement(points, refs), refs, Drive(V, B, (1,) * count))
    theirs = velocity(floats(start), floats(V), floats(B))
    for row, own in zip(ours, theirs, strict=True):
        assert all(abs(x - arb(float(y))) < 1e-11 for x, y in zip(row, own, strict=True))


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.integers(1, 3))
def test_the_logarithmic_norm_is_that_of_the_jacobian_found_by_differences(seed, count):
    start = tokens(count, 2, seed)
    with working(128):
        points = balls(start)
        refs = references(points, balls(B))
        ours = float(logarithmic_norm(arrangement(points, refs), refs, Drive(V, B, (1,) * count)))
    x, size, step = floats(start), 2 * count, 1e-6
    jacobian = np.empty((size, size))
    for column in range(size):
        moved = [np.array(x) for _ in range(2)]
        for sign, own in zip((1, -1), moved, strict=True):
            own.ravel()[column] += sign * step
        slopes = [velocity(own, floats(V), floats(B)).ravel() for own in moved]
        jacobian[:, column] = (slopes[0] - slopes[1]) / (2 * step)
    rows = [row[k] + sum(abs(np.delete(row, k))) for k, row in enumerate(jacobian)]
    assert abs(ours - max(rows)) < 1e-6
