"""What a user names as a model or as reviews: the built-in one, or files."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from exactdyn.errors import InputError
from exactdyn.example.files import naming, read_text, require_file
from exactdyn.example.syntax import parse_json
from exactdyn.sentiment.arrays import read_npz_model, read_npz_reviews, read_safetensors_model
from exactdyn.sentiment.document import read_model, read_reviews
from exactdyn.sentiment.labelled import TABLE_SIZE_LIMIT, read_label, table_rows
from exactdyn.sentiment.model import Model
from exactdyn.sentiment.review import Review, read_text_review
from exactdyn.sentiment.vocabulary import read_vocabulary, vocabulary_beside
from proofs_checks.rationals import shorten

BUILT_IN = "handmade"
"""The name of the model that comes with the package: a few words placed by hand, and reviews made of them."""


def load_model(name_or_path: str, vocabulary: Path | None = None) -> Model:
    """Load a model: the built-in one by its name, or a file.

    ``name_or_path``: ``handmade``, or a ``.json``, ``.json.gz``, ``.npz`` or ``.safetensors`` file; no other
    kind is read, pickles never. ``vocabulary``: a table of rows and words, see
    :func:`~exactdyn.sentiment.vocabulary.read_vocabulary`; without it the words are those in the document, or
    those of the file that ends in ``.vocabulary.tsv`` beside the model, or unknown.

    Raises :class:`~exactdyn.errors.InputError`, one line that names the file and the field.

    >>> load_model("handmade")
    Model(16 words in dimension 2, 3 layers)
    """
    named = None if vocabulary is None else read_vocabulary(vocabulary)
    if name_or_path == BUILT_IN:
        model = read_model(parse_json(_built_in_text()))
        return model if named is None else replace(model, words=named)
    path = Path(name_or_path)
    ending = _ending(path, (".json", ".json.gz", ".npz", ".safetensors"))
    if ending.startswith(".json"):
        with naming(path):
            model = read_model(parse_json(read_text(path)))
            return model if named is None else replace(model, words=named)
    if named is None:
        beside = vocabulary_beside(path)
        named = read_vocabulary(beside) if beside.is_file() else {}
    with naming(path):
        return (read_npz_model if ending == ".npz" else read_safetensors_model)(path, named)


def load_reviews(name_or_path: str, model: Model) -> list[Review]:
    """Load reviews for a model.

    ``name_or_path``: the built-in model's name, a document with reviews (``.json``, ``.json.gz``), an archive
    of word rows (``.npz``), or a table (``.csv``, ``.csv.gz``) whose columns ``text`` and, if it has one,
    ``label`` are read. A review in a table none of whose words are in the vocabulary is left out.

    Raises :class:`~exactdyn.errors.InputError` for what is none of these, for a review with a word row that
    the model does not have, and if there is no review.

    >>> [review.name for review in load_reviews("handmade", load_model("handmade"))]
    ['praise', 'complaint', 'divided', 'tied']
    """
    if name_or_path == BUILT_IN:
        reviews = read_reviews(parse_json(_built_in_text()))
    else:
        reviews = _file_reviews(Path(name_or_path), model)
    with naming(name_or_path):
        if not reviews:
            raise InputError("reviews: requires at least one, got none")
        for review in reviews:
            with naming(f"review {review.name}"):
                model.encode([row for row, _ in review.bag])
    return reviews


def choose_review(
    name_or_path: str, model: Model, review: str | None = None, text: str | None = None
) -> tuple[Review, list[str]]:
    """Return the review that a user means, and the words of a text that the model does not know.

    ``name_or_path``: where the reviews are, see :func:`load_reviews`; not looked at if there is a ``text``.
    ``review``: its name, None for the first one. ``text``: a review of the user's own.

    Raises :class:`~exactdyn.errors.InputError` if there is no such review, and for both a name and a text.

    >>> choose_review("handmade", load_model("handmade"), "tied")[0].count
    6
    """
    if text is not None:
        if review is not None:
            raise InputError("text: requires that no review is named beside it, got both")
        return read_text_review("text", None, text, model)
    reviews = load_reviews(name_or_path, model)
    if review is None:
        return reviews[0], []
    for known in reviews:
        if known.name == review:
            return known, []
    names = ", ".join(known.name for known in reviews[:5]) + (", ..." if len(reviews) > 5 else "")
    raise InputError(f"review: requires one of {names}; got {shorten(review)}")


def _file_reviews(path: Path, model: Model) -> list[Review]:
    ending = _ending(path, (".json", ".json.gz", ".npz", ".csv", ".csv.gz"))
    with naming(path):
        if ending.startswith(".csv"):
            return _table_reviews(read_text(path, TABLE_SIZE_LIMIT), model)
        if ending == ".npz":
            return read_npz_reviews(path)
        return read_reviews(parse_json(read_text(path)))


def _table_reviews(text: str, model: Model) -> list[Review]:
    reviews = []
    for number, cells in enumerate(table_rows(text)):
        label = read_label(cells["label"], f"review {number}") if "label" in cells else None
        try:
            reviews.append(read_text_review(str(number), label, cells["text"], model)[0])
        except InputError:
            continue  # none of its words is in the vocabulary: there is nothing to run
    return reviews


def _ending(path: Path, known: tuple[str, ...]) -> str:
    name = path.name.lower()
    found = [ending for ending in known if name.endswith(ending)]
    with naming(path):
        if not found:
            raise InputError(
                f"requires a name that ends in one of {', '.join(known)} (pickles are never read)"
            )
        require_file(path)
    return found[0]


def _built_in_text() -> str:
    return (files("exactdyn.sentiment") / f"{BUILT_IN}.json").read_text(encoding="utf-8")
