"""What a command writes: text and JSON to stdout, and files, each replaced as a whole or left as it was."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO, TypeAlias

from exactdyn.cli.terminal.standard_output import names_stdout, standard_output
from exactdyn.errors import ExactdynError, InputError


class OutputError(ExactdynError):
    """An output cannot be written."""


def print_text(text: str) -> None:
    r"""Print a text to stdout as it is.

    Raises :class:`OutputError` if stdout is closed or its disk full; BrokenPipeError if nobody reads it.

    >>> print_text("layer 0\n")
    layer 0
    """
    print_pieces([text])


def print_lines(lines: Iterable[str]) -> None:
    """Print lines to stdout once all are known; raises as :func:`print_text` does.

    >>> print_lines(["layer 0", "layer 1"])
    layer 0
    layer 1
    """
    print_text("".join(f"{line}\n" for line in lines))


def print_pieces(pieces: Iterable[str]) -> None:
    """Print pieces of text to stdout, one at a time; raises as :func:`print_text` does.

    >>> print_pieces(str(layer) for layer in range(3))
    012
    """
    stream = _open_stdout()
    try:
        for piece in pieces:
            stream.write(piece)
        stream.flush()  # a full disk shows here
    except BrokenPipeError:
        raise
    except OSError as error:
        drop_output()
        raise OutputError(f"standard output: cannot be written: {error.strerror}") from None


def print_json(document: object) -> None:
    """Print a JSON document to stdout; raises as :func:`print_text` does.

    >>> print_json({"examples": []})
    {"examples": []}
    """
    print_text(json.dumps(document, allow_nan=False) + "\n")


def drop_output() -> None:
    """Give up what is still buffered for stdout.

    Python would try to write it once more when it exits, and where that fails again print a traceback and
    change the exit status.

    >>> drop_output()  # where stdout is no file there is nothing to give up
    """
    stream = standard_output()
    if stream is None:
        return
    with suppress(OSError, ValueError, AttributeError):  # it is no file
        stdout = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stdout)
        os.close(nowhere)


FilesRead: TypeAlias = Iterable[str | Path | None]
"""What is read, as it was named: files, built-in examples, None for what was not given."""


def require_picture_name(path: Path | None) -> None:
    """Raise :class:`~exactdyn.errors.InputError` for a picture whose name does not end as pictures do.

    None stands for a picture that was not asked for.

    >>> require_picture_name(Path("run.txt"))
    Traceback (most recent call last):
    exactdyn.errors.InputError: run.txt: ...
    """
    if path is not None:
        from exactdyn.pictures import format_of

        format_of(path)


def require_own_names(*paths: Path | None) -> None:
    """Raise :class:`~exactdyn.errors.InputError` where two files are one: the second would replace the first.

    None stands for a file that was not asked for. Devices, such as the null device, take any number.

    >>> require_own_names(Path("a.json"), None, Path("a.v"), Path("./a.json"))
    Traceback (most recent call last):
    exactdyn.errors.InputError: a.json: requires a name of its own for every file, got it twice
    """
    seen: set[str] = set()
    for path in paths:
        if path is None:
            continue
        with _naming(path):
            place = os.path.realpath(path)
            if place in seen and not _is_device(path):
                raise InputError(f"{path}: requires a name of its own for every file, got it twice")
            seen.add(place)


def require_writable(*paths: Path | None, read: FilesRead = ()) -> None:
    """Raise :class:`OutputError` if a file cannot be written, before work is put into what it is to hold.

    None stands for an output that was not asked for. ``read``: what is read, as it was named. Raises
    :class:`~exactdyn.errors.InputError` where two outputs are one file, or one is a file that is read.

    >>> require_writable(Path("."))
    Traceback (most recent call last):
    exactdyn.cli.terminal.output.OutputError: .: requires a file to write to, got a directory
    """
    named = (name for name in read if name is not None and os.path.isfile(name))  # noqa: PTH113
    require_own_names(*map(Path, {os.path.realpath(name) for name in named}), *paths)
    for path in paths:
        if path is not None:
            _require_writable(path)


def _require_writable(path: Path) -> None:
    with _naming(path):
        if names_stdout(path):
            _open_stdout()
            return
        if path.is_dir():
            raise OutputError(f"{path}: requires a file to write to, got a directory")
        if path.exists() and not os.access(path, os.W_OK):
            raise OutputError(f"{path}: cannot be written: it is read-only")
        if not _is_device(path):
            part = _part(path)
            part.touch(exist_ok=False)
            part.unlink()


def write_file(path: Path, data: bytes) -> None:
    """Write a file: an existing one is replaced as a whole, or, whatever happens, left as it was.

    A device or a pipe is written to, stdout among them. Raises :class:`OutputError` if that is impossible.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     write_file(Path(folder, "a.txt"), b"text")
    ...     Path(folder, "a.txt").read_bytes()
    b'text'
    """
    with _naming(path):
        if names_stdout(path):
            _write_to_stdout(data)
        elif _is_device(path):
            path.write_bytes(data)
        else:
            _replace(path, data)


def _open_stdout() -> TextIO:
    stream = standard_output()
    if stream is None:
        raise OutputError("standard output: requires an open stream, got a closed one")
    return stream


def _write_to_stdout(data: bytes) -> None:
    stream = _open_stdout()
    stream.flush()
    with os.fdopen(stream.fileno(), "wb", closefd=False) as file:
        file.write(data)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are not there; raises as :func:`write_file` does.

    >>> make_folder(Path("."))
    """
    with _naming(path):
        path.mkdir(parents=True, exist_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror or error}") from None


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file()


def _part(path: Path) -> Path:
    # Beside the file that is meant, not beside a link to it: only there can it take the file's place.
    return Path(os.path.realpath(path)).with_name(f".exactdyn-{os.urandom(8).hex()}.part")


def _replace(path: Path, data: bytes) -> None:
    # Written beside it and moved into its place, which is one step: a crash leaves one or the other, whole.
    part = _part(path)
    try:
        with part.open("xb") as file:
            if path.exists():
                part.chmod(path.stat().st_mode & 0o7777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(os.path.realpath(path))
    finally:
        part.unlink(missing_ok=True)
