"""Reading files that nobody vouches for: bounded in size, also after decompression, refused in one line."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from exactdyn.errors import InputError

TEXT_SIZE_LIMIT = 2**25
"""Largest text that is read, in bytes after decompression: 32 MiB."""

ARRAY_SIZE_LIMIT = 2**28
"""Largest ``.npy`` or ``.npz`` file, and largest array inside one, in bytes: 256 MiB."""

_CHUNK = 2**20


@contextmanager
def naming(source: object) -> Iterator[None]:
    """Put the name of a file in front of every complaint about what it holds.

    Too deep nesting, which Python's parsers report as :class:`RecursionError`, is such a complaint.

    >>> with naming("broken.toml"):
    ...     raise InputError("tokens: requires rows of numbers, got 3")
    Traceback (most recent call last):
    exactdyn.errors.InputError: broken.toml: tokens: requires rows of numbers, got 3
    """
    try:
        yield
    except InputError as error:
        raise type(error)(f"{shown_name(source)}: {error}") from None
    except RecursionError:
        raise InputError(f"{shown_name(source)}: nested too deeply") from None


def shown_name(source: object) -> str:
    r"""Return the name of a file as messages show it: quoted if it is empty or cannot be printed.

    >>> shown_name("a.toml"), shown_name("a\nb")
    ('a.toml', "'a\\nb'")
    """
    name = str(source)
    return name if name and name.isprintable() else repr(name)


def require_file(path: Path) -> None:
    """Raise :class:`~exactdyn.errors.InputError` unless a path leads to a regular file.

    >>> require_file(Path("missing.toml"))
    Traceback (most recent call last):
    exactdyn.errors.InputError: no such file
    """
    try:
        if not path.exists():
            raise InputError("no such file")
        if not path.is_file():  # opening a pipe would wait for its writer
            raise InputError(f"requires a file, got a {'directory' if path.is_dir() else 'device or pipe'}")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from None


def ending_of(path: Path, endings: Sequence[str], said: str | None = None) -> str:
    """Return the one of these endings that the name of a file has, in capitals or not, after something else.

    ``endings``: with their dots, such as ".json" and ".json.gz", none of them the end of another. ``said``:
    how messages list them; None is " or " between two, and "one of" more.

    Raises :class:`~exactdyn.errors.InputError` for any other name.

    >>> ending_of(Path("run.JSON.gz"), (".json", ".json.gz"))
    '.json.gz'
    >>> ending_of(Path("run.txt"), (".json", ".json.gz"))
    Traceback (most recent call last):
    exactdyn.errors.InputError: requires a name that ends in .json or .json.gz
    """
    name = path.name.lower()
    for ending in endings:
        if name.endswith(ending) and name != ending:
            return ending
    if said is None:
        said = " or ".join(endings) if len(endings) < 3 else f"one of {', '.join(endings)}"
    raise InputError(f"requires a name that ends in {said}")


def read_bytes(path: Path, limit: int) -> bytes:
    """Return what a regular file holds, at most ``limit`` bytes.

    Raises :class:`~exactdyn.errors.InputError` if there is no such file, if it is something else than a
    regular file, cannot be opened, or is larger.

    >>> read_bytes(Path(__file__), 3)
    Traceback (most recent call last):
    exactdyn.errors.InputError: requires at most 3 bytes, got more
    """
    size_of(path, limit)
    try:
        with path.open("rb") as file:
            return bounded(file, limit)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from None


def size_of(path: Path, limit: int | None = None) -> int:
    """Return how many bytes a regular file has, at most ``limit`` if there is one.

    Raises :class:`~exactdyn.errors.InputError` as :func:`read_bytes` does.

    >>> size_of(Path(__file__)) > 3
    True
    """
    require_file(path)
    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from None
    if limit is not None and size > limit:
        raise _too_large(limit)
    return size


def read_part(path: Path, begin: int, size: int) -> bytes:
    """Return so many bytes of a regular file, from this one on.

    Raises :class:`~exactdyn.errors.InputError` as :func:`read_bytes` does, and for a file that ends before.

    >>> read_part(Path(__file__), 3, 7)
    b'Reading'
    """
    require_file(path)
    try:
        with path.open("rb") as file:
            file.seek(begin)
            data = file.read(size)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from None
    if len(data) != size:
        raise InputError(f"truncated: requires {size} bytes from byte {begin} on, got {len(data)}")
    return data


def read_text(path: Path, limit: int | None = None) -> str:
    """Return the text of a file, decompressed if its name ends in ``.gz``; see :func:`decoded`.

    Raises :class:`~exactdyn.errors.InputError` as :func:`read_bytes` does, for what is no text or
    longer than ``limit`` bytes (None for :data:`TEXT_SIZE_LIMIT`), and for a compressed file that is
    truncated or damaged.

    Source: RFC 3629 (UTF-8), RFC 1952 (gzip).

    >>> read_text(Path(__file__)).splitlines()[2]
    'from __future__ import annotations'
    """
    return decoded(read_unpacked(path, limit))


def read_unpacked(path: Path, limit: int | None = None) -> bytes:
    """Return the bytes of a file of text, decompressed if its name ends in ``.gz``.

    Raises :class:`~exactdyn.errors.InputError` as :func:`read_text` does.

    >>> read_unpacked(Path(__file__))[3:10]
    b'Reading'
    """
    limit = TEXT_SIZE_LIMIT if limit is None else limit
    data = read_bytes(path, limit)
    return _decompressed(data, limit) if path.suffix.lower() == ".gz" else data


def decoded(data: bytes) -> str:
    """Return bytes as text: UTF-8, or UTF-16 where they begin with its byte order mark.

    Raises :class:`~exactdyn.errors.InputError`, which says in which line, for anything else.

    >>> decoded("1,2".encode("utf-16")), decoded(b"1,2")
    ('1,2', '1,2')
    """
    if is_utf16(data):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            line = data[: error.start].decode("utf-16", errors="replace").count("\n") + 1
            raise InputError(f"requires UTF-16 text, got something else in line {line}") from None
    data = data.removeprefix(codecs.BOM_UTF8)  # with which spreadsheets begin their text
    wrong = data.find(0)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        wrong = error.start
    if wrong < 0:
        return text
    line = data.count(b"\n", 0, wrong) + 1
    hint = "" if data[wrong] else ": UTF-16 takes its byte order mark"
    raise InputError(
        f"requires UTF-8 text, got the byte 0x{data[wrong]:02x} at offset {wrong} (line {line}){hint}"
    )


def is_utf16(data: bytes) -> bool:
    """Tell whether bytes begin with the byte order mark of UTF-16.

    >>> is_utf16("a".encode("utf-16")), is_utf16(b"a")
    (True, False)
    """
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def bounded(file: IO[bytes] | gzip.GzipFile, limit: int) -> bytes:
    """Return what is left in an open file, at most ``limit`` bytes.

    Raises :class:`~exactdyn.errors.InputError` if there is more.

    >>> bounded(io.BytesIO(b"1,2"), 3)
    b'1,2'
    """
    data = bytearray()
    while chunk := file.read(_CHUNK):  # read(limit) would set the whole limit aside for a small file too
        data += chunk
        if len(data) > limit:
            raise _too_large(limit)
    return bytes(data)


def _decompressed(data: bytes, limit: int) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return bounded(file, limit)
    except (EOFError, OSError, zlib.error) as error:
        raise InputError(f"requires a gzip file, got a truncated or damaged one ({error})") from None


def _too_large(limit: int) -> InputError:
    return InputError(f"requires at most {limit} bytes, got more")
