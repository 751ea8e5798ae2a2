"""Examples as documents again, every number exact."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from exactdyn.documents.example import Example
from exactdyn.documents.files import ending_of, naming
from exactdyn.documents.syntax import Document
from exactdyn.documents.uses import SYSTEM_FIELDS
from exactdyn.documents.written_system import softmax_document, system_document, texts
from exactdyn.errors import InputError
from exactdyn.numbers.fields.joining import number_rows
from proofs_checks.format.rationals import shorten

WRITTEN_ENDINGS = (".toml", ".json")
"""How the name of a file may end that an example is written to."""

COMMENT_WIDTH = 100
"""Longest line of a comment that is written."""


def example_document(example: Example) -> Document:
    """Return the document of an example, numbers as text "p/q" or "p".

    Tokens that are floats are written at their exact values. Matrices that the example leaves to their
    default, the identity, and labels that it does not have are left out.

    >>> from exactdyn.documents.load import load_example
    >>> example_document(load_example("collision-on-a-line"))["tokens"]
    [['1'], ['-1']]
    """
    if example.parameter is not None:
        raise InputError("parameter: requires one system to be written, got a parameter")
    # Without alpha there is no system, but a document that states A or form was meant to have one.
    meant = example.softmax is None or example.settings & set(SYSTEM_FIELDS) - {
        "V",
        "Q",
        "K",
        "mask",
        "heads",
    }
    system = example.system if meant else None
    own: Document = {} if system is None else system_document(system, example.shape[0])
    document: Document = {name: own[name] for name in ("alpha", "tau", "form") if name in own}
    if system is not None or "layers" in example.settings:
        document["layers"] = example.layers
    document |= own
    document |= {} if example.softmax is None else softmax_document(example.softmax, example.shape[0])
    if example.labels is not None:
        document["labels"] = list(example.labels)
    document["tokens"] = texts(number_rows(example.tokens, "tokens"))
    return document


def write_example(document: Mapping[str, object], format: str = "toml", about: str = "") -> str:
    """Return the text of a document, as :func:`~exactdyn.documents.load.load_example` reads it from a file.

    ``document``: as :func:`example_document` returns it. ``format``: "toml" or "json". ``about``: what the
    example shows, the comment at the head of the TOML text; JSON has no comments, so there it is left out.
    Raises :class:`~exactdyn.errors.InputError` for another format.
    Source: TOML v1.0.0, https://toml.io/en/v1.0.0; RFC 8259 (JSON).

    >>> print(write_example({"alpha": "1/2", "tokens": [["1"], ["1/3"]]}, about="A pair."), end="")
    # A pair.
    alpha = "1/2"
    tokens = [
      ["1"],
      ["1/3"]
    ]
    """
    if format not in ("toml", "json"):
        raise InputError(f'format: requires "toml" or "json", got {shorten(format)}')
    if format == "json":
        members = [f"{json.dumps(field)}: {_value(value)}" for field, value in document.items()]
        return "{\n" + ",\n".join(members) + "\n}\n"
    comment = [f"# {line}" for line in textwrap.wrap(about, COMMENT_WIDTH)]
    # Tables come last: what follows the head of a table belongs to it.
    tables = {field: value for field, value in document.items() if _is_of_tables(value)}
    plain = [f"{field} = {_value(value)}" for field, value in document.items() if field not in tables]
    ends = [line for field, value in tables.items() for line in _toml_tables(field, value)]
    return "\n".join([*comment, *plain, *ends, ""])


def written_format(path: Path) -> str:
    """Return the format of :func:`write_example` that the name of a file asks for.

    Raises :class:`~exactdyn.errors.InputError`, which names the file, for another ending.

    >>> written_format(Path("pair.TOML"))
    'toml'
    """
    with naming(path):
        return ending_of(path, WRITTEN_ENDINGS).removeprefix(".")


def _is_of_tables(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _toml_tables(field: str, value: object) -> Iterator[str]:
    """Yield the lines of a table, or of an array of tables."""
    several = isinstance(value, list)
    for table in cast("list[Document]", value if several else [value]):
        yield f"\n[[{field}]]" if several else f"\n[{field}]"
        yield from (f"{name} = {_value(own)}" for name, own in table.items())


def _value(value: object, indent: str = "") -> str:
    # JSON's texts, integers and lists of them are TOML's too, once characters beyond ASCII stay themselves.
    if isinstance(value, list) and value and isinstance(value[0], list):
        inner = f"{indent}  "
        return "[\n" + ",\n".join(f"{inner}{_value(row, inner)}" for row in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)
