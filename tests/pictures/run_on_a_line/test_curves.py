"""Values against layers."""

from exactdyn.pictures import draw_run
from exactdyn.systems.hardmax import Hardmax
from tests.pictures.test_run import trails


def test_on_the_line_every_token_has_a_trail_from_the_first_layer_to_the_last():
    figure = draw_run(Hardmax([[-1]], 1).run([[1], [-2], ["1/3"]], layers=9))
    assert sum(piece[-1][0] - piece[0][0] for piece, _ in trails(figure.axes[0])) == 3 * 9


def test_values_that_grow_are_drawn_on_a_logarithmic_scale():
    figure = draw_run(Hardmax([[-1]], "-1/2").run([[1], [-1]], layers=30))
    assert [axes.get_yscale() for axes in figure.axes] == ["symlog", "linear"]
