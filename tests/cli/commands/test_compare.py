"""``exactdyn compare``."""

import json
from fractions import Fraction

from tests.command import assert_refused, inside, printed


def test_compare_says_where_floats_go_wrong_and_how_narrow_decisions_are():
    data = json.loads(printed("compare", "binary-digits", "--layers", 80, "--json"))
    assert (data["dtype"], data["layer"]) == ("float64", 53)  # as the README says
    (row,) = data["tokens"]
    assert row["token"] == 2 and row["exact"] != row["floats"]
    assert [margin["layer"] for margin in data["margins"]] == list(range(81))
    text = printed("compare", "binary-digits", "--layers", 80)
    assert f"\nfloat64 first leaves the exact run at layer {data['layer']}\n" in text
    assert "has every attention set of layers 0..5 right" in printed(
        "compare", "binary-digits", "--layers", 5, "--dtype", "float32"
    )


def test_where_all_that_is_seen_ties_it_is_not_said_that_all_are_attended(tmp_path):
    (tmp_path / "strict.toml").write_text(
        'alpha = 1\nmask = "strict"\nties = "first"\nlayers = 0\ntokens = [[1], [1], [1], [2]]\n'
    )
    text = printed("compare", "strict.toml", folder=tmp_path)
    assert text.endswith("\n  layer 0: for every token all that it sees tie\n")


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
    process = inside("verify", "c.json", "--input", "cyclic", folder=tmp_path)
    assert (process.returncode, process.stderr.count("\n")) == (1, 1)


def test_compare_without_a_temperature_has_nothing_to_certify(tmp_path):
    process = inside("compare", "cyclic", "--certificate", "c.json", folder=tmp_path)
    assert_refused(process, "--certificate: requires --softmax")
    assert_refused(inside("compare", "cyclic", "--accuracy", "1/2"), "--accuracy: requires --softmax")
    assert not (tmp_path / "c.json").exists()


def test_compare_names_the_head_where_there_are_several():
    data = json.loads(printed("compare", "two-heads", "--layers", 1, "--json"))
    assert [[own["head"] for own in layer] for layer in data["heads"]] == [[0, 1], [0, 1]]
    assert data["margins"][0] == {"layer": 0, "token": 5, "lead": "1/2", "head": 0}
    assert "  layer 0: head 0, token 5 by 1/2 = 0.5; head 1, token 5 by 1/2" in printed(
        "compare", "two-heads", "--layers", 1
    )
