"""``exactdyn check``."""

import json

import numpy as np
import pytest

from exactdyn.cli.commands.check import exit_status
from exactdyn.statements.theorem import Check
from exactdyn.systems.hardmax import Hardmax
from exactdyn.verdict import Verdict
from tests.command import assert_refused, inside, printed


def test_check_gives_every_verdict_with_its_evidence_as_json():
    data = json.loads(printed("check", "cyclic", "--json", status=1))
    assert data["applies"] is False
    assert data["hypotheses"]["symmetric"]["witness"] == {"row": 0, "column": 1, "entries": ["-4", "4"]}
    assert {verdict["verdict"] for verdict in data["hypotheses"].values()} == {"holds", "fails"}
    assert data["statements"]["norm-growth"] == {
        "verdict": "fails",
        "scope": None,
        "lemma": None,
        "witness": {"layer": 0, "token": 0, "q_before": "1", "q_after": "1/2"},
        "reason": None,
    }
    assert data["statements"]["hull-shrinkage"]["scope"] == "every layer"
    assert data["statements"]["hull-shrinkage"]["lemma"] == "convex-step"
    assert data["leaders"] == {}


@pytest.mark.parametrize("outcomes", [("holds",), ("holds", "undecided"), ("holds", "undecided", "fails")])
def test_a_failure_outweighs_what_is_undecided_in_the_exit_status(outcomes):
    statements = {str(i): Verdict(outcome) for i, outcome in enumerate(outcomes)}
    assert exit_status(Check(Hardmax().run([[1]], 0), {}, statements)) == {1: 0, 2: 3, 3: 1}[len(outcomes)]


def test_a_failing_hypothesis_alone_is_no_failure(tmp_path):
    (tmp_path / "at-rest.toml").write_text("alpha = 0\ntokens = [[1, 0], [0, 1]]\n")
    data = json.loads(printed("check", "at-rest.toml", "--json", status=0, folder=tmp_path))
    assert data["applies"] is False
    assert data["hypotheses"]["positive-alpha"]["witness"] == {"alpha": "0"}


def test_check_prints_a_table_that_says_what_holds_and_what_fails():
    text = printed("check", "cyclic", "--layers", 4, status=1)
    assert text.startswith("cyclic: 3 tokens in dimension 2, A = ((1, -4), (4, 1)), alpha = 1, layers 0..4\n")
    rows = {line.split()[0]: " ".join(line.split()) for line in text.splitlines() if line.strip()}
    assert rows["symmetric"] == "symmetric fails A[0][1] = -4, but A[1][0] = 4 A is symmetric"
    assert rows["norm-growth"] == (
        "norm-growth fails layer 0, token 0: <Az, z> goes from 1 to 1/2 "
        "<Az, z> never falls, and grows for every token that moves"
    )
    assert rows["hull-shrinkage"] == (
        "hull-shrinkage holds every layer, by lemma convex-step the hull of the tokens never grows"
    )
    assert "the clustering theorem does not apply: symmetric fails\n" in text
    assert text.endswith("no token is a leader at these layers\n")
    assert "\x1b" not in text


def test_check_prints_decimals_of_as_many_digits_as_are_asked_for():
    text = printed("check", "emerging-leader", "--decimal", 3, status=0)
    assert "alpha = 0.5, layers 0..30" in text
    polygon = printed("check", "pentagon", "--layers", 1, "--decimal", 12, status=1)
    assert "A[0][1] = ~-0.587785252292, but A[1][0] = ~0.587785252292 " in polygon
    latex = printed("check", "pentagon", "--layers", 1, "--decimal", 5, "--latex", status=1)
    assert r"is ${\approx}-0.58779$, (1, 0) is ${\approx}0.58779$" in latex


def test_check_prints_names_and_verdicts_alone_if_asked_to_be_brief():
    text = printed("check", "cyclic", "--layers", 4, "--brief", status=1)
    assert ["norm-growth", "fails"] in [line.split() for line in text.splitlines()]
    assert "lemma" not in text
    for other in ("--json", "--latex"):
        assert_refused(inside("check", "cyclic", "--brief", other), "--brief", other)


def test_a_check_of_many_numbers_is_cut_and_whole_if_asked(tmp_path):
    np.save(tmp_path / "tokens.npy", np.random.default_rng(0).standard_normal((60, 40)))
    given = ("check", str(tmp_path / "tokens.npy"), "--alpha", "1/2", "--layers", 1)
    text, whole = printed(*given, status=0), printed(*given, "--whole", status=0)
    assert "leaders: tokens 0, 1, 2" in text and " more (" in text and "--whole shows all of it" in text
    assert "leaders: token 0 from layer 0" in whole and "--whole" not in whole
    assert text.count("holds") == whole.count("holds") == 13
