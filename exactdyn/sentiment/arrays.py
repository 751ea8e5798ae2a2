"""Models and reviews as files of arrays: ``.npz`` and ``.safetensors``; nothing in them is ever executed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from safetensors import SafetensorError, safe_open

from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.example.files import ARRAY_SIZE_LIMIT, require_file
from exactdyn.example.table import read_archive
from exactdyn.sentiment.fields import ARRAYS, SETTINGS, make_model
from exactdyn.sentiment.model import Model
from exactdyn.sentiment.review import Review, make_review
from proofs_checks.rationals import shorten


def read_npz_model(path: Path, words: Mapping[int, str]) -> Model:
    """Read a model from the arrays ``E`` (a row a word), ``alpha``, ``v``, ``b`` of a ``.npz`` file.

    Arrays ``depth``, ``seq_length``, ``pad_row``, ``temperature`` of one number each are read where they are
    there. Raises :class:`~exactdyn.errors.InputError`.
    """
    arrays = read_archive(path)
    settings = {name: arrays[name].item() for name in SETTINGS if name in arrays and arrays[name].size == 1}
    return make_model(arrays, settings, words)


def read_safetensors_model(path: Path, words: Mapping[int, str]) -> Model:
    """Read a model from a ``.safetensors`` file: the tensors ``E``, ``alpha``, ``v``, ``b``.

    The settings ``depth``, ``seq_length``, ``pad_row``, ``temperature`` are read from its metadata where they
    are there. Raises :class:`~exactdyn.errors.InputError`.
    """
    require_file(path)
    if path.stat().st_size > ARRAY_SIZE_LIMIT:
        raise InputError(f"requires at most {ARRAY_SIZE_LIMIT} bytes, got more")
    try:
        with safe_open(str(path), framework="numpy") as file:
            stated = file.metadata() or {}
            arrays = {name: file.get_tensor(name) for name in file.keys() if name in ARRAYS}  # noqa: SIM118 - no mapping
    except (SafetensorError, TypeError, ValueError, OSError) as error:
        raise InputError(f"requires a safetensors file of floats, got {shorten(str(error))}") from None
    settings = {name: _setting(name, stated[name]) for name in SETTINGS if name in stated}
    return make_model(arrays, settings, words)


def read_npz_reviews(path: Path) -> list[Review]:
    """Read reviews from a ``.npz`` file: ``rows`` (reviews x tokens) and, where known, ``labels`` (0 or 1).

    Raises :class:`~exactdyn.errors.InputError`.
    """
    arrays = read_archive(path)
    if "rows" not in arrays:
        raise InputError(f"rows: requires an array, got none (has {', '.join(sorted(arrays)) or 'none'})")
    rows, labels = arrays["rows"], arrays.get("labels")
    if rows.dtype.kind not in "iu" or rows.ndim != 2 or 0 in rows.shape:
        raise ShapeError(f"rows: requires integers with 2 axes, got {rows.dtype} of shape {rows.shape}")
    if rows.min() < 0 or rows.max() >= 2**31:
        raise NumberError("rows: requires word rows from 0 to 2^31 - 1")
    if labels is not None and (labels.shape != rows.shape[:1] or not np.isin(labels, (0, 1)).all()):
        raise ShapeError(f"labels: requires 0 or 1 for each of {len(rows)} reviews, got {shorten(labels)}")
    known = [None] * len(rows) if labels is None else [int(label) for label in labels]
    tokens = rows.tolist()
    return [make_review(str(i), label, own) for i, (label, own) in enumerate(zip(known, tokens, strict=True))]


def _setting(name: str, text: str) -> object:
    read: Callable[[str], object] = float if name == "temperature" else int
    try:
        return read(text)
    except ValueError:
        raise NumberError(f"{name}: requires a number, got {shorten(text)}") from None
