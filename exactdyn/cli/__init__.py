"""The command line: one module a command in ``commands``, heavy libraries imported inside the command."""

from __future__ import annotations

import gc
from collections.abc import Sequence

YOUNG = 2_000_000
"""After so many new objects Python looks for unused cycles: matrices of a million numbers have none."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``exactdyn`` with these arguments (default: those of the process) and return the exit status.

    0 done, 1 a verdict that something is not so, 2 bad input or usage, 3 undecided, 70 an error of ours,
    130 interrupted, 141 nobody reads the output any more. Nothing is raised.

    Without ``arguments`` the process is taken for the command's own: what libraries print on stdout goes to
    stderr from here on. With them, everything is left as it is.

    >>> main(["run", "no-such-example"])
    2
    """
    try:
        # Imported here, so that Ctrl-C also ends quietly while Python is still loading.
        from exactdyn.cli.terminal.ending import guarded
    except KeyboardInterrupt:
        return 130
    return guarded(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    from exactdyn.cli.terminal.standard_output import take_stdout

    if arguments is None:
        take_stdout()
        gc.set_threshold(YOUNG, *gc.get_threshold()[1:])
    from exactdyn.cli.app import run_command  # which imports libraries, and they may print

    return run_command(arguments)
