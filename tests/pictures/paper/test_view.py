"""From space to the paper."""

import numpy as np
from hypothesis import given

from exactdyn.pictures.paper.view import EYE, SCREEN, flat, flat_exact
from tests.pictures.run_in_space.test_scene import planar


def test_space_is_projected_along_the_eye_on_two_orthonormal_directions():
    rows = (*SCREEN, EYE)
    products = [[sum(x * y for x, y in zip(a, b, strict=True)) for b in rows] for a in rows]
    assert products == [[int(i == j) for j in range(3)] for i in range(3)]


@given(planar)
def test_the_exact_places_are_the_drawn_ones(run):
    state = run.start
    assert np.allclose(flat_exact(state).floats(), flat(state.floats()))
