"""The console on which tables for stdout are laid out."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from exactdyn.cli.terminal.standard_output import standard_output

UNBOUNDED = 10**6
"""The width of what is no terminal: nothing is folded for a width that nobody has."""


def stdout_console() -> Console:
    """Return a console to be captured: coloured and as wide as the terminal if stdout is one.

    >>> console = stdout_console()
    >>> console.width
    1000000
    """
    stream = standard_output()
    width = None if stream is not None and stream.isatty() else UNBOUNDED
    return Console(file=stream or StringIO(), width=width, markup=False, highlight=False, emoji=False)
