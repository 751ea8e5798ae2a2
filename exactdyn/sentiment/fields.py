"""The fields of a model, wherever they were read from, checked one by one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.numbers import from_floats, integer
from exactdyn.sentiment.model import Decoder, Model
from exactdyn.sentiment.review import TOKENS_LIMIT
from proofs_checks.rationals import shorten

DEPTH_LIMIT = 10_000
"""Largest number of layers of a model."""

ARRAYS = ("E", "alpha", "v", "b")
"""The weights: the encoder (one row a word), the coefficient, the decoder."""

SETTINGS = ("depth", "seq_length", "pad_row", "temperature")
"""What a model may state beside its weights; what it leaves out is 8, 128, 0 and 0.001."""


def read_float(value: object, where: str) -> float:
    """Read a finite float from its C99 hexadecimal form, the one text that is its exact value.

    Raises :class:`~exactdyn.errors.NumberError`.

    >>> read_float("0x1.8p+0", "alpha")
    1.5
    """
    if not isinstance(value, str) or "0x" not in value.lower():
        raise NumberError(f'{where}: requires a float in C99 hex such as "0x1.8p+0", got {shorten(value)}')
    try:
        number = float.fromhex(value)
    except (ValueError, OverflowError):
        raise NumberError(f"{where}: requires a finite float in C99 hex, got {shorten(value)}") from None
    return number


def read_integer(value: object, where: str, lowest: int, highest: int) -> int:
    """Check that a value is an integer in a range; raises :class:`~exactdyn.errors.InputError`.

    >>> read_integer(8, "depth", 0, 10)
    8
    """
    return integer(value, where, lowest, highest)


def make_model(
    arrays: Mapping[str, np.ndarray],
    settings: Mapping[str, object],
    words: Mapping[int, str],
    rows: np.ndarray | None = None,
) -> Model:
    """Check the weights and settings of a model and put it together.

    ``arrays``: those named in :data:`ARRAYS`, of floats; ``E`` is m x d, ``v`` has d entries, ``alpha`` and
    ``b`` one. ``settings``: any of :data:`SETTINGS`; others are not looked at. ``words``: the word of a row.
    ``rows``: the m rows that ``E`` gives, increasing; None for 0..m-1.

    Raises :class:`~exactdyn.errors.InputError` for a field that is missing, has the wrong shape, is not
    finite or out of range.

    >>> weights = {"E": [[0.5, 1.0]], "alpha": [2.0], "v": [1.0, -1.0], "b": [0.25]}
    >>> make_model({name: np.array(values) for name, values in weights.items()}, {"depth": 3}, {0: "<PAD>"})
    Model(1 words in dimension 2, 3 layers)
    """
    for name in ARRAYS:
        if name not in arrays:
            raise InputError(
                f"{name}: requires an array, got none (has {', '.join(sorted(arrays)) or 'none'})"
            )
    if arrays["E"].ndim != 2 or 0 in arrays["E"].shape:
        raise ShapeError(f"E: requires a row for each word (2 axes), got shape {arrays['E'].shape}")
    vectors = from_floats(arrays["E"], "E").values
    alpha = _floats(arrays["alpha"], "alpha", 1)[0]
    if alpha <= 0:
        raise NumberError(f"alpha: requires a positive number, got {alpha}")
    v = _floats(arrays["v"], "v", vectors.shape[1])
    decoder = Decoder(tuple(map(Fraction, v)), Fraction(_floats(arrays["b"], "b", 1)[0]))
    known = np.arange(len(vectors)) if rows is None else rows
    padding = read_integer(settings.get("pad_row", 0), "pad_row", 0, 2**31)
    temperature = settings.get("temperature", 0.001)
    if isinstance(temperature, bool) or not isinstance(temperature, float) or not 0 < temperature < 1e6:
        raise NumberError(f"temperature: requires a positive number, got {shorten(temperature)}")
    return Model(
        known,
        vectors,
        Fraction(alpha),
        decoder,
        words,
        read_integer(settings.get("depth", 8), "depth", 0, DEPTH_LIMIT),
        read_integer(settings.get("seq_length", 128), "seq_length", 1, TOKENS_LIMIT),
        padding,
        temperature,
    )


def _floats(array: np.ndarray, name: str, count: int) -> list[float]:
    if array.size != count or array.ndim > 2:
        raise ShapeError(f"{name}: requires {count} number{'s' * (count > 1)}, got shape {array.shape}")
    values: list[float] = from_floats(array.reshape(1, count), name).values[0].tolist()
    return values
