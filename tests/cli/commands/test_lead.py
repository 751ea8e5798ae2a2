"""``exactdyn lead``, and what both it and ``exactdyn itineraries`` refuse."""

import json

import pytest

from tests.command import assert_refused, inside


def test_leaders_are_found_printed_and_certified(tmp_path):
    file = tmp_path / "lead.json"
    process = inside("lead", "cyclic", "--leaders", "0,1,2", "--json", "--certificate", file)
    assert process.returncode == 0
    answer = json.loads(process.stdout)
    assert (answer["status"], answer["A"]) == ("found", [["1", "0"], ["0", "1"]])
    assert inside("verify", file).returncode == 0


def test_leaders_that_are_impossible_are_proved_so(tmp_path):
    document, file = tmp_path / "line.json", tmp_path / "proof.json"
    document.write_text(json.dumps({"tokens": [[1, 0], [2, 0], [3, 0]], "alpha": 1}))
    process = inside("lead", document, "--leaders", "1", "--certificate", file)
    assert process.returncode == 1
    assert process.stdout == "none: no matrix of the class does this\n"
    assert inside("verify", file, "--input", document).returncode == 0
    most = inside("lead", document, "--largest")
    assert most.returncode == 0
    assert "leaders: 2\n" in most.stdout
    assert "proved: not more tokens can lead" in most.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["lead", "cyclic"], ["--leaders", "--largest"]),
        (["lead", "cyclic", "--leaders", "9"], ["leaders", "0 to 2", "9"]),
        (["lead", "cyclic", "--leaders", "0;1"], ["--leaders", "0,3"]),
        (["lead", "cyclic", "--leaders", "0", "--class", "nice"], ["class", "nice"]),
        (["lead", "cyclic", "--leaders", "0", "--pattern", "0,0;0,0"], ["pattern", "other than 0"]),
        (["lead", "cyclic", "--largest", "--only"], ["--only"]),
        (["lead", "cyclic", "--leaders", "0", "--layer", "-1"], ["layer", "-1"]),
        (["itineraries", "cyclic", "--layers", "0"], ["layers", "from 1"]),
        (["itineraries", "cyclic"], ["--layers"]),
    ],
)
def test_bad_input_is_one_line(arguments, words):
    assert_refused(inside(*arguments), *words)


def test_a_matrix_for_every_layer_makes_tokens_lead_that_one_for_all_does_not(tmp_path):
    document, file = tmp_path / "turn.json", tmp_path / "proof.json"
    document.write_text(json.dumps({"tokens": [[4], [1], [-2]], "alpha": 1}))
    asked = ["lead", document, "--leaders", "1", "--layer", "1"]
    assert inside(*asked).returncode == 1
    process = inside(*asked, "--each-layer", "--certificate", file)
    assert (process.returncode, process.stdout.splitlines()[0][:6]) == (0, "A_0 = ")
    assert "fails unrealised" in inside("verify", file, "--input", document).stdout


def test_that_no_matrices_of_the_layers_do_it_is_proved(tmp_path):
    document, file = tmp_path / "line.json", tmp_path / "proof.json"
    document.write_text(
        json.dumps(
            {"tokens": [[1, 0], [2, 0], [3, 0]], "alpha": 1, "A": [[[1, 0], [0, 1]], [[0, 1], [1, 0]]]}
        )
    )
    asked = ["lead", document, "--leaders", "1", "--layer", "1"]
    assert_refused(inside(*asked), "A: requires one matrix", "a list of 2")
    process = inside(*asked, "--each-layer", "--certificate", file)
    assert process.returncode == 1
    assert process.stdout == "none: no choice of matrices of the class, one for each layer, does this\n"
    assert inside("verify", file).returncode == 0
