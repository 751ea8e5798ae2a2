"""The fields of a model, wherever they were read from, checked one by one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from exactdyn.documents.names import show_names
from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.numbers.reading import from_floats, integer, is_truth_value
from exactdyn.numbers.shown import counted
from exactdyn.sentiment.model.model import Decoder, Model
from exactdyn.sentiment.model.review import TOKENS_LIMIT
from proofs_checks.format.rationals import shorten

DEPTH_LIMIT = 10_000
"""Largest number of layers of a model."""

ARRAYS = ("E", "alpha", "v", "b")
"""The weights: the encoder (one row a word), the coefficient, the decoder."""

SIZE_LIMIT = 2.0**400
"""Weights are below this in size (every float32 is), so that no float made of them can overflow."""

TEMPERATURE_LIMIT = 1_000_000
"""Temperatures are below this."""

SETTINGS = ("depth", "seq_length", "pad_row", "temperature")
"""What a model may state beside its weights; what it leaves out is 8, 128, 0 and 0.001."""


def read_float(value: object, where: str) -> float:
    """Read a finite float from its C99 hexadecimal form, the one text that is its exact value.

    Raises :class:`~exactdyn.errors.NumberError`.
    Source: ISO/IEC 9899:1999, section 6.4.4.2, hexadecimal floating constants.

    >>> read_float("0x1.8p+0", "alpha")
    1.5
    """
    if not isinstance(value, str) or "0x" not in value.lower():
        raise NumberError(f'{where}: requires a float in C99 hex such as "0x1.8p+0", got {shorten(value)}')
    try:
        number = float.fromhex(value)
    except (ValueError, OverflowError):
        raise NumberError(f"{where}: requires a finite float in C99 hex, got {shorten(value)}") from None
    if abs(number) >= SIZE_LIMIT:
        raise NumberError(f"{where}: requires a number below 2^400 in size, got {shorten(value)}")
    return number


def make_model(
    arrays: Mapping[str, np.ndarray],
    settings: Mapping[str, object],
    words: Mapping[int, str],
    rows: np.ndarray | None = None,
) -> Model:
    """Check the weights and settings of a model and put it together.

    ``arrays``: those named in :data:`ARRAYS`, of floats; ``E`` is m x d, ``v`` has d entries, ``alpha`` and
    ``b`` one. ``settings``: any of :data:`SETTINGS`. ``words``: the word of a row.
    ``rows``: the m rows that ``E`` gives, increasing; None for 0..m-1.

    Raises :class:`~exactdyn.errors.InputError` for a field that is missing, has the wrong shape, is not
    finite or out of range.
    Source: arXiv 2407.01602, section 4.

    >>> weights = {"E": [[0.5, 1.0]], "alpha": [2.0], "v": [1.0, -1.0], "b": [0.25]}
    >>> make_model({name: np.array(values) for name, values in weights.items()}, {"depth": 3}, {0: "<PAD>"})
    Model(1 words in dimension 2, 3 layers)
    """
    for name in ARRAYS:
        if name not in arrays:
            wanted = f"a model has {', '.join(ARRAYS)}"
            raise InputError(f"{name}: requires an array, got none (has {show_names(arrays)}; {wanted})")
    if arrays["E"].ndim != 2 or 0 in arrays["E"].shape:
        raise ShapeError(f"E: requires a row for each word (2 axes), got shape {arrays['E'].shape}")
    vectors = _floats(arrays["E"], "E")
    alpha = _numbers(arrays["alpha"], "alpha", 1)[0]
    if alpha <= 0:
        raise NumberError(f"alpha: requires a positive number, got {alpha}")
    v = _numbers(arrays["v"], "v", vectors.shape[1])
    decoder = Decoder(tuple(map(Fraction, v)), Fraction(_numbers(arrays["b"], "b", 1)[0]))
    known = np.arange(len(vectors)) if rows is None else rows
    padding = integer(settings.get("pad_row", 0), "pad_row", 0, 2**31)
    temperature = _temperature(settings.get("temperature", 0.001))
    return Model(
        known,
        vectors,
        Fraction(alpha),
        decoder,
        words,
        integer(settings.get("depth", 8), "depth", 0, DEPTH_LIMIT),
        integer(settings.get("seq_length", 128), "seq_length", 1, TOKENS_LIMIT),
        padding,
        temperature,
    )


def _temperature(value: object) -> float:
    if is_truth_value(value) or not isinstance(value, int | float) or not 0 < value < TEMPERATURE_LIMIT:
        raise NumberError(
            f"temperature: requires a positive number below {TEMPERATURE_LIMIT}, got {shorten(value)}"
        )
    return float(value)


def _numbers(array: np.ndarray, name: str, count: int) -> list[float]:
    if array.size != count or array.ndim > 2:
        raise ShapeError(f"{name}: requires {counted(count, 'number')}, got shape {array.shape}")
    values: list[float] = _floats(array, name).reshape(count).tolist()
    return values


def _floats(array: np.ndarray, name: str) -> np.ndarray:
    """Return an array as float64, its exact values; refuse what is not finite or beyond the limit."""
    if array.dtype.kind == "f" and array.dtype.itemsize <= 8:
        for place in np.argwhere(~(np.abs(array.astype(np.float64)) < SIZE_LIMIT))[:1]:
            where = name + "".join(f"[{index}]" for index in place)
            limit = (
                "a finite number" if not np.isfinite(array[tuple(place)]) else "a number below 2^400 in size"
            )
            raise NumberError(f"{where}: requires {limit}, got {array[tuple(place)]}")
    return from_floats(array.reshape(len(array) if array.ndim == 2 else 1, -1), name).values
