"""Where the tokens of a graph are drawn."""

import numpy as np
import pytest
from hypothesis import given

from exactdyn.documents import load_example
from exactdyn.graph import attention_graph, run_graph
from exactdyn.pictures.graph.layout import lay_out
from exactdyn.pictures.paper.projection import projection_of
from exactdyn.systems.hardmax import Hardmax
from tests.strategies import runs


@given(runs())
def test_a_graph_stands_as_its_run_is_drawn_but_for_the_scales(run):
    drawn = lay_out(attention_graph(run, 0))
    state = run.start
    positions = projection_of(state).flat(state.floats()) / drawn.reach
    width, height = np.ptp(positions, axis=0).tolist()
    (panel,) = drawn.panels
    spots = np.array([(spot.at.real, spot.at.imag) for spot in panel.spots])
    first = [min(copies) for copies in dict.fromkeys(state.copies)]
    if max(width, height) > 50 * min(width, height) > 0:  # a unit is longer upwards, and it is said
        own = np.abs(positions[first][:, 1]).max()
        spots[:, 1] *= own / np.abs(spots[:, 1]).max()
    assert np.allclose(spots, positions[first])


@given(runs())
def test_every_token_has_a_spot_and_shares_add_up_to_one(run):
    for panel in lay_out(run_graph(run)).panels:
        assert sorted(label for spot in panel.spots for label in spot.labels) == sorted(
            str(token) for token in range(run.start.count)
        )
        shares = dict.fromkeys(range(len(panel.spots)), 0.0)
        for arrow in panel.arrows:
            shares[arrow.tail] += arrow.share
        assert all(share == pytest.approx(1) for share in shares.values())


def test_in_space_plot_and_graph_have_one_view():
    run = Hardmax().run([[1, 0, 0], [0, 1, 0], [0, 0, 1]], layers=0)
    drawn = lay_out(attention_graph(run, 0))
    assert [spot.at for spot in drawn.panels[0].spots] == list(drawn.axes)
    assert list(drawn.axes) == [
        complex(*place) for place in projection_of(run.start).flat(np.eye(3)).tolist()
    ]


def test_beyond_space_plot_and_graph_have_one_projection():
    run = Hardmax(alpha=1).run([[4, 0, 0, 1], [-4, 0, 1, 0], [0, 2, 0, 0], [1, 1, 1, 1]], layers=3)
    drawn = lay_out(attention_graph(run, 3), run)
    projection = projection_of(run.start)
    spots = np.array([[spot.at.real, spot.at.imag] for spot in drawn.panels[0].spots]) * drawn.reach
    assert np.allclose(spots, projection.flat(run.floats(3)))
    assert (drawn.axes, drawn.words) == ((), projection.words)


def test_a_number_with_commas_in_its_text_is_one_coordinate():
    run = load_example("heptagon").run(0)
    assert len(lay_out(attention_graph(run, 0)).axes) == 2


def test_tokens_that_would_lie_on_a_line_are_stretched_apart():
    run = Hardmax().run([[1000000, "1/7"], [1000000, "-1/7"], [0, 0]], layers=0)
    drawn = lay_out(attention_graph(run, 0))
    heights = [spot.at.imag for spot in drawn.panels[0].spots]
    assert max(heights) - min(heights) > 0.4
    assert drawn.words == "the two axes have different scales"
