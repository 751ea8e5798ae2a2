from fractions import Fraction

import numpy as np
import pytest
from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.kernel.exact.start import Source, scaled_floats
from exactdyn.numbers.reading import from_floats
from tests.judges.plain import HOSTILE, hostile_tokens


@pytest.mark.parametrize("rows", [[[0.1, -0.0], [0.0, 5e-324], [1e300, -3.0]], [[0.0], [-0.0], [0.0]]])
def test_a_source_of_floats_has_their_exact_values_and_finds_their_copies(rows):
    source, exactly = (
        Source(from_floats(np.array(rows))),
        Source([[Fraction(x) for x in row] for row in rows]),
    )
    for token in range(3):
        assert source.point(token) == exactly.point(token)
    first, other = source.first_copies(), exactly.first_copies()
    assert (first is None) == (other is None)
    assert first is None or first.tolist() == other.tolist()
    assert all(Fraction(x) * source.denominator() % 1 == 0 for row in rows for x in row)


@pytest.mark.parametrize("kind", HOSTILE)
def test_the_floats_of_a_source_are_the_tokens_within_the_error_it_names(kind):
    tokens = hostile_tokens(kind, np.random.default_rng(3), 9, 2)
    exact = [[Fraction(x) for x in row] for row in tokens.tolist()]
    for source in (Source(from_floats(tokens)), Source(exact)):
        floats, exponent, error = source.shadow()
        assert np.abs(floats).max() <= 1
        for row, own in zip(floats.tolist(), exact, strict=True):
            for x, y in zip(row, own, strict=True):
                assert abs(Fraction(x) - y / Fraction(2) ** exponent) <= Fraction(error)


@given(st.lists(st.fractions(max_denominator=10**6), min_size=1, max_size=4))
def test_scaled_floats_are_within_their_bound_and_below_one(row):
    points = [((fmpz(x.numerator),), fmpz(x.denominator)) for x in row]
    floats, exponent, error = scaled_floats(points)
    assert np.abs(floats).max() <= 1
    for (x,), y in zip(floats.tolist(), row, strict=True):
        assert abs(Fraction(x) - y / Fraction(2) ** exponent) <= Fraction(error)
