"""Reviews as the model sees them: multisets of word rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from exactdyn.errors import InputError
from exactdyn.sentiment.model.model import Model

TOKENS_LIMIT = 2**14
"""Largest number of tokens of a review."""

_MARKUP = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True)
class Review:
    """A review: how often each word row occurs in it, padding included; the order of words plays no part.

    ``name``: what it is called. ``label``: 1 positive, 0 negative, None unknown. ``bag``: pairs of a row and
    its count, rows increasing, counts positive.

    >>> Review("short", 1, ((0, 2), (7, 1))).count
    3
    """

    name: str
    label: int | None
    bag: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """The number of tokens, copies and padding included.

        >>> Review("short", 1, ((0, 2), (7, 1))).count
        3
        """
        return sum(count for _, count in self.bag)

    def rows(self) -> list[int]:
        """Return the row of every token, copies beside each other.

        >>> Review("short", 1, ((0, 2), (7, 1))).rows()
        [0, 0, 7]
        """
        return [row for row, count in self.bag for _ in range(count)]

    def tokens(self, model: Model) -> np.ndarray:
        """Return the encoded tokens (n x d float64) in the order of :meth:`rows`.

        Raises :class:`~exactdyn.errors.InputError` for a row that the model does not have.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model
        >>> Review("short", 1, ((0, 2), (3, 1))).tokens(load_model("handmade")).shape
        (3, 2)
        """
        rows, counts = zip(*self.bag, strict=True)
        return np.repeat(model.encode(rows), counts, axis=0)


def make_review(name: str, label: int | None, rows: Iterable[int]) -> Review:
    """Return the review with these tokens, given in any order.

    Raises :class:`~exactdyn.errors.InputError` if there is none, or more than :data:`TOKENS_LIMIT`.

    >>> make_review("short", None, [7, 0, 0])
    Review(name='short', label=None, bag=((0, 2), (7, 1)))
    """
    return bag_review(name, label, sorted(Counter(rows).items()))


def bag_review(name: str, label: int | None, bag: Iterable[tuple[int, int]]) -> Review:
    """Return the review with this bag of rows and counts, rows increasing; raises as :func:`make_review`.

    >>> bag_review("short", None, [(0, 2), (7, 1)]).count
    3
    """
    review = Review(name, label, tuple(bag))
    if not 1 <= review.count <= TOKENS_LIMIT:
        raise InputError(f"bag: requires 1 to {TOKENS_LIMIT} tokens, got {review.count}")
    return review


def split_words(text: str) -> list[str]:
    """Return the words of a text: letters, with apostrophes between them; tags such as <br /> are dropped.

    >>> split_words("Don't go!<br />A 2nd-rate film.")
    ["Don't", 'go', 'A', 'nd', 'rate', 'film']
    """
    return _WORD.findall(_MARKUP.sub(" ", text).replace("’", "'"))


def look_up(text: str, row_of: Mapping[str, int]) -> list[tuple[str, int | None]]:
    """Return the words of a text, each with its row, or None if it has none.

    A word is looked up as it is written, else in lower case.

    >>> look_up("Great, dreadful film", {"great": 1, "film": 3})
    [('Great', 1), ('dreadful', None), ('film', 3)]
    """
    return [(word, row_of.get(word, row_of.get(word.lower()))) for word in split_words(text)]


@dataclass(frozen=True)
class TextWords:
    """What became of the words of a text, in its order.

    ``used``: those that the model reads. ``cut``: known ones beyond its length, which it does not read.
    ``unknown``: those that are not in the vocabulary.
    """

    used: tuple[str, ...]
    cut: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def known(self) -> int:
        """The number of words in the vocabulary, read or cut.

        >>> TextWords(("great",), ("film",), ("zyx",)).known
        2
        """
        return len(self.used) + len(self.cut)


def read_text_review(name: str, label: int | None, text: str, model: Model) -> tuple[Review, TextWords]:
    """Return a text as the model sees it, and what became of its words.

    Words are looked up by :func:`look_up`. The first ``model.length`` words found are kept; a shorter review
    is filled up with padding. Raises :class:`~exactdyn.errors.InputError` if no word is in the vocabulary, or
    if there is no padding to fill up with.

    Source: arXiv 2407.01602, section 4.

    >>> from exactdyn.sentiment.model.load import load_model
    >>> review, words = read_text_review("mine", None, "Great, dreadful film", load_model("handmade"))
    >>> review
    Review(name='mine', label=None, bag=((0, 10), (1, 1), (3, 1)))
    >>> words
    TextWords(used=('Great', 'film'), cut=(), unknown=('dreadful',))
    """
    if not model.row_of:
        raise InputError(
            "text: requires a model whose words are known: name its vocabulary with --vocabulary"
        )
    found = look_up(text, model.row_of)
    known = [(word, row) for word, row in found if row is not None]
    if not known:
        raise InputError(f"text: requires words of the vocabulary ({len(model.row_of)} words), got none")
    used, cut = known[: model.length], known[model.length :]
    missing = model.length - len(used)
    if missing and model.padding not in model.rows:
        wanted = f"pad_row: requires a row that the model has, to fill up a text of {len(used)} known words"
        raise InputError(f"{wanted}, got {model.padding}")
    review = make_review(name, label, [row for _, row in used] + [model.padding] * missing)
    unknown = tuple(word for word, row in found if row is None)
    return review, TextWords(tuple(word for word, _ in used), tuple(word for word, _ in cut), unknown)
