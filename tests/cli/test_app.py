"""Every command on real input, through real processes."""

import json
import re
from fractions import Fraction
from xml.etree import ElementTree

import numpy as np
import pytest

from exactdyn.cli.commands.check import exit_status
from exactdyn.documents import example_names, example_text
from exactdyn.graph import read_graph
from exactdyn.statements.theorem import Check
from exactdyn.systems.hardmax import Hardmax
from exactdyn.verdict import Verdict
from tests.command import assert_refused, exactdyn, python

COMMANDS = (
    "check",
    "run",
    "limit",
    "compare",
    "graph",
    "plot",
    "softmax",
    "verify",
    "examples",
    "explain",
    "audit",
    "hunt",
    "atlas",
)


def printed(*arguments, status=0, **settings):
    process = exactdyn(*arguments, **settings)
    assert (process.returncode, process.stderr) == (status, "")
    return process.stdout


def test_importing_the_command_line_imports_no_heavy_library():
    heavy = ["numpy", "flint", "networkx", "matplotlib", "sympy", "highspy", "pydot"]
    code = f"import sys, exactdyn.cli.app; print([name for name in {heavy} if name in sys.modules])"
    assert python("-c", code).stdout == "[]\n"


def test_the_example_in_the_help_of_every_command_runs(tmp_path):
    help_texts = [printed("--help"), *(printed(command, "--help") for command in COMMANDS)]
    for text in help_texts:
        arguments = re.findall(r"^  Example: exactdyn (.+)$", text, re.MULTILINE)
        assert len(arguments) == 1
        assert printed(*arguments[0].split(), folder=tmp_path) or arguments[0].startswith("plot")
    assert all(command in help_texts[0] for command in COMMANDS)
    assert {path.name for path in tmp_path.iterdir()} == {"atlas", "certificate.json", "run.svg"}


def test_the_version_is_printed():
    assert re.fullmatch(r"exactdyn \d+\.\d+\.\d+\n", printed("--version"))


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
    assert re.search(r"^ symmetric +fails +A\[0\]\[1\] = -4, but A\[1\]\[0\] = 4$", text, re.MULTILINE)
    assert re.search(
        r"^ norm-growth +fails +layer 0, token 0: <Az, z> goes from 1 to 1/2$", text, re.MULTILINE
    )
    assert re.search(r"^ hull-shrinkage +holds +every layer, by lemma convex-step$", text, re.MULTILINE)
    assert "the clustering theorem does not apply: symmetric fails\n" in text
    assert text.endswith("no token is a leader\n")
    assert "\x1b" not in text


def test_the_certificate_of_a_check_is_accepted_by_verify_and_by_the_checker_alike(tmp_path):
    certificate = tmp_path / "certificate.json"
    printed("check", "emerging-leader", "--certificate", certificate.name, folder=tmp_path)
    (tmp_path / "wrong.json").write_text(certificate.read_text().replace('"alpha": "1/2"', '"alpha": "-2"'))
    (tmp_path / "cut.json").write_text(certificate.read_text()[:100])
    files = ("certificate.json", "wrong.json", "cut.json", "missing.json")
    for few, status in ((files[:1], 0), (files[:2], 1), (files, 2)):
        ours, theirs = (
            exactdyn("verify", *few, folder=tmp_path),
            python("-m", "proofs_checks", *few, folder=tmp_path),
        )
        assert ours.returncode == theirs.returncode == status
        assert (ours.stdout, ours.stderr) == (theirs.stdout, theirs.stderr)
    process = exactdyn("verify", *files, "--json", folder=tmp_path)
    data = json.loads(process.stdout)
    assert (process.returncode, process.stderr.count("\n")) == (2, 3)
    assert data["accepted"] is False
    assert [entry["verdict"] for entry in data["files"]] == ["accepted", "rejected", "malformed", "malformed"]
    assert data["files"][0]["system"]["tokens"][3] == ["0", "1/4"]
    assert len(data["files"][0]["claims"]) == 13


@pytest.mark.parametrize(
    ("document", "difference"),
    [
        ('alpha = 1\ntokens = [[1, "1/3"], [2, 0]]', None),
        ('alpha = 1\ntokens = [[1, "1/3"], [2, 1]]', "tokens[1][1] is 0, there 1"),
        ('alpha = 2\ntokens = [[1, "1/3"], [2, 0]]', "alpha is 1, there 2"),
        ('alpha = 1\nA = [[1, 0], [1, 1]]\ntokens = [[1, "1/3"], [2, 0]]', "A[1][0] is 0, there 1"),
        (
            "alpha = 1\ntokens = [[1], [2]]",
            "it has 2 tokens in dimension 2, there are 2 tokens in dimension 1",
        ),
    ],
)
def test_a_certificate_must_speak_of_the_input(tmp_path, document, difference):
    (tmp_path / "own.toml").write_text('alpha = 1\ntokens = [[1, "1/3"], [2, 0]]')
    (tmp_path / "wanted.toml").write_text(document)
    printed("check", "own.toml", "--certificate", "own.json", folder=tmp_path)
    process = exactdyn("verify", "own.json", "--input", "wanted.toml", folder=tmp_path)
    if difference is None:
        assert (process.returncode, process.stdout.splitlines()[0]) == (0, "own.json: accepted")
    else:
        line = f"own.json: rejected: its system differs from the input: {difference}\n"
        assert (process.returncode, process.stdout, process.stderr) == (1, "", line)


def test_compare_says_where_floats_go_wrong_and_how_narrow_decisions_are():
    data = json.loads(printed("compare", "binary-digits", "--layers", 80, "--json"))
    assert data["dtype"] == "float64" and 40 < data["layer"] < 60
    (row,) = data["tokens"]
    assert row["token"] == 2 and row["exact"] != row["floats"]
    assert [margin["layer"] for margin in data["margins"]] == list(range(81))
    text = printed("compare", "binary-digits", "--layers", 80)
    assert f"\nfloat64 first leaves the exact run at layer {data['layer']}\n" in text
    assert "has every attention set of layers 0..5 right" in printed(
        "compare", "binary-digits", "--layers", 5, "--dtype", "float32"
    )


def test_compare_bounds_the_distance_to_softmax_and_names_a_temperature():
    arguments = ("compare", "emerging-leader", "--layers", 3, "--softmax", "1/10000")
    data = json.loads(printed(*arguments, "--json"))
    assert (data["temperature"], data["accuracy"]) == ("1/10000", "1/1000")
    assert [layer["layer"] for layer in data["layers"]] == [0, 1, 2, 3]
    assert all(layer["replaceable"] == [True] * 8 for layer in data["layers"])
    assert Fraction(data["largest_temperature"]) > Fraction(1, 10000)
    assert "  layer 3: every token may be replaced; largest error at most" in printed(*arguments)
    assert "not proved for tokens" in printed(*arguments[:-1], "1")


def test_compare_certifies_the_distance_to_softmax(tmp_path):
    arguments = ("compare", "emerging-leader", "--layers", 3, "--softmax", "1/100", "--certificate", "c.json")
    shown = json.loads(printed(*arguments, "--json", folder=tmp_path))
    accepted = json.loads(
        printed("verify", "c.json", "--input", "emerging-leader", "--json", folder=tmp_path)
    )
    (file,) = accepted["files"]
    assert (file["verdict"], file["layers"], file["temperature"]) == ("accepted", 3, "1/100")
    assert file["errors"] == [layer["errors"] for layer in shown["layers"]]
    process = exactdyn("verify", "c.json", "--input", "cyclic", folder=tmp_path)
    assert (process.returncode, process.stderr.count("\n")) == (1, 1)


def test_compare_without_a_temperature_has_nothing_to_certify(tmp_path):
    process = exactdyn("compare", "cyclic", "--certificate", "c.json", folder=tmp_path)
    assert_refused(process, "--certificate: requires --softmax")
    assert_refused(exactdyn("compare", "cyclic", "--accuracy", "1/2"), "--accuracy: requires --softmax")
    assert not (tmp_path / "c.json").exists()


def test_run_gives_the_states_and_graphs_of_all_layers_as_json():
    data = json.loads(printed("run", "emerging-leader", "--layers", 3, "--json"))
    assert set(data) == {"tokens", "attention"}
    assert [len(data["tokens"]), len(data["attention"])] == [4, 3]
    assert data["tokens"][1][1] == ["-1/18", "5/36"]
    assert [layer[1] for layer in data["attention"]] == [[3], [1], [1]]


def test_run_prints_the_states_layer_by_layer():
    text = printed("run", "emerging-leader", "--layers", 1)
    assert "leaders: token 0 from layer 0, token 2 from layer 0, token 1 from layer 1\n" in text
    assert "\nlayer 1\n" in text
    assert "\n  token 1  attends 1  at (-1/18, 5/36)  leader\n" in text


def test_long_numbers_are_cut_for_the_eye_and_whole_in_json(tmp_path):
    number = 7**6000
    (tmp_path / "long.toml").write_text(f'alpha = 1\ntokens = [["{number:#x}"], ["1/{10**30}"]]')
    text = printed("run", "long.toml", "--layers", 0, folder=tmp_path)
    assert f"at ({number // 10**5063}...{number % 10**5:05} (5071 digits))" in text
    assert "at (1/10000000...00000 (1/31 digits))" in text
    data = json.loads(printed("run", "long.toml", "--layers", 0, "--json", folder=tmp_path))
    assert data["tokens"][0] == [[hex(number)], [f"1/{10**30}"]]


def test_tables_of_tokens_and_of_the_matrix_are_read_with_alpha_beside_them(tmp_path):
    np.save(tmp_path / "tokens.npy", np.array([[0.5, 0.1]]))
    (tmp_path / "A.csv").write_text("2,1\n1,2\n")
    arguments = ("tokens.npy", "--alpha", "-1/2", "--matrix", "A.csv", "--layers", 0)
    data = json.loads(printed("run", *arguments, "--json", folder=tmp_path))
    assert data["tokens"] == [[["1/2", "3602879701896397/36028797018963968"]]]
    assert "A = ((2, 1), (1, 2)), alpha = -1/2, layers 0..0" in printed(
        "check", *arguments, status=3, folder=tmp_path
    )


@pytest.mark.parametrize("format", ["node-link", "graphml", "gexf", "dot"])
def test_the_graph_of_a_layer_can_be_read_back(tmp_path, format):
    arguments = ("graph", "segment-repeated", "--layer", 1, "--format", format)
    assert printed(*arguments, "-o", "graph", folder=tmp_path) == ""
    graph = read_graph((tmp_path / "graph").read_text(), format)
    assert graph.nodes[0]["multiplicity"] == 2
    assert {token for _, token in graph.edges(0)} == {0, 1}


def test_the_graph_of_a_whole_run_is_a_dynamic_gexf_document():
    text = printed("graph", "cyclic", "--all", "--layers", 2, "--format", "gexf")
    graph = ElementTree.fromstring(text).find("{*}graph")
    assert graph.get("mode") == "dynamic"
    assert [node.get("id") for node in graph.iter() if node.tag.endswith("}node")][-1] == "2:2"


def test_graph_as_json_is_node_link_or_says_what_was_written(tmp_path):
    text = printed("graph", "cyclic", "--layer", 0, "--json")
    assert sorted(read_graph(text, "node-link").edges) == [(0, 1), (1, 2), (2, 0)]
    assert printed("graph", "cyclic", "--layer", 0, "--format", "node-link", "-o", "-") == text
    arguments = ("graph", "cyclic", "--layer", 0, "--format", "svg", "-o", "graph.svg", "--json")
    said = json.loads(printed(*arguments, folder=tmp_path))
    assert said == {"file": "graph.svg", "format": "svg", "nodes": 3, "edges": 3}
    assert ElementTree.parse(tmp_path / "graph.svg").getroot().tag.endswith("svg")


@pytest.mark.parametrize(
    ("name", "begins"), [("run.png", b"\x89PNG"), ("run.SVG", b"<?xml"), ("run.pdf", b"%PDF")]
)
def test_plot_draws_in_the_format_that_the_name_says(tmp_path, name, begins):
    data = json.loads(printed("plot", "cyclic", "-o", name, "--json", folder=tmp_path))
    assert data == {"file": name, "format": name[-3:].lower()}
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_examples_lists_all_and_shows_one():
    entries = json.loads(printed("examples", "--json"))["examples"]
    assert [entry["name"] for entry in entries] == list(example_names())
    assert all(entry["about"] for entry in entries)
    assert [line.split()[0] for line in printed("examples").splitlines()] == list(example_names())
    assert printed("examples", "sixty", "--show") == example_text("sixty")
    assert json.loads(printed("examples", "sixty", "--show", "--json"))["examples"][0][
        "text"
    ] == example_text("sixty")
