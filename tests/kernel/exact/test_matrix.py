from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.numbers.reading import exact_rows
from tests.judges.plain import MATRICES, hostile_matrix

ENTRIES = st.fractions(-(10**9), 10**9, max_denominator=10**9)


def assert_bounds(rows):
    matrix = Matrix(rows)
    assert np.abs(matrix.floats).sum(1).max() <= 1
    for row, own in zip(matrix.floats.tolist(), rows, strict=True):
        wrong = [abs(Fraction(x) - y / Fraction(2) ** matrix.exponent) for x, y in zip(row, own, strict=True)]
        assert sum(wrong) <= Fraction(matrix.error) + Fraction(1, 2**1000)


@given(
    st.integers(1, 4).flatmap(
        lambda d: st.lists(st.lists(ENTRIES, min_size=d, max_size=d), min_size=d, max_size=d)
    )
)
def test_floats_and_integers_of_a_matrix_are_those_of_its_fractions(rows):
    assert_bounds(rows)
    matrix = Matrix(rows)
    integers = [[int(x) for x in column] for column in matrix.transposed.tolist()]
    assert all(
        x * matrix.denominator == integers[j][i] for i, row in enumerate(rows) for j, x in enumerate(row)
    )


@pytest.mark.parametrize("kind", [kind for kind in MATRICES if kind != "identity"])
def test_rows_stay_below_one_and_within_their_error_for_any_size_of_entries(kind):
    assert_bounds(exact_rows(hostile_matrix(kind, np.random.default_rng(1), 3), "A"))
