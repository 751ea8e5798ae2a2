"""What a file of reviews holds: the reviews, and, where they are texts, what became of their words."""

from __future__ import annotations

from dataclasses import dataclass

from exactdyn.sentiment.model.labelled import FOUND, ReviewColumns, read_label, table_rows
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import Review, TextWords, look_up, read_text_review


@dataclass(frozen=True)
class ReviewFile:
    """The reviews of a file.

    ``texts``: what became of the words of each review if they are texts, None if they are word rows.
    ``left_out``: the names of the texts none of whose words are in the vocabulary: nothing to run.
    """

    reviews: tuple[Review, ...]
    texts: tuple[TextWords, ...] | None = None
    left_out: tuple[str, ...] = ()


def read_table_reviews(text: str, model: Model, columns: ReviewColumns = FOUND) -> ReviewFile:
    r"""Return the reviews of a table (``exactdyn.sentiment.model.labelled.table_rows``), named by number.

    Raises :class:`~exactdyn.errors.InputError` for what is no such table, and for a wrong label.

    >>> from exactdyn.sentiment.model.load import load_model
    >>> found = read_table_reviews("text,label\nGreat film,pos\nxyz,0\n", load_model("handmade"))
    >>> [review.name for review in found.reviews], found.left_out
    (['0'], ('1',))
    """
    reviews, texts, left_out = [], [], []
    for number, own in enumerate(table_rows(text, columns)):
        label = None if own.label is None else read_label(own)
        if all(row is None for _, row in look_up(own.text, model.row_of)) and model.row_of:
            left_out.append(str(number))
            continue
        review, words = read_text_review(str(number), label, own.text, model)
        reviews.append(review)
        texts.append(words)
    return ReviewFile(tuple(reviews), tuple(texts), tuple(left_out))
