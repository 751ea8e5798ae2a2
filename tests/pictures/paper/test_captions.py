"""The words and numbers on a picture."""

from fractions import Fraction
from xml.etree import ElementTree

import pytest
from matplotlib.text import Text

from exactdyn.layer.relu import Relu
from exactdyn.pictures import FORMATS, draw_run, render
from exactdyn.pictures.paper.captions import caption, readable_ticks
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.head import Head
from tests.pictures.test_run import SQUARE, texts


def test_the_caption_names_the_system():
    run = Hardmax([[1, -4], [4, "1/3"]], "314159/1000003", "unnormalised").run([[1, 0], [0, 1]], layers=1)
    assert "A = [[1, −4], [4, 1/3]], α ≈ 0.3142, n = 2, d = 2; the normalised form is drawn" in texts(
        draw_run(run)
    )


def test_numbers_of_any_length_are_named():
    run = Hardmax(alpha=Fraction(1, 3**20000)).run([[1, 0], [0, 1]], layers=1)
    assert "A = I, α ≈ 3.758e−9543, n = 2, d = 2" in texts(draw_run(run))


@pytest.mark.parametrize(
    ("system", "words"),
    [
        (Hardmax(mask=[[1, 0], [1, 1]], tau="1/3"), "A = I, masked, τ = 1/3"),
        (
            Hardmax([[[1, 0], [0, 2]], [[2, 0], [0, 1]]], [1, "1/2"]),
            "A = [[1, 0], [0, 2]], [[2, 0], [0, 1]], …, α = 1, 1/2, …",
        ),
        (
            HardAttention([Head(ties="last"), Head(V=[[2, 0], [0, 2]], mask="strict")], tau="2/(k+3)"),
            "head 0: A = I, last of ties; head 1: A = I, V = [[2, 0], [0, 2]], strict mask; τ = 2/(k+3)",
        ),
        (HardAttention([Head()], relu=Relu([[1, 0]], [0], [[1], [0]], [0, 0])), "A = I, α = 1, ReLU block"),
    ],
)
def test_the_caption_names_heads_masks_ties_values_steps_and_blocks(system, words):
    assert caption(system.run([[1, 0], [0, 1]], layers=1)) == f"{words}, n = 2, d = 2"


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (0, 100, ["0", "50", "100"]),
        (-1e99, 1e99, ["−1e99", "0", "1e99"]),
        (0.99, 1.01, ["0.99", "1", "1.01"]),
        (1 - 1e-7, 1 + 1e-7, ["−1e−7", "1", "+1e−7"]),
        (-1e-250, 1e-250, ["−1e−250", "0", "1e−250"]),
        (1e6, 1e6 + 1, ["1e6", "+0.5", "+1"]),
    ],
)
def test_numbers_beside_an_axis_are_short_and_never_left_out(low, high, written):
    assert readable_ticks(low, high, 4)[1] == written


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
