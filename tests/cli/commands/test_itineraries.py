"""``exactdyn itineraries``."""

import json

from tests.command import assert_refused, inside


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


def test_with_a_matrix_for_every_layer_there_are_more_itineraries(tmp_path):
    file = tmp_path / "proof.json"
    arguments = ["itineraries", "cyclic", "--layers", "2", "--class", "symmetric", "--json"]
    one, each = (
        json.loads(inside(*arguments, *more).stdout)["itineraries"]
        for more in ([], ["--each-layer", "--certificate", file])
    )
    assert [own["attention"] for own in one] != [own["attention"] for own in each]
    assert all(own["attention"] in [other["attention"] for other in each] for own in one)
    assert all(len(own["A"]) == 2 and len(own["A"][0]) == 2 and own["A"][0][0][0] for own in each)
    assert "A is any symmetric matrix, one of its own at every layer" in inside("verify", file).stdout


def test_the_matrices_of_the_layers_are_printed(tmp_path):
    text = inside("itineraries", "cyclic", "--layers", "2", "--pattern", "a,b;-b,a", "--each-layer").stdout
    first, *rows = text.splitlines()
    assert "every choice of matrices of the class, one for each layer, without avoidable ties" in first
    assert all("A_0 = ((" in row and ", A_1 = ((" in row for row in rows)


def test_no_picture_is_of_a_matrix_for_every_layer(tmp_path):
    arguments = ["cyclic", "--layers", "1", "--pattern", "a,b;-b,a", "--each-layer"]
    picture = tmp_path / "picture.png"
    assert_refused(inside("itineraries", *arguments, "--plot", picture), "plot", "one matrix for all layers")
    assert not picture.exists()
