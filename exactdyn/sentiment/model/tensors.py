"""Safetensors files, read from their bytes: also the short floats that numpy does not know, exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from exactdyn.documents.files import ARRAY_SIZE_LIMIT, read_bytes
from exactdyn.documents.syntax import Document, NumberLiteral, parse_json
from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.numbers.reading import is_truth_value
from exactdyn.sentiment.model.names import show_name
from proofs_checks.format.rationals import shorten

AXES_LIMIT = 2
"""Most axes of a tensor: a model's and a training's have one or two."""

SHORT_FLOATS = {"BF16": "<u2", "F8_E4M3": "<u1", "F8_E5M2": "<u1"}
"""Floats that numpy does not know, with the unsigned integers that hold their bits."""

DTYPES = {
    **{f"F{bits}": f"<f{bits // 8}" for bits in (16, 32, 64)},
    **{f"{kind}{bits}": f"<{kind.lower()}{bits // 8}" for kind in "IU" for bits in (8, 16, 32, 64)},
    **SHORT_FLOATS,
}
"""The entries that are read, as numpy calls those that it reads; everything is little-endian."""


def read_tensors(path: Path, limit: int = ARRAY_SIZE_LIMIT) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Read a ``.safetensors`` file: its tensors by their names, and its metadata.

    Floats and integers, of at most two axes. BF16, F8_E4M3 and F8_E5M2 become float32, which holds each of
    their values exactly.

    Raises :class:`~exactdyn.errors.InputError` for what is no such file, for entries of another kind, and for
    more than ``limit`` bytes. Sources: the format,
    https://github.com/huggingface/safetensors; F8, arXiv 2209.05433.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "one.safetensors")
    ...     header = b'{"b": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]}}'
    ...     written = path.write_bytes(len(header).to_bytes(8, "little") + header + bytes([0xC0, 0x3F]))
    ...     read_tensors(path)
    ({'b': array([1.5], dtype=float32)}, {})
    """
    header, data = _parts(read_bytes(path, limit))
    stated = header.pop("__metadata__", {})
    if not isinstance(stated, dict) or not all(map(_is_text, stated.values())):
        raise InputError(f"__metadata__: requires texts by name, got {shorten(stated)}")
    tensors = {show_name(name): _checked(show_name(name), entry) for name, entry in header.items()}
    _require_tiling(tensors, len(data))
    return {name: _decoded(tensor, data) for name, tensor in tensors.items()}, stated


def _parts(content: bytes) -> tuple[Document, bytes]:
    """Return the header and what stands behind it."""
    size = int.from_bytes(content[:8], "little")
    if not 0 < size <= len(content) - 8:
        raise InputError(
            f"requires a safetensors file, got {len(content)} bytes whose header would take {size}"
        )
    try:
        text = content[8 : 8 + size].decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("requires a safetensors file, got one whose header is no UTF-8 text") from None
    return parse_json(text), content[8 + size :]


@dataclass(frozen=True)
class _Tensor:
    """What the header says of a tensor."""

    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


def _checked(name: str, entry: object) -> _Tensor:
    # Before a byte of the data is looked at: what is stated must agree with itself.
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise InputError(f"{name}: requires an object of dtype, shape and data_offsets, got {shorten(entry)}")
    dtype, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not isinstance(dtype, str) or dtype not in DTYPES:
        raise NumberError(f"{name}: requires entries of dtype {', '.join(DTYPES)}, got {shorten(dtype)}")
    if not _are_sizes(shape) or len(shape) > AXES_LIMIT or 0 in shape:
        raise ShapeError(f"{name}: requires 0 to {AXES_LIMIT} axes, none empty, got shape {shorten(shape)}")
    if not _are_sizes(offsets) or len(offsets) != 2:
        raise InputError(f"{name}: requires 2 offsets into the data, got {shorten(offsets)}")
    size, got = math.prod(shape) * np.dtype(DTYPES[dtype]).itemsize, offsets[1] - offsets[0]
    if size != got:
        raise ShapeError(f"{name}: shape {shorten(shape)} of {dtype} requires {size} bytes, got {got}")
    return _Tensor(dtype, tuple(shape), *offsets)


def _require_tiling(tensors: Mapping[str, _Tensor], size: int) -> None:
    """Refuse tensors that overlap, bytes that belong to no tensor, and bytes that are not there."""
    end = 0
    for name, tensor in sorted(tensors.items(), key=lambda entry: entry[1].begin):
        if tensor.begin != end:
            raise InputError(
                f"{name}: requires to begin where the one before ends, {end}, got {tensor.begin}"
            )
        end = tensor.end
    if end != size:
        raise InputError(f"truncated or damaged: the tensors take {end} bytes, got {size}")


def _decoded(tensor: _Tensor, data: bytes) -> np.ndarray:
    read: np.ndarray = np.frombuffer(data[tensor.begin : tensor.end], DTYPES[tensor.dtype])
    decode = {"BF16": _bfloat16, "F8_E4M3": _float8_e4m3, "F8_E5M2": _float8_e5m2}.get(tensor.dtype)
    return (read if decode is None else decode(read)).reshape(tensor.shape)


def _bfloat16(bits: np.ndarray) -> np.ndarray:
    # The upper half of a float32.
    decoded: np.ndarray = (bits.astype(np.uint32) << 16).view(np.float32)
    return decoded


def _float8_e5m2(bits: np.ndarray) -> np.ndarray:
    # The upper half of a float16.
    decoded: np.ndarray = (bits.astype(np.uint16) << 8).view(np.float16).astype(np.float32)
    return decoded


def _float8_e4m3(bits: np.ndarray) -> np.ndarray:
    # 1 sign, 4 exponent (bias 7), 3 mantissa bits; no infinities, and all ones is the one NaN.
    sign = np.where(bits & 0x80, -1.0, 1.0)
    exponent, mantissa = (bits >> 3 & 0xF).astype(np.int64), (bits & 7).astype(np.float64)
    size = np.where(exponent == 0, np.ldexp(mantissa, -9), np.ldexp(8 + mantissa, exponent - 10))
    decoded: np.ndarray = np.where(bits & 0x7F == 0x7F, np.nan, sign * size).astype(np.float32)
    return decoded


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, NumberLiteral)


def _are_sizes(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(size, int) and not is_truth_value(size) and size >= 0 for size in value
    )
