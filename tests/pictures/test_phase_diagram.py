"""The phase diagram of cells shows where tokens lead and with whom they end up."""

from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from exactdyn import Hardmax, cells, load_example
from exactdyn.pictures import draw_phases


def colours(axes, token):
    """The colours along the row of a token, from left to right."""
    boxes = [box for box in axes.patches if isinstance(box, Rectangle) and box.get_y() == token - 0.46]
    return [to_hex(box.get_facecolor()) for box in sorted(boxes, key=Rectangle.get_x)]


def test_tokens_with_one_limit_have_one_colour_in_every_cell():
    (axes,) = draw_phases(cells(load_example("lock-needs-leader")), "locks").axes
    first, third, fourth = (colours(axes, token) for token in (0, 3, 4))
    assert [a == b for a, b in zip(first, third, strict=True)] == [False, False, True]
    assert [a == b for a, b in zip(third, fourth, strict=True)] == [True, False, False]


def test_open_cells_are_grey_and_the_title_says_so():
    (axes,) = draw_phases(cells(load_example("period-three"), layers=1), "open").axes
    assert {*colours(axes, 0), *colours(axes, 1)} == {"#e4e4e4"}
    assert "grey: open after layer 1" in axes.get_title(loc="left")


def test_a_parameter_that_is_not_alpha_has_an_axis_from_its_lowest_to_its_highest_value():
    t = {"name": "t", "from": -1, "to": 3}
    (axes,) = draw_phases(cells(Hardmax(), tokens=[[1], ["t"]], parameter=t), "moving").axes
    assert (axes.get_xlim(), axes.get_xlabel()) == ((-1.0, 3.0), "t")
