"""Graphs that repeat for ever with a period: with limits and without, for all values of a cell."""

import json
from fractions import Fraction

import pytest

from exactdyn import Hardmax, cells, load_example
from exactdyn.parameters.certificate import parameter_certificate
from exactdyn.parameters.rounds import Round
from tests.judges.parameter import confirms
from tests.parameters.test_cells import assert_as_single_systems

T = {"name": "t", "from": -1, "to": 2}


@pytest.mark.parametrize(
    ("name", "layers", "periods"),
    [("alternating-invertible", 4, {2}), ("alternating-in-the-limit", 4, {2}), ("period-three", 11, {3, 6})],
)
def test_no_limit_is_proved_for_intervals_of_alpha(name, layers, periods):
    found = cells(load_example(name), layers=layers, low="9/10" if name == "period-three" else None)
    repeating = [cell for cell in found.cells if cell.lemma == "periodic-itinerary"]
    assert {cell.period for cell in repeating} == periods
    assert {(cell.limits, cell.coefficients, cell.clusters) for cell in repeating} == {(None, None, ())}
    assert_as_single_systems(found)
    assert confirms(json.loads(parameter_certificate(found)))


def test_tokens_may_tend_to_a_point_though_their_graphs_repeat_with_a_period():
    tokens = [["1/2", 0], ["-1/2", 0], ["-1/6", "t"]]
    found = cells(Hardmax([[-1, 0], [0, 0]], alpha="1/2"), tokens=tokens, parameter=T)
    (cell,) = found.cells
    assert (cell.lemma, cell.period, cell.clusters) == ("periodic-itinerary", 2, ((0, 1, 2),))
    assert confirms(json.loads(parameter_certificate(found)))


def test_graphs_repeat_up_to_an_irrational_alpha_and_there():
    tokens = [[3, 1], [3, -1], [0, "-3/4"]]
    found = cells(Hardmax([[2, 0], [0, -3]]), tokens=tokens, low=1, high="13/10", layers=5)
    first, end = found.cells[:2]
    assert (first.lemma, first.period, first.clusters) == ("periodic-itinerary", 2, ((0, 1, 2),))
    assert (end.lemma, end.period, end.low.number) == ("periodic-itinerary", 2, None)
    assert first.coefficients == end.coefficients == (((Fraction(3),), ()),) * 3
    assert_as_single_systems(found)
    assert confirms(json.loads(parameter_certificate(found)))


def test_two_layers_at_once_prove_a_constant_graph_where_one_rate_is_negative():
    found = cells(Hardmax([[1, 0], [0, -1]]), tokens=[[1, 1], [1, -1]])
    last = found.cells[-1]
    assert (last.lemma, last.period, last.low.number) == ("periodic-itinerary", 1, 1)
    assert last.coefficients == (((Fraction(1),), ()),) * 2
    assert confirms(json.loads(parameter_certificate(found)))


def test_rates_of_a_round_are_those_of_its_matrix():
    pair, back = (frozenset({1}), frozenset({0})), (frozenset({0}), frozenset({0, 1}))
    assert {str(rate) for rate in Round((pair, pair), None).rates} == {"1", "4*x^2 + (-4)*x + 1"}
    rates = Round((pair, back), Fraction(1, 2)).rates
    assert {str(rate) for rate in rates} == {"1", "0"}
    seven = (frozenset({1}), frozenset({2}), frozenset({3}), frozenset({4}), frozenset({0}))
    assert Round((seven,), None).rates is None


def test_factors_with_long_coefficients_close_nothing_and_stop_nothing():
    # python-flint puts factors in order by coefficients, and fails where these are no machine integers.
    system = Hardmax([["1/7", -3], [3, "1/5"]], alpha="1/100000")
    tokens = [[10, 1], [2, 9], [-11, 3], [1, -8], [5, "5+t/1000000"], [-4, -7], [7, -3], [-6, 8]]
    found = cells(system, tokens=tokens, parameter={"name": "t", "from": 0, "to": 1}, layers=4)
    assert [cell.lemma for cell in found.cells] == [None]
