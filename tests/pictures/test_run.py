import re
import subprocess
import sys
from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text

from exactdyn.documents import load_example
from exactdyn.errors import InputError
from exactdyn.pictures import FORMATS, draw_run, render
from exactdyn.pictures.paper.captions import readable_ticks
from exactdyn.systems.hardmax import Hardmax
from tests.example_files import HARDMAX_NAMES
from tests.strategies import runs

MAGIC = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF-"}
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


def strip_colours(axes, row, layer):
    """The colours of the cells of a strip that cover a layer."""
    return [
        to_hex(collection.get_facecolor()[0])
        for collection in axes.collections
        for path in collection.get_paths()
        if path.contains_point((layer, row))
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


def test_dimension_4_is_refused_in_one_line():
    with pytest.raises(InputError, match=r"^tokens: requires dimension 1, 2 or 3 to be drawn, got 4$"):
        draw_run(Hardmax().run([[1, 2, 3, 4]], layers=1))


def test_a_wrong_number_of_labels_is_refused():
    with pytest.raises(InputError, match="labels: requires one for each of 8 tokens, got 2"):
        draw_run(square_run(), labels=["a", "b"])


@pytest.mark.parametrize("format", ["gif", "PNG", "", None])
def test_an_unknown_format_is_refused(format):
    with pytest.raises(InputError, match="format: requires one of png, svg, pdf"):
        render(draw_run(square_run(0)), format)


@settings(max_examples=25)
@given(runs(layers=7), st.sampled_from(FORMATS))
def test_every_run_has_a_picture_in_every_format(run, format):
    assert render(draw_run(run), format).startswith(MAGIC[format])


@pytest.mark.parametrize("name", [name for name in HARDMAX_NAMES if load_example(name).shape[1] <= 3])
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


@pytest.mark.parametrize("tokens", [SQUARE, [[x] for x, _ in SQUARE], [[*row, 1] for row in SQUARE]])
@pytest.mark.parametrize("format", FORMATS)
def test_the_same_run_gives_the_same_bytes_without_a_date(tokens, format):
    first, second = (
        render(draw_run(Hardmax(alpha="1/2").run(tokens, layers=6), title="twice"), format) for _ in range(2)
    )
    assert first == second
    assert b"CreationDate" not in first
    assert b"<dc:date>" not in first


def test_settings_of_the_user_change_nothing_and_are_not_changed():
    plain = render(draw_run(square_run()), "svg")
    own = {"font.size": 30.0, "axes.facecolor": "black", "svg.hashsalt": "mine", "lines.linewidth": 9.0}
    with matplotlib.rc_context(own):
        assert render(draw_run(square_run()), "svg") == plain
        assert {name: matplotlib.rcParams[name] for name in own} == own


def test_the_global_state_of_pyplot_is_never_loaded():
    program = (
        "import sys; from exactdyn import Hardmax; from exactdyn.pictures import draw_run, render;"
        "[render(draw_run(Hardmax().run([[1] * d, [0] * d], 3)), f) for d in (1, 2, 3)"
        " for f in ('png', 'svg', 'pdf')]; sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@settings(max_examples=25)
@given(runs(layers=3).filter(lambda run: run.start.dimension > 1))
def test_every_panel_has_a_star_for_every_leading_point(run):
    for axes in draw_run(run).axes:
        layer = int(axes.get_title().removeprefix("layer "))
        assert stars(axes) == len(run.leading_points(layer))


def test_token_1_of_the_emerging_leader_becomes_a_star_at_layer_1():
    figure = draw_run(load_example("emerging-leader").run(None))
    assert [stars(axes) for axes in figure.axes] == [2, 3, 3, 3, 3]


def test_a_panel_shows_the_trails_of_earlier_layers_and_no_others():
    figure = draw_run(load_example("emerging-leader").run(None))
    # Six tokens move at layer 0, then token 1 leads and five go on.
    assert [len(trails(axes)) for axes in figure.axes[:3]] == [0, 6, 11]


def test_a_trail_has_the_colour_of_the_token_when_it_set_out():
    figure = draw_run(load_example("emerging-leader").run(None))
    before = [line for line in figure.axes[0].lines if [-1 / 12, 1 / 12] in line.get_xydata().tolist()]
    after = [colour for piece, colour in trails(figure.axes[1]) if piece[0] == [-1 / 12, 1 / 12]]
    assert [line.get_markerfacecolor().lower() for line in before] == after


def test_on_the_line_every_token_has_a_trail_from_the_first_layer_to_the_last():
    figure = draw_run(Hardmax([[-1]], 1).run([[1], [-2], ["1/3"]], layers=9))
    assert sum(piece[-1][0] - piece[0][0] for piece, _ in trails(figure.axes[0])) == 3 * 9


def test_the_strip_of_the_third_token_spells_binary_digits():
    figure = draw_run(load_example("binary-digits").run(40))
    strips = figure.axes[1]
    (zero,), (one,) = (strip_colours(strips, row, 0) for row in (2, 0))
    assert zero != one
    digits = [314159 * 2**k // 1000003 % 2 for k in range(1, 42)]
    assert [strip_colours(strips, 1, k) for k in range(41)] == [[one if digit else zero] for digit in digits]


@pytest.mark.parametrize("tokens", [SQUARE, [[*row, 1] for row in SQUARE], [[9, 0], [0, 1], [0, 0]]])
def test_a_unit_is_as_long_to_the_right_as_upwards(tokens):
    figure = draw_run(Hardmax().run(tokens, layers=3))
    for axes in figure.axes:
        (left, right), (low, high), box = axes.get_xlim(), axes.get_ylim(), axes.get_window_extent()
        assert box.width / (right - left) == pytest.approx(box.height / (high - low))


def test_copies_are_counted():
    assert texts(draw_run(square_run(0))).count("6 ×2") == 1
    assert "×2" in texts(draw_run(square_run(1), layers=[0, 1]))
    assert "0 ×3" in texts(draw_run(Hardmax().run([[1]] * 3, layers=2)))


def test_copies_that_have_come_to_a_leader_are_not_taken_for_copies_of_it():
    figure = draw_run(square_run(), layers=[0, 1, 30])
    assert [sum("×2" in text for text in texts(axes)) for axes in figure.axes] == [1, 1, 0]


def test_signs_that_do_not_occur_are_not_explained():
    words = " ".join(texts(draw_run(square_run())))
    assert "attends several points" in words
    assert "leading point" not in words
    assert "leading point" in " ".join(texts(draw_run(Hardmax().run([[1, 1]] * 2, layers=1))))


def test_the_caption_names_the_system():
    run = Hardmax([[1, -4], [4, "1/3"]], "314159/1000003", "unnormalised").run([[1, 0], [0, 1]], layers=1)
    assert "A = [[1, −4], [4, 1/3]], α ≈ 0.3142, n = 2, d = 2; the normalised form is drawn" in texts(
        draw_run(run)
    )


def test_numbers_of_any_length_are_named():
    run = Hardmax(alpha=Fraction(1, 3**20000)).run([[1, 0], [0, 1]], layers=1)
    assert "A = I, α ≈ 3.758e−9543, n = 2, d = 2" in texts(draw_run(run))


def test_a_run_that_grows_has_panels_of_their_own_scale_and_says_so():
    run = Hardmax([[-1, 0], [0, -1]], "-1/2").run([[1, 0], [-1, 1]], layers=30)
    figure = draw_run(run)
    assert any("each panel has its own scale" in text for text in texts(figure))
    assert len({axes.get_xlim() for axes in figure.axes}) == 5


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (0, 100, ["0", "50", "100"]),
        (-1e99, 1e99, ["−1e99", "0", "1e99"]),
        (0.99, 1.01, ["0.99", "1", "1.01"]),
        (1 - 1e-7, 1 + 1e-7, ["", "", ""]),
        (-1e-250, 1e-250, ["", "", ""]),
    ],
)
def test_numbers_beside_an_axis_are_short_or_left_out(low, high, written):
    assert readable_ticks(low, high, 4)[1] == written


def test_values_that_grow_are_drawn_on_a_logarithmic_scale():
    figure = draw_run(Hardmax([[-1]], "-1/2").run([[1], [-1]], layers=30))
    assert [axes.get_yscale() for axes in figure.axes] == ["symlog", "linear"]


def test_on_the_line_the_largest_chosen_layer_is_the_last_drawn():
    figure = draw_run(Hardmax(alpha=1).run([[1], [0], ["1/3"]], layers=30), layers=[2, 8])
    assert max(line.get_xdata()[0] for line in figure.axes[0].lines) <= 8 < figure.axes[0].get_xlim()[1] < 10


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dimension", [1, 2, 3])
def test_labels_are_words_never_formulas_and_nothing_in_them_is_an_error(dimension):
    labels = ["$x$", "$\\frac{", "<b>--&", "a\nb", "\ud800\x00", "日本語", "", "an unreasonably long label"]
    run = Hardmax(alpha="1/2").run([[*row, 1][:dimension] for row in SQUARE[:6]] + [[0] * dimension] * 2, 6)
    figure = draw_run(run, labels=labels, title="$\\alpha 日 -->")
    assert not any(text.get_parse_math() for text in figure.findobj(Text) if "$" in text.get_text())
    for format in FORMATS:
        document = render(figure, format)
        if format == "svg":
            ElementTree.fromstring(document)


def test_many_tokens_carry_no_labels_but_their_leaders_do():
    run = Hardmax(alpha="1/2").run([[x, x * x] for x in range(-20, 21)], layers=3)
    words = texts(draw_run(run, labels=[f"word{token}" for token in range(41)]))
    leaders = {f"word{token}" for token in run.leaders}
    assert {word for word in words if re.fullmatch(r"word\d+", word)} == leaders
