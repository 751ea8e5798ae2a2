"""Tables of numbers: ``.csv``, ``.npy`` and ``.npz`` files."""

from __future__ import annotations

import io
import math
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.lib import format as npy

from exactdyn.documents.cells import read_cells
from exactdyn.documents.files import ARRAY_SIZE_LIMIT, bounded, ending_of, naming, read_bytes, read_text
from exactdyn.documents.uses import FIELDS
from exactdyn.errors import InputError, NumberError, ShapeError
from exactdyn.numbers.fields.joining import number_rows
from exactdyn.numbers.reading import ExactFloats, Rows, exact_rows, from_floats
from proofs_checks.format.rationals import shorten

TABLE_ENDINGS = (".csv", ".npy", ".npz")
"""How the name of a table ends."""

_HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


@dataclass(frozen=True)
class Table:
    """The numbers of a table. ``header``: its first row, if that was taken for the names of the columns."""

    numbers: Rows | ExactFloats
    header: tuple[str, ...] | None = None


def read_table(path: Path, field: str, header: bool | None = None) -> Table:
    r"""Read a table of numbers; ``field`` is what it stands for, which messages name.

    - ``.csv``: one row a line, cells separated by commas, each an exact number as text ("1/3", "0.1",
      "1e-3", "sqrt(2)"). The first row may name the columns: see
      :func:`~exactdyn.documents.cells.read_cells`, also for ``header``. Empty
      lines are skipped. A cell has at most 131,072 characters.
    - ``.npy``: an array with two axes. Integers are integers; floats are taken at their exact binary values
      and stay as they are, unconverted.
    - ``.npz``: the same from the only array inside: one beside it would be dropped.

    Raises :class:`~exactdyn.errors.InputError` for what is none of these, for a header of anything but
    ``.csv``, for objects (pickles are never read), and for files beyond the limits of
    :mod:`exactdyn.documents.files`.

    Source: RFC 4180 for ``.csv``, NumPy enhancement proposal NEP 1 for ``.npy`` and ``.npz``.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "tokens.csv")
    ...     written = path.write_text("x,y\n1/3,0.1\n")
    ...     read_table(path, "tokens")
    Table(numbers=((Fraction(1, 3), Fraction(1, 10)),), header=('x', 'y'))
    """
    ending = ending_of(path, TABLE_ENDINGS)
    if ending == ".csv":
        cells = read_cells(read_text(path), field, header)
        return Table(number_rows(cells.rows, field), None if header else cells.header)
    if header is not None:
        raise InputError(f"--header: requires a table in .csv, got one in {ending}")
    data = read_bytes(path, ARRAY_SIZE_LIMIT)
    array = _array(data if ending == ".npy" else _member(data, field))
    if array.ndim == 2 and 0 in array.shape:
        raise ShapeError(f"{field}: requires at least one row and one column, got {array.shape}")
    if array.dtype.kind in "iu":
        return Table(exact_rows(array.tolist(), field))
    return Table(from_floats(array, field))


def read_archive(path: Path) -> dict[str, np.ndarray]:
    """Read every array of a ``.npz`` archive, by its name; their entries are as they were stored.

    Raises :class:`~exactdyn.errors.InputError` for what is no such archive, for arrays of anything but floats
    and integers (pickles are never read), and for more than
    :data:`~exactdyn.documents.files.ARRAY_SIZE_LIMIT` bytes of them.

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
                arrays[name] = _array(content)
    return arrays


def _array(data: bytes) -> np.ndarray:
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
    if dtype.kind not in "fiu":
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
        raise InputError(
            f"{', '.join(others[:4])}: requires {field} alone in this archive: save other arrays apart "
            "(A for --matrix, alpha for --alpha), or write all into a .toml or .json document"
        )
    if len(members) != 1:
        raise InputError(f"requires one array, got {len(members)}")
    _require_readable(members[0])
    return members[0]


def _require_readable(info: zipfile.ZipInfo) -> None:
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise InputError("requires an archive stored or deflated, as numpy writes it")
    if info.file_size > ARRAY_SIZE_LIMIT:
        raise InputError(f"requires an array of at most {ARRAY_SIZE_LIMIT} bytes, got {info.file_size}")
