"""The syntax of documents: TOML and JSON text to plain data, every number as it was written."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TypeAlias

from exactdyn.errors import InputError
from proofs_checks.format.rationals import TEXT_LIMIT, shorten

KEY_DEPTH_LIMIT = 16
"""Longest dotted key ``a.b.c`` in TOML, whose reader takes time quadratic in the length of a key."""

Document: TypeAlias = dict[str, object]
"""What a TOML or JSON document says, before its fields are looked at."""

# TOML's comments and strings. An opening quote always matches, closed or not, so that a search takes linear
# time; an unclosed string is where tomllib stops too.
_COMMENT_OR_STRING = re.compile(
    r"""\#[^\n]*+
      | "{3} (?: [^"\\] | \\. | "(?!"") )*+ (?:"{3,5})?
      | '{3} (?: [^'] | '(?!'') )*+ (?:'{3,5})?
      | " (?: [^"\\\n] | \\. )*+ "?
      | ' [^'\n]*+ '?""",
    re.DOTALL | re.VERBOSE,
)
# Possessive, and only from the beginning of a word: linear time again.
_DEEP_KEY = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{KEY_DEPTH_LIMIT}}}")
_LONG_LITERAL = re.compile(rf"(?<!\w)\w{{{TEXT_LIMIT + 1}}}")


class NumberLiteral(str):
    """A number that stood in a document without quotes: it means the decimal that was written."""


def parse_toml(text: str) -> Document:
    """Read a TOML document; a decimal literal means that decimal.

    Raises :class:`~exactdyn.errors.InputError` for what is no TOML, for keys of more than
    :data:`KEY_DEPTH_LIMIT` parts and for literals of more than a million characters.

    Source: TOML v1.0.0, https://toml.io/en/v1.0.0.

    >>> parse_toml("alpha = 1_0.5")
    {'alpha': '10.5'}
    """
    bare = _COMMENT_OR_STRING.sub("_", text)
    if _DEEP_KEY.search(bare):
        raise InputError(f"a key of more than {KEY_DEPTH_LIMIT} parts")
    if _LONG_LITERAL.search(bare):
        raise InputError(f"a literal of more than {TEXT_LIMIT} characters")
    try:
        return tomllib.loads(text, parse_float=lambda literal: NumberLiteral(literal.replace("_", "")))
    except ValueError as error:
        raise InputError(f"requires a TOML document: {_reason(error)}") from None


def parse_json(text: str) -> Document:
    """Read a JSON document; a decimal literal means that decimal.

    Raises :class:`~exactdyn.errors.InputError` for what is no JSON object and for a key given twice.

    Source: RFC 8259, section 4 (names should be unique) and section 6 (numbers).

    >>> parse_json('{"alpha": 0.1}')
    {'alpha': '0.1'}
    """
    document = parse_json_value(text)
    if not isinstance(document, dict):
        raise InputError(f"requires an object with named fields, got {shorten(document)}")
    return document


def parse_json_value(text: str) -> object:
    """Read JSON, an object or a list as it may be; a decimal literal means that decimal.

    Raises :class:`~exactdyn.errors.InputError` for what is no JSON and for a key given twice.

    >>> parse_json_value("[[0.1, 2]]")
    [['0.1', 2]]
    """
    try:
        value: object = json.loads(
            text,
            parse_float=NumberLiteral,
            parse_constant=NumberLiteral,
            object_pairs_hook=_without_repetition,
        )
    except InputError:
        raise
    except ValueError as error:
        raise InputError(f"requires a JSON document: {_reason(error)}") from None
    return value


def leading_comment(text: str) -> str:
    r"""Return the first comment of a TOML document as one line; an empty comment line ends it.

    Source: TOML v1.0.0, section Comment.

    >>> leading_comment("# A pair\n# of tokens.\n#\n# More.\nalpha = 1")
    'A pair of tokens.'
    """
    lines = []
    for line in text.splitlines():
        said = line.removeprefix("#").strip()
        if not line.startswith("#") or not said:
            break
        lines.append(said)
    return " ".join(lines)


def _without_repetition(pairs: list[tuple[str, object]]) -> Document:
    document: Document = {}
    for field, value in pairs:
        if field in document:
            raise InputError(f"{shorten(field)}: given twice")
        document[field] = value
    return document


def _reason(error: ValueError) -> str:
    # Both readers report an integer beyond Python's digit limit as a bare ValueError with advice to
    # programmers.
    if isinstance(error, tomllib.TOMLDecodeError | json.JSONDecodeError):
        return str(error)
    return "an integer of more than 4300 digits: write it in quotes, as 0x..."
