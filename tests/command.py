"""Running the command line as a user does, in a process of its own, or faster, in this one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from exactdyn.cli import main

ENVIRONMENT = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
ENVIRONMENT |= {"TERM": "xterm", "COLUMNS": "200"}


def exactdyn(
    *arguments: object, folder: Path | None = None, **settings: object
) -> subprocess.CompletedProcess[str]:
    """Run ``exactdyn`` with these arguments in a folder."""
    return python("-m", "exactdyn", *arguments, folder=folder, **settings)


def inside(*arguments: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``exactdyn`` with these arguments in this process, where starting one is not the point."""
    words = [str(argument) for argument in arguments]
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err), chdir(folder or Path.cwd()):
        status = main(words)
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


def printed(*arguments: object, status: int = 0, folder: Path | None = None) -> str:
    """Return what ``exactdyn`` prints in this process, with this exit status and nothing on stderr."""
    done = inside(*arguments, folder=folder)
    assert (done.returncode, done.stderr) == (status, "")
    return done.stdout


def python(
    *arguments: object, folder: Path | None = None, **settings: object
) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in a folder; its output is captured unless the settings say where."""
    standard = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "env": ENVIRONMENT, "timeout": 120}
    return subprocess.run(
        [sys.executable, *map(str, arguments)], cwd=folder, text=True, encoding="utf-8", **standard | settings
    )


def started(*arguments: object, folder: Path) -> subprocess.Popen[str]:
    """Start Python with these arguments in a folder, as a group of processes that hears Ctrl-C."""
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that starts a job in the background makes it deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        start_new_session=True,  # Ctrl-C is for all processes of a group
    )


def interrupted(program: str, said: str, *arguments: object, folder: Path) -> tuple[int, str, str]:
    """Ctrl-C a program when it has said something on stderr: its status, and what it prints after that."""
    process = started("-c", program, *arguments, folder=folder)
    assert process.stderr is not None
    assert process.stderr.readline() == f"{said}\n"
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)
    return process.returncode, out, errors


def wait_until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is true, which has to be before so many seconds have passed."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def assert_refused(process: subprocess.CompletedProcess[str], *words: str) -> None:
    """Bad input: status 2, nothing on stdout, one line on stderr with these words in it."""
    assert process.returncode == 2
    assert not process.stdout
    assert process.stderr.endswith("\n")
    assert process.stderr.count("\n") == 1
    assert [word for word in words if word not in process.stderr] == []


def everything(terminal: int) -> bytes:
    """Return all that was written to a terminal."""
    with os.fdopen(terminal, "rb", buffering=0) as stream:
        pieces = []
        try:
            while piece := stream.read(4096):
                pieces.append(piece)
        except OSError:  # Linux reports the end of a terminal as an error
            pass
        return b"".join(pieces)
