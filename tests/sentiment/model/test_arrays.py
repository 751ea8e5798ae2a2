"""Models and reviews as arrays: what is read, and what is refused with one line."""

import zipfile

import numpy as np
import pytest
from safetensors.numpy import save_file

from exactdyn.errors import InputError
from exactdyn.sentiment.model.load import load_model, load_reviews
from tests.sentiment.model.stated import WEIGHTS, refusal


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("E", None, "E: requires an array, got none (has alpha, b, v; a model has E, alpha, v, b)"),
        ("E", np.array([1.0, 2.0]), "E: requires a row for each word (2 axes), got shape (2,)"),
        ("E", np.array([[np.nan, 2.0]]), "E[0][0]: requires a finite number, got nan"),
        ("E", np.array([[1.0, 2.0], [np.inf, 0.0]]), "E[1][0]: requires a finite number, got inf"),
        ("alpha", np.array([1.0, 2.0]), "alpha: requires 1 number, got shape (2,)"),
        ("alpha", np.array([0.0]), "alpha: requires a positive number, got 0.0"),
        ("v", np.array([1.0]), "v: requires 2 numbers, got shape (1,)"),
        ("b", np.array([-np.inf]), "b[0]: requires a finite number, got -inf"),
        ("b", np.array(["x"]), "b"),
    ],
)
@pytest.mark.parametrize("ending", ["npz", "safetensors"])
def test_arrays_of_the_wrong_kind_are_refused(tmp_path, name, value, message, ending):
    arrays = {**WEIGHTS, name: value}
    if value is None:
        del arrays[name]
    path = tmp_path / f"m.{ending}"
    if ending == "npz":
        np.savez(path, **arrays)
    elif value is not None and value.dtype.kind == "U":
        pytest.skip("safetensors files hold numbers only")
    else:
        save_file(arrays, path)
    assert message in refusal(path)


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({"labels": np.zeros(2)}, "rows: requires an array, got none"),
        (
            {"E": np.zeros((2, 2))},
            "(has E): a model without reviews: name a file that has them with --reviews",
        ),
        ({"rows": np.zeros((2, 2))}, "rows: requires integers with 2 axes"),
        ({"rows": np.zeros((0, 2), dtype=int)}, "none empty, got int64 of shape (0, 2)"),
        (
            {"rows": np.zeros((1, 20000), dtype=int)},
            "rows: requires at most 16384 tokens a review, got 20000",
        ),
        ({"rows": np.array([[0]]), "label": np.array([1])}, "label: not used, so refused"),
        ({"rows": np.array([[0]]), "labels": np.array([np.nan])}, "labels[0]: requires 0 or 1, got nan"),
        ({"rows": np.array([[-1]])}, "rows: requires word rows from 0"),
        ({"rows": np.array([[0]]), "labels": np.array([2])}, "labels[0]: requires 0 or 1, got 2"),
        (
            {"rows": np.array([[0]]), "labels": np.array([0, 1])},
            "labels: requires 0 or 1 for each of 1 reviews",
        ),
    ],
)
def test_wrong_arrays_of_reviews_are_refused(tmp_path, arrays, message):
    np.savez(tmp_path / "r.npz", **arrays)
    with pytest.raises(InputError) as caught:
        load_reviews(str(tmp_path / "r.npz"), load_model("handmade"))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        ({"A": np.eye(2)}, "A: not used, so refused; requires none but E, alpha, v, b, depth"),
        ({"depth": np.array([2, 3])}, "depth: requires 1 number, got shape (2,)"),
        ({"temperature": np.array([])}, "temperature: requires 1 number, got shape (0,)"),
        ({"E": np.array([[0.0, 1e200]])}, "E[0][1]: requires a number below 2^400 in size, got 1e+200"),
    ],
)
def test_an_array_of_a_model_is_used_or_refused(tmp_path, extra, message):
    np.savez(tmp_path / "m.npz", **{**WEIGHTS, **extra})
    assert message in refusal(tmp_path / "m.npz")


def test_an_archive_with_an_array_twice_is_refused(tmp_path):
    np.savez(tmp_path / "m.npz", **WEIGHTS)
    with (
        zipfile.ZipFile(tmp_path / "m.npz", "a") as archive,
        pytest.warns(UserWarning, match="Duplicate name"),
    ):
        archive.writestr("E.npy", archive.read("E.npy"))
    assert "m.npz: E: given twice" in refusal(tmp_path / "m.npz")
