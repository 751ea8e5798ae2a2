"""Softmax layers of a temperature, enclosed."""

from __future__ import annotations

from fractions import Fraction

import flint
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn.errors import InputError
from tests.judges.temperature_layers import temperature_layers
from tests.softmax_systems import floats, tokens, velocity

ONE = Fraction(1)


def entries(rows) -> list:
    return [x for row in rows for x in row]


def contains(ball, number) -> bool:
    return bool(abs(ball - flint.arb(number)) < flint.arb("1e-11"))


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.sampled_from([1, 2, 3]), st.integers(1, 4))
def test_a_step_of_the_discrete_layers_contains_the_float_step(seed, dimension, count):
    start = tokens(count, dimension, seed)
    x = floats(start)
    alpha, size = Fraction(1, 3), range(dimension)
    identity = tuple(tuple(Fraction(int(a == b)) for b in size) for a in size)
    ours = temperature_layers(identity, alpha, Fraction(1, 2), start, 1)[1]
    target = velocity(x, np.eye(dimension), 2 * np.eye(dimension))
    theirs = (x + float(alpha) * target) / (1 + float(alpha))
    assert all(contains(b, float(y)) for b, y in zip(entries(ours), theirs.ravel(), strict=True))


def test_a_cold_layer_is_close_to_the_hardmax_layer():
    identity = ((ONE, Fraction(0)), (Fraction(0), ONE))
    start = [[1, 1], [1, -1], ["1/2", 0]]
    moved = temperature_layers(identity, ONE, Fraction(1, 1000), start, 1)[1]
    assert all(contains(b, y) for b, y in zip(entries(moved), (1, 1, 1, -1, 0.75, 0), strict=True))
    with pytest.raises(InputError, match="temperature: requires a number greater than 0"):
        temperature_layers(identity, ONE, Fraction(0), start, 1)
