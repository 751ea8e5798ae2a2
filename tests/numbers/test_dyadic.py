"""Floats as integers over one power of two, without a bit lost."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from exactdyn.numbers.dyadic import dyadic_matrix

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def values(matrix):
    return [
        [Fraction(int(x)) * Fraction(2) ** matrix.exponent for x in row] for row in matrix.integers.tolist()
    ]


@given(arrays(np.float64, (2, 3), elements=FLOATS))
def test_every_float_keeps_its_value_and_the_exponent_is_the_largest(floats):
    matrix = dyadic_matrix(floats)
    assert values(matrix) == [[Fraction(x) for x in row] for row in floats.tolist()]
    assert not floats.any() or any(int(x) % 2 for x in matrix.integers.entries())


@pytest.mark.parametrize("dtype", [np.float16, np.float32])
def test_short_floats_keep_their_values(dtype):
    floats = np.array([[0.1, -3.0], [65504.0, 6e-8]], dtype=dtype)
    assert values(dyadic_matrix(floats)) == [[Fraction(float(x)) for x in row] for row in floats]


def test_a_product_is_that_of_the_values():
    left, right = np.array([[0.5, 3.0]]), np.array([[0.25], [2.0**-40]])
    wanted = Fraction(1, 8) + 3 * Fraction(1, 2**40)
    assert values(dyadic_matrix(left) @ dyadic_matrix(right)) == [[wanted]]
