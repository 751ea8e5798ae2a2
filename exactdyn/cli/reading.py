"""How a command reads its EXAMPLE: what it has no use for is refused, what plays no part is said."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from exactdyn.cli.terminal.ending import note
from exactdyn.errors import InputError

if TYPE_CHECKING:
    from exactdyn.documents import Example

HEADERS = {"yes": True, "no": False}
"""What ``--header`` may be."""


STANDARD_INPUT = "-"
"""The name that a user gives to what stands on standard input: a document, a table, or a certificate."""


@cache
def standard_input() -> str:
    """Return the text on standard input, which can be read once only.

    Raises :class:`~exactdyn.errors.InputError` where there is none, and for what is too long or no text.
    """
    from exactdyn.documents.files import TEXT_SIZE_LIMIT, bounded, decoded, naming

    with naming("standard input"):
        if sys.stdin is None:
            raise InputError("requires an open stream, got a closed one")
        return decoded(bounded(sys.stdin.buffer, TEXT_SIZE_LIMIT))


def read_example(
    command: str,
    example: str,
    alpha: str | None = None,
    matrix: Path | None = None,
    header: str | None = None,
    columns: str | None = None,
    label_column: str | None = None,
    alpha_of_table: object = None,
) -> Example:
    """Load the EXAMPLE of a command, whose fields and options are those that users write.

    What the reader should know is said on stderr: what a table was taken for, fields that play no part here.
    Raises :class:`~exactdyn.errors.InputError` for bad input and for a field that the command does not use.

    >>> read_example("check", "cyclic")
    Example('cyclic', 3 tokens in dimension 2, 30 layers)
    >>> read_example("softmax", "cyclic")
    Traceback (most recent call last):
    exactdyn.errors.InputError: cyclic: alpha: not used by softmax (it uses ... labels)
    """
    from exactdyn.documents import load_example
    from exactdyn.documents.load import read_stated
    from exactdyn.documents.tables.choice import Choice

    if header is not None and header not in HEADERS:
        raise InputError(f"--header: requires yes or no, got {header!r}")
    choice = Choice(None if header is None else HEADERS[header], columns, label_column)
    if example == STANDARD_INPUT:
        loaded = read_stated(standard_input(), "standard input", alpha, matrix, choice, alpha_of_table)
    else:
        loaded = load_example(
            example, alpha, matrix, choice.header, choice.columns, choice.label_column, alpha_of_table
        )
    aside = loaded.require_for(command)
    for said in loaded.notes:
        note(f"exactdyn: {said}")
    if aside:
        play = "plays" if len(aside) == 1 else "play"
        note(f"exactdyn: {loaded.source}: {', '.join(aside)} {play} no part in {command}")
    return loaded
