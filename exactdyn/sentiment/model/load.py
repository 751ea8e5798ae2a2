"""What a user names as a model or as reviews: the built-in one, or files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from exactdyn.documents.files import ending_of, naming, read_text, require_file
from exactdyn.documents.syntax import parse_json
from exactdyn.errors import InputError
from exactdyn.sentiment.model.arrays import (
    NO_REVIEWS,
    read_npz_model,
    read_npz_reviews,
    read_safetensors_model,
)
from exactdyn.sentiment.model.document import read_model, read_reviews
from exactdyn.sentiment.model.labelled import FOUND, REVIEW_TABLES, TABLE_SIZE_LIMIT, ReviewColumns
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import Review, TextWords, read_text_review
from exactdyn.sentiment.model.review_file import ReviewFile, read_table_reviews
from exactdyn.sentiment.model.vocabulary import read_vocabulary, require_different, vocabulary_beside
from proofs_checks.format.rationals import shorten

BUILT_IN = "handmade"
"""The name of the model that comes with the package: a few words placed by hand, and reviews made of them."""

MODEL_ENDINGS = (".json", ".json.gz", ".npz", ".safetensors")
"""How files of models end."""

REVIEW_ENDINGS = (".json", ".json.gz", ".npz", *REVIEW_TABLES)
"""How files of reviews end."""


def load_model(name_or_path: str, vocabulary: Path | None = None) -> Model:
    """Load a model: the built-in one by its name, or a file.

    ``name_or_path``: ``handmade``, or a ``.json``, ``.json.gz``, ``.npz`` or ``.safetensors`` file; no other
    kind is read, pickles never. ``vocabulary``: a table of rows and words, see
    :func:`~exactdyn.sentiment.model.vocabulary.read_vocabulary`; without it the words are those in the
    document, or those of the file that ends in ``.vocabulary.tsv`` beside the model, or unknown. A vocabulary
    that says otherwise than the document, or that has rows which the model has not, is refused.

    Raises :class:`~exactdyn.errors.InputError`, one line that names the file and the field.
    Source: the safetensors format, https://github.com/huggingface/safetensors.

    >>> load_model("handmade")
    Model(16 words in dimension 2, 3 layers)
    """
    path = Path(name_or_path)
    with naming(path):
        ending = ".json" if name_or_path == BUILT_IN else _ending(path, MODEL_ENDINGS)
    if vocabulary is None and not ending.startswith(".json") and vocabulary_beside(path).is_file():
        vocabulary = vocabulary_beside(path)
    named = None if vocabulary is None else read_vocabulary(vocabulary)
    with naming(path):
        if ending.startswith(".json"):
            model = read_model(parse_json(_document_text(name_or_path)))
        else:
            model = (read_npz_model if ending == ".npz" else read_safetensors_model)(path)
    if named is None:
        return model
    with naming(vocabulary):
        return _named(model, named, whole=not ending.startswith(".json"))


def load_reviews(name_or_path: str, model: Model, columns: ReviewColumns = FOUND) -> list[Review]:
    """Load reviews for a model.

    ``name_or_path``: the built-in model's name, a document with reviews (``.json``, ``.json.gz``), an archive
    of word rows (``.npz``), or a table (``.csv``, ``.tsv``, also packed) of texts and, if it has them,
    labels, in ``columns`` or those that :func:`~exactdyn.sentiment.model.labelled.table_rows` finds. A review
    in a table none of whose words are in the vocabulary is left out, words beyond the model's length are cut:
    :func:`read_review_file` tells which.

    Raises :class:`~exactdyn.errors.InputError` for what is none of these, for a review with a word row that
    the model does not have, and if there is no review.

    >>> [review.name for review in load_reviews("handmade", load_model("handmade"))]
    ['praise', 'complaint', 'divided', 'tied']
    """
    return list(read_review_file(name_or_path, model, columns).reviews)


def read_review_file(name_or_path: str, model: Model, columns: ReviewColumns = FOUND) -> ReviewFile:
    """Load reviews as :func:`load_reviews` does, with what became of their words if they are texts.

    >>> read_review_file("handmade", load_model("handmade")).texts is None
    True
    """
    with naming(name_or_path):
        found = _review_file(name_or_path, model, columns)
        if not found.reviews:
            raise InputError(f"reviews: requires at least one, got none{_why_none(found)}")
        for review in found.reviews:
            with naming(f"review {review.name}"):
                model.encode([row for row, _ in review.bag])
    return found


def choose_review(
    name_or_path: str,
    model: Model,
    review: str | None = None,
    text: str | None = None,
    columns: ReviewColumns = FOUND,
) -> tuple[Review, TextWords | None]:
    """Return the review that a user means and, if it is a text, what became of its words.

    ``name_or_path``: where the reviews are, see :func:`load_reviews`; not looked at if there is a ``text``.
    ``review``: its name, None for the first one. ``text``: a review of the user's own.

    Raises :class:`~exactdyn.errors.InputError` if there is no such review, and for both a name and a text.

    >>> choose_review("handmade", load_model("handmade"), "tied")[0].count
    6
    """
    if text is not None:
        if review is not None:
            raise InputError("text: requires that no review is named beside it, got both")
        columns.refuse("a text")
        return read_text_review("text", None, text, model)
    try:
        found = read_review_file(name_or_path, model, columns)
    except InputError as error:
        if str(error).endswith(NO_REVIEWS):
            raise InputError(f"{error}, or a review of your own with --text") from None
        raise
    words = found.texts or (None,) * len(found.reviews)
    for known, own in zip(found.reviews, words, strict=True):
        if review is None or known.name == review:
            return known, own
    if review in found.left_out:
        raise InputError(f"review {review}: requires words of the vocabulary, got none")
    names = ", ".join(known.name for known in found.reviews[:5]) + ", ..." * (len(found.reviews) > 5)
    raise InputError(f"review: requires one of {names}; got {shorten(review)}")


def _why_none(found: ReviewFile) -> str:
    if found.texts is None:
        return f": {NO_REVIEWS}"
    count = len(found.left_out)
    return f" (of {count} texts none has a word of the vocabulary)" if count else ""


def _review_file(name_or_path: str, model: Model, columns: ReviewColumns) -> ReviewFile:
    # The ending says how a file is read. Tensors alone are a model, and never have reviews beside them.
    if name_or_path == BUILT_IN:
        columns.refuse("the built-in ones")
        return ReviewFile(tuple(read_reviews(parse_json(_document_text(name_or_path)))))
    path = Path(name_or_path)
    if path.suffix.lower() == ".safetensors":
        raise InputError(NO_REVIEWS)
    ending = _ending(path, REVIEW_ENDINGS)
    if ending in REVIEW_TABLES:
        return read_table_reviews(read_text(path, TABLE_SIZE_LIMIT), model, columns)
    columns.refuse(f"reviews in {ending}")
    if ending == ".npz":
        return ReviewFile(tuple(read_npz_reviews(path)))
    return ReviewFile(tuple(read_reviews(parse_json(read_text(path)))))


def _named(model: Model, named: Mapping[int, str], whole: bool) -> Model:
    """Return a model with the words of a vocabulary; ``whole``: whether the model has all rows there are."""
    known = set(model.rows.tolist())
    for row, word in named.items():
        if whole and row not in known:
            raise InputError(f"row {row}: requires one from 0 to {len(model.rows) - 1}, which the model has")
        if not whole and model.words.get(row, word) != word:
            stated = shorten(model.words[row])
            raise InputError(
                f"row {row}: requires the word that the model has, {stated}, got {shorten(word)}"
            )
    words = {**model.words, **named}
    require_different({row: word for row, word in words.items() if row in known})
    return replace(model, words=words)


def _ending(path: Path, known: tuple[str, ...]) -> str:
    ending = ending_of(path, known, f"one of {', '.join(known)} (pickles are never read)")
    require_file(path)
    return ending


def _document_text(name_or_path: str) -> str:
    if name_or_path == BUILT_IN:
        return (files("exactdyn.sentiment.model") / f"{BUILT_IN}.json").read_text(encoding="utf-8")
    return read_text(Path(name_or_path))
