"""What the published forms of statements assume, and what is said where a run lacks it."""

import pytest

from exactdyn.documents import load_example
from exactdyn.statements.catalogue import CATALOGUE
from exactdyn.statements.published import PUBLISHED
from exactdyn.statements.published.assumed import ASSUMED, lacking
from exactdyn.systems.hardmax import Hardmax
from tests.command import printed

SHOWN = {"frank-wolfe-rate": "frank-wolfe-rate", "frank-wolfe-clusters": "summable-steps"}


@pytest.mark.parametrize("name", SHOWN)
def test_the_examples_of_the_registry_have_all_that_is_assumed(name):
    assert "exactdyn check " + SHOWN[name] in [showing.command for showing in PUBLISHED[name].shown_by]
    assert lacking(name, load_example(SHOWN[name]).run(3)) == ()


def test_what_is_assumed_is_assumed_of_statements_of_the_catalogue():
    assert ASSUMED.keys() <= CATALOGUE.keys()
    assert lacking("hull-shrinkage", Hardmax(alpha=-2).run([[1], [2]], 1)) == ()


@pytest.mark.parametrize(
    ("name", "A", "tau", "tokens", "missing"),
    [
        ("frank-wolfe-rate", [[-1]], "2/(k+2)", [[1], [2]], ["0 in the hull"]),
        ("frank-wolfe-rate", [[1]], "2/(k+2)", [[1], [0]], ["negative semidefinite"]),
        ("frank-wolfe-rate", [[0, 1], [0, 0]], "2/(k+2)", [[1, 0], [0, 1]], ["symmetric", "0 in the hull"]),
        ("frank-wolfe-rate", [[0]], "2/(k+2)", [["sqrt(2)"], [-1]], []),
        ("frank-wolfe-clusters", [[-1]], "1/(k+2)", [[1], [-1]], ["positive definite", "all vertices"]),
        ("frank-wolfe-clusters", [[1]], "2/(k+2)", [[1], [-1]], ["steps between 0 and 1"]),
        ("frank-wolfe-clusters", [[1]], "k/(k+1)", [[1], [-1]], ["steps between 0 and 1"]),
        ("frank-wolfe-clusters", [[1]], "1/(k+2)", [[1], [2]], ["vertices"]),
        ("frank-wolfe-clusters", [[1]], "1/(k+2)", [[1], [-1], [0]], ["vertices"]),
        ("frank-wolfe-exponential", [[1]], "1/(k+2)", [[1], [-1], ["1/2"], [1]], []),
    ],
)
def test_a_run_lacks_what_it_does_not_have(name, A, tau, tokens, missing):
    found = lacking(name, Hardmax(A, tau=tau).run(tokens, 2))
    assert len(found) == len(missing)
    assert all(part in words for part, words in zip(missing, found, strict=True))


def test_a_failure_that_refutes_nothing_published_is_told_as_such(tmp_path):
    (tmp_path / "t.toml").write_text('tau = "2/(k+2)"\nA = [[-1]]\ntokens = [[2], [1]]\nlayers = 7\n')
    line = "as published does not apply: it assumes 0 in the hull of the tokens at layer 0"
    told = " ".join(printed("check", "t.toml", folder=tmp_path, status=1).split())
    assert "frank-wolfe-rate fails token 0 has" in told
    assert f"frank-wolfe-rate {line}" in told
    hunt = ("hunt", "frank-wolfe-rate", "--example", "t.toml", "--layers", 7, "--class", "negative-definite")
    assert "as published it does not apply: it assumes 0 in" in printed(*hunt, folder=tmp_path)
    real = printed("check", "frank-wolfe-rate", "--layers", 580, status=1)
    assert "frank-wolfe-rate as published" not in real
    assert "frank-wolfe-clusters as published does not apply: it assumes A symmetric and positive" in real
