"""``python -m proofs_checks FILE...``: check certificates with nothing but Python.

The folder itself can be run as well, from anywhere: ``python /path/to/proofs_checks FILE...``.
"""

from __future__ import annotations

import sys
from pathlib import Path

if not __package__:  # the folder itself is run, and not as a package: only what is beside it is missing
    here = Path(__file__).resolve().parent
    sys.path[:] = [*(place for place in sys.path if Path(place).resolve() != here), str(here.parent)]

import os
import stat
from io import TextIOWrapper

from proofs_checks.format.errors import MalformedError, RejectedError, TooMuchWorkError
from proofs_checks.format.reading import TEXT_LIMIT
from proofs_checks.kernels import KERNELS, Kernel, KernelsDifferError, examine

USAGE = """usage: python -m proofs_checks FILE... [--patient] [--kernel NAME]
       python -m proofs_checks --proofs

Checks certificates; proofs_checks/FORMAT.md says how.
  --patient      check however long it takes, also what counts as too much work
  --kernel NAME  which program checks: handwritten (the default); verified, which was generated from
                 proofs in Coq and does not cover everything; or both, which must not differ
  --proofs       print where these proofs are

exit status: 0 all accepted, 1 a claim is wrong, 2 no certificate or too much work, 3 not all is covered
by the verified kernel, 70 not finished, or the kernels differ"""


def main(arguments: list[str]) -> int:
    """Check certificate files and return the exit status, the worst of them all."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may not know all characters
    if not arguments or {"-h", "--help"} & {*arguments}:
        print(USAGE)
        return 0 if arguments else 2
    if arguments == ["--proofs"]:
        print(Path(__file__).parent / "formal")
        return 0
    files, patient, kernel = _read(arguments)
    if not files or kernel not in KERNELS:
        got = ascii(kernel) if kernel not in KERNELS else "no file"
        allowed = "files and at most the options --patient and --kernel handwritten, verified or both"
        print(f"proofs_checks: requires {allowed}, got {got}", file=sys.stderr)
        return 2
    return max(_check_file(name, kernel, patient) for name in files)


def _read(arguments: list[str]) -> tuple[list[str], bool, str]:
    # Files, whether to be patient, and the kernel; an unknown option is returned in its place.
    files, patient, kernel, waiting = list[str](), False, "handwritten", iter(arguments)
    for argument in waiting:
        if argument == "--patient":
            patient = True
        elif argument == "--kernel":
            kernel = next(waiting, argument)
        elif argument.startswith("--kernel="):
            kernel = argument.removeprefix("--kernel=")
        elif argument.startswith("-"):
            return files, patient, argument
        else:
            files.append(argument)
    return files, patient, kernel


def _check_file(name: str, kernel: Kernel, patient: bool) -> int:
    shown = name if name.isprintable() else ascii(name)  # a file's name cannot add lines of its own
    try:
        report = examine(read_text(Path(name)), kernel, patient)
    except MalformedError as error:
        print(f"{shown}: malformed: {error}", file=sys.stderr)
        return 2
    except TooMuchWorkError as error:
        print(f"{shown}: too much work: {error}; --patient goes on", file=sys.stderr)
        return 2
    except RejectedError as error:
        print(f"{shown}: rejected: {error}", file=sys.stderr)
        return 1
    except KernelsDifferError as error:
        print(f"{shown}: the kernels differ, so one of them is wrong: {error}", file=sys.stderr)
        return 70
    if report.accepted:
        print(f"{shown}: accepted", *report.lines, sep="\n  ", flush=True)
    elif report.lines:
        print(f"{shown}: accepted but for what is not covered", *report.lines, sep="\n  ", flush=True)
    if report.not_covered:
        beyond = ", ".join(report.not_covered)
        print(f"{shown}: not covered by the verified kernel: {beyond}", file=sys.stderr)
    return 0 if report.accepted else 3


def read_text(path: Path) -> str:
    """Read the text of a certificate file; raises :class:`MalformedError` where that is impossible.

    Pipes and devices, which may never end, are not read.
    """
    try:
        # Opening a pipe that nobody writes to would wait for ever.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise MalformedError("cannot be read: requires a regular file, got a pipe or a device")
            return file.read(TEXT_LIMIT + 1).decode("utf-8")
    except UnicodeDecodeError:
        raise MalformedError("not UTF-8 text") from None
    except MalformedError:
        raise
    except (OSError, ValueError) as error:
        raise MalformedError(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # whoever read the answer has seen enough; Python must not flush to them again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except Exception as error:  # 1 is only ever a verdict
        print(f"not finished: {error!r}", file=sys.stderr)
        sys.exit(70)
