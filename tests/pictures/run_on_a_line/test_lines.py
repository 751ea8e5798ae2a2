"""The values of a run on the line."""

import pytest
from hypothesis import given

from exactdyn.errors import InputError
from exactdyn.layer.attention import leading_points
from exactdyn.pictures.run_on_a_line.lines import LAYERS_LIMIT, gather_lines
from exactdyn.systems.hardmax import Hardmax
from tests.strategies import runs


@given(runs(layers=6).filter(lambda run: run.start.dimension == 1))
def test_stretches_spell_the_itinerary_of_a_run_on_the_line(run):
    lines = gather_lines(run, run.layers)
    for token in range(run.start.count):
        spelled = [attended for first, after, attended in lines.stretches(token) for _ in range(first, after)]
        assert spelled == [attended[token] for attended in lines.attended]
        assert len(spelled) == run.layers + 1
    for k, state in enumerate(run.states()):
        assert lines.values[k].tolist() == state.floats()[:, 0].tolist()
        assert lines.leading[k] == {min(point) for point in leading_points(state, run.attention(k))}


def test_of_a_long_run_on_the_line_some_layers_are_drawn_and_the_last():
    run = Hardmax(alpha=1).run([[1], ["1/3"]], layers=2501)
    layers = gather_lines(run, 2501).layers
    assert layers[:3] == (0, 3, 6)
    assert layers[-1] == 2501
    assert len(layers) <= LAYERS_LIMIT + 2


def test_a_value_that_floats_cannot_hold_is_refused():
    run = Hardmax([[-1]], "-999/1000").run([[1], [-1]], layers=60)
    with pytest.raises(InputError, match=r"^tokens: requires coordinates"):
        gather_lines(run, 60)
