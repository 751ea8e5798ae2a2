"""A file that keeps a hunt: what was asked, and every result at once (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TypeAlias

from exactdyn.certificates.envelope import encode
from exactdyn.documents.written_system import system_document
from exactdyn.errors import InputError
from exactdyn.hunts.request import Place, Request, Result, Task

APPLICATION = int.from_bytes(b"exdy")
"""Marks a database as a store of hunts (``PRAGMA application_id``)."""

VERSION = 2
"""The version of what is in it (``PRAGMA user_version``)."""

_SCHEMA = (
    f"PRAGMA application_id = {APPLICATION}",
    f"PRAGMA user_version = {VERSION}",
    "CREATE TABLE request (document TEXT NOT NULL)",
    "CREATE TABLE results (configuration INTEGER, place TEXT, result TEXT NOT NULL, "
    "PRIMARY KEY (configuration, place)) WITHOUT ROWID",
)
_EMPTY = asdict(Result())
_PATIENCE = 2.0  # seconds that somebody who reads a store may keep a hunt waiting
_LOGS = ("-wal", "-journal")  # what SQLite may leave beside a file whose process was killed
_MAGIC, _HEADER, _USER_VERSION, _APPLICATION = b"SQLite format 3\0", 100, slice(60, 64), slice(68, 72)


_Rows: TypeAlias = tuple[str, list[tuple[int, str, str]]]
# The request and all results of a store, as they are written there.

_open: set[Path] = set()
# The stores that hunts of this process have open. Closing a file gives up all locks that the process has on
# it, so none of these is opened again but by SQLite, which takes care of that.


class StoreError(InputError):
    """A store cannot be used: it is something else, holds another hunt, is in use, or cannot be written."""


class Store:
    """The results of one request, in a file of their own, each written before the next is awaited.

    A process that is killed loses only the tasks it was at. While a store is open no other hunt can open it;
    :func:`stored_results` reads it all the same. :func:`open_store` makes one.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path, self._connection = path, connection

    def results(self) -> dict[Task, Result]:
        """Return all results so far; raises :class:`StoreError` if the file is damaged.

        >>> from tempfile import TemporaryDirectory
        >>> request = Request("norm-growth", "general", (), 2, 1, 1)
        >>> with TemporaryDirectory() as folder:
        ...     with open_store(Path(folder, "hunt"), request, "0.1.0") as store:
        ...         store.results()
        {}
        """
        with _naming(self._path):
            return _results(_rows(self._connection)[1])

    def add(self, task: Task, result: Result) -> None:
        """Write a result; raises :class:`StoreError` and leaves the file as it was if that is impossible.

        >>> from tempfile import TemporaryDirectory
        >>> request = Request("norm-growth", "general", (), 2, 1, 1)
        >>> with TemporaryDirectory() as folder:
        ...     with open_store(Path(folder, "hunt"), request, "0.1.0") as store:
        ...         store.add(Task(0), Result(programs=7))
        ...         store.results()[Task(0)].programs
        7
        """
        row = (task.index, json.dumps(task.place), _written(result))
        with _naming(self._path), self._connection:
            # Whoever was broken off just after writing a result does not know of it, and writes it again.
            self._connection.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", row)


@contextmanager
def open_store(path: Path, request: Request, version: str) -> Iterator[Store]:
    """Open the store of a hunt, or make one, and close it again.

    ``version``: that of exactdyn; results of another one may belong to another tree of cases. Raises
    :class:`StoreError` if the file is no store, holds another request or other versions' results, is open
    elsewhere or cannot be written; then it is left as it was. Who only reads it is waited for.

    >>> with open_store(Path("no-such-folder", "hunt"), Request("norm-growth", "general", (), 2, 1, 1), "1"):
    ...     pass
    Traceback (most recent call last):
    exactdyn.hunts.store.StoreError: no-such-folder/hunt: cannot be used: unable to open database file
    """
    with _naming(path):
        own = path.resolve()
        if own in _open:
            raise _in_use(path)
        _require_store(path)
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level="DEFERRED")
    with closing(connection):
        with _naming(path):
            _begin(path, connection, {"exactdyn": version, **request_data(request)})
        _open.add(own)
        try:
            yield Store(path, connection)
        finally:
            # Where somebody reads it the log stays, and the next hunt takes it in.
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA journal_mode = DELETE")
            _open.discard(own)


def stored_results(path: Path, request: Request, version: str) -> dict[Task, Result]:
    """Read the results that a store holds so far, also while a hunt is writing to it; nothing is changed.

    It may be a file, or in a folder, that this process may not write. Raises :class:`StoreError` as
    :func:`open_store` does, and if there is no such file.

    >>> stored_results(Path("no-such-hunt"), Request("norm-growth", "general", (), 2, 1, 1), "1")
    Traceback (most recent call last):
    exactdyn.hunts.store.StoreError: no-such-hunt: requires a store of hunts, got no such file
    """
    with _naming(path):
        if not path.exists():
            raise StoreError(f"{path}: requires a store of hunts, got no such file")
        if path.resolve() not in _open:
            _require_store(path)
        stored, rows = _read(path)
        _require_request(path, stored, {"exactdyn": version, **request_data(request)})
        return _results(rows)


def request_data(request: Request) -> dict[str, object]:
    """Return a request as data that JSON can hold, equal requests alike.

    >>> request_data(Request("norm-growth", "general", (), 2, 1, 3, dropped=frozenset({"distinct-tokens"})))
    ... # doctest: +ELLIPSIS
    {'statement': 'norm-growth', 'kind': 'general', 'given': [], ..., 'dropped': ['distinct-tokens'], ...}
    """
    members = {field.name: getattr(request, field.name) for field in fields(request)}
    members["dropped"] = sorted(request.dropped)
    # None where there is alpha alone: so it reads in stores from before there was more.
    members["system"] = None if request.system is None else system_document(request.system, request.count)
    return {name: encode(value) for name, value in members.items()}


def _require_store(path: Path) -> None:
    # Looked at without SQLite, which would leave files beside another program's database.
    if not path.exists():
        return
    if not path.is_file():
        raise StoreError(f"{path}: requires a file to store results in, got something else")
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        return
    if not header.startswith(_MAGIC) or len(header) < _HEADER:
        raise StoreError(f"{path}: requires a store of hunts, got a file that is no database")
    if int.from_bytes(header[_APPLICATION]) != APPLICATION:
        raise StoreError(f"{path}: requires a store of hunts, got another program's database")
    if (found := int.from_bytes(header[_USER_VERSION])) != VERSION:
        raise StoreError(f"{path}: requires a store of version {VERSION}, got version {found}")


def _begin(path: Path, connection: sqlite3.Connection, document: Mapping[str, object]) -> None:
    # A store at rest is one file. In a hunt it has a write-ahead log, so that others read it meanwhile; while
    # anybody has it open the log cannot be given up, which is how a second hunt is noticed. What a killed one
    # has left of a log is taken in here.
    connection.execute("PRAGMA journal_mode = DELETE")
    with connection:
        connection.execute("BEGIN EXCLUSIVE")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute("INSERT INTO request VALUES (?)", (json.dumps(document),))
        (text,) = connection.execute("SELECT document FROM request").fetchone()
    _require_request(path, text, document)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("SELECT count(*) FROM request").fetchone()  # from now on it is seen to be open


def _require_request(path: Path, text: str, document: Mapping[str, object]) -> None:
    stored = json.loads(text)
    for name in document:
        if stored.get(name) != document[name]:
            there, here = json.dumps(stored.get(name)), json.dumps(document[name])
            raise StoreError(f"{path}: holds another hunt: {name} is {there} there, {here} here")


def _read(path: Path) -> _Rows:
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", timeout=_PATIENCE, uri=True)
        ) as own:
            return _rows(own)
    except sqlite3.OperationalError as error:
        if _code(error) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
    # A killed hunt has left a log, which is taken in by who may write there; else in a copy of both.
    with TemporaryDirectory() as folder:
        copy = Path(folder, "store")
        for ending in ("", *_LOGS):
            if (part := path.with_name(path.name + ending)).exists():
                copyfile(part, copy.with_name(copy.name + ending))
        with closing(sqlite3.connect(copy)) as own:
            return _rows(own)


def _rows(connection: sqlite3.Connection) -> _Rows:
    with connection:
        connection.execute("BEGIN")  # both as of one moment
        (text,) = connection.execute("SELECT document FROM request").fetchone()
        return text, connection.execute("SELECT configuration, place, result FROM results").fetchall()


def _results(rows: list[tuple[int, str, str]]) -> dict[Task, Result]:
    # Of a hundred thousand texts most are equal to others.
    place, result = cache(_place), cache(_result)
    return {Task(index, place(own)): result(text) for index, own, text in rows}


def _place(text: str) -> Place:
    return tuple(json.loads(text))


def _written(result: Result) -> str:
    # What is as in an empty result is left out: most of a hundred thousand results are little more.
    members = {name: value for name, value in asdict(result).items() if value != _EMPTY[name]}
    return json.dumps(members, separators=(",", ":"))


def _result(text: str) -> Result:
    members = json.loads(text)
    members["below"] = tuple(map(tuple, members.get("below", ())))
    if members.get("size") is not None:
        members["size"] = tuple(members["size"])
    return Result(**members)


def _in_use(path: Path) -> StoreError:
    return StoreError(f"{path}: is in use: another hunt is writing to it; a summary reads it meanwhile")


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # without what extends it


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Whatever goes wrong with the file is told as an error of the store, with its name."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror or error}") from None
    except sqlite3.Error as error:
        if _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise _in_use(path) from None
        raise StoreError(f"{path}: cannot be used: {error}") from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path}: is damaged: {error}") from None
