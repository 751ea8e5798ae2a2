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


STEPS = """step = "1/4"
tokens = [[1], ["1/2"], ["-3/4"]]
mask = "causal"
heads = [{Q = [[3]]}, {V = [["1/2"]], mask = [[1, 0, 1], [1, 1, 0], [0, 0, 1]]}]
"""


def test_softmax_in_steps_says_what_it_is_and_certifies_where_the_tokens_are(folder):
    (folder / "steps.toml").write_text(STEPS)
    asked = ("softmax", "steps.toml", "--until", 1, "--prove", "--certificate", "c.json")
    process = inside(*asked, folder=folder)
    assert (process.returncode, process.stderr) == (3, "")
    assert "2 heads, mask causal in head 0, mask 3 x 3, 5 ones in head 1, Euler's method of" in process.stdout
    assert "hull-shrinkage holds: every t >= 0" in process.stdout
    assert "undecided: lemma line-trap asks for continuous time, got steps of 1/4" in process.stdout
    ours = inside("verify", "c.json", "--input", "steps.toml", folder=folder)
    assert (ours.returncode, ours.stderr) == (0, "")
    assert "holds position" in ours.stdout and "head 1: tokens see 0, 2; 0, 1; 2" in ours.stdout
    for before, after, said in (
        ("causal", "strict", "heads[0].mask[1][1] is 1, there 0"),
        ('"1/4"', '"1/8"', "step is 1/4, there 1/8"),
        ("[[3]]", "[[2]]", "heads[0].Q[0][0] is 3, there 2"),
    ):
        (folder / "other.toml").write_text(STEPS.replace(before, after))
        process = inside("verify", "c.json", "--input", "other.toml", folder=folder)
        assert (process.returncode, said in process.stderr) == (1, True)
    data = json.loads(inside("softmax", "steps.toml", "--until", 1, "--json", folder=folder).stdout)
    assert data["attention"] == data["heads"][0]
    assert data["heads"][1][0][1] == ["0", "0"]


def test_where_the_tokens_are_is_certified_without_a_statement_about_later(folder):
    process = inside("softmax", "quick.toml", "--until", "1/4", "--certificate", "c.json", folder=folder)
    assert (process.returncode, process.stderr) == (0, "")
    assert "holds position" in inside("verify", "c.json", "--input", "quick.toml", folder=folder).stdout


def test_softmax_in_steps_is_drawn_step_by_step(folder):
    (folder / "drawn.toml").write_text('step = "1/8"\ntokens = [[1, 0], [0, 1], [-1, 1]]\nmask = "causal"\n')
    process = inside("softmax", "drawn.toml", "--until", "1/2", "--plot", "run.svg", folder=folder)
    assert (process.returncode, process.stderr) == (0, "")
    (folder / "dead.toml").write_text("step = 1\ntokens = [[1, 0], [0, 1]]\nV = [[-1, 0], [0, -1]]\n")
    process = inside("softmax", "dead.toml", "--until", 2, "--plot", "dead.svg", folder=folder)
    assert_refused(process, "dead.toml: step: requires that I + step V has an inverse")
    assert not (folder / "dead.svg").exists()


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("step = 0\n", "step: requires a number greater than 0"),
        ('step = "1/4"\nheads = [{A = [[1]]}]\n', "heads: softmax requires heads of V, Q, K, mask"),
        ('step = "1/4"\nV = [[1]]\nheads = [{}]\n', "V: requires no heads beside it"),
        ('step = "1/4"\nheads = [{mask = "casual"}]\n', 'heads[0].mask: requires "causal"'),
        ('step = "1/4"\nheads = [{W = 1}]\n', "heads[0].W: unknown field"),
        ('step = "1/4"\nheads = [{}, {V = [[1, 0], [0, 1]]}]\n', "heads[1].V: requires 1 columns"),
        ('step = "1/4"\nmask = [[1]]\n', "mask: requires 2 x 2 for these tokens, got 1 x 1"),
        ('step = "1/4"\nA = [[1]]\n', "A: not used by softmax"),
        ('step = "1/4"\nalpha = 1\n', "alpha: not used by softmax"),
    ],
)
def test_what_states_no_softmax_in_steps_is_refused_in_one_line(folder, document, words):
    (folder / "bad.toml").write_text(f"{document}tokens = [[1], [2]]\n")
    assert_refused(inside("softmax", "bad.toml", "--until", 1, folder=folder), f"bad.toml: {words}")


def test_a_time_between_two_steps_is_refused(folder):
    (folder / "steps.toml").write_text('step = "2/3"\ntokens = [[1], [2]]\n')
    process = inside("softmax", "steps.toml", "--until", 1, folder=folder)
    assert_refused(process, "exactdyn: --until: requires a multiple of the step 2/3")


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
    (folder / "minus.toml").write_text("Q = [[-1]]\ntokens = [[1], [-1]]\n")
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
    assert process.stderr == "exactdyn: c.json: not written, as nothing is proved\n"
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


def test_the_spectrum_is_printed_drawn_and_added_to_the_data(folder):
    asked = ("softmax", "quick.toml", "--until", "1/4", "--spectrum", "0,1/8,...,1/4")
    process = inside(*asked, "--plot", "s.svg", "--certificate", "c.json", folder=folder)
    assert (process.returncode, process.stderr) == (0, "")
    assert "  token 0  x = (" in process.stdout
    assert "attention matrix P, enclosed in ball arithmetic (no certificate speaks of it)" in process.stdout
    assert [line for line in process.stdout.splitlines() if line.startswith("t = ")] == [
        f"t = {time}: rank 3, numerical rank 3" for time in ("0", "1/8", "1/4")
    ]
    assert ElementTree.parse(folder / "s.svg").getroot().tag.endswith("svg")
    assert inside("verify", "c.json", "--input", "quick.toml", folder=folder).returncode == 0
    data = json.loads(inside(*asked, "--json", folder=folder).stdout)
    assert [now["time"] for now in data["spectrum"]] == ["0", "1/8", "1/4"]
    assert data["spectrum"][0]["heads"][0]["rank"] == [3, 3]
    without = json.loads(inside(*asked[:4], "--json", folder=folder).stdout)
    assert without == {name: own for name, own in data.items() if name != "spectrum"}
    assert "eigenvalues" not in inside(*asked, "--brief", folder=folder).stdout


def test_a_spectrum_beyond_what_is_proved_is_said_and_undecided(folder):
    (folder / "fast.toml").write_text('V = [[60]]\nQ = [[30]]\ntokens = [[1], ["1/2"], [-1]]\n')
    process = inside("softmax", "fast.toml", "--until", 999, "--spectrum", "0,999", "--brief", folder=folder)
    assert process.returncode == 3
    assert "t = 0: rank 3, numerical rank 3\nnot enclosed at t = 999: the run is proved to" in process.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--spectrum", "0,3"), ["--spectrum: requires times from 0 to 2, got 3"]),
        (("--spectrum", "1,0"), ["--spectrum: requires increasing times, got 0 after 1"]),
        (("--spectrum", "now"), ["--spectrum: requires a rational number"]),
        (("--spectrum", "0", "--prove"), ["--spectrum: requires that --prove is absent"]),
        (("--spectrum", "0", "--plot", "s.gif"), ["s.gif: requires a name that ends in one of"]),
    ],
)
def test_a_spectrum_that_makes_no_sense_is_refused_in_one_line(folder, arguments, words):
    assert_refused(inside("softmax", "quick.toml", "--until", 2, *arguments, folder=folder), *words)


def test_a_spectrum_of_too_many_tokens_or_heads_is_refused_before_the_work(folder):
    (folder / "many.json").write_text(json.dumps({"tokens": [[k] for k in range(129)], "V": [[1]]}))
    process = inside("softmax", "many.json", "--until", 999, "--spectrum", "0", folder=folder)
    assert_refused(process, "many.json: tokens: requires at most 128 distinct points for a spectrum, got 129")
    (folder / "heads.json").write_text(json.dumps({"tokens": [[1], [2]], "heads": [{"V": [[1]]}] * 9}))
    process = inside(
        *("softmax", "heads.json", "--until", 999, "--spectrum", "0", "--plot", "s.svg"), folder=folder
    )
    assert_refused(process, "--plot: requires at most 8 heads, got 9")


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
        (("--until", "1", "--plot", "run.gif"), ["run.gif: requires a name that ends in one of"]),
        ((), ["--until"]),
    ],
)
def test_bad_usage_is_refused_in_one_line(folder, arguments, words):
    assert_refused(inside("softmax", "quick.toml", *arguments, folder=folder), *words)


def test_matrices_of_the_wrong_shape_are_refused(folder):
    (folder / "bad.toml").write_text("V = [[1, 2]]\ntokens = [[1]]\n")
    process = inside("softmax", "bad.toml", "--until", 1, folder=folder)
    assert_refused(process, "bad.toml: V: requires a square matrix, got 1 x 2")
