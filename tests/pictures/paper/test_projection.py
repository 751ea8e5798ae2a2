"""From Q^d to the paper."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from exactdyn.errors import InputError
from exactdyn.numbers.points import Points
from exactdyn.pictures.paper.projection import EYE, SCREEN, projection_of
from tests.pictures.run_in_space.test_scene import planar


def test_space_is_projected_along_the_eye_on_two_orthonormal_directions():
    rows = (*SCREEN, EYE)
    products = [[sum(x * y for x, y in zip(a, b, strict=True)) for b in rows] for a in rows]
    assert products == [[int(i == j) for j in range(3)] for i in range(3)]


@given(planar)
def test_the_exact_places_are_the_drawn_ones(run):
    projection = projection_of(run.start)
    assert np.allclose(projection.exact(run.start).floats(), projection.flat(run.start.floats()))


def test_the_principal_plane_is_that_in_which_tokens_vary_the_most():
    rows = [[0, 3, 0, 0, 9], [0, -3, 0, 0, 9], [0, 0, 0, 2, 9], [0, 0, 0, -2, 9], ["1/10", 0, 0, 0, 9]]
    found = projection_of(Points.from_rows(rows))
    assert (found.right, found.up) == ((0, 1, 0, 0, 0), (0, 0, 0, 1, 0))
    assert "principal plane of layer 0, about 99.9" not in found.words  # it is more
    assert "principal plane of layer 0, about 100 %" in found.words


def test_principal_directions_are_stated_exactly_and_nearly_orthonormal():
    generator = np.random.default_rng(7)
    start = Points.from_rows(generator.integers(-99, 99, (40, 6)).tolist())
    found = projection_of(start)
    u, v = (np.array(row, dtype=float) for row in (found.right, found.up))
    assert abs(u @ u - 1) < 1e-2
    assert abs(v @ v - 1) < 1e-2
    assert abs(u @ v) < 1e-2
    assert all(Fraction(text).denominator <= 1000 for text in found.to_dict()["right"])
    centred = start.floats() - start.floats().mean(axis=0)
    values = np.linalg.eigvalsh(centred.T @ centred)
    assert np.square(centred @ u).sum() == pytest.approx(values[-1], rel=1e-2)
    assert np.square(centred @ v).sum() == pytest.approx(values[-2], rel=1e-2)


def test_two_coordinates_are_drawn_as_they_are():
    found = projection_of(Points.from_rows([[1, 2, 3, 4]]), (3, 1))
    assert found.flat(np.array([[1.0, 2, 3, 4]])).tolist() == [[4, 2]]
    assert found.names == ("coordinate 3", "coordinate 1")


@pytest.mark.parametrize("coordinates", [(), (0,), (0, 0), (0, 4), (-1, 2), (0, 1, 2), (True, 2), (0, "1")])
def test_coordinates_that_are_not_two_of_the_tokens_are_refused(coordinates):
    with pytest.raises(InputError, match=r"^coordinates: requires two different ones of 0\.\.3, got"):
        projection_of(Points.from_rows([[1, 2, 3, 4]]), coordinates)


def test_what_lies_in_one_plane_across_the_line_of_sight_is_equally_near():
    rows = [[Fraction(x) for x in row] for row in SCREEN]
    start = Points.from_rows([*rows, [0, 0, 0]])
    assert projection_of(start).nearness(start.floats()).tolist() == [1, 1, 1]
