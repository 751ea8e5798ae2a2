"""Answers as tables, for notebooks and for papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from html import escape
from typing import TypeAlias

from exactdyn.cli.words.cells_latex import cells_latex
from exactdyn.cli.words.hunt import hunt_latex
from exactdyn.cli.words.latex import MATHEMATICAL, latex_table
from exactdyn.cli.words.sentences import PLAIN
from exactdyn.cli.words.softmax import verdicts_by_token
from exactdyn.cli.words.spectrum import rows_of
from exactdyn.documents.example import Example
from exactdyn.hunts.proof import counterexample
from exactdyn.limits import Limit
from exactdyn.notebook.answers import AskedHunt
from exactdyn.numbers.reading import Row
from exactdyn.numbers.shown import at_most, short
from exactdyn.parameters.cells import ParameterCells
from exactdyn.parameters.end import DIGITS
from exactdyn.presentation import Presentable
from exactdyn.softmax import Proof
from exactdyn.softmax.spectrum import AttentionSpectrum
from exactdyn.softmax.temperature.comparison import SoftmaxComparison
from exactdyn.statements.theorem import Check
from exactdyn.systems.run import Run

Cell: TypeAlias = str | Row
"""A text, or a point, whose numbers each notation writes in its own way."""

SHOWN = 120
"""Longest text of a cell, in characters."""

ROWS_SHOWN = 200
"""Most rows of a table: how many more there are stands in the last one."""


EXACT_LAYERS = 100
"""Up to this layer a table has exact numbers, whose digits grow with the layer."""


@dataclass(frozen=True)
class AnswerTable:
    """The rows that tell an answer, under a head; ``caption``: the answer in a line."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def html(self) -> str:
        """The table for a notebook.

        >>> AnswerTable("a < b", ("token",), (("0",),)).html
        '<p>a &lt; b</p><table><tr><th>token</th></tr><tr><td>0</td></tr></table>'
        """
        head = "".join(f"<th>{escape(name)}</th>" for name in self.head)
        rows = ("".join(f"<td>{escape(_plain(cell))}</td>" for cell in row) for row in self._shown)
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<p>{escape(self.caption)}</p><table><tr>{head}</tr>{body}</table>"

    @property
    def latex(self) -> str:
        r"""The table for a paper, with the packages amsmath and booktabs.

        >>> print(AnswerTable("a pair", ("token",), (("0",),)).latex.splitlines()[6])
        0 \\
        """
        lines = [
            r"% needs \usepackage{amsmath, booktabs}",
            r"\begin{table}",
            rf"\begin{{tabular}}{{{'l' * len(self.head)}}}",
            r"\toprule",
            " & ".join(map(MATHEMATICAL.text, self.head)) + r" \\",
            r"\midrule",
            *(" & ".join(map(_mathematical, row)) + r" \\" for row in self._shown),
            r"\bottomrule",
            r"\end{tabular}",
            rf"\caption{{{MATHEMATICAL.text(self.caption)}.}}",
            r"\end{table}",
        ]
        return "\n".join(lines) + "\n"

    @property
    def _shown(self) -> Iterator[tuple[Cell, ...]]:
        yield from self.rows[:ROWS_SHOWN]
        more = len(self.rows) - ROWS_SHOWN
        if more > 0:
            yield (f"and {more} more", *("" for _ in self.head[1:]))


def _plain(cell: Cell) -> str:
    return cell if isinstance(cell, str) else PLAIN.vector(cell)


def _mathematical(cell: Cell) -> str:
    return MATHEMATICAL.text(cell) if isinstance(cell, str) else f"${MATHEMATICAL.vector(cell)}$"


@singledispatch
def table_of(answer: Presentable) -> AnswerTable:
    """Return the table of an answer: its data, a row each, unless it is known better.

    >>> from exactdyn.floats.comparison import compare
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> table_of(compare(Hardmax(alpha=1).run([[1], ["1/2"]], 1))).rows[0]
    ('dtype', 'float64')
    """
    rows = ((name, _short(value)) for name, value in answer.to_dict().items())
    return AnswerTable(repr(answer), ("", "value"), tuple(rows))


@table_of.register
def _(answer: Run) -> AnswerTable:
    exact = answer.layers <= EXACT_LAYERS
    last = f"at layer {answer.layers}" + ("" if exact else ", rounded")
    leaders = answer.leaders
    places = answer.tokens(answer.layers) if exact else answer.floats(answer.layers).tolist()
    rows = (
        (
            _name(answer, token),
            str(leaders.get(token, "")),
            tuple(first),
            tuple(place) if exact else str(tuple(place)),
        )
        for token, (first, place) in enumerate(zip(answer.tokens(0), places, strict=True))
    )
    return AnswerTable(repr(answer), ("token", "leader from layer", "at layer 0", last), tuple(rows))


@table_of.register
def _(answer: Limit) -> AnswerTable:
    rows = (
        (_name(answer.trajectory.run, token), "none" if row is None else row)
        for token, row in enumerate(answer.limits or ())
    )
    return AnswerTable(repr(answer), ("token", "limit"), tuple(rows))


def _name(run: Run, token: int) -> str:
    return str(token) if run.labels is None else f"{token} ({run.labels[token]})"


@table_of.register
def _(answer: Proof) -> AnswerTable:
    if not answer.statements:
        return table_of.dispatch(Presentable)(answer)
    head = ("token", "statement", f"from time {PLAIN.number(answer.flow.time)} on")
    return AnswerTable(repr(answer), head, tuple(verdicts_by_token(answer)))


@table_of.register
def _(answer: SoftmaxComparison) -> AnswerTable:
    head = ("layer", "largest error at most", f"tokens within {short(answer.accuracy)}")
    rows = (
        (
            str(own.layer),
            at_most(max(own.errors)),
            f"{sum(error <= answer.accuracy for error in own.errors)} of {len(own.errors)}",
        )
        for own in answer.distances
    )
    return AnswerTable(repr(answer), head, tuple(rows))


@table_of.register
def _(answer: AttentionSpectrum) -> AnswerTable:
    head = ("time", "head", "rank", "numerical rank", "largest eigenvalues", "smallest singular value")
    return AnswerTable(repr(answer), head, tuple(rows_of(answer)))


@singledispatch
def latex_of(answer: Presentable) -> str:
    r"""Return an answer as LaTeX: the table, unless the command line knows better.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> print(latex_of(Hardmax(alpha=1).run([[1]])).splitlines()[1])
    \begin{table}
    """
    return table_of(answer).latex


@latex_of.register
def _(answer: Check) -> str:
    return latex_table("run", answer)


@latex_of.register
def _(answer: ParameterCells) -> str:
    return cells_latex(Example("cells", "", None, answer.line.tokens[0]), answer, DIGITS)


@latex_of.register
def _(answer: AskedHunt) -> str:
    found = answer.example
    if found is None:
        return table_of(answer).latex
    return hunt_latex(counterexample(answer.request, found))


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 3]}..."
