"""Word vectors as word2vec, fastText and GloVe write them: a word a line, then its numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exactdyn.documents.tables.looks import is_number
from exactdyn.errors import ShapeError
from proofs_checks.format.rationals import shorten

_COUNTS = re.compile(r"([0-9]{1,9})[ \t]+([0-9]{1,9})")
_BLANK = re.compile(r"[ \t]+")


@dataclass(frozen=True)
class WordVectors:
    """Rows of a word and its numbers.

    ``lines``: where they stand. ``counted``: whether line 1 counts them.
    """

    rows: list[list[str]]
    lines: list[int]
    counted: bool


def is_counted(text: str) -> bool:
    r"""Tell whether a text begins with the number of words and their dimension, and so holds word vectors.

    >>> is_counted("2 3\na 1 2 3\nb 4 5 6\n"), is_counted("2 3\n4 5\n")
    (True, False)
    """
    head = text.split("\n", 2)[:2]
    counts = _COUNTS.fullmatch(_stripped(head[0]))
    cells = _BLANK.split(_stripped(head[1])) if len(head) > 1 else []
    return counts is not None and len(cells) > 1 and int(counts[2]) == len(cells) - 1 and int(counts[2]) != 1


def read_word_vectors(text: str) -> WordVectors:
    r"""Read lines of a word and its numbers, after a first line, if there is one, that counts them.

    Nothing is a comment or a quotation here: words may be anything, with blanks in them too where the numbers
    of the line are as many as those of the others.

    Raises :class:`~exactdyn.errors.InputError` for a line of another length, and where the first line counts
    other words or numbers than there are.
    Source: the text format of word2vec, https://code.google.com/archive/p/word2vec; that of fastText and
    GloVe.

    >>> read_word_vectors("2 2\nthe 0.1 0.2\n\" 1e-3 -2\n").rows
    [['the', '0.1', '0.2'], ['"', '1e-3', '-2']]
    """
    # Not splitlines: what it takes for the end of a line occurs in words.
    stripped = [(number, _stripped(line)) for number, line in enumerate(text.split("\n"), start=1)]
    filled = [(number, line) for number, line in stripped if line]
    counts = _COUNTS.fullmatch(filled[0][1]) if len(filled) != 1 and filled else None
    if counts is not None and len(_BLANK.split(filled[1][1])) < int(counts[2]) + 1:
        counts = None
    if counts is None:
        dimension = len(_BLANK.split(filled[0][1])) - 1 if filled else 0
    else:
        dimension, filled = int(counts[2]), filled[1:]
        if int(counts[1]) != len(filled):
            raise ShapeError(
                f"requires {int(counts[1])} words, as line 1 says, got {len(filled)}: if so, write "
                f"{len(filled)} there"
            )
    if filled and dimension < 1:
        raise ShapeError(
            f"requires a word and its numbers, got {shorten(filled[0][1])} (line {filled[0][0]})"
        )
    rows = [_row(line, dimension, number) for number, line in filled]
    return WordVectors(rows, [number for number, _ in filled], counts is not None)


def _stripped(line: str) -> str:
    return line.strip("\r").rstrip(" \t")


def _row(line: str, dimension: int, number: int) -> list[str]:
    cells = _BLANK.split(line)
    word, numbers = cells[:-dimension], cells[-dimension:]
    if not word or word == [""] or any(is_number(part) for part in word[1:]):
        raise ShapeError(f"requires a word and {dimension} numbers, got {len(cells)} cells (line {number})")
    return [" ".join(word), *numbers]
