"""One panel: marks, trails, labels."""

import re

import pytest
from hypothesis import given, settings

from exactdyn.documents import load_example
from exactdyn.pictures import draw_run
from exactdyn.systems.hardmax import Hardmax
from tests.pictures.covering import texts_on_lines
from tests.pictures.test_run import square_run, stars, texts, trails
from tests.strategies import runs


@settings(max_examples=25)
@given(runs(layers=3).filter(lambda run: run.start.dimension > 1))
def test_every_panel_has_a_star_for_every_leading_point(run):
    for axes in draw_run(run).axes:
        for layer in re.findall(r"\d+", axes.get_title()):
            assert stars(axes) == len(run.leading_points(int(layer)))


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


def test_copies_are_counted():
    assert texts(draw_run(square_run(0))).count("6 ×2") == 1
    assert "×2" in texts(draw_run(square_run(1), layers=[0, 1]))
    assert "0 ×3" in texts(draw_run(Hardmax().run([[1]] * 3, layers=2)))


def test_copies_that_have_come_to_a_leader_are_not_taken_for_copies_of_it():
    figure = draw_run(square_run(), layers=[0, 1, 30])
    assert [sum("×2" in text for text in texts(axes)) for axes in figure.axes] == [1, 1, 0]


def test_many_tokens_carry_no_labels_but_their_leaders_do():
    run = Hardmax(alpha="1/2").run([[x, x * x] for x in range(-20, 21)], layers=3)
    words = texts(draw_run(run, labels=[f"word{token}" for token in range(41)]))
    leaders = {f"word{token}" for token in run.leaders}
    assert {word for word in words if re.fullmatch(r"word\d+", word)} == leaders


def test_what_is_farther_away_is_smaller_paler_and_behind():
    figure = draw_run(Hardmax().run([[0, 0, 0], [36, -48, 25], [-36, 48, -25]], layers=0))
    far, near = (
        [line for line in figure.axes[0].lines if line.get_marker() == "*"][place] for place in (0, -1)
    )
    assert far.get_markersize() < near.get_markersize()
    assert far.get_zorder() < near.get_zorder()


@pytest.mark.parametrize(
    "name", ["emerging-leader", "sixty", "square-plain", "three-dimensions", "two-heads"]
)
def test_no_label_stands_on_a_line(name):
    example = load_example(name)
    assert texts_on_lines(draw_run(example.run(None), labels=example.labels)) == set()


def test_signs_and_trails_of_many_tokens_are_small_and_panels_large():
    few, many = (
        draw_run(Hardmax(alpha=1).run([[x, x * x % 97] for x in range(count)], 1), [0, 1])
        for count in (9, 900)
    )
    sizes = [
        max(line.get_markersize() for line in figure.axes[1].lines if line.get_marker() == "o")
        for figure in (few, many)
    ]
    assert sizes[1] < 0.4 * sizes[0]
    widths = [figure.axes[0].get_window_extent().width for figure in (few, many)]
    assert widths[1] >= widths[0]
