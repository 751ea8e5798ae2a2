"""``exactdyn train``: what cannot be trained is refused before reviews are read."""

import pytest

from tests.command import assert_refused, inside


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "model.bin"], ["model.bin: requires a name that ends in .safetensors"]),
        (["-o", "m.safetensors", "--rate", "nan"], ["--rate"]),
        (["-o", "m.safetensors", "--temperature", "inf"], ["--temperature", "finite"]),
        (["-o", "m.safetensors", "--epochs", "0"], ["--epochs"]),
        (["-o", "missing/m.safetensors"], ["missing/m.safetensors: cannot be written"]),
        (["-o", "m.safetensors", "--reviews", "missing.csv"], ["missing.csv"]),
        ([], ["--output"]),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(tmp_path, arguments, words):
    assert_refused(inside("train", *arguments, folder=tmp_path), *words)
    assert list(tmp_path.iterdir()) == []
