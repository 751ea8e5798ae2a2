"""How a command ends: its exit status, and one line on stderr if something is wrong."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path

from exactdyn.cli.terminal.output import drop_output
from exactdyn.errors import ExactdynError

FAILS, BAD_INPUT, UNDECIDED, INTERNAL_ERROR, INTERRUPTED, PIPE_CLOSED = 1, 2, 3, 70, 130, 141

TRACEBACK_VARIABLE = "EXACTDYN_TRACEBACK"
"""The environment variable that asks for the traceback of an internal error."""


def guarded(action: Callable[[], int]) -> int:
    """Run a command to its end, whatever happens, and return the exit status.

    ``action`` returns a status of its own. An :class:`~exactdyn.errors.ExactdynError` and an OSError are
    reported as bad input, everything else as an internal error, Ctrl-C and a closed pipe not at all.

    >>> guarded(lambda: 3), guarded(lambda: 1 // 0)
    (3, 70)
    """
    try:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # all documents are UTF-8
        return action()
    except KeyboardInterrupt:
        drop_output()
        return INTERRUPTED
    except BrokenPipeError:
        drop_output()
        return PIPE_CLOSED
    except OSError as error:
        drop_output()
        complain(f"exactdyn: {error}")
        return BAD_INPUT
    except ExactdynError as error:
        complain(f"exactdyn: {error}")
        return BAD_INPUT
    except Exception as error:
        _report(error)
        return INTERNAL_ERROR


def complain(message: str) -> None:
    """Print one line on stderr, if there is somebody to read it.

    >>> complain("exactdyn: nothing: no such example")
    """
    with suppress(OSError, ValueError):
        if sys.stderr is not None:  # print would turn to stdout
            print(one_line(message), file=sys.stderr, flush=True)


_held: list[str] | None = None


def note(message: str) -> None:
    """Print one line on stderr about an answer; within :func:`notes_held` it waits until there is one.

    >>> note("exactdyn: a.toml: labels play no part in hunt")
    """
    if _held is None:
        complain(message)
    else:
        _held.append(message)


@contextmanager
def notes_held() -> Iterator[None]:
    """Say what is noted within at the end, and nothing of it where there is no answer: a refusal is one line.

    >>> with notes_held():
    ...     note("exactdyn: a.toml: labels play no part in hunt")
    """
    global _held
    _held = []
    try:
        yield
        for message in _held:
            complain(message)
    finally:
        _held = None


def say_unwritten(why: str, *files: Path | None) -> None:
    """Say on stderr of files that were asked for, None where not, that they are not written, and why.

    >>> say_unwritten("nothing is proved", None)
    """
    asked = [str(file) for file in files if file is not None]
    if asked:
        complain(f"exactdyn: {' and '.join(asked)}: not written, as {why}")


def one_line(text: str) -> str:
    r"""Return a text as one line: line breaks become spaces, what cannot be printed its escape.

    >>> one_line("bad\nname \x1b[1m.toml")
    'bad name \\x1b[1m.toml'
    """
    joined = re.sub(r"\s*[\r\n]\s*", " ", text.strip())
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in joined)


def _report(error: Exception) -> None:
    if os.environ.get(TRACEBACK_VARIABLE):
        import traceback

        traceback.print_exception(error)
    complain(
        f"exactdyn: internal error ({type(error).__name__}: {error}): this is a bug, please report it "
        "with the issues of the repository that you have exactdyn from: the command, its input and what it "
        f"prints with {TRACEBACK_VARIABLE}=1 set"
    )
