"""``exactdyn lead`` and ``exactdyn itineraries`` as a user runs them."""

import json

import pytest

from exactdyn.certificates.envelope import certificate_text
from exactdyn.families.certificate import lemma_certificate_data
from tests.command import assert_refused, exactdyn


def test_leaders_are_found_printed_and_certified(tmp_path):
    file = tmp_path / "lead.json"
    process = exactdyn("lead", "cyclic", "--leaders", "0,1,2", "--json", "--certificate", file)
    assert process.returncode == 0
    answer = json.loads(process.stdout)
    assert (answer["status"], answer["A"]) == ("found", [["1", "0"], ["0", "1"]])
    assert exactdyn("verify", file).returncode == 0


def test_leaders_that_are_impossible_are_proved_so(tmp_path):
    document, file = tmp_path / "line.json", tmp_path / "proof.json"
    document.write_text(json.dumps({"tokens": [[1, 0], [2, 0], [3, 0]], "alpha": 1}))
    process = exactdyn("lead", document, "--leaders", "1", "--certificate", file)
    assert process.returncode == 1
    assert process.stdout == "none: no matrix of the class does this\n"
    assert exactdyn("verify", file, "--input", document).returncode == 0
    most = exactdyn("lead", document, "--largest")
    assert most.returncode == 0
    assert "leaders: 2\n" in most.stdout
    assert "proved: not more tokens can lead" in most.stdout


def test_itineraries_are_listed_and_certified(tmp_path):
    file = tmp_path / "itineraries.json"
    process = exactdyn(
        "itineraries", "cyclic", "--layers", "1", "--class", "symmetric", "--json", "--certificate", file
    )
    assert process.returncode == 0
    answer = json.loads(process.stdout)
    assert (answer["count"], answer["ties"], answer["complete"]) == (len(answer["itineraries"]), False, True)
    assert "holds itineraries" in exactdyn("verify", file).stdout
    text = exactdyn("itineraries", "cyclic", "--layers", "1", "--class", "symmetric").stdout
    assert text.count("A = ") == answer["count"]


def test_matrices_with_a_definite_symmetric_part_are_a_class(tmp_path):
    file = tmp_path / "proof.json"
    arguments = ["cyclic", "--layers", "1", "--class", "positive-definite-part", "--certificate", file]
    assert exactdyn("itineraries", *arguments).returncode == 0
    assert "A is any positive-definite-part matrix" in exactdyn("verify", file).stdout


def test_a_certificate_about_all_tokens_is_verified_and_is_about_no_example(tmp_path):
    file = tmp_path / "lemma.json"
    file.write_text(certificate_text(lemma_certificate_data("hull-shrinkage", "symmetric")))
    shown = json.loads(exactdyn("verify", file, "--json").stdout)["files"][0]
    assert (shown["verdict"], shown["system"]) == ("accepted", {"class": "symmetric"})
    assert "all tokens in every dimension, all alpha > 0" in exactdyn("verify", file).stdout
    process = exactdyn("verify", file, "--input", "cyclic")
    assert process.returncode == 1
    assert "it is about all tokens" in process.stderr


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
    assert_refused(exactdyn(*arguments), *words)
