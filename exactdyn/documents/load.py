"""What a user names as an example: a built-in one, a document or a table."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from exactdyn.documents.builtin import example_text
from exactdyn.documents.example import Example, read_document
from exactdyn.documents.files import ending_of, naming, read_text, require_file, shown_name
from exactdyn.documents.syntax import Document, leading_comment, parse_json, parse_toml
from exactdyn.documents.table import TABLE_ENDINGS, Table, read_table
from exactdyn.errors import InputError
from exactdyn.numbers.reading import ExactFloats, Rows
from proofs_checks.format.rationals import shorten

PathName: TypeAlias = "str | os.PathLike[str]"
"""The name of a file."""

DOCUMENT_ENDINGS = (".toml", ".json", ".json.gz")
"""How the name of a document ends."""


def load_example(
    name_or_path: PathName, alpha: object = None, matrix: object = None, header: bool | None = None
) -> Example:
    """Load an example by its name or from a file.

    ``name_or_path``: text with a dot or a separator in it is a path (``./square`` is a file even if there is
    a built-in example ``square``) of a document (``.toml``, ``.json``, ``.json.gz``) or of a table of tokens
    (``.csv``, ``.npy``, ``.npz``, see :func:`~exactdyn.documents.table.read_table`); anything else is the
    name of a built-in example. ``alpha``: an exact number, and ``matrix``: rows of exact numbers or the path
    of a table; both only where the file does not state them. A table states neither. ``header``: whether the
    first row of a ``.csv`` table of tokens names the columns; None finds out, and asks where it cannot. What
    was taken for a header is said in ``notes`` of the example.

    An example without alpha has no hardmax system. Raises :class:`~exactdyn.errors.InputError`, one line that
    names the file and the field.

    >>> load_example("emerging-leader")
    Example('emerging-leader', 8 tokens in dimension 2, 30 layers)
    >>> load_example("emerging-leader", alpha=2)
    Traceback (most recent call last):
    exactdyn.errors.InputError: emerging-leader: alpha: stated there, so none may be given beside it
    """
    beside, notes = _beside(alpha, matrix)
    builtin = isinstance(name_or_path, str) and not set(name_or_path) & set("./\\")
    text = example_text(str(name_or_path)) if builtin else ""
    with naming(name_or_path):
        if builtin:
            _refuse_header(header)
            found = _document(text, ".toml", beside, str(name_or_path))
        else:
            found = _from_file(Path(name_or_path), beside, header)
    return replace(found, source=shown_name(name_or_path), notes=(*notes, *found.notes))


def read_stated(text: str, name: str, alpha: object = None, matrix: object = None) -> Example:
    r"""Read the text of a document, TOML, or JSON where it begins with a brace.

    ``name``: what the example is called, in messages too. ``alpha``, ``matrix``: as for :func:`load_example`.

    >>> read_stated("alpha = 1\ntokens = [[1], [0]]", "pair")
    Example('pair', 2 tokens in dimension 1, 30 layers)
    """
    beside, notes = _beside(alpha, matrix)
    with naming(name):
        found = _document(text, ".json" if text.lstrip().startswith("{") else ".toml", beside, name)
    return replace(found, source=name, notes=notes)


def _beside(alpha: object, matrix: object) -> tuple[Document, tuple[str, ...]]:
    # What stands beside a file, a matrix read from its table, and what the reader should be told of it.
    if not isinstance(matrix, str | os.PathLike):
        return {"alpha": alpha, "A": matrix}, ()
    with naming(matrix):
        rows, notes = _noted(read_table(Path(matrix), "A"), matrix, "row of A")
    return {"alpha": alpha, "A": rows}, notes


def _from_file(path: Path, beside: Document, header: bool | None) -> Example:
    """Read what the ending of the name says; only a document can state alpha and A itself."""
    require_file(path)
    ending = ending_of(path, (*DOCUMENT_ENDINGS, *TABLE_ENDINGS))
    name = path.name[: -len(ending)]
    if ending in TABLE_ENDINGS:
        tokens, notes = _noted(read_table(path, "tokens", header), path, "token")
        return replace(_completed({"tokens": tokens}, beside, name, ""), notes=notes)
    _refuse_header(header)
    return _document(read_text(path), ending, beside, name)


def _document(text: str, ending: str, beside: Document, name: str) -> Example:
    if ending == ".toml":
        return _completed(parse_toml(text), beside, name, leading_comment(text))
    return _completed(parse_json(text), beside, name, "")


def _noted(table: Table, source: PathName, what: str) -> tuple[Rows | ExactFloats, tuple[str, ...]]:
    if table.header is None:
        return table.numbers, ()
    row = shorten(", ".join(table.header))
    return table.numbers, (f"{shown_name(source)}: the first row {row} names the columns and is no {what}",)


def _refuse_header(header: bool | None) -> None:
    if header is not None:
        raise InputError("--header: requires a table in .csv, got a document")


def _completed(document: Document, beside: Document, name: str, about: str) -> Example:
    given = {field: value for field, value in beside.items() if value is not None}
    for field in given:
        if field in document:
            raise InputError(f"{field}: stated there, so none may be given beside it")
    return read_document({**document, **given}, name, about)
