"""A file that keeps a hunt: what was asked, and every result at once (SQLite)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from pathlib import Path

from exactdyn.certificates.envelope import encode
from exactdyn.documents.written_system import system_document
from exactdyn.errors import InputError
from exactdyn.hunts.request import Request, Result, Task

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
_MAGIC, _HEADER, _USER_VERSION, _APPLICATION = b"SQLite format 3\0", 100, slice(60, 64), slice(68, 72)


class StoreError(InputError):
    """A store cannot be used: it is something else, holds another hunt, is in use, or cannot be written."""


class Store:
    """The results of one request, in a file of their own, each written before the next is awaited.

    A process that is killed loses only the tasks it was at. While a store is open nobody else can open it.
    :func:`open_store` makes one.
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
            rows = self._connection.execute("SELECT configuration, place, result FROM results")
            return {Task(index, tuple(json.loads(place))): _result(text) for index, place, text in rows}

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
        row = (task.index, json.dumps(task.place), json.dumps(asdict(result), separators=(",", ":")))
        with _naming(self._path), self._connection:
            # Whoever was broken off just after writing a result does not know of it, and writes it again.
            self._connection.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", row)


@contextmanager
def open_store(path: Path, request: Request, version: str) -> Iterator[Store]:
    """Open the store of a hunt, or make one, and close it again.

    ``version``: that of exactdyn; results of another one may belong to another tree of cases. Raises
    :class:`StoreError` if the file is no store, holds another request or other versions' results, is open
    elsewhere or cannot be written; then it is left as it was.

    >>> with open_store(Path("no-such-folder", "hunt"), Request("norm-growth", "general", (), 2, 1, 1), "1"):
    ...     pass
    Traceback (most recent call last):
    exactdyn.hunts.store.StoreError: no-such-folder/hunt: cannot be used: unable to open database file
    """
    document = {"exactdyn": version, **request_data(request)}
    with _naming(path):
        _require_store(path)
        journal_left = path.with_name(f"{path.name}-journal").exists()
        connection = sqlite3.connect(path, timeout=0, isolation_level="DEFERRED")
    with closing(connection):
        with _naming(path):
            _begin(path, connection, document, journal_left)
        yield Store(path, connection)


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


def _begin(
    path: Path, connection: sqlite3.Connection, document: Mapping[str, object], journal_left: bool
) -> None:
    # An exclusive lock that the system takes back when the process ends, however it ends. And the default
    # journal, not the write-ahead log: after each commit the one file holds everything.
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    with connection:
        connection.execute("BEGIN EXCLUSIVE")
        if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute("INSERT INTO request VALUES (?)", (json.dumps(document),))
        (text,) = connection.execute("SELECT document FROM request").fetchone()
    stored = json.loads(text)
    for name in document:
        if stored.get(name) != document[name]:
            there, here = json.dumps(stored.get(name)), json.dumps(document[name])
            raise StoreError(f"{path}: holds another hunt: {name} is {there} there, {here} here")
    if journal_left:
        # A journal that a killed process has left goes with the next one, so there must be a next one.
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _result(text: str) -> Result:
    members = json.loads(text)
    members["below"] = tuple(map(tuple, members["below"]))
    members["size"] = None if members["size"] is None else tuple(members["size"])
    return Result(**members)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Whatever goes wrong with the file is told as an error of the store, with its name."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: cannot be opened: {error.strerror or error}") from None
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StoreError(f"{path}: is in use: another hunt is writing to it") from None
        raise StoreError(f"{path}: cannot be used: {error}") from None
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        if isinstance(error, StoreError):
            raise
        raise StoreError(f"{path}: is damaged: {error}") from None
