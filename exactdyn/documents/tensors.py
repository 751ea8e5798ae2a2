"""Safetensors files, read from their bytes, whole or one tensor at a time; also the short floats, exactly."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from exactdyn.documents.files import ARRAY_SIZE_LIMIT, TEXT_SIZE_LIMIT, read_part, size_of
from exactdyn.documents.names import show_name
from exactdyn.documents.short_floats import SHORT_FLOATS, from_bits
from exactdyn.documents.syntax import Document, NumberLiteral, parse_json
from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.numbers.reading import is_truth_value
from proofs_checks.format.rationals import shorten

AXES_LIMIT = 2
"""Most axes of a tensor that is read: the weights of models and of a training have one or two."""

DTYPES = {
    **{f"F{bits}": f"<f{bits // 8}" for bits in (16, 32, 64)},
    **{f"{kind}{bits}": f"<{kind.lower()}{bits // 8}" for kind in "IU" for bits in (8, 16, 32, 64)},
    **SHORT_FLOATS,
}
"""The entries that are read, as numpy calls those that it reads; everything is little-endian."""


@dataclass(frozen=True)
class Tensor:
    """What the header says of a tensor; ``begin`` and ``end`` count from the first byte of the data."""

    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int


@dataclass(frozen=True)
class TensorFile:
    """A ``.safetensors`` file whose header is read and agrees with the file's size.

    ``data``: where the data begin.
    """

    path: Path
    tensors: Mapping[str, Tensor]
    metadata: Mapping[str, str]
    data: int

    def require_readable(self, name: str) -> None:
        """Refuse a tensor of entries that are no floats or integers, with too many axes or an empty one.

        Raises :class:`~exactdyn.errors.InputError`.
        """
        tensor, shown = self.tensors[name], show_name(name)
        if tensor.dtype not in DTYPES:
            known = ", ".join(DTYPES)
            raise NumberError(f"{shown}: requires entries of dtype {known}, got {shorten(tensor.dtype)}")
        shape, got = list(tensor.shape), tensor.end - tensor.begin
        if len(shape) > AXES_LIMIT or 0 in shape:
            raise ShapeError(
                f"{shown}: requires 0 to {AXES_LIMIT} axes, none empty, got shape {shorten(shape)}"
            )
        size = math.prod(shape) * np.dtype(DTYPES[tensor.dtype]).itemsize
        if size != got:
            raise ShapeError(
                f"{shown}: shape {shorten(shape)} of {tensor.dtype} requires {size} bytes, got {got}"
            )

    def read(self, name: str) -> np.ndarray:
        """Return a tensor; BF16, F8_E4M3 and F8_E5M2 as float32, which holds each of their values exactly.

        Raises :class:`~exactdyn.errors.InputError` as :meth:`require_readable` does.
        """
        self.require_readable(name)
        tensor = self.tensors[name]
        content = read_part(self.path, self.data + tensor.begin, tensor.end - tensor.begin)
        return from_bits(np.frombuffer(content, DTYPES[tensor.dtype]), tensor.dtype).reshape(tensor.shape)


def open_tensors(path: Path) -> TensorFile:
    """Read the header of a ``.safetensors`` file, of any size; tensors are read when they are asked for.

    Raises :class:`~exactdyn.errors.InputError` for what is no such file, and for a header that does not agree
    with itself or with the size of the file.
    Source: the format, https://github.com/huggingface/safetensors.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "one.safetensors")
    ...     header = b'{"b": {"dtype": "BF16", "shape": [1], "data_offsets": [0, 2]}}'
    ...     written = path.write_bytes(len(header).to_bytes(8, "little") + header + bytes([0xC0, 0x3F]))
    ...     file = open_tensors(path)
    ...     file.tensors["b"].shape, file.read("b")
    ((1,), array([1.5], dtype=float32))
    """
    file = _opened(path)
    _require_tiling(file)
    return file


def read_tensors(path: Path, limit: int = ARRAY_SIZE_LIMIT) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """Read a ``.safetensors`` file whole: its tensors by their names, and its metadata.

    Floats and integers, of at most two axes, as :meth:`TensorFile.read` has them.

    Raises :class:`~exactdyn.errors.InputError` for what is no such file, for entries of another kind, and for
    more than ``limit`` bytes.
    Source: the format, https://github.com/huggingface/safetensors.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "one.safetensors")
    ...     header = b'{"b": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]}}'
    ...     written = path.write_bytes(len(header).to_bytes(8, "little") + header + bytes([0, 0x3C]))
    ...     read_tensors(path)
    ({'b': array([1.], dtype=float16)}, {})
    """
    file = _opened(path, limit)
    for name in file.tensors:
        file.require_readable(name)
    _require_tiling(file)
    return {name: file.read(name) for name in file.tensors}, dict(file.metadata)


def _opened(path: Path, limit: int | None = None) -> TensorFile:
    # Eight bytes say how long the header is, which says where tensors are: sizes are refused before they are
    # read.
    size = size_of(path, limit)
    header = int.from_bytes(read_part(path, 0, min(8, size)), "little")
    if not 0 < header <= size - 8:
        raise InputError(f"requires a safetensors file, got {size} bytes whose header would take {header}")
    if header > TEXT_SIZE_LIMIT:
        raise InputError(f"requires a header of at most {TEXT_SIZE_LIMIT} bytes, got {header}")
    try:
        text = read_part(path, 8, header).decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("requires a safetensors file, got one whose header is no UTF-8 text") from None
    entries = parse_json(text)
    metadata = _metadata(entries)
    tensors = {name: _tensor(show_name(name), entry) for name, entry in entries.items()}
    return TensorFile(path, tensors, metadata, 8 + header)


def _metadata(entries: Document) -> dict[str, str]:
    # Taken out of the header: what is left are tensors.
    stated = entries.pop("__metadata__", {})
    if not isinstance(stated, dict) or not all(map(_is_text, stated.values())):
        raise InputError(f"__metadata__: requires texts by name, got {shorten(stated)}")
    return stated


def _tensor(name: str, entry: object) -> Tensor:
    if not isinstance(entry, dict) or set(entry) != {"dtype", "shape", "data_offsets"}:
        raise InputError(f"{name}: requires an object of dtype, shape and data_offsets, got {shorten(entry)}")
    dtype, shape, offsets = entry["dtype"], entry["shape"], entry["data_offsets"]
    if not _is_text(dtype):
        raise NumberError(f"{name}: requires entries of dtype {', '.join(DTYPES)}, got {shorten(dtype)}")
    if not _are_sizes(shape):
        raise ShapeError(f"{name}: requires 0 to {AXES_LIMIT} axes, none empty, got shape {shorten(shape)}")
    if not _are_sizes(offsets) or len(offsets) != 2:
        raise InputError(f"{name}: requires 2 offsets into the data, got {shorten(offsets)}")
    return Tensor(dtype, tuple(shape), *offsets)


def _require_tiling(file: TensorFile) -> None:
    """Refuse tensors that overlap, bytes that belong to no tensor, and bytes that are not there."""
    end, size = 0, size_of(file.path) - file.data
    for name, tensor in sorted(file.tensors.items(), key=lambda entry: (entry[1].begin, entry[1].end)):
        if tensor.begin != end or tensor.end < end:
            raise InputError(
                f"{show_name(name)}: requires to begin where the one before ends, {end}, got {tensor.begin}"
            )
        end = tensor.end
    if end != size:
        raise InputError(f"truncated or damaged: the tensors take {end} bytes, got {size}")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not isinstance(value, NumberLiteral)


def _are_sizes(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(size, int) and not is_truth_value(size) and size >= 0 for size in value
    )
