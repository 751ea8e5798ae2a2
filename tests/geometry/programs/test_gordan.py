"""Gordan's alternative, in all magnitudes."""

from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.programs.exact_simplex import ConePoint
from exactdyn.geometry.programs.gordan import alternative

ENTRIES = st.integers(-3, 3) | st.builds(lambda x, bits: x << bits, st.integers(-3, 3), st.integers(0, 300))


@given(st.integers(1, 3), st.data())
def test_there_is_a_point_on_the_positive_side_of_all_rows_or_a_dependence(width, data):
    row = st.lists(ENTRIES.map(fmpz), min_size=width, max_size=width)
    rows = data.draw(st.lists(row, max_size=6))
    answer = alternative(rows, width)
    if isinstance(answer, ConePoint):
        assert len(answer.coordinates) == width
        assert all(sum(a * x for a, x in zip(r, answer.coordinates, strict=True)) > 0 for r in rows)
        return
    assert answer.weights
    assert all(weight > 0 for weight in answer.weights.values())
    assert not any(sum(w * rows[k][c] for k, w in answer.weights.items()) for c in range(width))
