"""The exact simplex method, where floats cannot tell."""

from flint import fmpz
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.geometry.programs.exact_simplex import ConePoint, separate


@given(st.integers(60, 300), st.data())
def test_the_exact_simplex_method_alone_settles_every_program(bits, data):
    size, width = data.draw(st.integers(1, 6)), data.draw(st.integers(1, 3))
    near = st.builds(lambda whole, part: fmpz((whole << bits) + part), st.integers(-2, 2), st.integers(-2, 2))
    rows = data.draw(st.lists(st.lists(near, min_size=width, max_size=width), min_size=size, max_size=size))
    answer = separate(rows, [1] * size, data.draw(st.lists(st.integers(0, size + 2 * width - 1), max_size=4)))
    if isinstance(answer, ConePoint):
        assert all(sum(a * x for a, x in zip(row, answer.coordinates, strict=True)) > 0 for row in rows)
        return
    assert all(weight > 0 for weight in answer.weights.values())
    assert answer.weights
    assert not any(sum(w * rows[k][c] for k, w in answer.weights.items()) for c in range(width))
