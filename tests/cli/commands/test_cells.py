"""``exactdyn cells``."""

import json

import pytest

from exactdyn.parameters.exploration import Exploration
from tests.command import assert_refused, inside, printed


def test_cells_say_where_a_token_leads_and_where_tokens_tend():
    text = printed("cells", "emerging-leader", "--from", "1/10", "--decimal", "12")
    assert "every alpha settled for all layers" in text
    assert "token 1 leads for alpha in (0.232408120756..., 1.43425854591...)\n" in text
    assert "  token 1 tends to (-1/12 + 1/12 tau, 1/12 + 1/6 tau)\n" in text


def test_cells_as_json_have_polynomials_for_ends_and_limits():
    answer = json.loads(printed("cells", "emerging-leader", "--from", "1/10", "--json"))
    assert (answer["parameter"], answer["complete"]) == ("alpha", True)
    (cell,) = [cell for cell in answer["cells"] if "1" in cell["leaders"]]
    assert (cell["point"], cell["closed"], cell["limits"][1]) == (
        False,
        "lock-in",
        [["-1/12", "1/12"], ["1/12", "1/6"]],
    )
    assert len(cell["from"]["polynomial"]) > 2
    assert answer["cells"][0]["from"] == "1/10"
    assert answer["cells"][-1]["to"] == "infinity"


def test_a_certificate_of_cells_is_verified_and_compared(tmp_path):
    file = tmp_path / "cells.json"
    printed("cells", "lock-needs-leader", "--certificate", file)
    text = printed("verify", file, "--input", "lock-needs-leader")
    assert "holds: alpha in (0, 2/5): attention" in text
    assert inside("verify", file, "--input", "emerging-leader").returncode == 1
    data = json.loads(printed("verify", file, "--json"))["files"][0]
    assert (data["verdict"], data["parameter"], data["cells"], data["closed"]) == ("accepted", "alpha", 5, 5)
    assert data["statements"]["leader-vertex"] == "leading-points"


def test_cells_are_printed_as_a_table_for_latex():
    text = printed("cells", "lock-needs-leader", "--latex")
    assert r"$(\frac{2}{5}, \frac{6}{5})$ & $2, 3, 4$ &" in text
    assert r"$z_{4} \to (7 + \tau, -3 + 2\tau)$" in text


def test_cells_are_drawn(tmp_path):
    file = tmp_path / "cells.png"
    printed("cells", "lock-needs-leader", "--plot", file)
    assert file.read_bytes().startswith(b"\x89PNG")


def test_cells_that_stay_open_are_said_to_be_open():
    text = printed("cells", "period-three", "--layers", "1", status=3)
    assert "0 of 3 cells settled for all layers, the others to layer 1" in text


def test_ctrl_c_prints_the_cells_found_until_then(monkeypatch):
    whole = Exploration.cells

    def interrupted(exploration):
        for count, piece in enumerate(whole(exploration)):
            if count == 3:
                raise KeyboardInterrupt
            yield piece

    monkeypatch.setattr(Exploration, "cells", interrupted)
    done = inside("cells", "emerging-leader", "--json")
    assert done.returncode == 130
    answer = json.loads(done.stdout)
    assert (len(answer["cells"]), answer["complete"]) == (3, False)
    assert "stopped before the end" in inside("cells", "emerging-leader").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["square", "--from", "2", "--to", "1"], "to: requires more than from = 2, got 1"),
        (["square", "--from", "x"], "from: requires a rational number"),
        (["square", "--layers", "201"], "layers: requires an integer from 0 to 200"),
        (["square", "--decimal", "0"], "--decimal: requires an integer from 1 to 1000"),
        (["square", "--decimal", "3", "--json"], "--decimal: requires that --json is absent"),
        (["square", "--latex", "--json"], "--latex: requires that --json is absent"),
        (["square", "--plot", "square.gif"], "square.gif: requires"),
        (["two-heads"], "heads: not used by cells"),
        (["causal"], "mask: not used by cells"),
        (["frank-wolfe-rate"], "system: cells requires Hardmax, one A"),
        (["heptagon"], "heptagon: A: cells requires rational numbers, got some of"),
    ],
)
def test_bad_input_is_one_line(arguments, words):
    assert_refused(inside("cells", *arguments), words)


BOTH = 'alpha = "all"\ntokens = [[1], ["t"]]\nparameter = {name = "t", from = -1, to = 1}\n'


def test_two_parameters_are_drawn_at_values_of_the_second(tmp_path):
    document, file = tmp_path / "both.toml", tmp_path / "both.png"
    document.write_text(BOTH)
    text = printed("cells", document, "--plot", file)
    assert (
        text
        == "both: exact cells of alpha at 60 values of t, every alpha settled for all layers at 60 of them\n"
    )
    assert file.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "both.toml: alpha: requires a number beside the parameter t, or --plot FILE"),
        (["--json"], "--json: requires that alpha or t moves, got both"),
        (["--statements"], "--statements: requires that alpha or t moves, got both"),
        (["--plot", "both.gif"], "both.gif: requires"),
    ],
)
def test_two_parameters_are_for_a_picture_only(tmp_path, options, words):
    document = tmp_path / "both.toml"
    document.write_text(BOTH)
    assert_refused(inside("cells", document, *options), words)
    assert [path.name for path in tmp_path.iterdir()] == ["both.toml"]


MOVING = {"parameter": {"name": "t", "from": -1, "to": 1}}


@pytest.mark.parametrize(
    ("document", "options", "words"),
    [
        (
            {"alpha": "sqrt(2)"},
            [],
            "alpha: cells requires rational numbers, got some of the field of x^2 - 2",
        ),
        ({"tau": "sqrt(2)/2"}, [], "alpha: cells requires rational numbers"),
        ({"alpha": 1, "A": [["sqrt(2)"]]}, [], "A: cells requires rational numbers"),
        ({"alpha": 1, "tokens": [[1], ["sqrt(2)"]]}, [], "tokens: cells requires rational numbers"),
        ({"alpha": "sqrt(2)", "tokens": [["t"]]} | MOVING, [], "alpha: cells requires rational numbers"),
        (
            {"alpha": 1, "tokens": [["sqrt(2) + t"]]} | MOVING,
            [],
            "'sqrt(2) + t': requires rational numbers, t, + - * / ^ and parentheses, got 'sqrt'",
        ),
        (
            {"alpha": 1, "tokens": [["t^2"]]} | MOVING,
            [],
            "tokens[0][0]: 't^2': requires degree at most 1 in t",
        ),
        (
            {"alpha": 1, "tokens": [["1/t"]]} | MOVING,
            [],
            "tokens[0][0]: '1/t': requires degree at most 1 in t",
        ),
        (
            {"alpha": 1, "tokens": [["t"]], "A": [["t"]]} | MOVING,
            [],
            "parameter: requires t in tokens or in A",
        ),
        ({"alpha": 1} | MOVING, [], "parameter: requires t in tokens or in A, got it in neither"),
        (
            {"alpha": 1, "tokens": [["t"]], "parameter": [MOVING["parameter"], MOVING["parameter"]]},
            [],
            "parameter: requires one table of name, from, to",
        ),
        (
            {"alpha": 1, "tokens": [["t"]], "parameter": {"name": "t", "from": 1, "to": 1}},
            [],
            "parameter.to: requires more than from = 1, got 1",
        ),
        (
            {"alpha": 1, "tokens": [["t"]], "parameter": {"name": "tau", "from": 0, "to": 1}},
            [],
            "parameter.name: requires a name that means nothing else, such as t, got 'tau'",
        ),
        ({"alpha": 1, "tokens": [["t"]]} | MOVING, ["--from", "2"], "to: requires more than from = 2, got 1"),
        ({"alpha": "all", "tau": "1/2"}, [], "tau: requires no alpha beside it"),
        ({"alpha": ["all", 1]}, [], "alpha[0]: requires a rational number"),
        ({"alpha": -2, "tokens": [["t"]]} | MOVING, [], "alpha: cells requires a positive number, got -2"),
        ({}, [], "stated.json: alpha: requires a number"),
    ],
)
def test_a_bad_document_is_one_line_that_names_the_field(tmp_path, document, options, words):
    file = tmp_path / "stated.json"
    file.write_text(json.dumps({"tokens": [[1], ["1/2"]]} | document))
    process = inside("cells", file, *options)
    assert_refused(process, words)
    assert process.stderr.count("stated.json") == 1


def test_what_stands_before_dots_are_digits_and_not_a_rounded_number():
    asked = ("cells", "emerging-leader", "--from", "1/10", "--decimal", "5")  # 0.232408..., 1.434258...
    assert "token 1 leads for alpha in (0.23240..., 1.4342...)\n" in printed(*asked)
    assert r"$(0.23240\ldots, 1.4342\ldots)$ & $0, 1, 2$" in printed(*asked, "--latex")
