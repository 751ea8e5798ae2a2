"""Safetensors files of which some tensors are read: others may be of any kind."""

import json

import numpy as np
import pytest
from safetensors.numpy import save_file

from exactdyn.documents.tensors import open_tensors
from exactdyn.errors import InputError


def write(path, header, data):
    text = json.dumps(header).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)
    return path


def entry(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def test_a_tensor_is_read_beside_others_that_cannot_be(tmp_path):
    header = {
        "mask": entry("BOOL", [1, 1, 2, 2], 0, 4),
        "none": entry("F4", [0], 4, 4),
        "x": entry("F32", [2], 4, 12),
    }
    file = open_tensors(write(tmp_path / "m.safetensors", header, bytes(4) + np.float32([0.5, -2]).tobytes()))
    assert file.read("x").tolist() == [0.5, -2.0]
    assert file.tensors["mask"].shape == (1, 1, 2, 2)
    with pytest.raises(InputError, match="mask: requires entries of dtype F16"):
        file.read("mask")


def test_every_tensor_of_a_file_is_read_as_the_reference_package_wrote_it(tmp_path):
    wanted = {
        name: np.random.default_rng(1).standard_normal((3, 4)).astype(name) for name in ("f2", "f4", "f8")
    }
    save_file(wanted, tmp_path / "m.safetensors")
    file = open_tensors(tmp_path / "m.safetensors")
    for name, array in wanted.items():
        assert np.array_equal(file.read(name), array)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ({"x": entry("F32", [1], 0, 4), "y": entry("BOOL", [4], 2, 8)}, "y: requires to begin where the one"),
        ({"x": entry("F32", [1], 0, 4)}, "truncated or damaged: the tensors take 4 bytes, got 8"),
        ({"x": entry("F32", [3], 0, 12)}, "truncated or damaged: the tensors take 12 bytes, got 8"),
        ({"x": entry("F32", [2], 8, 0)}, "x: requires to begin where the one before ends, 0, got 8"),
        ({"x": entry(4, [2], 0, 8)}, "x: requires entries of dtype"),
    ],
)
def test_a_header_that_does_not_fit_the_file_is_refused_before_a_tensor_is_read(tmp_path, header, message):
    with pytest.raises(InputError, match=message):
        open_tensors(write(tmp_path / "m.safetensors", header, bytes(8)))


def test_a_file_that_shrinks_after_its_header_was_read_is_refused(tmp_path):
    path = write(tmp_path / "m.safetensors", {"x": entry("F32", [2], 0, 8)}, bytes(8))
    file = open_tensors(path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(InputError, match="truncated: requires 8 bytes from byte"):
        file.read("x")
