"""Checkpoints: all that it takes to go on with a training, read without torch and checked before use."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from exactdyn.documents.files import naming
from exactdyn.documents.names import refuse_unknown, show_names
from exactdyn.documents.tensors import read_tensors
from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten

CHECKPOINT_SIZE_LIMIT = 2**32
"""Largest checkpoint that is read, in bytes: 4 GiB, more than the largest model and its averages."""

AVERAGES = ("exp_avg", "exp_avg_sq")
"""What Adam remembers of every weight."""

STEP = "step"
"""What Adam counts, for every array of weights."""


def tensor_name(key: str, name: str) -> str:
    """Return what Adam's ``key`` of the weights ``name`` is called.

    >>> tensor_name(STEP, "E")
    'adam.step.E'
    """
    return f"adam.{key}.{name}"


def read_checkpoint(
    path: Path, signature: Mapping[str, str], shapes: Mapping[str, tuple[int, ...]]
) -> tuple[dict[str, np.ndarray], int]:
    """Read a checkpoint: its tensors by name, all of float32, and how many epochs are done.

    ``signature``: what the training is, which the checkpoint must say too. ``shapes``: of the weights.

    Raises :class:`~exactdyn.errors.InputError`, one line that names the file, for what is no checkpoint of
    this training: for another signature, and for tensors that are missing, not known, of another shape or
    not finite.

    Source: D. Kingma and J. Ba, Adam, arXiv 1412.6980, algorithm 1: what is remembered of every weight.
    """
    with naming(path):
        tensors, stated = read_tensors(path, CHECKPOINT_SIZE_LIMIT)
        for name, value in signature.items():
            if stated.get(name) != value:
                got = stated.get(name, "none")
                raise InputError(
                    f"requires a checkpoint of this training: {name} {value}, got {shorten(got)}"
                )
        refuse_unknown(stated, (*signature, "epochs"), "__metadata__.")
        epochs = stated.get("epochs", "")
        if not (epochs.isascii() and epochs.isdecimal() and len(epochs) < 10):
            raise InputError(f"__metadata__.epochs: requires a number of epochs, got {shorten(epochs)}")
        wanted = _wanted(shapes)
        for name, shape in wanted.items():
            _require_floats(tensors, name, shape)
        refuse_unknown(tensors, wanted, "")
        return tensors, int(epochs)


def _wanted(shapes: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    averages = {tensor_name(key, name): shape for key in AVERAGES for name, shape in shapes.items()}
    return {**shapes, **averages, **{tensor_name(STEP, name): (1,) for name in shapes}}


def _require_floats(tensors: Mapping[str, np.ndarray], name: str, shape: tuple[int, ...]) -> None:
    if name not in tensors:
        raise InputError(f"{name}: requires a tensor, got none (has {show_names(tensors)})")
    got = tensors[name]
    if got.dtype != np.float32 or got.shape != shape or not np.isfinite(got).all():
        wanted = f"finite float32 of shape {shape}"
        raise InputError(f"{name}: requires {wanted}, got {got.dtype} of shape {got.shape}")
