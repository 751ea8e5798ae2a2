from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exactdyn.documents import load_example
from exactdyn.errors import InputError
from exactdyn.systems.hardmax import Hardmax
from tests.judges import reference
from tests.strategies import systems


def run_of(system, layers):
    return Hardmax(system.A, system.alpha).run(system.tokens, layers)


@given(systems(), st.integers(0, 5))
def test_leaders_and_leading_points_are_those_of_the_definition(system, layers):
    run, expected = run_of(system, layers), reference.run(system, layers)
    assert run.leaders == reference.leaders(expected)
    for k, layer in enumerate(expected):
        assert set(run.leading_points(k)) == reference.leading_points(layer)


@given(systems(dimensions=2, largest=4), st.data())
def test_a_state_is_the_same_in_whatever_order_layers_are_asked_for(system, data):
    layers = data.draw(st.integers(0, 12))
    expected = [layer.tokens for layer in reference.run(system, layers)]
    run = run_of(system, layers)
    for k in data.draw(st.lists(st.integers(0, layers), min_size=1, max_size=12)):
        assert run.tokens(k) == [list(token) for token in expected[k]]
    assert [state.rows() for state in run.states()] == [run.tokens(k) for k in range(layers + 1)]


@given(systems(dimensions=2, largest=4), st.sampled_from(["normalised", "unnormalised"]), st.integers(0, 4))
def test_floats_are_the_tokens_correctly_rounded(system, form, layer):
    run = Hardmax(system.A, system.alpha, form).run(system.tokens, 4)
    assert run.floats(layer).tolist() == [[float(x) for x in row] for row in run.tokens(layer)]


def test_token_1_of_the_emerging_leader_configuration_leads_from_layer_1_on():
    run = load_example("emerging-leader").run(5)
    assert run.attention(0)[1] == {3}
    assert run.leaders[1] == 1
    assert run.tokens(1)[1] == [Fraction(-1, 18), Fraction(5, 36)]
    assert run.attention(5)[1] == {1}


def test_a_copy_of_a_leader_is_no_leader_but_a_leading_point():
    run = Hardmax(alpha=1).run([[1], [1], ["1/2"]], layers=2)
    assert run.leaders == {}
    assert run.leading_points(0) == run.leading_points(2) == (frozenset({0, 1}),)


def test_a_lost_leader_keeps_its_first_layer():
    run = Hardmax(alpha=-2).run([[-1], [1], ["1/2"]], layers=3)
    assert run.leaders[1] == 0
    assert run.attention(1)[1] == {2}


@pytest.mark.parametrize("layer", [-1, 4, pytest.param(10**5000, id="huge"), 1.0, "1", None, True])
@pytest.mark.parametrize("ask", ["state", "tokens", "floats", "attention", "leading_points"])
def test_a_layer_that_the_run_does_not_have_is_refused(ask, layer):
    run = Hardmax().run([[1], ["1/2"]], layers=3)
    with pytest.raises(InputError, match=r"^layer: requires an integer from 0 to 3, got "):
        getattr(run, ask)(layer)


def test_runs_are_equal_if_system_tokens_and_layers_are():
    run = Hardmax(alpha="1/2").run([[1], ["1/2"]], layers=3)
    again = Hardmax(alpha="0.5").run([["1"], ["0.5"]], layers=3)
    again.tokens(2)
    assert run == again
    assert run != Hardmax(alpha="1/2").run([[1], ["1/3"]], layers=3)
    assert run != Hardmax(alpha="1/3").run([[1], ["1/2"]], layers=3)
    assert run != Hardmax(alpha="1/2").run([[1], ["1/2"]], layers=4)


def test_a_run_shows_its_size():
    assert repr(Hardmax().run([[1, 0], [0, 1]], 7)) == "Run(2 tokens in dimension 2, layers 0..7, 2 leaders)"
