"""How tokens come to their limits."""

from fractions import Fraction

import numpy as np
import pytest

from exactdyn.documents import load_example
from exactdyn.pictures import draw_limit
from tests.pictures.limit.test_picture import approach_of


def test_distances_are_those_of_the_closed_form():
    distances = approach_of("square-plain").distances
    assert np.isnan(distances[:, :4]).all()
    exact = [float(Fraction(2, 3) ** layer / 2) for layer in range(len(distances))]
    assert distances[:, 4] == pytest.approx(exact, rel=1e-15)


def test_what_is_left_to_grow_is_the_difference_of_q():
    gaps = approach_of("square-plain").gaps
    assert gaps[0, 4] == 0.75
    assert (np.diff(gaps[:, 4]) < 0).all()


def test_a_token_without_a_limit_is_as_far_as_its_place_in_the_cycle():
    approach = approach_of("alternating-in-the-limit")
    token = approach.distances.shape[1] - 1
    assert (np.diff(approach.distances[:, token]) < 0).all()
    figure = draw_limit(load_example("alternating-in-the-limit").run(0))
    assert "--" in [line.get_linestyle() for line in figure.axes[0].lines]
