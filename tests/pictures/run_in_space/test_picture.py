"""Panels side by side."""

import pytest

from exactdyn.errors import InputError
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


def test_panels_that_look_the_same_are_drawn_once():
    figure = draw_run(Hardmax().run([[1, 0], [0, 1]], layers=30))
    assert [axes.get_title() for axes in figure.axes] == ["layers 0, 1, 2, 5, 30"]
    moving = draw_run(Hardmax(alpha=1).run([[1, 0], ["1/2", 0]], layers=3))
    assert len(moving.axes) == 4


def test_a_token_that_comes_back_is_not_taken_for_one_that_stayed():
    run = Hardmax([[-1, 0], [0, -1]], "1").run([[1, 0], [-1, 0], [0, "1/3"]], layers=2)
    assert [axes.get_title() for axes in draw_run(run).axes][:2] == ["layer 0", "layer 1"]


def test_no_tick_is_lost_where_coordinates_are_far_apart_or_far_away():
    for tokens in (
        [[1000000, "1/7"], [-1, 1], [3, -2]],
        [[1000000, "1000001/7"], [1000001, "1000000/7"], [1000000, 142857]],
    ):
        figure = draw_run(Hardmax(alpha=1).run(tokens, layers=1))
        first = figure.axes[0]
        for axis in (first.xaxis, first.yaxis):
            written = [label.get_text() for label in axis.get_ticklabels()]
            assert len(set(written)) == len(written) >= 2
            assert all(written)


def test_axes_of_different_scales_are_said_to_have_them():
    figure = draw_run(Hardmax(alpha=1).run([[1000000, "1/7"], [0, 1], [3, -2]], layers=1))
    assert any("the two axes have different scales" in text for text in texts(figure))
    heights = [y for line in figure.axes[0].lines for y in line.get_ydata()]
    low, high = figure.axes[0].get_ylim()
    assert max(heights) - min(heights) > (high - low) / 2


def test_beyond_space_the_projection_is_stated():
    figure = draw_run(Hardmax().run([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 2]], layers=1))
    assert any("principal plane of layer 0, about" in text for text in texts(figure))
    chosen = draw_run(Hardmax().run([[1, 2, 3, 4], [0, 0, 0, 1]], layers=1), coordinates=(2, 0))
    assert any("coordinates 2 and 0 of 0..3" in text for text in texts(chosen))
    assert [3.0, 1.0] in [xy for line in chosen.axes[0].lines for xy in line.get_xydata().tolist()]


@pytest.mark.parametrize("tokens", [SQUARE, [[x] for (x, _) in SQUARE]])
def test_a_picture_is_as_wide_as_asked_for(tokens):
    run = Hardmax(alpha=1).run(tokens, layers=30)
    assert draw_run(run, width=12).get_size_inches()[0] == pytest.approx(12, abs=0.05)
    with pytest.raises(InputError, match=r"^width: requires 4\.6 to 40 inches, got 1$"):
        draw_run(run, width=1)
