"""Models and reviews as files of arrays: ``.npz`` and ``.safetensors``; nothing in them is ever executed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from exactdyn.documents.names import refuse_unknown, show_names
from exactdyn.documents.tables.arrays import read_archive
from exactdyn.documents.tensors import read_tensors
from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.sentiment.model.fields import ARRAYS, SETTINGS, make_model
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import TOKENS_LIMIT, Review, make_review
from proofs_checks.format.rationals import shorten

NO_REVIEWS = "a model without reviews: name a file that has them with --reviews"
"""What is wrong where reviews are looked for in the file of a model, and which option is missing."""

REVIEW_ARRAYS = ("rows", "labels")
"""The arrays of reviews, which may stand in an archive beside those of a model."""


def read_npz_model(path: Path) -> Model:
    """Read a model from the arrays ``E`` (a row a word), ``alpha``, ``v``, ``b`` of a ``.npz`` file.

    Arrays ``depth``, ``seq_length``, ``pad_row``, ``temperature`` of one number each are read where they are
    there; ``rows`` and ``labels`` may stand beside them, see :func:`read_npz_reviews`, and nothing else.
    Raises :class:`~exactdyn.errors.InputError`.

    Source: arXiv 2407.01602, section 4.

    >>> from tempfile import TemporaryDirectory
    >>> weights = {"E": [[0.5, 1.0]], "alpha": [2.0], "v": [1.0, -1.0], "b": [0.25]}
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "model.npz")
    ...     np.savez(path, **weights)
    ...     read_npz_model(path)
    Model(1 words in dimension 2, 8 layers)
    """
    arrays = read_archive(path)
    settings = {}
    for name in SETTINGS:
        if name in arrays:
            if arrays[name].size != 1:
                raise ShapeError(f"{name}: requires 1 number, got shape {arrays[name].shape}")
            settings[name] = arrays[name].item()
    model = make_model(arrays, settings, {})
    refuse_unknown(arrays, (*ARRAYS, *SETTINGS, *REVIEW_ARRAYS), "")
    return model


def read_safetensors_model(path: Path) -> Model:
    """Read a model from a ``.safetensors`` file: the tensors ``E``, ``alpha``, ``v``, ``b`` and no others.

    Floats of 8 bits and BF16 are read too, see :func:`~exactdyn.documents.tensors.read_tensors`. The
    settings ``depth``, ``seq_length``, ``pad_row``, ``temperature`` are read from its metadata where they are
    there; beside them it may have ``format``, which torch writes, and nothing else. Raises
    :class:`~exactdyn.errors.InputError`.

    Source: arXiv 2407.01602, section 4.

    >>> from tempfile import TemporaryDirectory
    >>> from safetensors.numpy import save
    >>> weights = {"E": [[0.5, 1.0]], "alpha": [2.0], "v": [1.0, -1.0], "b": [0.25]}
    >>> arrays = {name: np.array(values, dtype=np.float32) for name, values in weights.items()}
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "model.safetensors")
    ...     written = path.write_bytes(save(arrays, {"depth": "3"}))
    ...     read_safetensors_model(path)
    Model(1 words in dimension 2, 3 layers)
    """
    tensors, stated = read_tensors(path)
    settings = {name: _setting(name, stated[name]) for name in SETTINGS if name in stated}
    model = make_model(tensors, settings, {})
    refuse_unknown(tensors, ARRAYS, "")
    refuse_unknown(stated, (*SETTINGS, "format"), "__metadata__.")
    return model


def read_npz_reviews(path: Path) -> list[Review]:
    """Read reviews from a ``.npz`` file: ``rows`` (reviews x tokens) and, where known, ``labels`` (0 or 1).

    The arrays of a model may stand beside them, and nothing else. Raises
    :class:`~exactdyn.errors.InputError`.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "reviews.npz")
    ...     np.savez(path, rows=[[3, 0, 3]], labels=[1])
    ...     read_npz_reviews(path)
    [Review(name='0', label=1, bag=((0, 1), (3, 2)))]
    """
    arrays = read_archive(path)
    if "rows" not in arrays:
        alone = f": {NO_REVIEWS}" if "E" in arrays else ""
        raise InputError(f"rows: requires an array, got none (has {show_names(arrays)}){alone}")
    refuse_unknown(arrays, (*REVIEW_ARRAYS, *ARRAYS, *SETTINGS), "")
    rows, labels = arrays["rows"], arrays.get("labels")
    if rows.dtype.kind not in "iu" or rows.ndim != 2 or 0 in rows.shape:
        wanted = "integers with 2 axes, reviews x tokens, none empty"
        raise ShapeError(f"rows: requires {wanted}, got {rows.dtype} of shape {rows.shape}")
    if rows.shape[1] > TOKENS_LIMIT:
        raise ShapeError(f"rows: requires at most {TOKENS_LIMIT} tokens a review, got {rows.shape[1]}")
    if rows.min() < 0 or rows.max() >= 2**31:
        raise NumberError(
            f"rows: requires word rows from 0 to 2^31 - 1, got {rows.min() if rows.min() < 0 else rows.max()}"
        )
    if labels is not None and labels.shape != rows.shape[:1]:
        raise ShapeError(f"labels: requires 0 or 1 for each of {len(rows)} reviews, got shape {labels.shape}")
    if labels is not None and not np.isin(labels, (0, 1)).all():
        place = int(np.flatnonzero(~np.isin(labels, (0, 1)))[0])
        raise NumberError(f"labels[{place}]: requires 0 or 1, got {labels[place]}")
    known = [None] * len(rows) if labels is None else [int(label) for label in labels]
    tokens = rows.tolist()
    return [make_review(str(i), label, own) for i, (label, own) in enumerate(zip(known, tokens, strict=True))]


def _setting(name: str, text: str) -> object:
    read: Callable[[str], object] = float if name == "temperature" else int
    try:
        return read(text)
    except ValueError:
        raise NumberError(f"__metadata__.{name}: requires a number, got {shorten(text)}") from None
