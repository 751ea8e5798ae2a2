"""``exactdyn hunt`` as a user runs it."""

import json
import os
import pty

import pytest

from tests.command import assert_refused, everything, exactdyn, inside

GIVEN = ("hunt", "norm-growth", "--example", "cyclic", "--layers", "2")
GENERATED = ("hunt", "norm-growth", "--tokens", "3", "--dim", "2", "--layers", "2")

HEADER = 100  # so many bytes of a store say, among other things, how often it was written to


def answer(*arguments, status=0, **settings):
    process = inside(*arguments, "--json", **settings)
    assert (process.returncode, process.stderr) == (status, "")
    return json.loads(process.stdout)


def test_a_counterexample_is_found_written_and_certified(tmp_path):
    data = answer(*GIVEN, "--certificate", "found.json", "--output", "found.toml", folder=tmp_path)
    assert (data["status"], data["ties"], data["certificate"]) == ("found", True, "found.json")
    assert len(data["example"]["tokens"]) <= 3
    assert data["searched"]["found"] == {"given": 1}
    verified = inside("verify", "found.json", "--input", "found.toml", folder=tmp_path)
    assert verified.returncode == 0
    assert "fails norm-growth" in verified.stdout
    checked = inside("check", "found.toml", "--json", folder=tmp_path)
    assert json.loads(checked.stdout)["statements"]["norm-growth"]["verdict"] == "fails"
    assert (tmp_path / "found.toml").read_text().startswith("# norm-growth fails: layer ")


def test_the_text_says_what_was_found_and_searched():
    text = inside(*GIVEN).stdout
    assert text.startswith("found: norm-growth fails: 2 tokens in dimension 1, A = ((-1)), alpha = 1")
    assert ": <Az, z> goes from " in text
    assert (
        "\nsearched: all general matrices; layers 0..2; 3 tokens in dimension 2, 3 given; alpha = 1\n" in text
    )
    assert "\n  1 configuration searched up to a counterexample: 1 given\n" in text


def test_the_counterexample_is_printed_as_latex():
    text = inside(*GIVEN, "--latex").stdout
    assert text.startswith("% needs \\usepackage{amsmath}\nNorm-growth fails: 2 tokens in dimension 1, $A = ")
    assert "Layer 0, token " in text
    assert text.count("$") % 2 == 0


def test_signs_of_life_say_what_was_tried_found_and_proved():
    ours, theirs = pty.openpty()
    process = exactdyn(*GENERATED, "--configurations", "3", "--workers", "1", stderr=theirs)
    os.close(theirs)
    shown = everything(ours).decode()
    assert process.returncode == 0
    assert "hunting norm-growth" in shown
    assert "3 tried, " in shown
    assert " found, 0 proved to have none, " in shown


@pytest.mark.parametrize(
    ("statement", "kind", "alpha", "words"),
    [
        ("hull-shrinkage", "general", None, "by lemma convex-step"),
        ("leaders-persist", "general", None, "by lemma leaders-persist"),
        ("distinctness-preserved", "positive-semidefinite", None, "by lemma no-collision"),
        ("convergence", "negative-definite-part", None, "by lemma consensus"),
        ("convergence", "positive-definite", None, "by lemma growth-converges"),
        ("distinctness-preserved", "general", "3", "proved case by case"),
    ],
)
def test_that_there_is_none_is_proved(tmp_path, statement, kind, alpha, words):
    (tmp_path / "line.json").write_text(json.dumps({"tokens": [[1], [-2]], "alpha": alpha or 1}))
    arguments = ("hunt", statement, "--class", kind, "--example", "line.json", "--layers", "3")
    process = inside(*arguments, "--certificate", "none.json", folder=tmp_path)
    assert (process.returncode, process.stderr) == (1, "")
    assert process.stdout.startswith(f"none: {statement} holds for ")
    assert words in process.stdout
    verified = inside("verify", "none.json", folder=tmp_path)
    assert verified.returncode == 0
    assert f"holds {statement}" in verified.stdout
    data = answer(*arguments, status=1, folder=tmp_path)
    assert (data["status"], data["example"]) == ("none", None)


def test_all_of_a_system_but_its_matrix_is_kept_in_what_workers_find(tmp_path):
    document = {"tokens": [[3], [4], [2]], "tau": "2/(k+4)", "mask": [[1, 0, 0], [0, 1, 0], [1, 1, 1]]}
    (tmp_path / "seen.json").write_text(json.dumps(document))
    arguments = ("hunt", "distinctness-preserved", "--class", "positive-definite", "--example", "seen.json")
    files = ("--certificate", "found.json", "--output", "found.toml")
    process = exactdyn(*arguments, "--layers", "1", "--json", "--workers", "2", *files, folder=tmp_path)
    assert (process.returncode, process.stderr) == (0, "")
    found = json.loads(process.stdout)["example"]
    assert {name: found[name] for name in ("tau", "mask")} == {
        name: document[name] for name in ("tau", "mask")
    }
    assert inside("verify", "found.json", "--input", "found.toml", folder=tmp_path).returncode == 0
    checked = inside("check", "found.toml", "--json", folder=tmp_path)
    assert json.loads(checked.stdout)["statements"]["distinctness-preserved"]["verdict"] == "fails"


def test_a_lemma_closes_a_class_for_all_tokens_where_its_facts_hold(tmp_path):
    beside = ("--tau", "2/(k+2)", "--mask", "causal", "--ties", "first")
    arguments = ("hunt", "hull-shrinkage", "--tokens", "3", "--dim", "2", "--layers", "3", *beside)
    text = inside(*arguments, "--certificate", "none.json", folder=tmp_path).stdout
    assert (
        "for tau = 2/(k+2), mask causal, ties first, all tokens and every layer, by lemma convex-step" in text
    )
    assert "holds hull-shrinkage" in inside("verify", "none.json", folder=tmp_path).stdout


def test_generated_tokens_go_on_from_a_store_in_the_same_system_only(tmp_path):
    kept = ("--store", "hunt.sqlite", "--configurations", "2")
    first = answer(*GENERATED, "--tau", "1/2", "--mask", "strict", *kept, folder=tmp_path)
    assert first["example"]["mask"] == "strict"
    assert answer(*GENERATED, "--tau", "1/2", "--mask", "strict", *kept, folder=tmp_path) == first
    process = inside(*GENERATED, "--tau", "1/2", "--mask", "causal", *kept, folder=tmp_path)
    assert_refused(process, "hunt.sqlite", "holds another hunt", "system")


def test_where_ties_are_skipped_nothing_is_proved(tmp_path):
    (tmp_path / "line.json").write_text(json.dumps({"tokens": [[1], [-2]], "alpha": 3}))
    arguments = ("hunt", "distinctness-preserved", "--example", "line.json", "--layers", "3", "--no-ties")
    process = inside(*arguments, "--certificate", "none.json", folder=tmp_path)
    assert process.returncode == 3
    assert process.stdout.startswith("budget: no counterexample was found, and none is excluded: ties were")
    assert not (tmp_path / "none.json").exists()
    data = answer(*arguments, status=3, folder=tmp_path)
    assert (data["status"], data["ties"], data["certificate"]) == ("budget", False, None)


def test_the_budget_ends_a_hunt_that_says_what_it_covered():
    arguments = ("hunt", "convergence", "--class", "positive-definite-part", "--tokens", "3", "--dim", "1")
    data = answer(*arguments, "--layers", "5", "--budget", "1.5", status=3)
    assert data["status"] == "budget"
    assert sum(data["searched"]["undecided"].values()) > 0
    assert data["searched"]["runs"] > 0


def test_the_budget_breaks_off_a_task_that_takes_too_long():
    arguments = ("hunt", "convergence", "--tokens", "60", "--dim", "30", "--layers", "1000", "--budget", "2")
    data = answer(*arguments, "--workers", "1", status=3)
    assert data["searched"]["runs"] == 0


def test_graphs_that_never_settle_are_found_although_check_does_not_ask(tmp_path):
    arguments = ("hunt", "attention-settles", "--class", "symmetric", "--tokens", "3", "--dim", "1")
    data = answer(*arguments, "--layers", "10", "--certificate", "found.json", folder=tmp_path)
    assert data["example"]["A"] == [["-1"]]
    assert "fails attention-settles" in inside("verify", "found.json", folder=tmp_path).stdout


def test_tokens_that_the_example_lacks_are_generated():
    data = answer(*GIVEN[:2], "--example", "cyclic", "--tokens", "5", "--layers", "1")
    assert data["began"]["tokens"][:3] == [["1", "0"], ["0", "1"], ["-1", "-1"]]
    assert len(data["began"]["tokens"]) == 5


def test_a_store_continues_a_hunt_whatever_the_workers(tmp_path):
    kept = ("--configurations", "2", "--store", "hunt.sqlite")
    first = answer(*GENERATED, *kept, "--workers", "1", folder=tmp_path)
    before = (tmp_path / "hunt.sqlite").read_bytes()[HEADER:]
    assert answer(*GENERATED, *kept, "--workers", "2", folder=tmp_path) == first
    assert (tmp_path / "hunt.sqlite").read_bytes()[HEADER:] == before
    more = answer(*GENERATED, "--configurations", "4", *kept[2:], folder=tmp_path)
    assert more == answer(*GENERATED, "--configurations", "4", "--workers", "1")
    assert sum(more["searched"]["found"].values()) > sum(first["searched"]["found"].values())
    assert [file.name for file in tmp_path.iterdir()] == ["hunt.sqlite"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["hunt", "nonsense", "--example", "cyclic", "--layers", "1"],
            ["STATEMENT", "norm-growth", "nonsense"],
        ),
        ([*GIVEN, "--class", "nice"], ["class", "positive-definite", "nice"]),
        ([*GIVEN, "--pattern", "0, 0; 0, 0"], ["pattern", "other than 0"]),
        ([*GIVEN[:2], "--layers", "2"], ["--example", "--tokens N and --dim D"]),
        ([*GIVEN[:2], "--layers", "2", "--tokens", "3"], ["--dim D"]),
        ([*GIVEN[:2], "--layers", "2", "--dim", "3"], ["--tokens N"]),
        ([*GIVEN[:4]], ["--layers"]),
        ([*GIVEN[:4], "--layers", "0"], ["--layers", "from 1", "got 0"]),
        ([*GIVEN[:4], "--layers", "10**9"], ["--layers"]),
        ([*GIVEN[:2], "--example", "no-such-example", "--layers", "1"], ["no-such-example"]),
        ([*GIVEN[:2], "--example", "broken.toml", "--layers", "1"], ["broken.toml", "tokens"]),
        ([*GIVEN, "--tokens", "2"], ["--tokens", "from 3", "got 2"]),
        ([*GIVEN, "--dim", "3"], ["--dim", "requires 2", "got 3"]),
        ([*GIVEN, "--alpha", "2"], ["cyclic", "alpha", "stated there"]),
        ([*GIVEN, "--configurations", "3"], ["--configurations", "generated"]),
        ([*GENERATED, "--tokens", "0"], ["--tokens", "from 1", "got 0"]),
        ([*GENERATED, "--tokens", "-3"], ["--tokens", "from 1", "got -3"]),
        ([*GENERATED, "--tokens", "10000000"], ["--tokens", "to 1000"]),
        ([*GENERATED, "--dim", "0"], ["--dim", "from 1", "got 0"]),
        ([*GENERATED, "--dim", "100000"], ["--dim", "to 50"]),
        ([*GENERATED, "--alpha", "-1"], ["--alpha", "other than -1"]),
        ([*GENERATED, "--alpha", "x"], ["--alpha", "x"]),
        ([*GENERATED, "--tau", "1/(k-2)"], ["--tau", "layer 2"]),
        ([*GENERATED, "--tau", "1/2", "--alpha", "1"], ["--tau", "--alpha is absent"]),
        ([*GENERATED, "--mask", "causal"], ["--mask", "--alpha or --tau"]),
        ([*GENERATED, "--mask", "window", "--tau", "1/2"], ["--mask", "causal, strict", "window"]),
        ([*GENERATED, "--ties", "all", "--tau", "1/2"], ["--ties", "first", "all"]),
        ([*GENERATED, "--tau", "sqrt(2)/2"], ["--tau", "rational"]),
        ([*GENERATED, "--tau", "1/2", "--drop", "positive-alpha"], ["--drop", "generated"]),
        ([*GIVEN, "--mask", "causal"], ["--mask", "--example is absent"]),
        (
            [*GIVEN[:2], "--example", "values.json", "--layers", "1"],
            ["exactdyn: values.json: alpha", "got none"],
        ),
        (
            [*GIVEN[:2], "--example", "mask.json", "--tokens", "3", "--layers", "1"],
            ["mask.json: mask", "3 x 3"],
        ),
        (["hunt", "norm-growth", "--example", "two-heads", "--layers", "1"], ["two-heads", "heads"]),
        (["hunt", "hull-of-the-seen", *GIVEN[2:]], ["STATEMENT", "hull-of-the-seen", "masks"]),
        (["hunt", "frank-wolfe-rate", *GENERATED[2:], "--tau", "1/2"], ["STATEMENT", "2/(k+2)"]),
        ([*GENERATED, "--drop", "symmetric"], ["--drop", "positive-alpha", "symmetric"]),
        ([*GENERATED, "--bound", "0"], ["--bound", "from 1"]),
        ([*GENERATED, "--configurations", "0"], ["--configurations", "at least 1"]),
        ([*GENERATED, "--budget", "-1"], ["--budget", "positive", "-1"]),
        ([*GENERATED, "--budget", "nan"], ["--budget", "positive"]),
        ([*GENERATED, "--budget", "soon"], ["--budget"]),
        ([*GENERATED, "--workers", "0"], ["--workers", "from 1", "0"]),
        ([*GENERATED, "--workers", "2", "--dask", "tcp://127.0.0.1:1"], ["--workers", "--dask"]),
        ([*GENERATED, "--latex", "--json"], ["--latex", "--json"]),
        ([*GENERATED, "--output", "found.csv"], ["found.csv", ".toml or .json"]),
        ([*GENERATED, "--certificate", "no/where.json"], ["no/where.json", "cannot be written"]),
        ([*GENERATED, "--store", "no/where.sqlite"], ["no/where.sqlite", "cannot be"]),
        ([*GENERATED, "--store", "broken.toml"], ["broken.toml", "no database"]),
        ([*GENERATED, "--store", "broken.toml", "--summary"], ["broken.toml", "no database"]),
        ([*GENERATED, "--store", "none.sqlite", "--summary"], ["none.sqlite", "no such file"]),
        ([*GENERATED, "--summary"], ["--summary", "--store FILE"]),
        ([*GENERATED, "--store", "s", "--summary", "--workers", "1"], ["--workers", "--summary is absent"]),
        ([*GENERATED, "--store", "s", "--summary", "--budget", "1"], ["--budget", "--summary is absent"]),
    ],
)
def test_bad_input_is_one_line(tmp_path, arguments, words):
    (tmp_path / "broken.toml").write_text("alpha = 1\ntokens = [[1, 2], [3]]\n" + "# long enough" * 20)
    (tmp_path / "values.json").write_text(json.dumps({"tokens": [[1], [2]], "V": [[2]]}))
    (tmp_path / "mask.json").write_text(
        json.dumps({"tokens": [[1], [2]], "mask": [[1, 0], [1, 1]], "alpha": 1})
    )
    assert_refused(inside(*arguments, folder=tmp_path), *words)
    assert {file.name for file in tmp_path.iterdir()} == {"broken.toml", "values.json", "mask.json"}


def test_a_summary_says_what_the_hunt_said(tmp_path):
    kept = ("--configurations", "3", "--store", "hunt.sqlite")
    hunted = answer(*GENERATED, *kept, "--workers", "1", folder=tmp_path)
    before = (tmp_path / "hunt.sqlite").read_bytes()
    assert answer(*GENERATED, *kept, "--summary", folder=tmp_path) == hunted
    more = answer(*GENERATED, "--configurations", "9", *kept[2:], "--summary", folder=tmp_path)
    assert more["searched"] == hunted["searched"]
    assert (tmp_path / "hunt.sqlite").read_bytes() == before


def test_the_store_of_another_hunt_is_refused(tmp_path):
    answer(*GIVEN, "--store", "hunt.sqlite", folder=tmp_path)
    before = (tmp_path / "hunt.sqlite").read_bytes()
    process = inside(*GENERATED, "--store", "hunt.sqlite", folder=tmp_path)
    assert_refused(process, "hunt.sqlite", "holds another hunt")
    assert (tmp_path / "hunt.sqlite").read_bytes() == before
