"""One panel: marks, trails, labels."""

import re

from hypothesis import given, settings

from exactdyn.documents import load_example
from exactdyn.pictures import draw_run
from exactdyn.systems.hardmax import Hardmax
from tests.pictures.test_run import square_run, stars, texts, trails
from tests.strategies import runs


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
