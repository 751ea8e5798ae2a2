"""``exactdyn softmax``, through real processes."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest

from tests.command import assert_refused, inside, python

QUICK = 'Q = [[3]]\nK = [[3]]\ntokens = [[1], ["1/2"], ["-3/4"]]\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "quick.toml").write_text(QUICK)
    return tmp_path


def test_softmax_proves_prints_and_certifies(folder):
    process = inside(
        "softmax", "quick.toml", "--until", 2, "--prove", "--certificate", "c.json", folder=folder
    )
    assert (process.returncode, process.stderr) == (0, "")
    assert "quick: 3 tokens in dimension 1, enclosed to time " in process.stdout
    assert "limits of the rows of P (row: token): 0: 0, 1: 0, 2: 2" in process.stdout
    ours = inside("verify", "c.json", "--input", "quick.toml", folder=folder)
    theirs = python("-m", "proofs_checks", "c.json", folder=folder)
    assert (ours.returncode, ours.stdout) == (theirs.returncode, theirs.stdout)
    assert ours.returncode == 0
    assert "holds attention-limit" in ours.stdout


def test_softmax_certifies_tokens_that_are_far_apart(folder):
    (folder / "far.toml").write_text("tokens = [[300000, 0], [-300000, 0], [0, 300000]]\n")
    process = inside(
        *("softmax", "far.toml", "--until", "1/1000", "--prove", "--certificate", "c.json"), folder=folder
    )
    assert (process.returncode, process.stderr) == (0, "")
    theirs = python("-m", "proofs_checks", "c.json", folder=folder)
    assert theirs.returncode == 0
    assert "holds clusters" in theirs.stdout


def test_softmax_gives_balls_as_json(folder):
    process = inside("softmax", "quick.toml", "--until", "1/4", "--json", folder=folder)
    data = json.loads(process.stdout)
    assert process.returncode == 0
    assert data["time"] == "1/4"
    assert data["statements"] == {}
    middle, radius = data["tokens"][0][0]
    assert 1 < float(middle) < 1.3
    assert 0 < float(radius) < 1e-15
    rows = [sum(float(middle) for middle, _ in row) for row in data["attention"]]
    assert rows == pytest.approx([1, 1, 1])


def test_softmax_exits_3_when_something_is_undecided(folder):
    (folder / "minus.toml").write_text("V = [[-1]]\ntokens = [[1], [-1]]\n")
    process = inside("softmax", "minus.toml", "--until", "1/4", "--prove", "--json", folder=folder)
    assert process.returncode == 3
    statement = json.loads(process.stdout)["statements"]["attention-limit"]
    assert (statement["verdict"], statement["reason"]) == ("undecided", "V > 0 and QK > 0 are required")


def test_where_nothing_is_proved_the_enclosure_is_shown_and_no_certificate_written(folder):
    (folder / "round.toml").write_text("V = [[0, -1], [1, 0]]\ntokens = [[1, 0], [0, 1]]\n")
    process = inside(
        "softmax", "round.toml", "--until", "1/4", "--prove", "--certificate", "c.json", folder=folder
    )
    assert process.returncode == 3
    assert "  token 1  x = (" in process.stdout
    assert process.stderr == "c.json: not written: nothing is proved\n"
    assert not (folder / "c.json").exists()


@pytest.mark.parametrize("V", [[[0]], [["1/1000"]], [[10**6]]])
def test_certificates_are_accepted_at_every_speed(folder, V):
    tokens = [[1], ["1/2"], ["-3/4"]]
    (folder / "speed.json").write_text(json.dumps({"V": V, "Q": [[9]], "tokens": tokens}))
    inside("softmax", "speed.json", "--until", 999, "--prove", "--certificate", "c.json", folder=folder)
    assert inside("verify", "c.json", folder=folder).returncode == 0


@pytest.mark.parametrize("tokens", ["[[1], [-1]]", "[[1, 0], [0, 1], [1, 1]]"], ids=["line", "plane"])
def test_softmax_draws(folder, tokens):
    (folder / "drawn.toml").write_text(f"tokens = {tokens}\n")
    process = inside("softmax", "drawn.toml", "--until", "1/4", "--plot", "run.svg", folder=folder)
    assert (process.returncode, process.stderr) == (0, "")
    assert ElementTree.parse(folder / "run.svg").getroot().tag.endswith("svg")


def test_a_softmax_certificate_must_speak_of_the_input(folder):
    inside("softmax", "quick.toml", "--until", 2, "--prove", "--certificate", "c.json", folder=folder)
    (folder / "other.toml").write_text(QUICK.replace("Q = [[3]]", "Q = [[2]]"))
    process = inside("verify", "c.json", "--input", "other.toml", folder=folder)
    assert process.returncode == 1
    assert process.stderr == "c.json: rejected: its system differs from the input: Q[0][0] is 3, there 2\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--until", "0"), ["--until: requires a time greater than 0"]),
        (("--until", "-1"), ["--until: requires a time greater than 0"]),
        (("--until", "soon"), ["--until"]),
        (("--until", "1", "--certificate", "c.json"), ["--certificate: requires --prove"]),
        (("--until", "1", "--plot", "run.gif"), ["run.gif: requires a name that ends in one of"]),
        ((), ["--until"]),
    ],
)
def test_bad_usage_is_refused_in_one_line(folder, arguments, words):
    assert_refused(inside("softmax", "quick.toml", *arguments, folder=folder), *words)


def test_matrices_of_the_wrong_shape_are_refused(folder):
    (folder / "bad.toml").write_text("V = [[1, 2]]\ntokens = [[1]]\n")
    process = inside("softmax", "bad.toml", "--until", 1, folder=folder)
    assert_refused(process, "bad.toml: V: requires 1 columns")
