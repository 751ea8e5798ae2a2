"""What is handed to floats is the exact row, rounded once."""

from fractions import Fraction

import numpy as np
from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.programs.floating import float_rows, guess_separation, scale

ROWS = st.lists(st.integers(-(2**400), 2**400).map(fmpz), min_size=1, max_size=4)


@given(ROWS)
def test_a_row_is_divided_by_a_power_of_two_that_makes_its_entries_at_most_one(row):
    divisor = scale(row)
    assert divisor & (divisor - 1) == 0
    (floats,) = float_rows([row])
    assert np.abs(floats).max() <= 1
    for x, near in zip(row, floats, strict=True):
        exact = Fraction(int(x), divisor)
        assert abs(Fraction(near) - exact) <= abs(exact) / 2**53


def test_a_guess_separates_what_is_far_apart_and_weighs_what_is_opposite():
    assert (
        np.array([[1.0, 2.0], [2.0, 1.0]]) @ guess_separation(np.array([[1.0, 2.0], [2.0, 1.0]])).point > 0
    ).all()
    opposite = np.array([[1.0, 0.0], [-0.5, 0.0]])
    weights = guess_separation(opposite).weights
    assert np.allclose(weights @ opposite, 0)
    assert weights.sum() == 1
