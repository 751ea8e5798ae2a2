"""What a user names as an example: a built-in one, a document or a table."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from exactdyn.documents.builtin import example_text
from exactdyn.documents.example import Example, read_document
from exactdyn.documents.files import ending_of, naming, read_text, require_file, shown_name
from exactdyn.documents.syntax import Document, leading_comment, parse_json_value, parse_toml
from exactdyn.documents.tables.archived import archived_document, is_document
from exactdyn.documents.tables.choice import UNSAID, Choice, Columns
from exactdyn.documents.tables.listed import listed_table
from exactdyn.documents.tables.table import TABLE_ENDINGS, Table, joined_notes, read_table, table_of_text
from exactdyn.documents.tables.word_vectors import is_counted
from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten

PathName: TypeAlias = "str | os.PathLike[str]"
"""The name of a file."""

_TOML = re.compile(r"(?:\s*(?:#[^\n]*)?\n)*\s*[\w\"'.-]+\s*=")
# How a document in TOML begins.

DOCUMENT_ENDINGS = (".toml", ".json", ".json.gz")
"""How the name of a document ends."""


def load_example(
    name_or_path: PathName,
    alpha: object = None,
    matrix: object = None,
    header: bool | None = None,
    columns: Columns | None = None,
    label_column: str | int | None = None,
    alpha_of_table: object = None,
) -> Example:
    """Load an example by its name or from a file.

    ``name_or_path``: text with a dot or a separator in it is a path (``./square`` is a file even if there is
    a built-in example ``square``) of a document (``.toml``, ``.json``, ``.json.gz``, or an archive ``.npz``
    of tokens, alpha, ...) or of a table of tokens (``.csv``, ``.tsv``, ``.txt``, ``.vec``, also with
    ``.gz``, ``.npy``, ``.npz``, a list of rows in ``.json``; see
    :func:`~exactdyn.documents.tables.table.read_table`); anything else is the name of a built-in example.
    ``alpha``: an exact number, and ``matrix``: rows of exact numbers or the path of a table; both only where
    the file does not state them. A table states neither; ``alpha_of_table`` is that of a table without one
    beside it. ``header``: whether the first row of a table names the columns; ``columns``: those that are
    coordinates; ``label_column``: that of the labels (names, or numbers from 0); None finds out, and asks
    where it cannot. What was found is said in ``notes`` of the example.

    An example without alpha has no hardmax system. Raises :class:`~exactdyn.errors.InputError`, one line that
    names the file, its line and the field.

    >>> load_example("emerging-leader")
    Example('emerging-leader', 8 tokens in dimension 2, 30 layers)
    >>> load_example("emerging-leader", alpha=2)
    Traceback (most recent call last):
    exactdyn.errors.InputError: emerging-leader: alpha: stated there, so none may be given beside it
    """
    if not isinstance(name_or_path, str | os.PathLike):
        raise InputError(f"requires the name or the path of an example, got {shorten(name_or_path)}")
    beside, notes = _beside(alpha, matrix)
    choice = Choice(header, columns, label_column)
    builtin = isinstance(name_or_path, str) and not set(name_or_path) & set("./\\")
    text = example_text(str(name_or_path)) if builtin else ""
    with naming(name_or_path):
        if builtin:
            choice.refuse("a document")
            found = _document(text, beside, str(name_or_path))
        else:
            found = _from_file(Path(name_or_path), _Reading(choice, beside, alpha_of_table))
    source = shown_name(name_or_path)
    return replace(found, source=source, notes=(*notes, *(f"{source}: {note}" for note in found.notes)))


def read_stated(
    text: str,
    name: str,
    alpha: object = None,
    matrix: object = None,
    choice: Choice = UNSAID,
    alpha_of_table: object = None,
) -> Example:
    r"""Read text: a document in TOML, or JSON where it begins with a bracket, or a table of tokens.

    ``name``: what the example is called, in messages too. Else as for :func:`load_example`. A document in
    TOML begins, after comments, with a name and an equality sign.

    >>> read_stated("alpha = 1\ntokens = [[1], [0]]", "pair")
    Example('pair', 2 tokens in dimension 1, 30 layers)
    >>> read_stated("1 2\n3 4", "points", alpha=1).shape
    (2, 2)
    """
    beside, notes = _beside(alpha, matrix)
    reading = _Reading(choice, beside, alpha_of_table)
    with naming(name):
        if text.lstrip()[:1] in ("{", "["):
            found = _of_json(text, name, reading)
        elif _TOML.match(text):
            choice.refuse("a document")
            found = _document(text, beside, name)
        else:
            ending = ".txt" if is_counted(text) else ".csv"
            found = _of_table(table_of_text(text, ending, "tokens", choice), name, reading)
    return replace(found, source=name, notes=(*notes, *(f"{name}: {note}" for note in found.notes)))


@dataclass(frozen=True)
class _Reading:
    """What a user says beside a file: of its columns, and alpha and A where it states none."""

    choice: Choice
    beside: Document
    alpha_of_table: object


def _beside(alpha: object, matrix: object) -> tuple[Document, tuple[str, ...]]:
    # What stands beside a file, a matrix read from its table, and what the reader should be told of it.
    if not isinstance(matrix, str | os.PathLike):
        return {"alpha": alpha, "A": matrix}, ()
    with naming(matrix):
        table = read_table(Path(matrix), "A")
    said = (f"{shown_name(matrix)}: {joined_notes(table.notes)}",) if table.notes else ()
    return {"alpha": alpha, "A": table.numbers}, said


def _from_file(path: Path, reading: _Reading) -> Example:
    """Read what the ending of the name says; only a document can state alpha and A itself."""
    require_file(path)
    ending = ending_of(path, (*DOCUMENT_ENDINGS, *TABLE_ENDINGS))
    name = path.name[: -len(ending)]
    if ending.startswith(".json"):
        return _of_json(read_text(path), name, reading)
    if ending == ".npz" and is_document(path):
        reading.choice.refuse("a document")
        document, notes = archived_document(path)
        return replace(_completed(document, reading.beside, name, ""), notes=notes)
    if ending in TABLE_ENDINGS:
        return _of_table(read_table(path, "tokens", reading.choice), name, reading)
    reading.choice.refuse("a document")
    return _document(read_text(path), reading.beside, name)


def _of_json(text: str, name: str, reading: _Reading) -> Example:
    stated = parse_json_value(text)
    if isinstance(stated, list):
        return _of_table(listed_table(stated, "tokens", reading.choice), name, reading)
    reading.choice.refuse("a document")
    if not isinstance(stated, dict):
        raise InputError(f"requires an object with named fields, or a list of rows, got {shorten(stated)}")
    return _completed(stated, reading.beside, name, "")


def _of_table(table: Table, name: str, reading: _Reading) -> Example:
    document: Document = {"tokens": table.numbers}
    if table.labels is not None:
        document["labels"] = table.labels
    beside = reading.beside
    if beside.get("alpha") is None:
        beside = {**beside, "alpha": reading.alpha_of_table}
    found = _completed(document, beside, name, "")
    return replace(found, notes=(joined_notes(table.notes),)) if table.notes else found


def _document(text: str, beside: Document, name: str) -> Example:
    return _completed(parse_toml(text), beside, name, leading_comment(text))


def _completed(document: Document, beside: Document, name: str, about: str) -> Example:
    given = {field: value for field, value in beside.items() if value is not None}
    for field in given:
        if field in document:
            raise InputError(f"{field}: stated there, so none may be given beside it")
    return read_document({**document, **given}, name, about)
