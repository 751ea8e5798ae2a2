"""``exactdyn run``."""

import json

import numpy as np
import pytest

from tests.command import assert_refused, inside, printed


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


def test_numbers_are_decimals_of_as_many_digits_as_are_asked_for():
    text = printed("run", "heptagon", "--layers", 0, "--decimal", 40)
    assert (
        "at (~0.6234898018587335305250048840042398106323, ~0.7818314824680298087084445266740577502323)"
        in text
    )
    assert "alpha = 1, layers 0..0" in text
    text = printed("run", "emerging-leader", "--layers", 1, "--decimal", 3)
    assert "alpha = 0.5, layers 0..1" in text
    assert "\n  token 1  attends 1  at (~-0.0556, ~0.139)  leader\n" in text
    assert "token 11" not in text


@pytest.mark.parametrize("command", ["run", "check", "limit"])
def test_so_many_digits_are_refused_and_beside_json_any(command):
    for digits in (0, -1, 10_001):
        assert_refused(
            inside(command, "cyclic", "--decimal", digits), "--decimal: requires an integer from 1 to"
        )
    assert_refused(inside(command, "cyclic", "--decimal", 3, "--json"), "--decimal", "--json is absent")
