"""The verdicts on a run as a table for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from exactdyn.cli.terminal.standard_output import stdout_console
from exactdyn.cli.words.in_brief import SHOWN, is_brief, said_of_brief, tokens_in_brief
from exactdyn.cli.words.sentences import PLAIN, Notation, beside_publication, premise
from exactdyn.documents import Example
from exactdyn.statements.catalogue import said_of
from exactdyn.statements.theorem import Check
from exactdyn.verdict import Verdict

NAMES_WHOLE = 60
"""So many columns let names stay in one line; in a narrower terminal everything is folded."""

LONGEST_WHY = 160
"""So many characters of a reason are shown where answers are cut."""

_COLOURS = {"holds": "green", "fails": "bold red", "undecided": "yellow"}


def verdict_table(
    example: Example, result: Check, notation: Notation = PLAIN, brief: bool | None = None
) -> str:
    """Return the table of a check as text, coloured and as wide as the terminal if stdout is one.

    ``notation``: how numbers are written. ``brief``: names and verdicts alone; False: all; None: all, but
    beyond some thousand numbers long reasons are cut, and the first leaders named alone.

    >>> from exactdyn.documents import load_example
    >>> from exactdyn.statements.theorem import check
    >>> example = load_example("collision-on-a-line")
    >>> print(verdict_table(example, check(example.run())).splitlines()[-1])
    no token is a leader at these layers
    """
    console, short = stdout_console(), is_brief(example, brief)
    why = None if brief else partial(_why, notation, short)
    with console.capture() as captured:
        console.print(notation.head(example, result.run.layers))
        console.print(_table("hypothesis", result.hypotheses, why, console.width))
        console.print(_table("statement", result.statements, why, console.width))
        for line in (premise(result), *beside_publication(result)):
            console.print(line)
        if short and len(result.leaders) > SHOWN:
            console.print(f"leaders: {tokens_in_brief(sorted(result.leaders))}")
        else:
            console.print(notation.leaders(result.run, example.labels))
        if short and brief is None:
            console.print(said_of_brief(example))
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def _why(notation: Notation, short: bool, name: str, verdict: Verdict) -> str:
    told = notation.why(name, verdict)
    return f"{told[:LONGEST_WHY]} ..." if short and len(told) > LONGEST_WHY else told


def _table(
    kind: str, verdicts: Mapping[str, Verdict], why: Callable[[str, Verdict], str] | None, width: int
) -> Table:
    heads = () if why is None else ("why", "what it says")
    table = Table(kind, "verdict", *heads, box=SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        column.overflow = "fold"
    if width >= NAMES_WHOLE:
        table.columns[0].min_width = max(map(len, verdicts), default=None)
    for name, verdict in verdicts.items():
        more = () if why is None else (why(name, verdict), said_of(name))
        table.add_row(name, Text(verdict.outcome, _COLOURS[verdict.outcome]), *more)
    return table
