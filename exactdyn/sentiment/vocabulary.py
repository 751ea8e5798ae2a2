"""Vocabularies: which word stands in which row, a table of lines ``row<TAB>word``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from exactdyn.errors import InputError
from exactdyn.example.files import naming, read_text
from exactdyn.example.syntax import NumberLiteral
from proofs_checks.rationals import shorten

ENDING = ".vocabulary.tsv"
"""What stands in place of a model's own ending in the name of the vocabulary beside it."""


def read_word(value: object, where: str) -> str:
    r"""Return a word as it can be shown: what cannot be printed becomes its escape.

    Raises :class:`~exactdyn.errors.InputError` for what is no text or an empty one.

    >>> read_word("good", "words[3][1]"), read_word("\x10own", "words[4][1]")
    ('good', '\\x10own')
    """
    if not isinstance(value, str) or isinstance(value, NumberLiteral) or not value:
        raise InputError(f"{where}: requires a word, got {shorten(value)}")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)


def read_vocabulary(path: Path) -> dict[int, str]:
    r"""Read a vocabulary: a UTF-8 file, also compressed (``.gz``), one row number and word a line.

    Further columns are not looked at; a first line without a number names the columns. Raises
    :class:`~exactdyn.errors.InputError`, which names the file and the line.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "words.tsv")
    ...     written = path.write_text("row\tword\tcount\n0\t<PAD>\t0\n1\tgood\t12\n")
    ...     read_vocabulary(path)
    {0: '<PAD>', 1: 'good'}
    """
    with naming(path):
        words: dict[int, str] = {}
        for number, line in enumerate(read_text(path).split("\n"), start=1):
            cells = line.rstrip("\r").split("\t")
            if cells == [""] or (number == 1 and not cells[0].isdecimal()):
                continue
            if len(cells) < 2 or not (cells[0].isascii() and cells[0].isdecimal() and len(cells[0]) < 10):
                raise InputError(f"line {number}: requires a row and a word, got {shorten(line)}")
            if int(cells[0]) in words:
                raise InputError(f"line {number}: requires a row of its own, got {cells[0]} a second time")
            words[int(cells[0])] = read_word(cells[1], f"line {number}")
        return words


def vocabulary_text(words: Mapping[int, str]) -> str:
    r"""Return a vocabulary as :func:`read_vocabulary` reads it.

    >>> vocabulary_text({0: "<PAD>", 1: "good"})
    'row\tword\n0\t<PAD>\n1\tgood\n'
    """
    return "".join(["row\tword\n", *(f"{row}\t{word}\n" for row, word in sorted(words.items()))])


def vocabulary_beside(model: Path) -> Path:
    """Return the name of the vocabulary that belongs to a model file.

    >>> vocabulary_beside(Path("mine.safetensors")).name
    'mine.vocabulary.tsv'
    """
    return model.with_suffix(ENDING)
