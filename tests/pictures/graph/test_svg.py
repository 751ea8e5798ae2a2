import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import Hardmax, attention_graph, run_graph
from exactdyn.graph import read_graph, write_graph
from exactdyn.pictures.graph import graph_text
from exactdyn.pictures.graph.layout import lay_out
from tests.strategies import runs, token_labels

SVG = "{http://www.w3.org/2000/svg}"


def drawing(tokens, labels=None, **system):
    run = Hardmax(**{"alpha": 1, **system}).run(tokens, layers=0)
    return ElementTree.fromstring(graph_text(attention_graph(run, 0, labels), "svg"))


def marks(root, kind):
    return root.findall(f".//{SVG}path[@class='{kind}']")


def arrows(root):
    return root.findall(f".//{SVG}g[@class='arrow']")


def texts(root):
    return [text.text for text in root.iter(f"{SVG}text")]


def test_leaders_are_stars_and_other_tokens_discs():
    root = drawing([[1, 1], [1, -1], ["1/2", 0]])
    assert len(marks(root, "leader")) == 2
    assert len(marks(root, "token")) == 1
    assert all(mark.get("d").count("L") == 9 for mark in marks(root, "leader"))


def test_copies_are_drawn_once_with_their_number():
    root = drawing([[1, 1], [1, 1], [1, -1], ["1/2", 0]], ["great", "great", "worst", "the"])
    assert len(marks(root, "leader")) + len(marks(root, "token")) == 3
    assert "great ×2" in texts(root)
    assert len(arrows(root)) == 3  # the copies' loop, and the tied token's two


def test_a_shared_arrow_is_fainter():
    root = drawing([[1, 1], [1, -1], ["1/2", 0], [-1, 0], ["-1/2", 0]])
    assert sorted(arrow.get("opacity") for arrow in arrows(root)) == ["0.78", "0.78", "1.00"]


def test_attention_to_all_copies_of_one_point_is_not_shared():
    root = drawing([[1, 1], [1, 1], [1, 1], ["1/2", "1/2"]])
    assert [arrow.get("opacity") for arrow in arrows(root)] == ["1.00", "1.00"]


def test_a_drawing_stands_where_the_tokens_are():
    root = drawing([[-1, -1], [1, -1], [1, 1]], A=[[1, 0], [0, 1]])
    starts = [re.match(r"M([\d.]+) ([\d.]+)", mark.get("d")).groups() for mark in marks(root, "leader")]
    (left, low), (right, bottom), (edge, high) = (map(float, start) for start in starts)
    assert (left, low) == (36, 594)
    assert (right, bottom) == (604, 594)
    assert (edge, high) == (604, 26)


def test_on_a_line_arrows_to_the_right_pass_above_and_to_the_left_below():
    root = drawing([["1/2"], ["-1/2"], ["1/7"]], A=[[-1]])
    heights = {}
    for arrow in arrows(root):
        start, _, bend, height = map(float, re.findall(r"-?[\d.]+", arrow[0].get("d"))[:4])
        heights[start < bend] = height
    axis = float(re.search(r"M[-\d.]+ ([\d.]+)", marks(root, "axis")[0].get("d"))[1])
    assert heights[True] < axis < heights[False]


@pytest.mark.parametrize(
    "dimension, words", [(3, "orthographic from (36, −48, 25)"), (5, "of 5 coordinates the first three")]
)
def test_from_dimension_3_on_the_projection_is_stated(dimension, words):
    root = drawing([[1] * dimension, [-1] + [0] * (dimension - 1)])
    assert words in root.find(f"{SVG}desc").text
    assert any(words in text for text in texts(root))


def test_the_stated_projection_is_the_one_drawn():
    graph = attention_graph(Hardmax().run([[2, 1, 1], [0, 0, 0]], layers=0), 0)
    spot = lay_out(graph).panels[0].spots[0].at
    x, y, z = 1, 0.5, 0.5
    assert spot.real == pytest.approx((4 * x + 3 * y) / 5)
    assert spot.imag == pytest.approx((4 * y - 3 * x + 12 * z) / 13)


def test_a_run_has_a_panel_for_every_layer_on_one_scale():
    run = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=4)
    root = ElementTree.fromstring(graph_text(run_graph(run), "svg"))
    panels = root.findall(f"{SVG}svg")
    assert len(panels) == 5
    assert [f"layer {k}" for k in range(5)] == [text for text in texts(root) if text.startswith("layer")]
    leaders = [[mark.get("d") for mark in marks(panel, "leader")] for panel in panels]
    assert leaders == 5 * leaders[:1]  # leaders stay


def test_labels_are_escaped_and_long_ones_cut_but_whole_in_the_title():
    long = 'an immensely long <label> & "more"\nof it'
    root = drawing([[1, 1], [0, 0]], [long, "b"])
    assert long in [mark.find(f"{SVG}title").text for mark in marks(root, "leader")]
    assert "an immensely long…" in texts(root)


def test_sixty_tokens_show_labels_that_do_not_cover_each_other():
    run = Hardmax(alpha=1).run([[k % 8, k // 8] for k in range(60)], layers=8)
    for layer in (0, 8):
        root = ElementTree.fromstring(graph_text(attention_graph(run, layer), "svg"))
        boxes = []
        for text in root.findall(f"{SVG}svg/{SVG}text"):
            wide = 0.6 * 12 * len(text.text)
            left = {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor")]
            boxes.append((float(text.get("x")) - left, float(text.get("y")), wide))
        assert boxes
        for number, (x, y, wide) in enumerate(boxes):
            for other_x, other_y, other_wide in boxes[:number]:
                apart = x + wide <= other_x or other_x + other_wide <= x or abs(y - other_y) >= 12
                assert apart


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_every_graph_is_drawn_as_finite_well_formed_and_equal_text(data):
    run = data.draw(runs())
    labels = data.draw(token_labels(run.start.count))
    for graph in (attention_graph(run, 0, labels), run_graph(run, labels)):
        text = graph_text(graph, "svg")
        root = ElementTree.fromstring(text)
        assert not re.search(r"\b(nan|inf)", "".join(path.get("d") for path in root.iter(f"{SVG}path")))
        again = read_graph(write_graph(graph, "node-link"), "node-link")
        assert graph_text(again, "svg") == text


@pytest.mark.parametrize(
    "tokens", [[[0]], [[0, 0], [0, 0]], [[10**400, 1], [-(10**400), 1]], [["1e-400"], [1]]]
)
def test_points_at_one_place_and_points_beyond_floats_are_drawn(tokens):
    text = graph_text(attention_graph(Hardmax().run(tokens, layers=0), 0), "svg")
    assert "nan" not in text
    assert "inf" not in text


def test_points_close_together_and_far_from_the_origin_take_no_time():
    root = drawing([["1000000"], ["1000000.001"], ["999999.9995"]])
    (axis,) = marks(root, "axis")
    assert all(0 <= float(x) <= 640 for x in re.findall(r"-?[\d.]+", axis.get("d")))


def test_of_many_tokens_only_leaders_are_named_and_signs_are_small():
    root = drawing([[x, x * x] for x in range(-150, 150)])
    assert 0 < len([text for text in texts(root) if text.isdigit()]) <= len(marks(root, "leader"))
    assert all(arrow.get("stroke-width") is not None for arrow in arrows(root))


@pytest.mark.parametrize(
    ("tokens", "said"),
    [
        ([[1, 0], [1, 0]], "×2: copies · arrow: attends · dashed: axes from -1 to 1"),
        (
            [[1, 1], [1, -1], ["1/2", 0]],
            "star: leader · arrow: attends, fainter where shared · dashed: axes from -1 to 1",
        ),
    ],
)
def test_the_legend_of_a_graph_explains_what_is_drawn(tokens, said):
    assert texts(drawing(tokens))[0] == said
