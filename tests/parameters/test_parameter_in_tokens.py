"""A parameter that moves tokens or entries of A: cells of all its values, documents that state it."""

import json

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from exactdyn import Hardmax, InputError, cells, load_example
from exactdyn.documents.example import read_document
from exactdyn.parameters.certificate import parameter_certificate
from exactdyn.parameters.exploration import Exploration
from tests.command import assert_refused, inside, printed
from tests.judges.parameter import confirms
from tests.parameters.test_cells import assert_as_single_systems
from tests.strategies import systems

T = {"name": "t", "from": "0", "to": "1"}


def moved_on_a_line(name, token):
    """A built-in example one of whose tokens moves on a line of length 4."""
    example = load_example(name)
    tokens = [list(map(str, row)) for row in example.tokens]
    tokens[token][0] = "-2 + 4*t"
    return cells(example.system, tokens=tokens, parameter=T)


def test_token_1_of_emerging_leader_on_a_line_has_11_intervals_and_without_basins_13_all_closed():
    found = moved_on_a_line("emerging-leader", 1)
    assert (sum(not cell.point for cell in found.cells), found.complete) == (11, True)
    locked = Exploration(found.line, 8)
    locked._minors = None
    pieces = list(locked.cells())
    assert sum(not piece.region.point for piece in pieces) == 13
    assert {piece.closing.lemma for piece in pieces} == {"lock-in"}
    assert_as_single_systems(found)
    assert confirms(json.loads(parameter_certificate(found)))


def test_a_basin_closes_a_cell_where_a_form_that_the_parameter_is_in_is_semidefinite():
    tokens = [[1, 0], [-1, 0], ["1/2", "1/3"], ["-1/2", "1/5"], ["1/10", "3/5"]]
    found = cells(Hardmax(), A=[[1, "-4*t"], ["4*t", 0]], tokens=tokens, parameter=T, layers=3)
    assert "basin" in {cell.lemma for cell in found.cells}
    assert confirms(json.loads(parameter_certificate(found)))


def test_a_basin_ends_where_the_form_is_semidefinite_no_more():
    tokens = [[1, 0], [-1, 0], ["1/2", "1/3"], ["-1/2", "1/5"], ["1/10", "3/5"]]
    found = cells(Hardmax(), A=[[1, "-4*t"], ["4*t", "t - 1/3"]], tokens=tokens, parameter=T, layers=3)
    basins = [cell for cell in found.cells if cell.lemma == "basin"]
    assert basins
    assert all(float(cell.low.place) >= 1 / 3 for cell in basins)


@settings(max_examples=10)
@given(systems(dimensions=2, largest=4, alphas=st.just(1)), st.integers(-2, 2), st.booleans())
def test_every_rational_sample_runs_as_its_cell_says(system, slope, in_matrix):
    A, tokens = ([[str(x) for x in row] for row in rows] for rows in (system.A, system.tokens))
    rows = A if in_matrix else tokens
    rows[0][0] = f"{rows[0][0]} + t*({slope})"
    found = cells(Hardmax(alpha="1/2"), A=A, tokens=tokens, parameter=T, layers=3)
    assert_as_single_systems(found)
    assert confirms(json.loads(parameter_certificate(found)))


def test_an_expression_of_sympy_is_a_number_with_a_parameter():
    t = sympy.Symbol("t")
    found = cells(Hardmax(), tokens=[[1], [2 * t - 1]], parameter=T)
    assert found.line.tokens[1] == ((0,), (2,))


def test_a_document_states_a_parameter_or_all_alpha(tmp_path):
    file = tmp_path / "moving.toml"
    file.write_text('alpha = 1\nparameter = {name = "t", from = 0, to = 2}\ntokens = [[1], ["t"]]\n')
    assert "token 1 leads for t in (1, 2)" in printed("cells", file)
    assert "token 1 leads for t in (1, 3/2)" in printed("cells", file, "--to", "3/2")
    assert_refused(inside("check", file), "parameter: not used by check")
    file.write_text('alpha = "all"\ntokens = [[1], ["1/2"]]\n')
    assert "every alpha settled for all layers" in printed("cells", file)
    assert_refused(inside("check", file), "alpha: check requires a number, got 'all'")


def test_a_table_of_tokens_is_meant_for_all_alpha(tmp_path):
    file = tmp_path / "tokens.csv"
    file.write_text("1,0\n0,1\n")
    assert "every alpha settled for all layers" in printed("cells", file)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"parameter": [T, T]}, "parameter: requires one table of name, from, to"),
        ({"parameter": T | {"to": "0"}}, "parameter.to: requires more than from = 0, got 0"),
        ({"parameter": T | {"name": "alpha"}}, "parameter.name: requires a name that means nothing else"),
        ({"A": [["t"]]}, "parameter: requires t in tokens or in A, got it in both"),
        ({"tokens": [["1"]]}, "parameter: requires t in tokens or in A, got it in neither"),
        ({"tokens": [["t*t"]]}, r"tokens\[0\]\[0\]: 't\*t': requires degree at most 1 in t"),
        ({"tokens": [["1/t"]]}, "requires degree at most 1 in t"),
        ({"tokens": [["t + u"]]}, "requires rational numbers, t, .* got 'u'"),
        ({"tokens": [["t +"]]}, "ends too early"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_refused(change, words):
    with pytest.raises(InputError, match=words):
        read_document({"alpha": "1", "tokens": [["t"]], "parameter": T} | change, "moving")


def test_alpha_has_to_be_positive_beside_a_parameter():
    with pytest.raises(InputError, match="alpha: cells requires a positive number, got -1/2"):
        cells(Hardmax(alpha="-1/2"), tokens=[["t"]], parameter=T)
