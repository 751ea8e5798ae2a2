"""What a user names as a transformer: a folder or a file of weights, or the matrices themselves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from exactdyn.documents.files import ending_of, naming, read_text
from exactdyn.documents.names import refuse_unknown
from exactdyn.documents.syntax import parse_json
from exactdyn.documents.tables.arrays import read_archive
from exactdyn.documents.tensors import open_tensors
from exactdyn.errors import InputError, ShapeError
from exactdyn.transformer.layouts import arranged
from exactdyn.transformer.weights import HeadWeights, StoredArrays, Transformer

WEIGHTS, CONFIG = "model.safetensors", "config.json"
"""The files of a folder that holds a model."""

MATRICES = ("Q", "K", "V", "O")
"""The names of matrices that are given as they are, without a layout."""


def load_transformer(model: str | Path | Mapping[str, object]) -> Transformer:
    """Load the attention matrices of a transformer.

    ``model``: a folder with ``model.safetensors`` and ``config.json``; a ``.safetensors`` or ``.npz`` file
    with ``config.json`` beside it, named as in :func:`~exactdyn.transformer.layouts.arranged`; or, as a
    ``.npz`` file or as arrays by their names, matrices ``Q``, ``K`` (c x d), ``V`` (w x d) and ``O`` (d x w)
    themselves, with axes for heads, or for layers and heads, before these two; without ``O``, V is d x d.
    No other kind is read, pickles never.

    Raises :class:`~exactdyn.errors.InputError`, one line that names the file and the array.

    >>> model = load_transformer({"Q": np.eye(2), "K": np.eye(2), "V": np.eye(2)})
    >>> model.layout, model.layers, model.heads, model.dimension
    ('matrices', 1, 1, 2)
    """
    if isinstance(model, Mapping):
        return _matrices({str(name): _array(str(name), given) for name, given in model.items()})
    path = Path(model)
    path = path / WEIGHTS if path.is_dir() else path
    with naming(path):
        wanted = (
            f"one of .safetensors, .npz, or a folder with {WEIGHTS} and {CONFIG} (pickles are never read)"
        )
        if ending_of(path, (".safetensors", ".npz"), wanted) == ".npz":
            arrays = read_archive(path)
            return _matrices(arrays) if arrays.keys() & set(MATRICES) else _named(path, _stored(arrays))
        file = open_tensors(path)
        return _named(path, StoredArrays({name: own.shape for name, own in file.tensors.items()}, file.read))


def _array(name: str, given: object) -> np.ndarray:
    try:
        return np.asarray(given)
    except ValueError:
        raise ShapeError(f"{name}: requires rows of equal length") from None


def _stored(arrays: Mapping[str, np.ndarray]) -> StoredArrays:
    return StoredArrays({name: array.shape for name, array in arrays.items()}, arrays.__getitem__)


def _named(path: Path, arrays: StoredArrays) -> Transformer:
    config = path.with_name(CONFIG)
    if not config.exists():
        raise InputError(f"requires {CONFIG} beside it, which states the number of heads, got none")
    with naming(CONFIG):
        stated = parse_json(read_text(config))
    return arranged(arrays, stated)


def _matrices(arrays: Mapping[str, np.ndarray]) -> Transformer:
    # All shapes are compared before any array is read, and arrays are read layer by layer, as asked for.
    refuse_unknown(arrays, MATRICES, "")
    stored = _stored(arrays)
    shapes = {name: stored.shape(name) for name in MATRICES if name != "O" or name in arrays}
    around = shapes["V"][:-2]
    for name, shape in shapes.items():
        if not 2 <= len(shape) <= 4 or 0 in shape or shape[:-2] != around:
            wanted = "rows and columns, and before them the axes of V, at most 2, none empty"
            raise ShapeError(f"{name}: requires {wanted}, got shape {shape}")
    width, dimension = shapes["V"][-2:]
    fitting = {"Q": (shapes["Q"][-2], dimension), "K": (shapes["Q"][-2], dimension), "O": (dimension, width)}
    for name, (rows, columns) in fitting.items():
        if shapes.get(name, (dimension, dimension))[-2:] != (rows, columns):
            got = f"shape {shapes[name]}" if name in shapes else "none"
            raise ShapeError(f"{name}: requires {rows} rows of {columns} numbers, got {got}")
    layers, heads = (1, 1, *around)[-2:]

    def read(layer: int) -> list[HeadWeights]:
        own = {name: stored.floats(name).reshape(layers, heads, *shapes[name][-2:])[layer] for name in shapes}
        output = own.get("O", np.broadcast_to(np.eye(dimension), (heads, dimension, dimension)))
        return [HeadWeights(*four) for four in zip(own["Q"], own["K"], own["V"], output, strict=True)]

    return Transformer("matrices", dimension, max(width, shapes["Q"][-2]), layers, heads, read)
