"""How many layers are looked at for the limit, and that check and limit say the same of it."""

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exactdyn import Hardmax, check, limit
from exactdyn.certificates.envelope import certificate_text
from exactdyn.statements.catalogue import CATALOGUE, ON_THE_LIMIT
from proofs_checks import verify
from tests.command import inside
from tests.example_files import saved
from tests.strategies import runs

LATE = """\
alpha = "1/20"
A = [[0, 1], [-2, -1]]
tokens = [[0, -2], [1, 4], [-3, -1], [0, 0], [-3, -3]]
"""
"""Decided at layer 135: after the 120 that are looked at if nothing says how many."""


def convergence(folder, *options, text=LATE):
    saved(folder, "late.toml", text)
    data = json.loads(inside("check", "late.toml", "--json", *options, folder=folder).stdout)
    return data["statements"]["convergence"]["verdict"]


def status(folder, *options, text=LATE):
    saved(folder, "late.toml", text)
    process = inside("limit", "late.toml", "--json", *options, folder=folder)
    found = json.loads(process.stdout)["status"]
    assert process.returncode == (3 if found == "undecided" else 0)
    return found


def test_the_layers_of_check_govern_the_statements_on_the_limit(tmp_path):
    assert convergence(tmp_path) == "undecided"
    assert convergence(tmp_path, "--layers", "160") == "holds"
    assert convergence(tmp_path, "--layers", "0") == "undecided"
    assert status(tmp_path) == "undecided"
    assert status(tmp_path, "--layers", "160") == "proved"


def test_so_do_those_that_the_document_states(tmp_path):
    stated = LATE + "layers = 160\n"
    assert convergence(tmp_path, text=stated) == "holds"
    assert status(tmp_path, text=stated) == "proved"
    assert status(tmp_path, "--layers", "120", text=stated) == "undecided"


def test_a_few_layers_of_a_document_do_not_keep_a_limit_from_being_found():
    run = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=0)
    assert check(run).statements["convergence"].outcome == "holds"


@example(Hardmax([[0]], 1).run([[0], [1]], layers=0), 1)
@settings(max_examples=60, deadline=None)
@given(runs(layers=3), st.sampled_from([None, 1, 3, 8]))
def test_check_and_limit_agree(run, layers):
    found, statements = limit(run, layers), check(run, layers).statements
    outcomes = {"proved": "holds", "periodic": "fails", "diverges": "fails", "undecided": "undecided"}
    convergence = statements["convergence"]
    if convergence.lemma not in ("growth-converges", "rank-two-settles"):  # these do not say where, nor when
        assert convergence.outcome == outcomes[found.status]
    else:
        assert (convergence.outcome, found.status) in (("holds", "proved"), ("holds", "undecided"))
    if found.status in ("periodic", "diverges"):
        assert statements["limit-set"].outcome == "fails"


@pytest.mark.parametrize(
    ("A", "alpha", "tokens"),
    [([[1]], -2, [[-1], [1], [3]]), ([[-1]], "-1/2", [[1], [-1]])],
)
def test_growth_is_proved_with_a_certificate_and_a_witness(A, alpha, tokens):
    run = Hardmax(A, alpha).run(tokens, layers=2)
    found, checked = limit(run), check(run)
    assert (found.status, found.limits, found.places, found.rates) == ("diverges", None, None, {})
    assert found.reason == f"token {found.growth.token} has no limit, its states grow for ever"
    sizes = [abs(found.tokens(layer)[found.growth.token][0]) for layer in (found.layer, 100, 200)]
    assert sizes == sorted(set(sizes))
    assert checked.statements["convergence"].witness["token"] == found.growth.token
    assert repr(found).startswith("Limit(diverges at layer")
    assert verify(certificate_text(checked.certificate)).claims


def test_every_statement_on_the_limit_is_told_how_many_layers_are_looked_at():
    tokens = [[0, -2], [1, 4], [-3, -1], [0, 0], [-3, -3]]
    run = Hardmax([[0, 1], [-2, -1]], "1/20").run(tokens, layers=2)
    few, more = limit(run, 120), limit(run, 160)
    for name in ON_THE_LIMIT:
        assert CATALOGUE[name].decide(run, few).outcome == "undecided"
        assert CATALOGUE[name].decide(run, more).reason != CATALOGUE[name].decide(run, few).reason
    assert check(run, 120).statements["convergence"].outcome == "undecided"
    assert verify(certificate_text(check(run, 160).certificate)).claims
