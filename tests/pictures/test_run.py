from itertools import combinations

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text

from exactdyn.documents import load_example
from exactdyn.errors import InputError
from exactdyn.pictures import draw_run
from exactdyn.systems.hardmax import Hardmax
from tests.example_files import HARDMAX_NAMES

SQUARE = [[1, 1], [1, -1], [-1, 1], [-1, -1], ["-1/2", 0], ["1/2", 0], ["1/3", "1/5"], ["1/3", "1/5"]]


def square_run(layers=30, **options):
    return Hardmax(alpha="1/2", **options).run(SQUARE, layers)


def titles(figure):
    return [axes.get_title() for axes in figure.axes]


def texts(figure):
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


def trails(axes):
    """All pieces of trails in a panel, and the colour of each."""
    return [
        (segment.tolist(), to_hex(collection.get_color()[0]))
        for collection in axes.collections
        if isinstance(collection, LineCollection)
        for segment in collection.get_segments()
    ]


def stars(axes):
    return sum(len(line.get_xdata()) for line in axes.lines if line.get_marker() == "*")


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        (0, [0]),
        (1, [0, 1]),
        (2, [0, 1, 2]),
        (4, [0, 1, 2, 4]),
        (5, [0, 1, 2, 5]),
        (6, [0, 1, 2, 5, 6]),
        (30, [0, 1, 2, 5, 30]),
    ],
)
def test_layers_0_1_2_5_and_the_last_are_shown_once_each(last, shown):
    assert titles(draw_run(square_run(last))) == [f"layer {layer}" for layer in shown]


def test_chosen_layers_are_shown_in_order_without_repeats():
    assert titles(draw_run(square_run(), layers=[7, 3, 7])) == ["layer 3", "layer 7"]


@pytest.mark.parametrize("layers", [[31], [-1], [0, "1"], [True]])
def test_a_layer_that_the_run_does_not_have_is_refused(layers):
    with pytest.raises(InputError, match="layer: requires an integer from 0 to 30"):
        draw_run(square_run(), layers=layers)


def test_no_layer_and_too_many_panels_are_refused():
    with pytest.raises(InputError, match="at least one"):
        draw_run(square_run(), layers=[])
    with pytest.raises(InputError, match="at most 50 to be drawn, got 60"):
        draw_run(square_run(60), layers=range(60))


def test_a_wrong_number_of_labels_is_refused():
    with pytest.raises(InputError, match="labels: requires one for each of 8 tokens, got 2"):
        draw_run(square_run(), labels=["a", "b"])


@pytest.mark.parametrize("name", HARDMAX_NAMES)
def test_no_text_covers_another_or_leaves_the_sheet_in_a_built_in_example(name):
    example = load_example(name)
    figure = draw_run(example.run(None), labels=example.labels, title=name)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    boxes = {
        text: text.get_window_extent(canvas.get_renderer())
        for text in figure.findobj(Text)
        if text.get_text() and text.get_visible()
    }
    width, height = canvas.get_width_height()
    for text, box in boxes.items():
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, text
    for (a, first), (b, second) in combinations(boxes.items(), 2):
        assert not first.overlaps(second), (a, b)


def test_on_the_line_the_largest_chosen_layer_is_the_last_drawn():
    figure = draw_run(Hardmax(alpha=1).run([[1], [0], ["1/3"]], layers=30), layers=[2, 8])
    assert max(line.get_xdata()[0] for line in figure.axes[0].lines) <= 8 < figure.axes[0].get_xlim()[1] < 10
