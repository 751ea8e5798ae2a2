"""Checkpoints: read without torch, refused where they do not fit."""

import numpy as np
import pytest
from safetensors.numpy import save_file

from exactdyn.errors import InputError
from exactdyn.sentiment.training.checkpoint import read_checkpoint

SIGNATURE = {"shape": "small", "plan": "seed 0", "corpus": "00"}


SHAPES = {"E": (3, 2), "b": (1,)}


def checkpoint_tensors():
    names = [*SHAPES, *(f"adam.{key}.{name}" for key in ("exp_avg", "exp_avg_sq") for name in SHAPES)]
    tensors = {name: np.ones(SHAPES[name.split(".")[-1]], np.float32) for name in names}
    return tensors | {f"adam.step.{name}": np.full(1, 7, np.float32) for name in SHAPES}


def test_a_checkpoint_is_read_without_torch(tmp_path):
    save_file(checkpoint_tensors(), tmp_path / "c.safetensors", SIGNATURE | {"epochs": "2"})
    tensors, epochs = read_checkpoint(tmp_path / "c.safetensors", SIGNATURE, SHAPES)
    assert epochs == 2
    assert {name: array.tolist() for name, array in tensors.items()} == {
        name: array.tolist() for name, array in checkpoint_tensors().items()
    }


@pytest.mark.parametrize(
    ("changes", "stated", "message"),
    [
        ({"b": None}, {}, "b: requires a tensor, got none (has E, adam.exp_avg.E"),
        ({"adam.step.E": None}, {}, "adam.step.E: requires a tensor, got none"),
        (
            {"E": np.ones((2, 2), np.float32)},
            {},
            "E: requires finite float32 of shape (3, 2), got float32 of",
        ),
        ({"b": np.ones(1)}, {}, "b: requires finite float32 of shape (1,), got float64 of shape (1,)"),
        ({"b": np.full(1, np.nan, np.float32)}, {}, "b: requires finite float32 of shape (1,)"),
        ({"W": np.ones(1, np.float32)}, {}, "W: not used, so refused; requires none but E, b"),
        ({}, {"epochs": "two"}, "__metadata__.epochs: requires a number of epochs, got 'two'"),
        ({}, {"epochs": "-1"}, "__metadata__.epochs: requires a number of epochs, got '-1'"),
        ({}, {"seed": "1"}, "__metadata__.seed: not used, so refused"),
        ({}, {"plan": "seed 1"}, "requires a checkpoint of this training: plan seed 0, got 'seed 1'"),
    ],
)
def test_a_checkpoint_that_does_not_fit_is_refused(tmp_path, changes, stated, message):
    tensors = {name: array for name, array in (checkpoint_tensors() | changes).items() if array is not None}
    save_file(tensors, tmp_path / "c.safetensors", {**SIGNATURE, "epochs": "2", **stated})
    with pytest.raises(InputError) as caught:
        read_checkpoint(tmp_path / "c.safetensors", SIGNATURE, SHAPES)
    assert str(caught.value).startswith(f"{tmp_path / 'c.safetensors'}: {message}")


def test_a_damaged_checkpoint_is_refused(tmp_path):
    (tmp_path / "c.safetensors").write_bytes(b"no checkpoint")
    with pytest.raises(InputError, match="requires a safetensors file"):
        read_checkpoint(tmp_path / "c.safetensors", SIGNATURE, SHAPES)
