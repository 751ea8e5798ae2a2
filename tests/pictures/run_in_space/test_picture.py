"""Panels side by side."""

import pytest

from exactdyn.pictures import draw_run
from exactdyn.systems.hardmax import Hardmax
from tests.pictures.test_run import SQUARE, texts


@pytest.mark.parametrize("tokens", [SQUARE, [[*row, 1] for row in SQUARE], [[9, 0], [0, 1], [0, 0]]])
def test_a_unit_is_as_long_to_the_right_as_upwards(tokens):
    figure = draw_run(Hardmax().run(tokens, layers=3))
    for axes in figure.axes:
        (left, right), (low, high), box = axes.get_xlim(), axes.get_ylim(), axes.get_window_extent()
        assert box.width / (right - left) == pytest.approx(box.height / (high - low))


def test_a_run_that_grows_has_panels_of_their_own_scale_and_says_so():
    run = Hardmax([[-1, 0], [0, -1]], "-1/2").run([[1, 0], [-1, 1]], layers=30)
    figure = draw_run(run)
    assert any("each panel has its own scale" in text for text in texts(figure))
    assert len({axes.get_xlim() for axes in figure.axes}) == 5
