"""The verdicts on a run as a table for the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from exactdyn.cli.terminal.console import stdout_console
from exactdyn.cli.words.sentences import PLAIN, Notation, premise
from exactdyn.documents import Example
from exactdyn.statements.catalogue import said_of
from exactdyn.statements.theorem import Check
from exactdyn.verdict import Verdict

NAMES_WHOLE = 60
"""So many columns let names stay in one line; in a narrower terminal everything is folded."""

_COLOURS = {"holds": "green", "fails": "bold red", "undecided": "yellow"}


def verdict_table(example: Example, result: Check, notation: Notation = PLAIN, brief: bool = False) -> str:
    """Return the table of a check as text, coloured and as wide as the terminal if stdout is one.

    ``notation``: how numbers are written. ``brief``: names and verdicts alone.

    >>> from exactdyn.documents import load_example
    >>> from exactdyn.statements.theorem import check
    >>> example = load_example("collision-on-a-line")
    >>> print(verdict_table(example, check(example.run())).splitlines()[-1])
    no token is a leader
    """
    console = stdout_console()
    with console.capture() as captured:
        console.print(notation.head(example, result.run.layers))
        console.print(_table("hypothesis", result.hypotheses, notation, brief, console.width))
        console.print(_table("statement", result.statements, notation, brief, console.width))
        console.print(premise(result))
        console.print(notation.leaders(result.leaders, example.labels))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _table(kind: str, verdicts: Mapping[str, Verdict], notation: Notation, brief: bool, width: int) -> Table:
    heads = () if brief else ("why", "what it says")
    table = Table(kind, "verdict", *heads, box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    if width >= NAMES_WHOLE:
        table.columns[0].min_width = max(map(len, verdicts), default=None)
    for name, verdict in verdicts.items():
        more = () if brief else (notation.why(name, verdict), said_of(name))
        table.add_row(name, Text(verdict.outcome, _COLOURS[verdict.outcome]), *more)
    return table
