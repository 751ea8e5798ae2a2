"""The part of the plane that a panel shows."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from exactdyn.numbers.points import Points
from exactdyn.pictures.run_in_space.window import GROWTH, panel_limits
from exactdyn.systems.hardmax import Hardmax
from tests.pictures.run_in_space.test_scene import every_layer, gather, planar


@given(planar)
def test_the_window_holds_every_place_of_its_panel(run):
    scene = gather(run, every_layer(run))
    for panel, limits in zip(scene.panels, panel_limits(scene.panels), strict=True):
        for place in panel.places:
            offset = np.abs(np.array(place.position) - limits.middle)
            assert (offset < limits.half).all()


def test_panels_share_their_limits_unless_the_run_grows():
    still = Hardmax(alpha="1/2").run([[1, 0], [0, 1], [0, 0]], layers=6)
    assert len(set(panel_limits(gather(still, (0, 3, 6)).panels))) == 1
    growing = Hardmax([[-1, 0], [0, -1]], "-1/2").run([[1, 0], [-1, 1]], layers=6)
    limits = panel_limits(gather(growing, (0, 3, 6)).panels)
    assert limits[2].half[0] > GROWTH * limits[0].half[0]
    assert len({round(own.ratio, 12) for own in limits}) == 1


@pytest.mark.parametrize(
    "tokens", [[[0, 0]], [[7, 7]], [[10**50, 1]] * 2, [[1, 1], [1 + Fraction(1, 10**20), 1]]]
)
def test_what_the_eye_takes_for_one_point_has_room_around(tokens):
    (limits,) = panel_limits(gather(Hardmax().run(tokens, layers=0), (0,)).panels)
    size = max(abs(x) for row in Points.from_rows(tokens).rows() for x in row)
    assert min(limits.half) >= size / 10
    assert min(limits.half) > 0
