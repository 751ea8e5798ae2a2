"""The atlas in words: Markdown, LaTeX and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from exactdyn.cli.latex import MATHEMATICAL, escape
from exactdyn.cli.words import PLAIN, Notation
from exactdyn.example import Example
from exactdyn.example.document import read_document
from exactdyn.search.atlas import COLUMNS, ROWS, Atlas, Cell, Row
from exactdyn.theorem import QUESTIONS, STATEMENTS
from exactdyn.verdict import Verdict
from proofs_checks.catalogue import STATEMENTS as SAYS

THEOREM = "arXiv 2407.01602, Theorem 2.2"

LEGEND = {
    "fails": "a counterexample",
    "lemma": "a lemma excludes one, checked",
    "theorem": f"the theorem of {THEOREM.split(',')[0]} excludes one",
    "open": "none found",
    "meaningless": "not defined there",
}
"""What the outcomes mean."""


def atlas_data(atlas: Atlas) -> dict[str, object]:
    """Return the atlas as JSON data.

    >>> atlas_data({("symmetric", "norm-growth"): Cell("symmetric", "norm-growth", "open")})["cells"][0]["outcome"]
    'open'
    """
    rows = [{"name": row.name, "dropped": row.dropped, "kept": row.kept, "class": row.kind} for row in ROWS]
    cells = [asdict(cell) | _files(cell) for cell in atlas.values()]
    return {"rows": rows, "statements": list(COLUMNS), "cells": cells}


def read_cells(data: Mapping[str, object]) -> Atlas:
    """Return the atlas that :func:`atlas_data` wrote.

    >>> cells = {("symmetric", "norm-growth"): Cell("symmetric", "norm-growth", "open", searched="1 configuration")}
    >>> read_cells(atlas_data(cells)) == cells
    True
    """
    entries = data["cells"]
    assert isinstance(entries, list)
    names = Cell.__dataclass_fields__
    found = [Cell(**{name: entry[name] for name in names}) for entry in entries]
    return {(cell.row, cell.column): cell for cell in found}


def counterexample(cell: Cell) -> tuple[Example, Verdict] | None:
    """Return the counterexample of a cell and the verdict on its statement, computed again.

    >>> counterexample(Cell("symmetric", "norm-growth", "open")) is None
    True
    """
    if cell.example is None:
        return None
    example = read_document(cell.example, cell.name)
    return example, (STATEMENTS | QUESTIONS)[cell.column](example.run())


def atlas_markdown(atlas: Atlas, folder: str) -> Iterator[str]:
    """Yield the lines of the atlas in Markdown; ``folder``: where its files are, for the links.

    >>> lines = list(atlas_markdown({("nothing", "norm-growth"): Cell("nothing", "norm-growth", "open")}, "atlas"))
    >>> lines[0][:35]
    '| dropped | kept | hull-shrinkage |'
    """
    yield f"| dropped | kept | {' | '.join(COLUMNS)} |"
    yield f"| --- | --- |{' --- |' * len(COLUMNS)}"
    for row in ROWS:
        entries = [_markdown_cell(atlas.get((row.name, column)), folder) for column in COLUMNS]
        yield f"| **{row.dropped}** | {row.kept} | {' | '.join(entries)} |"
    yield ""
    for cell in atlas.values():
        shown = counterexample(cell)
        if shown is not None:
            yield f"- *{cell.column}* without *{_row(cell).dropped}*: {_sentence(PLAIN, cell, *shown)}"


def atlas_latex(atlas: Atlas) -> Iterator[str]:
    r"""Yield the lines of the atlas in LaTeX, with the packages amsmath, booktabs and graphicx.

    >>> next(atlas_latex({}))
    '% needs \\usepackage{amsmath, booktabs, graphicx}'
    """
    yield r"% needs \usepackage{amsmath, booktabs, graphicx}"
    yield r"\begin{table}"
    yield r"\centering"
    yield rf"\begin{{tabular}}{{l{'c' * len(COLUMNS)}}}"
    yield r"\toprule"
    heads = [rf"\rotatebox{{60}}{{{column}}}" for column in COLUMNS]
    yield f"dropped & {' & '.join(heads)} " + r"\\"
    yield r"\midrule"
    numbers = {cell.name: number for number, cell in enumerate(_failing(atlas), start=1)}
    for row in ROWS:
        entries = [_latex_cell(atlas.get((row.name, column)), numbers) for column in COLUMNS]
        yield f"{escape(row.dropped)} & {' & '.join(entries)} " + r"\\"
    yield r"\bottomrule"
    yield r"\end{tabular}"
    yield (
        r"\caption{What each hypothesis is for. A number: the counterexample below; $\checkmark$: excluded by a lemma; "
        rf"T: by {THEOREM}; ?: none found; --: not defined.}}"
    )
    yield r"\end{table}"
    yield r"\begin{enumerate}"
    for cell in _failing(atlas):
        shown = counterexample(cell)
        if shown is not None:
            yield rf"\item {escape(cell.column)} without {escape(_row(cell).dropped)}: {_sentence(MATHEMATICAL, cell, *shown)}"
    yield r"\end{enumerate}"


def _sentence(notation: Notation, cell: Cell, example: Example, verdict: Verdict) -> str:
    head = notation.head(example, example.layers).partition(": ")[2]
    tokens = example.run(0).start.rows()
    places = ", ".join(notation.vector(token) for token in tokens)
    sign = "$" if notation is MATHEMATICAL else ""
    return f"{head}, tokens {sign}{places}{sign}. {notation.why(cell.column, verdict)}."


def _failing(atlas: Atlas) -> list[Cell]:
    return [cell for cell in atlas.values() if cell.outcome == "fails"]


def _row(cell: Cell) -> Row:
    return next(row for row in ROWS if row.name == cell.row)


def _files(cell: Cell) -> dict[str, object]:
    certificate = f"{cell.name}.json" if cell.outcome in ("fails", "lemma") else None
    return {
        "files": {"example": f"{cell.name}.toml" if cell.outcome == "fails" else None, "certificate": certificate},
        "says": SAYS[cell.column].says,
    }


def _markdown_cell(cell: Cell | None, folder: str) -> str:
    if cell is None:
        return ""
    if cell.outcome == "fails" and cell.example is not None:
        tokens = cell.example["tokens"]
        assert isinstance(tokens, list)
        return f"**fails**: [{len(tokens)} in d = {len(tokens[0])}]({folder}/{cell.name}.toml), [proof]({folder}/{cell.name}.json)"
    if cell.outcome == "lemma":
        return f"holds: [{cell.lemma}]({folder}/{cell.name}.json)"
    return {"theorem": "holds: theorem", "open": "none found", "meaningless": "–"}[cell.outcome]


def _latex_cell(cell: Cell | None, numbers: Mapping[str, int]) -> str:
    if cell is None:
        return ""
    if cell.outcome == "fails":
        return str(numbers[cell.name])
    return {"lemma": r"$\checkmark$", "theorem": "T", "open": "?", "meaningless": "--"}[cell.outcome]
