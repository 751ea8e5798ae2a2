"""The atlas in words: Markdown, LaTeX and JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, cast

from exactdyn.cli.words.hunt import facts
from exactdyn.cli.words.latex import MATHEMATICAL
from exactdyn.cli.words.sentences import PLAIN, Notation
from exactdyn.documents.example import read_document
from exactdyn.hunts.atlas import ROWS, Atlas, Cell, Row, row_of
from exactdyn.hunts.shrinking.counterexample import Counterexample
from exactdyn.numbers.shown import counted
from exactdyn.pictures import Sketch
from exactdyn.statements.catalogue import CATALOGUE

LEGEND = {
    "fails": "a counterexample",
    "lemma": "a lemma excludes one, checked",
    "partly": "one does for rank at most 2, none found beyond",
    "open": "none found",
}
"""What the outcomes mean."""


def atlas_data(atlas: Atlas) -> dict[str, object]:
    """Return the atlas as JSON data.

    >>> atlas = Atlas(cells=(Cell("symmetric", "norm-growth", "open"),))
    >>> atlas_data(atlas)["cells"][0]["outcome"]
    'open'
    """
    rows = [{"name": row.name, "dropped": row.dropped, "kept": row.kept, "class": row.kind} for row in ROWS]
    statements = {column: CATALOGUE[column].says for column in atlas.columns}
    cells = [asdict(cell) | {"files": files(cell)} for cell in atlas.cells]
    return {"complete": atlas.complete, "rows": rows, "statements": statements, "cells": cells}


def read_atlas(data: Mapping[str, object]) -> Atlas:
    """Return the atlas that :func:`atlas_data` wrote.

    >>> atlas = Atlas(cells=(Cell("symmetric", "norm-growth", "open", searched=("1 hunt",)),))
    >>> read_atlas(atlas_data(atlas)) == atlas
    True
    """
    entries = cast("list[dict[str, Any]]", data["cells"])
    names = Cell.__dataclass_fields__
    cells = (
        Cell(**{name: entry[name] for name in names} | {"searched": tuple(entry["searched"])})
        for entry in entries
    )
    return Atlas(tuple(cast("dict[str, str]", data["statements"])), tuple(cells))


def files(cell: Cell) -> dict[str, str]:
    """Return the names of a cell's files.

    >>> files(Cell("nothing", "norm-growth", "lemma"))
    {'certificate': 'norm-growth-without-nothing.json'}
    """
    proved = ("certificate",)
    named = {"fails": ("example", *proved), "lemma": proved, "partly": proved}.get(cell.outcome, ())
    return {kind: cell.name + {"example": ".toml", "certificate": ".json"}[kind] for kind in named}


def sketch(cell: Cell) -> Sketch:
    """Return what the picture shows of a cell.

    >>> sketch(Cell("symmetric", "norm-growth", "open")).words
    'none found'
    """
    found = cell.counterexample
    if found is None:
        known = {"lemma": f"lemma\n{cell.lemma}", "partly": "open from rank 3 on"}
        return Sketch(cell.outcome, known.get(cell.outcome, "none found"))
    count, dimension = len(found.trial.tokens), len(found.trial.A)
    witness = found.verdict.witness or {}
    token = witness.get("token", witness.get("tokens"))
    marked = token[0] if isinstance(token, list) else token
    words = f"{counted(count, 'token')}, d = {dimension}"
    return Sketch(cell.outcome, words, found.trial.run(), marked if isinstance(marked, int) else None)


def atlas_lines(atlas: Atlas) -> Iterator[str]:
    """Yield what ``atlas`` prints: one line a cell.

    >>> list(atlas_lines(Atlas(cells=(Cell("symmetric", "norm-growth", "open"),))))
    ['norm-growth without symmetric: none found']
    """
    for cell in atlas.cells:
        yield f"{cell.column} without {row_of(cell).dropped}: {_known(cell)}"


def atlas_table(atlas: Atlas, folder: str) -> Iterator[str]:
    """Yield the lines of the table in Markdown; ``folder``: where its files are, for the links.

    >>> next(atlas_table(Atlas(), "atlas"))[:35]
    '| dropped | kept | hull-shrinkage |'
    """
    yield f"| dropped | kept | {' | '.join(atlas.columns)} |"
    yield f"| --- | --- |{' --- |' * len(atlas.columns)}"
    for row in ROWS:
        entries = [_markdown_cell(atlas.cell(row, column), folder) for column in atlas.columns]
        yield f"| **{row.dropped}** | {row.kept} | {' | '.join(entries)} |"


def atlas_markdown(atlas: Atlas) -> Iterator[str]:
    """Yield the lines of a page: the table, then cell by cell what is known.

    >>> list(atlas_markdown(Atlas(cells=(Cell("symmetric", "norm-growth", "open"),))))[-1]
    '- *norm-growth* without *symmetric*: none found'
    """
    yield from atlas_table(atlas, ".")
    yield ""
    for cell in atlas.cells:
        yield f"- *{cell.column}* without *{row_of(cell).dropped}*: {_known(cell)}"


def atlas_latex(atlas: Atlas) -> Iterator[str]:
    r"""Yield the lines of the atlas in LaTeX, with the packages amsmath, booktabs and graphicx.

    >>> next(atlas_latex(Atlas()))
    '% needs \\usepackage{amsmath, amssymb, booktabs, graphicx}'
    """
    yield r"% needs \usepackage{amsmath, amssymb, booktabs, graphicx}"
    yield r"\begin{table}"
    yield r"\centering"
    yield rf"\begin{{tabular}}{{l{'c' * len(atlas.columns)}}}"
    yield r"\toprule"
    heads = [rf"\rotatebox{{60}}{{{column}}}" for column in atlas.columns]
    yield f"dropped & {' & '.join(heads)} " + r"\\"
    yield r"\midrule"
    numbers = {cell.name: number for number, cell in enumerate(_failing(atlas), start=1)}
    for row in ROWS:
        entries = [_latex_cell(atlas.cell(row, column), numbers) for column in atlas.columns]
        yield f"{_dropped(row)} & {' & '.join(entries)} " + r"\\"
    yield r"\bottomrule"
    yield r"\end{tabular}"
    yield (
        r"\caption{What each hypothesis is for. A number: the counterexample below; "
        r"$\checkmark$: excluded by a lemma; $\checkmark_2$: for rank at most 2, open beyond; ?: none found.}"
    )
    yield r"\end{table}"
    yield r"\begin{enumerate}"
    for cell in _failing(atlas):
        found = cell.counterexample
        if found is not None:
            sentence = _sentence(MATHEMATICAL, found)
            yield rf"\item {cell.column} without {_dropped(row_of(cell))}: {sentence}"
    yield r"\end{enumerate}"


def _known(cell: Cell) -> str:
    found = cell.counterexample
    if found is not None:
        return _sentence(PLAIN, found)
    if cell.outcome == "lemma":
        return f"holds, by lemma {cell.lemma}"
    what = "none found"
    if cell.outcome == "partly":
        what = f"for A of rank at most 2 it holds, by lemma {cell.lemma}; beyond it is open, none found"
    return f"{what}; searched: {', '.join(cell.searched)}" if cell.searched else what


def _sentence(notation: Notation, found: Counterexample) -> str:
    head, tokens, why, _ = facts(found, notation)
    return f"{head.partition(': ')[2]}; {tokens}. {why[0].upper()}{why[1:]}."


def _failing(atlas: Atlas) -> list[Cell]:
    return [cell for cell in atlas.cells if cell.outcome == "fails"]


def _markdown_cell(cell: Cell | None, folder: str) -> str:
    if cell is None:
        return ""
    if cell.outcome == "fails" and cell.example is not None:
        count, dimension = read_document(cell.example, cell.name).shape
        example = f"[{counted(count, 'token')}, d = {dimension}]({folder}/{cell.name}.toml)"
        return f"**fails**: {example}, [proof]({folder}/{cell.name}.json)"
    if cell.outcome == "lemma":
        return f"holds: [{cell.lemma}]({folder}/{cell.name}.json)"
    if cell.outcome == "partly":
        return f"rank 2: [{cell.lemma}]({folder}/{cell.name}.json), from rank 3 on open"
    return "none found"


def _dropped(row: Row) -> str:
    return row.dropped.replace("alpha > 0", r"$\alpha > 0$")


def _latex_cell(cell: Cell | None, numbers: Mapping[str, int]) -> str:
    if cell is None:
        return ""
    if cell.outcome == "fails":
        return str(numbers[cell.name])
    return {"lemma": r"$\checkmark$", "partly": r"$\checkmark_2$", "open": "?"}[cell.outcome]
