"""``exactdyn itineraries``."""

import json

from tests.command import inside


def test_itineraries_are_listed_and_certified(tmp_path):
    file = tmp_path / "itineraries.json"
    process = inside(
        "itineraries", "cyclic", "--layers", "1", "--class", "symmetric", "--json", "--certificate", file
    )
    assert process.returncode == 0
    answer = json.loads(process.stdout)
    assert (answer["count"], answer["ties"], answer["complete"]) == (len(answer["itineraries"]), False, True)
    assert "holds itineraries" in inside("verify", file).stdout
    text = inside("itineraries", "cyclic", "--layers", "1", "--class", "symmetric").stdout
    assert text.count("A = ") == answer["count"]


def test_matrices_with_a_definite_symmetric_part_are_a_class(tmp_path):
    file = tmp_path / "proof.json"
    arguments = ["cyclic", "--layers", "1", "--class", "positive-definite-part", "--certificate", file]
    assert inside("itineraries", *arguments).returncode == 0
    assert "A is any positive-definite-part matrix" in inside("verify", file).stdout
