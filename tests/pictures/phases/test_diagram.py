"""The phase diagram of cells shows where tokens lead and with whom they end up."""

from fractions import Fraction

from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from exactdyn import Hardmax, cells, load_example
from exactdyn.pictures import draw_phases


def colours(axes, token):
    """The colours along the row of a token, from left to right."""
    boxes = [box for box in axes.patches if isinstance(box, Rectangle) and box.get_y() == token - 0.46]
    return [to_hex(box.get_facecolor()) for box in sorted(boxes, key=Rectangle.get_x)]


def test_tokens_with_one_limit_have_one_colour_in_every_cell():
    axes, *_ = draw_phases(cells(load_example("lock-needs-leader")), "locks").axes
    first, third, fourth = (colours(axes, token) for token in (0, 3, 4))
    assert [a == b for a, b in zip(first, third, strict=True)] == [False, False, True]
    assert [a == b for a, b in zip(third, fourth, strict=True)] == [True, False, False]


def test_open_cells_are_grey_and_the_title_says_so():
    figure = draw_phases(cells(load_example("period-three"), layers=1), "open")
    (axes,) = figure.axes  # of dimension 4 no runs are drawn
    assert {*colours(axes, 0), *colours(axes, 1)} == {"#c4c4c4"}
    assert "0 closed for ever, the others open after layer 1" in " ".join(x.get_text() for x in figure.texts)
    assert [text.get_text() for legend in figure.legends for text in legend.get_texts()] == [
        "leader",
        "white line: only graphs change",
        "open",
    ]


def test_a_parameter_that_is_not_alpha_has_an_axis_from_its_lowest_to_its_highest_value():
    t = {"name": "t", "from": -1, "to": 3}
    axes, *_ = draw_phases(cells(Hardmax(), tokens=[[1], ["t"]], parameter=t), "moving").axes
    assert (axes.get_xlim(), axes.get_xlabel()) == ((-1.0, 3.0), "t")


def test_beside_it_are_runs_at_one_value_of_each_answer():
    found = cells(load_example("emerging-leader"), low="1/10")
    _, *insets = draw_phases(found, "runs").axes
    assert [axes.get_title() for axes in insets] == ["a: alpha = 2/11", "b: alpha = 1/2", "c: alpha = 7"]
    leaders = [sum(line.get_marker() == "*" for line in axes.lines) for axes in insets]
    assert leaders == [2, 3, 2]


def test_the_axis_begins_where_it_was_asked_to_and_ends_beyond_the_last_border():
    axes, *_ = draw_phases(cells(load_example("emerging-leader"), low="1/10"), "from 1/10").axes
    low, high = axes.get_xlim()
    assert (low, high > 1) == (-1.0, True)


def test_a_sample_is_inside_its_cell_however_narrow_that_is():
    narrow = cells(Hardmax(), tokens=[[1], ["1/2"]], low=1, high=1 + Fraction(1, 10**30))
    assert len(draw_phases(narrow, "narrow").axes) == 1


def test_tokens_with_two_limits_have_two_colours_though_eight_tokens_lie_between():
    found = cells(load_example("three-dimensions"))
    assert {(0,), (8,)} < set(found.cells[0].clusters)
    axes, *_ = draw_phases(found, "space").axes
    assert colours(axes, 0) != colours(axes, 8)


def test_a_cell_whose_graphs_repeat_without_limits_is_not_drawn_as_open():
    figure = draw_phases(cells(load_example("period-three"), low=2), "repeats")
    (axes,) = figure.axes
    assert colours(axes, 0) == ["#c4c4c4", "#6b6b6b"]
    words = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    white = "white line: only graphs change"
    assert words == [
        "leader",
        "leaders or limits change",
        white,
        "graphs repeat, not all tokens converge",
        "open",
    ]
