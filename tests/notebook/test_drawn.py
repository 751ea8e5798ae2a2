"""Answers as pictures: shown, saved, and drawn as the command line draws them."""

import pytest

from exactdyn import (
    InputError,
    draw_graph,
    load_example,
)
from tests.command import printed
from tests.notebook.every_kind import DRAWN, KINDS

CYCLIC = load_example("cyclic")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "itineraries"])
def test_a_picture_shows_itself_in_a_notebook_and_is_saved(answers, kind, tmp_path):
    if kind not in DRAWN:
        with pytest.raises(InputError, match="requires an answer that is drawn"):
            answers[kind].plot()
        return
    picture = answers[kind].plot()
    picture.save(tmp_path / "picture.svg")
    assert b"<svg" in (tmp_path / "picture.svg").read_bytes()
    assert picture.figure is not None
    if kind == "run":
        assert picture._repr_png_().startswith(b"\x89PNG")
        assert picture._repr_svg_() is None


@pytest.mark.slow
def test_itineraries_are_drawn_by_the_directions_of_the_matrices(answers):
    assert answers["itineraries"].plot().figure is not None


def test_an_option_that_a_picture_does_not_have_is_refused(answers):
    known = "layers, labels, title, coordinates, width"
    with pytest.raises(InputError, match=f"colour: requires one of {known}, got 'colour'"):
        answers["run"].plot(colour="red")
    with pytest.raises(InputError, match="colour: requires one of no options, got 'colour'"):
        answers["itineraries"].plot(colour="red")


def test_a_graph_is_drawn_as_the_command_line_draws_it(tmp_path):
    picture = draw_graph(CYCLIC, 1)
    assert picture._repr_svg_() == printed("graph", "cyclic", "--layer", 1, "--format", "svg")
    with pytest.raises(InputError, match=r"\.svg"):
        picture.save(tmp_path / "graph.png")
