"""Arrays in ``.npy`` and ``.npz`` files; nothing in them is ever executed."""

from __future__ import annotations

import io
import math
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from exactdyn.documents.files import ARRAY_SIZE_LIMIT, bounded, ending_of, naming, read_bytes
from exactdyn.documents.uses import ARRAY_FIELDS, FIELDS
from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.numbers.reading import ExactFloats, Rows, exact_rows, from_floats
from proofs_checks.format.rationals import shorten

ARRAY_ENDINGS = (".npy", ".npz")
"""How the names of files of arrays end."""

_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def read_array(path: Path, field: str) -> np.ndarray:
    """Read the array of a ``.npy`` file, or the only one of a ``.npz`` archive.

    ``field``: what it stands for. Another array beside it would be dropped, so it is refused. Raises
    :class:`~exactdyn.errors.InputError` for what is no such file, for arrays of anything but floats and
    integers (pickles are never read), and for files beyond
    :data:`~exactdyn.documents.files.ARRAY_SIZE_LIMIT`.

    Source: NumPy enhancement proposal NEP 1, A Simple File Format for NumPy Arrays.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "A.npy")
    ...     np.save(path, np.eye(2))
    ...     read_array(path, "A").shape
    (2, 2)
    """
    data = read_bytes(path, ARRAY_SIZE_LIMIT)
    return _array(data if ending_of(path, ARRAY_ENDINGS) == ".npy" else _member(data, field))


def array_numbers(array: np.ndarray, field: str) -> Rows | ExactFloats:
    """Return an array with two axes as rows: integers as they are, floats at their exact binary values.

    Raises :class:`~exactdyn.errors.InputError` for an empty one or one with other axes.

    >>> array_numbers(np.array([[1, 2]]), "tokens")
    ((Fraction(1, 1), Fraction(2, 1)),)
    """
    if array.ndim == 2 and 0 in array.shape:
        raise ShapeError(f"{field}: requires at least one row and one column, got {array.shape}")
    return exact_rows(array.tolist(), field) if array.dtype.kind in "iu" else from_floats(array, field)


def read_archive(path: Path, texts: Collection[str] = ()) -> dict[str, np.ndarray]:
    """Read every array of a ``.npz`` archive, by its name; their entries are as they were stored.

    ``texts``: the names of arrays that may hold texts. Raises :class:`~exactdyn.errors.InputError` for what
    is no such archive, for other arrays of anything but floats and integers (pickles are never read), and
    for more than :data:`~exactdyn.documents.files.ARRAY_SIZE_LIMIT` bytes of them.

    Source: NumPy enhancement proposal NEP 1, A Simple File Format for NumPy Arrays.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "weights.npz")
    ...     np.savez(path, alpha=np.array([1.5]))
    ...     read_archive(path)
    {'alpha': array([1.5])}
    """
    data = read_bytes(path, ARRAY_SIZE_LIMIT)
    arrays = {}
    left = ARRAY_SIZE_LIMIT
    with _opened(data) as archive:
        for info in archive.infolist():
            _require_readable(info)
            with archive.open(info) as member:
                content = bounded(member, left)
            left -= len(content)
            name = info.filename.removesuffix(".npy")
            if name in arrays:
                raise InputError(f"{name}: given twice")
            with naming(name):
                arrays[name] = _array(content, name in texts)
    return arrays


def array_names(path: Path) -> list[str]:
    """Return the names of the arrays of a ``.npz`` archive; raises as :func:`read_archive` does.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "weights.npz")
    ...     np.savez(path, alpha=np.array([1.5]))
    ...     array_names(path)
    ['alpha']
    """
    with _opened(read_bytes(path, ARRAY_SIZE_LIMIT)) as archive:
        return [info.filename.removesuffix(".npy") for info in archive.infolist()]


def _array(data: bytes, text: bool = False) -> np.ndarray:
    # The sizes that the header states are compared with the data before memory is given to them, which
    # np.load does not do.
    stream = io.BytesIO(data)
    try:
        with warnings.catch_warnings(action="ignore"):  # numpy's about files written by Python 2
            shape, fortran, dtype = _HEADERS[npy.read_magic(stream)](stream)
    except Exception:  # numpy's header reader raises whatever its tokenizer and literal reader do
        raise InputError("requires an array in the .npy format (pickles are never read)") from None
    if dtype.hasobject:
        raise NumberError("requires an array of numbers, got pickled objects, which are never read")
    if dtype.kind not in "fiu" + "U" * text:
        raise NumberError(f"requires an array of floats or integers, got dtype {dtype}")
    wanted, got = math.prod(shape) * dtype.itemsize, len(data) - stream.tell()
    if min(shape, default=0) < 0 or wanted != got:
        raise InputError(f"truncated or damaged: shape {shape} takes {wanted} bytes, got {got}")
    flat = np.frombuffer(data, dtype, offset=stream.tell())
    return flat.reshape(shape, order="F" if fortran else "C")


def _member(data: bytes, field: str) -> bytes:
    with _opened(data) as archive, archive.open(_chosen(archive, field)) as member:
        return bounded(member, ARRAY_SIZE_LIMIT)


@contextmanager
def _opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except InputError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise InputError(f"requires a .npz archive, got a damaged one ({error})") from None


def _chosen(archive: zipfile.ZipFile, field: str) -> zipfile.ZipInfo:
    """Return the only array; one beside it, or one of another field's name, would be taken for tokens."""
    members = archive.infolist()
    names = [info.filename.removesuffix(".npy") for info in members]
    others = [shorten(name) for name in names if name != field and (name in FIELDS or len(names) > 1)]
    if others and (field in names or len(names) == 1):
        known = (
            f"; with tokens, an archive may hold {', '.join(ARRAY_FIELDS[1:])}" if field == "tokens" else ""
        )
        raise InputError(f"{', '.join(others[:4])}: requires {field} alone in this archive{known}")
    if len(members) != 1:
        raise InputError(f"requires one array, got {len(members)}")
    _require_readable(members[0])
    return members[0]


def _require_readable(info: zipfile.ZipInfo) -> None:
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError("requires an archive stored or deflated, as numpy writes it")
    if info.file_size > ARRAY_SIZE_LIMIT:
        raise InputError(f"requires an array of at most {ARRAY_SIZE_LIMIT} bytes, got {info.file_size}")
