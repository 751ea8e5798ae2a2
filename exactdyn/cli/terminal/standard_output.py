"""Standard output is ours alone: what a library prints goes to stderr, be it from Python or from C."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, redirect_stdout, suppress
from functools import wraps
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TextIO, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

STDOUT, STDERR = 1, 2
"""The file descriptors by which everything in a process, C included, knows these two."""

_NAMES = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")

_ours: TextIO | None = None
_theirs: TextIO | None = None

P = ParamSpec("P")
T = TypeVar("T")


def take_stdout() -> None:
    """Keep a private copy of descriptor 1 for what exactdyn prints, and point descriptor 1 at stderr.

    For a process that does nothing but run one command, before any library is imported. There is no way back:
    what C has buffered for descriptor 1 is written as the process ends, and a worker process inherits the
    descriptor. Nothing happens where somebody has put another stream in the place of stdout.

    A descriptor that was closed is opened on the null device. Otherwise the next file that is opened would
    get its number, and what a library prints would be written into that file.
    """
    global _ours, _theirs
    if sys.stderr is None:
        _point_at_nothing(STDERR)
    if sys.stdout is None:
        _point_at_nothing(STDOUT)
        return
    if _ours is not None or not _is_descriptor_one(sys.stdout):
        return
    with suppress(OSError):  # what was printed before; if it cannot be written, our own output will say so
        sys.stdout.flush()
    private = os.dup(STDOUT)  # no other process inherits it
    os.dup2(STDERR, STDOUT)
    # Like Python's own stdout it is left open when the stream goes.
    ours = os.fdopen(private, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    _ours, _theirs = ours, sys.stdout
    sys.__stdout__ = ours  # type: ignore[misc]  # whoever wants the terminal's width asks the second


def standard_output() -> TextIO | None:
    """Return the stream for what exactdyn prints; None if the process was started with stdout closed.

    >>> standard_output() is sys.stdout
    True
    """
    stream: TextIO | None = sys.stdout
    return stream if _ours is None else _ours


@contextmanager
def speaking() -> Iterator[None]:
    """Let ``print`` mean our stdout, which it does not once stdout is taken: for help and version.

    >>> with speaking():
    ...     print("usage")
    usage
    """
    with redirect_stdout(_ours) if _ours is not None else nullcontext():
        yield


def apart(command: Callable[P, T]) -> Callable[P, T]:
    """Return a function that does the same but in which ``print`` is again what it is to libraries.

    >>> apart(max)(1, 2)
    2
    """

    @wraps(command)
    def apart_from_libraries(*args: P.args, **kwargs: P.kwargs) -> T:
        with redirect_stdout(_theirs) if _theirs is not None else nullcontext():
            return command(*args, **kwargs)

    return apart_from_libraries


def names_stdout(path: Path) -> bool:
    """Return whether a path is a name of stdout that would open something else, now that it is taken.

    >>> names_stdout(Path("run.svg"))
    False
    """
    moved = _ours is not None or standard_output() is None
    return moved and os.path.abspath(path) in _NAMES  # noqa: PTH100 - links are not to be resolved


def _is_descriptor_one(stream: TextIO) -> bool:
    try:
        return stream is sys.__stdout__ and stream.fileno() == STDOUT
    except (OSError, ValueError, AttributeError):
        return False


def _point_at_nothing(descriptor: int) -> None:
    try:
        os.fstat(descriptor)
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        if nowhere != descriptor:
            os.close(nowhere)


UNBOUNDED = 10**6
"""The width of what is no terminal: nothing is folded for a width that nobody has."""


def stdout_console() -> Console:
    """Return a console to be captured: coloured and as wide as the terminal if stdout is one.

    >>> console = stdout_console()
    >>> console.width
    1000000
    """
    from rich.console import Console

    stream = standard_output()
    width = None if stream is not None and stream.isatty() else UNBOUNDED
    return Console(file=stream or StringIO(), width=width, markup=False, highlight=False, emoji=False)
