"""Examples by their names and from files."""

import numpy as np
import pytest

from exactdyn import Hardmax, InputError, load_example
from exactdyn.documents import (
    example_names,
    example_text,
)
from tests.example_files import archive_bytes, array_bytes, refusal, saved


@pytest.mark.parametrize("name", ["nothing", "", "Square", "a\nb", "a\0b", "x" * 300])
def test_an_unknown_name_is_refused_with_a_way_to_the_known_ones(name):
    assert "neither a file nor a built-in example; `exactdyn examples`" in refusal(name)
    with pytest.raises(InputError):
        example_text(name)


def test_alpha_and_matrix_are_given_once(tmp_path):
    table = saved(tmp_path, "t.csv", "1,2\n")
    with pytest.raises(InputError, match=r"t\.csv: alpha: requires a number"):
        _ = load_example(table).system
    assert refusal("cyclic", alpha=1) == "cyclic: alpha: stated there, so none may be given beside it"
    assert refusal("cyclic", matrix=[[1]]) == "cyclic: A: stated there, so none may be given beside it"
    assert refusal(table, alpha=0.5).startswith("t.csv: alpha: 0.5 is a binary float")
    assert refusal(table, alpha="-1").startswith("t.csv: alpha: requires a number other than -1")
    assert refusal(table, alpha=1, matrix=[[1]]).startswith("t.csv: A: requires 2 x 2 for these tokens")


def test_a_bad_matrix_file_is_named(tmp_path):
    table = saved(tmp_path, "t.csv", "1,2\n")
    bad = saved(tmp_path, "m.csv", "1,2\n3,x4\n")
    for matrix, line in [
        (bad, "m.csv: A[1][1]: requires a rational number"),
        (tmp_path / "n.csv", "n.csv: no such file"),
        (tmp_path / "m.toml", "m.toml: requires a name that ends in one of .csv, .tsv, .txt, .vec, .csv.gz"),
    ]:
        with pytest.raises(InputError) as caught:
            load_example(table, alpha=1, matrix=matrix)
        assert str(caught.value).startswith(f"{tmp_path}/{line}")


def test_a_matrix_comes_from_a_table_or_from_rows(tmp_path):
    tokens = saved(tmp_path, "t.csv", "1,2\n")
    array = np.array([[1, 0.5], [0, 1]])
    sources = [
        [[1, "1/2"], [0, 1]],
        saved(tmp_path, "m.csv", "1,1/2\n0,1\n"),
        str(saved(tmp_path, "m.npy", array_bytes(array))),
        saved(tmp_path, "m.npz", archive_bytes(A=array)),
    ]
    for source in sources:
        assert load_example(tokens, 1, source).system == Hardmax([[1, "1/2"], [0, 1]], 1)


def test_a_document_without_a_matrix_takes_the_one_beside_it():
    assert load_example("moving-tie", matrix=[[2, 1], [1, 2]]).system.A == ((2, 1), (1, 2))


def test_a_built_in_name_wins_over_a_file_without_ending(tmp_path, monkeypatch):
    saved(tmp_path, "square", "no example")
    monkeypatch.chdir(tmp_path)
    assert load_example("square").shape == (10, 2)
    assert refusal("./square").startswith("./square: requires a name that ends in one of .toml")


def test_every_built_in_example_is_listed_and_loads():
    names = example_names()
    assert len(names) == len(set(names)) >= 30
    for name in names:
        example = load_example(name)
        assert example.name == name
        assert example.about
        assert example_text(name).startswith("# ")
