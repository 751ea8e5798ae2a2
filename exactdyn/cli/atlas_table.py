"""The atlas in words: Markdown, LaTeX and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, cast

from exactdyn.cli.hunt_words import facts
from exactdyn.cli.latex import MATHEMATICAL, escape
from exactdyn.cli.words import PLAIN, Notation
from exactdyn.example.document import read_document
from exactdyn.plot import Sketch
from exactdyn.search.atlas import COLUMNS, ROWS, Atlas, Cell, row_of, shown
from exactdyn.search.counterexample import Counterexample
from proofs_checks.catalogue import STATEMENTS as SAYS

THEOREM = "arXiv 2407.01602, Theorem 2.2"

LEGEND = {
    "fails": "a counterexample",
    "lemma": "a lemma excludes one, checked",
    "theorem": f"the theorem of {THEOREM.split(',')[0]} excludes one",
    "open": "none found",
}
"""What the outcomes mean."""


def atlas_data(atlas: Atlas) -> dict[str, object]:
    """Return the atlas as JSON data.

    >>> cells = {("symmetric", "norm-growth"): Cell("symmetric", "norm-growth", "open")}
    >>> atlas_data(cells)["cells"][0]["outcome"]
    'open'
    """
    complete = len(atlas) == len(ROWS) * len(COLUMNS)
    rows = [{"name": row.name, "dropped": row.dropped, "kept": row.kept, "class": row.kind} for row in ROWS]
    cells = [asdict(cell) | _files(cell) for cell in atlas.values()]
    return {"complete": complete, "rows": rows, "statements": list(COLUMNS), "cells": cells}


def read_cells(data: Mapping[str, object]) -> Atlas:
    """Return the atlas that :func:`atlas_data` wrote.

    >>> cells = {("symmetric", "norm-growth"): Cell("symmetric", "norm-growth", "open", searched=("1 hunt",))}
    >>> read_cells(atlas_data(cells)) == cells
    True
    """
    entries = cast("list[dict[str, Any]]", data["cells"])
    names = Cell.__dataclass_fields__
    found = [
        Cell(**{name: entry[name] for name in names} | {"searched": tuple(entry["searched"])})
        for entry in entries
    ]
    return {(cell.row, cell.column): cell for cell in found}


def sketch(cell: Cell) -> Sketch:
    """Return what the picture shows of a cell.

    >>> sketch(Cell("symmetric", "norm-growth", "open")).words
    'none found'
    """
    found = shown(cell)
    if found is None:
        words = {"lemma": f"lemma\n{cell.lemma}", "theorem": "theorem"}.get(cell.outcome, "none found")
        return Sketch(cell.outcome, words)
    count, dimension = len(found.trial.tokens), len(found.trial.A)
    witness = found.verdict.witness or {}
    token = witness.get("token", witness.get("tokens"))
    marked = token[0] if isinstance(token, list) else token
    words = f"{count} token{'s' * (count > 1)}, d = {dimension}"
    return Sketch(cell.outcome, words, found.trial.run(), marked if isinstance(marked, int) else None)


def atlas_lines(atlas: Atlas) -> Iterator[str]:
    """Yield what ``atlas`` prints: one line a cell.

    >>> list(atlas_lines({("symmetric", "norm-growth"): Cell("symmetric", "norm-growth", "open")}))
    ['norm-growth without symmetric: none found']
    """
    for cell in atlas.values():
        found = shown(cell)
        if found is not None:
            what = _sentence(PLAIN, found)
        elif cell.lemma is not None:
            what = f"holds, by lemma {cell.lemma}"
        else:
            what = f"holds, by {THEOREM}" if cell.outcome == "theorem" else "none found"
        yield f"{cell.column} without {row_of(cell).dropped}: {what}"


def atlas_markdown(atlas: Atlas, folder: str) -> Iterator[str]:
    """Yield the lines of the atlas in Markdown; ``folder``: where its files are, for the links.

    >>> next(atlas_markdown({}, "atlas"))[:35]
    '| dropped | kept | hull-shrinkage |'
    """
    yield f"| dropped | kept | {' | '.join(COLUMNS)} |"
    yield f"| --- | --- |{' --- |' * len(COLUMNS)}"
    for row in ROWS:
        entries = [_markdown_cell(atlas.get((row.name, column)), folder) for column in COLUMNS]
        yield f"| **{row.dropped}** | {row.kept} | {' | '.join(entries)} |"
    yield ""
    for cell in atlas.values():
        found = shown(cell)
        if found is not None:
            yield f"- *{cell.column}* without *{row_of(cell).dropped}*: {_sentence(PLAIN, found)}"


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
        r"\caption{What each hypothesis is for. A number: the counterexample below; "
        rf"$\checkmark$: excluded by a lemma; T: by {THEOREM}; ?: none found.}}"
    )
    yield r"\end{table}"
    yield r"\begin{enumerate}"
    for cell in _failing(atlas):
        found = shown(cell)
        if found is not None:
            dropped = escape(row_of(cell).dropped)
            yield rf"\item {cell.column} without {dropped}: {_sentence(MATHEMATICAL, found)}"
    yield r"\end{enumerate}"


def _sentence(notation: Notation, found: Counterexample) -> str:
    head, tokens, why, _ = facts(found, notation)
    return f"{head.partition(': ')[2]}; {tokens}. {why[0].upper()}{why[1:]}."


def _failing(atlas: Atlas) -> list[Cell]:
    return [cell for cell in atlas.values() if cell.outcome == "fails"]


def _files(cell: Cell) -> dict[str, object]:
    certificate = f"{cell.name}.json" if cell.outcome in ("fails", "lemma") else None
    return {
        "files": {
            "example": f"{cell.name}.toml" if cell.outcome == "fails" else None,
            "certificate": certificate,
        },
        "says": SAYS[cell.column].says,
    }


def _markdown_cell(cell: Cell | None, folder: str) -> str:
    if cell is None:
        return ""
    if cell.outcome == "fails" and cell.example is not None:
        count, dimension = read_document(cell.example, cell.name).shape
        example = f"[{count} token{'s' * (count > 1)}, d = {dimension}]({folder}/{cell.name}.toml)"
        return f"**fails**: {example}, [proof]({folder}/{cell.name}.json)"
    if cell.outcome == "lemma":
        return f"holds: [{cell.lemma}]({folder}/{cell.name}.json)"
    return {"theorem": "holds: theorem", "open": "none found"}[cell.outcome]


def _latex_cell(cell: Cell | None, numbers: Mapping[str, int]) -> str:
    if cell is None:
        return ""
    if cell.outcome == "fails":
        return str(numbers[cell.name])
    return {"lemma": r"$\checkmark$", "theorem": "T", "open": "?"}[cell.outcome]
