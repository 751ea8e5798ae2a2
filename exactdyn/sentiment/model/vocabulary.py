"""Vocabularies: which word stands in which row, a table of lines ``row<TAB>word``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from exactdyn.documents.files import naming, read_text
from exactdyn.documents.syntax import NumberLiteral
from exactdyn.errors import InputError
from proofs_checks.format.rationals import shorten

ENDING = ".vocabulary.tsv"
"""What stands in place of a model's own ending in the name of the vocabulary beside it."""


def read_word(value: object, where: str) -> str:
    r"""Return a word as it can be shown: what cannot be printed becomes its escape.

    Raises :class:`~exactdyn.errors.InputError` for what is no text or a blank one.

    >>> read_word("good", "words[3][1]"), read_word("\x10own", "words[4][1]")
    ('good', '\\x10own')
    """
    if not isinstance(value, str) or isinstance(value, NumberLiteral) or not value.strip():
        raise InputError(f"{where}: requires a word, got {shorten(value)}")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in value)


def require_different(words: Mapping[int, str]) -> None:
    """Refuse a word that stands in two rows: a text would be read as the one or the other.

    Raises :class:`~exactdyn.errors.InputError`.

    >>> require_different({1: "good", 2: "bad", 7: "good"})
    Traceback (most recent call last):
    exactdyn.errors.InputError: word 'good': requires one row, got rows 1 and 7
    """
    row_of: dict[str, int] = {}
    for row, word in words.items():
        if row_of.setdefault(word, row) != row:
            raise InputError(f"word {shorten(word)}: requires one row, got rows {row_of[word]} and {row}")


def read_vocabulary(path: Path) -> dict[int, str]:
    r"""Read a vocabulary: a UTF-8 file, also compressed (``.gz``), one row number, a tab and a word a line.

    Further columns are not looked at; a first line that names the columns (the first begins with a letter)
    is skipped. Raises :class:`~exactdyn.errors.InputError`, which names the file and the line, for any other
    line, for a row or a word given twice, and if there is no word.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "words.tsv")
    ...     written = path.write_text("row\tword\tcount\n0\t<PAD>\t0\n1\tgood\t12\n")
    ...     read_vocabulary(path)
    {0: '<PAD>', 1: 'good'}
    """
    with naming(path):
        lines = [line.removesuffix("\r").split("\t") for line in read_text(path).split("\n")]
        words: dict[int, str] = {}
        for number, cells in enumerate(lines, start=1):
            names_columns = number == 1 and len(cells) > 1 and cells[0].strip()[:1].isalpha()
            if cells == [""] or names_columns:
                continue
            row, word = _row_and_word(cells, f"line {number}")
            if row in words:
                raise InputError(f"line {number}: requires a row of its own, got {row} a second time")
            words[row] = word
        if not words:
            raise InputError("requires lines of a row number, a tab and a word, got none")
        require_different(words)
        return words


def _row_and_word(cells: Sequence[str], where: str) -> tuple[int, str]:
    if (
        len(cells) < 2
        or "\r" in cells[1]
        or not (cells[0].isascii() and cells[0].isdecimal() and len(cells[0]) < 10)
    ):
        got = shorten("\t".join(cells))
        raise InputError(f"{where}: requires a row number, a tab and a word, got {got}")
    return int(cells[0]), read_word(cells[1], where)


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
