"""Models and reviews as a JSON document: every weight in C99 hex, every review a bag of word rows."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from exactdyn.documents.names import refuse_unknown
from exactdyn.documents.syntax import Document, NumberLiteral
from exactdyn.errors import InputError, ShapeError
from exactdyn.numbers.reading import integer
from exactdyn.sentiment.model.fields import SETTINGS, make_model, read_float
from exactdyn.sentiment.model.model import Model
from exactdyn.sentiment.model.review import TOKENS_LIMIT, Review, bag_review
from exactdyn.sentiment.model.vocabulary import read_word, require_different
from proofs_checks.format.rationals import shorten

FIELDS = ("model", "words", "reviews", "about")
"""What a document may have; ``about`` is a remark."""

MODEL_FIELDS = ("alpha", "v", "b", *SETTINGS, "d", "vocab_size", "dtype")
"""What its field ``model`` may have; ``dtype`` is a remark."""

REVIEW_REMARKS = (
    "split",
    "why_split",
    "hardmax_logit",
    "softmax_prob_float32",
    "leaders_first",
    "leaders_last",
)
"""What the published documents say of a review beside what it is: how it was chosen, what others computed."""

ROW_LIMIT = 2**31
"""Word rows are below this."""


def read_model(document: Document) -> Model:
    """Return the model that a document states.

    ``document``: the fields ``model`` (``alpha``, ``b`` and the list ``v`` in C99 hex; ``depth``,
    ``seq_length``, ``pad_row``, ``temperature`` where they are not 8, 128, 0, 0.001; ``d`` and
    ``vocab_size``, which must agree with the rest; ``dtype``, a remark), ``words`` (lists of a row, a word
    and the d coordinates of its vector in C99 hex), ``reviews`` and ``about``, a remark.

    Raises :class:`~exactdyn.errors.InputError` for a field that is missing, wrong or not known.

    Source: arXiv 2407.01602, section 4.

    >>> stated = {"alpha": "0x1p+0", "v": ["0x1p+0"], "b": "0x0p+0"}
    >>> read_model({"model": stated, "words": [[0, "<PAD>", "0x0p+0"], [3, "good", "0x1.8p+0"]]})
    Model(2 words in dimension 1, 8 layers)
    """
    stated = document.get("model")
    if not isinstance(stated, dict):
        raise InputError(f"model: requires an object, got {shorten(stated)}")
    refuse_unknown(document, FIELDS, "")
    refuse_unknown(stated, MODEL_FIELDS, "model.")
    for name in ("alpha", "v", "b"):
        if name not in stated:
            raise InputError(f"model.{name}: requires a value, got none")
    v = _vector(stated["v"], "model.v", None)
    if integer(stated.get("d", len(v)), "model.d", 1, ROW_LIMIT) != len(v):
        raise ShapeError(f"model.d: requires {len(v)}, the length of model.v, got {shorten(stated['d'])}")
    row_limit = integer(stated.get("vocab_size", ROW_LIMIT), "model.vocab_size", 1, ROW_LIMIT)
    words, vectors = _words(_list(document, "words"), len(v), row_limit)
    rows = sorted(words)
    arrays = {
        "E": np.array([vectors[row] for row in rows]),
        "alpha": np.array([read_float(stated["alpha"], "model.alpha")]),
        "v": np.array(v),
        "b": np.array([read_float(stated["b"], "model.b")]),
    }
    return make_model(arrays, _settings(stated), words, np.array(rows))


def read_reviews(document: Document) -> list[Review]:
    """Return the reviews that a document states, none if it has no such field.

    ``document``: the field ``reviews``, objects with ``id`` (text), ``label`` (1 positive, 0 negative, or
    absent) and ``bag`` (pairs of a word row and how often it occurs). Of what else may stand in them, the
    remarks :data:`REVIEW_REMARKS`, nothing is used.

    Raises :class:`~exactdyn.errors.InputError` for a field that is missing, wrong or not known.

    >>> read_reviews({"reviews": [{"id": "one", "label": 0, "bag": [[3, 2], [0, 1]]}]})
    [Review(name='one', label=0, bag=((0, 1), (3, 2)))]
    """
    if "reviews" not in document:
        return []
    refuse_unknown(document, FIELDS, "")
    reviews: dict[str, Review] = {}
    for place, entry in enumerate(_list(document, "reviews")):
        where = f"reviews[{place}]"
        if not isinstance(entry, dict):
            raise InputError(f"{where}: requires an object, got {shorten(entry)}")
        refuse_unknown(entry, ("id", "label", "bag", *REVIEW_REMARKS), f"{where}.")
        name = entry.get("id", str(place))
        if not isinstance(name, str) or isinstance(name, NumberLiteral) or not name.isprintable():
            raise InputError(f"{where}.id: requires a printable text, got {shorten(name)}")
        if name in reviews:
            raise InputError(f"{where}.id: requires a name of its own, got {shorten(name)} a second time")
        label = entry.get("label")
        if label is not None:
            label = integer(label, f"{where}.label", 0, 1)
        reviews[name] = bag_review(name, label, _bag(entry, f"{where}.bag"))
    return list(reviews.values())


def _words(
    entries: list[object], dimension: int, row_limit: int
) -> tuple[dict[int, str], dict[int, list[float]]]:
    """Return the word and the vector of each row."""
    words: dict[int, str] = {}
    vectors: dict[int, list[float]] = {}
    for place, entry in enumerate(entries):
        where = f"words[{place}]"
        if not isinstance(entry, list) or len(entry) != 2 + dimension:
            raise ShapeError(f"{where}: requires a row, a word and {dimension} floats, got {shorten(entry)}")
        row = integer(entry[0], f"{where}[0]", 0, row_limit - 1)
        if row in words:
            raise InputError(f"{where}[0]: requires a row of its own, got {row} a second time")
        words[row] = read_word(entry[1], f"{where}[1]")
        vectors[row] = _vector(entry[2:], where, 2)
    require_different(words)
    return words, vectors


def _settings(stated: Mapping[str, object]) -> dict[str, object]:
    settings = {name: stated[name] for name in SETTINGS if name in stated}
    temperature = settings.get("temperature")
    if isinstance(temperature, NumberLiteral):  # the one decimal here: it is no weight, nothing exact uses it
        settings["temperature"] = float(temperature)
    return settings


def _bag(entry: Mapping[str, object], where: str) -> list[tuple[int, int]]:
    # A row given twice is refused rather than added up: it is hardly meant.
    pairs = _list(entry, "bag", where)
    counts: dict[int, int] = {}
    for place, pair in enumerate(pairs):
        if not isinstance(pair, list) or len(pair) != 2:
            raise ShapeError(f"{where}[{place}]: requires a row and a count, got {shorten(pair)}")
        row = integer(pair[0], f"{where}[{place}][0]", 0, ROW_LIMIT)
        if row in counts:
            raise InputError(f"{where}[{place}][0]: requires a row of its own, got {row} a second time")
        counts[row] = integer(pair[1], f"{where}[{place}][1]", 1, TOKENS_LIMIT)
    if sum(counts.values()) > TOKENS_LIMIT:
        raise InputError(f"{where}: requires 1 to {TOKENS_LIMIT} tokens, got {sum(counts.values())}")
    return sorted(counts.items())


def _vector(values: object, where: str, first: int | None) -> list[float]:
    if not isinstance(values, list) or not values:
        raise ShapeError(f"{where}: requires a list of floats, got {shorten(values)}")
    return [read_float(value, f"{where}[{place + (first or 0)}]") for place, value in enumerate(values)]


def _list(document: Mapping[str, object], field: str, where: str | None = None) -> list[object]:
    value = document.get(field)
    if not isinstance(value, list) or not value:
        raise InputError(f"{where or field}: requires a list that is not empty, got {shorten(value)}")
    return value
