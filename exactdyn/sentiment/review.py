"""Reviews as the model sees them: multisets of word rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from exactdyn.errors import InputError
from exactdyn.sentiment.model import Model

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
        """The number of tokens, copies and padding included."""
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
    """Return the review with this bag of rows and counts, rows increasing; raises as :func:`make_review`."""
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


def look_up(text: str, row_of: Mapping[str, int]) -> tuple[list[int], list[str]]:
    """Return the rows of the words of a text, and the words that have none.

    A word is looked up as it is written, else in lower case.

    >>> look_up("Great, dreadful film", {"great": 1, "film": 3})
    ([1, 3], ['dreadful'])
    """
    found: list[int] = []
    unknown: list[str] = []
    for word in split_words(text):
        row = row_of.get(word, row_of.get(word.lower()))
        if row is None:
            unknown.append(word)
        else:
            found.append(row)
    return found, unknown


def read_text_review(name: str, label: int | None, text: str, model: Model) -> tuple[Review, list[str]]:
    """Return a text as the model sees it, and its words that are not in the vocabulary, which are left out.

    Words are looked up by :func:`look_up`. The first ``model.length`` words found are kept; a shorter review
    is filled up with padding. Raises :class:`~exactdyn.errors.InputError` if no word is in the vocabulary.

    >>> from exactdyn.sentiment.load import load_model
    >>> read_text_review("mine", None, "Great, dreadful film", load_model("handmade"))
    (Review(name='mine', label=None, bag=((0, 10), (1, 1), (3, 1))), ['dreadful'])
    """
    found, unknown = look_up(text, model.row_of)
    if not found:
        raise InputError(f"text: requires words of the vocabulary ({len(model.row_of)} words), got none")
    kept = found[: model.length]
    padding = [model.padding] * (model.length - len(kept))
    return make_review(name, label, kept + padding), unknown
