"""The atlas of kinds in words: Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from exactdyn.cli.words.atlas import files
from exactdyn.cli.words.sentences import PLAIN
from exactdyn.hunts.kind_rows import KIND_ROWS, KINDS_COLUMNS
from exactdyn.hunts.kinds_atlas import FailingSystem, KindCell, KindsAtlas, kind_row_of
from exactdyn.numbers.shown import counted
from exactdyn.statements.catalogue import CATALOGUE

HEAD = (
    "What each statement needs of a kind of system: one head that everybody sees, A symmetric positive",
    "definite, alpha > 0, and distinct tokens other than 0, with one thing changed. Each entry is the",
    "smallest example that was found to fail, with its certificate, or the lemma by which the statement",
    "holds for every such system, or nothing was found; what was searched, and what stayed undecided, is",
    "listed below the table. A dash: the statement is not about these systems.",
    "",
    "A lemma speaks of one system at a time. `hunt` and certificates of families speak of all matrices of a",
    "class at once; the statements of Frank and Wolfe are proved of one system alone.",
)
"""What stands above the table."""


def kinds_data(atlas: KindsAtlas) -> dict[str, object]:
    """Return the atlas of kinds as JSON data.

    >>> kinds_data(KindsAtlas((KindCell("two-heads", "norm-growth", "open"),)))["cells"][0]["outcome"]
    'open'
    """
    rows = [{"name": row.name, "changed": row.changed, "kept": row.kept} for row in KIND_ROWS]
    statements = {column: CATALOGUE[column].says for column in KINDS_COLUMNS}
    cells = [asdict(cell) | {"files": _files(cell)} for cell in atlas.cells]
    return {"rows": rows, "statements": statements, "cells": cells}


def kinds_lines(atlas: KindsAtlas) -> Iterator[str]:
    """Yield what ``atlas --kinds`` prints: one line a cell.

    >>> list(kinds_lines(KindsAtlas((KindCell("two-heads", "norm-growth", "open"),))))
    ['norm-growth with two heads: none found']
    """
    for cell in atlas.cells:
        yield f"{cell.column} with {kind_row_of(cell).changed}: {_known(cell)}"


def kinds_markdown(atlas: KindsAtlas) -> Iterator[str]:
    """Yield the lines of a page: the table, then cell by cell what is known.

    >>> list(kinds_markdown(KindsAtlas((KindCell("two-heads", "norm-growth", "open"),))))[-1]
    '- *norm-growth* with *two heads*: none found'
    """
    yield from HEAD
    yield ""
    yield f"| changed | kept | {' | '.join(KINDS_COLUMNS)} |"
    yield f"| --- | --- |{' --- |' * len(KINDS_COLUMNS)}"
    for row in KIND_ROWS:
        entries = [_entry(atlas.cell(row, column)) for column in KINDS_COLUMNS]
        yield f"| **{row.changed}** | {row.kept} | {' | '.join(entries)} |"
    yield ""
    for cell in atlas.cells:
        yield f"- *{cell.column}* with *{kind_row_of(cell).changed}*: {_known(cell)}"


def why_it_fails(found: FailingSystem) -> str:
    """Say of a failing example which system it is, its tokens, and where the statement fails.

    >>> document = {"tau": "2/(k+2)", "tokens": [["1"], ["2"]], "layers": 1}
    >>> cell = KindCell("first-step-whole", "distinctness-preserved", "fails", document)
    >>> why_it_fails(cell.failing).partition("; ")[2]
    'tokens: z0 = (1), z1 = (2). Tokens 0 and 1, distinct at layer 0, meet at (2) at layer 1.'
    """
    head = PLAIN.head(found.example, found.example.layers).partition(": ")[2]
    rows = found.example.run(0).tokens(0)
    tokens = ", ".join(f"{PLAIN.token(i)} = {PLAIN.vector(row)}" for i, row in enumerate(rows))
    why = PLAIN.why(found.statement, found.verdict)
    return f"{head}; tokens: {tokens}. {why[0].upper()}{why[1:]}."


def _files(cell: KindCell) -> dict[str, str]:
    return (
        files(cell) if cell.outcome == "fails" else {}
    )  # a lemma speaks of a row, a certificate of a system


def _known(cell: KindCell) -> str:
    if cell.failing is not None:
        return why_it_fails(cell.failing)
    if cell.lemma is not None:
        return f"holds, by lemma {cell.lemma}"
    return "; searched: ".join(("none found", *([", ".join(cell.searched)] if cell.searched else ())))


def _entry(cell: KindCell | None) -> str:
    if cell is None:
        return "-"
    if cell.failing is not None:
        count, dimension = cell.failing.example.shape
        size = f"{counted(count, 'token')}, d = {dimension}"
        return f"**fails**: [{size}](./{cell.name}.toml), [proof](./{cell.name}.json)"
    if cell.lemma is not None:
        return f"holds: {cell.lemma}"
    return "not decided" if cell.undecided else "none found"
