"""What a document states: :class:`Example`, field by field."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from exactdyn.errors import InputError, ShapeError
from exactdyn.example.syntax import NumberLiteral
from exactdyn.hardmax import LAYERS_LIMIT, Form, Hardmax
from exactdyn.numbers import ExactFloats, Rows, exact_rows, integer
from exactdyn.run import Run
from proofs_checks.rationals import shorten

DEFAULT_LAYERS = 30
"""The number of layers of an example that names none."""

FIELDS = ("tokens", "alpha", "A", "form", "labels", "layers", "V", "Q", "K")
"""What a document may state; ``tokens`` and ``alpha`` it must."""


@dataclass(frozen=True)
class Example:
    """A system, tokens to start it from, and how far to run it.

    ``name``: the built-in name, or the file's without its ending. ``about``: what the example shows, the
    first comment of a TOML document. ``tokens``: n rows of d fractions, or, from an array of floats, the
    array as it is (:class:`~exactdyn.numbers.ExactFloats`). ``labels``: a text for every token. ``V``, ``Q``,
    ``K``: the matrices of softmax attention in continuous time; None is the identity.

    >>> Example("pair", "", Hardmax(alpha=1), exact_rows([[1], ["1/2"]], "tokens")).run().leaders
    {0: 0}
    """

    name: str
    about: str
    system: Hardmax
    tokens: Rows | ExactFloats
    labels: tuple[str, ...] | None = None
    layers: int = DEFAULT_LAYERS
    V: Rows | None = None
    Q: Rows | None = None
    K: Rows | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """The number n of tokens and their dimension d.

        >>> read_document({"tokens": [["1/2", 0], [1, 0], [0, 1]], "alpha": 1}, "three").shape
        (3, 2)
        """
        return _shape(self.tokens)

    def run(self, layers: int | None = None) -> Run:
        """Run the system from the tokens through this many layers, or as many as the example says.

        Raises :class:`~exactdyn.errors.InputError` for a bad number of layers.

        >>> read_document({"tokens": [["1/2"], [1]], "alpha": 1, "layers": 5}, "pair").run()
        Run(2 tokens in dimension 1, layers 0..5, 1 leaders)
        """
        return self.system.run(self.tokens, self.layers if layers is None else layers)

    def __repr__(self) -> str:
        count, dimension = self.shape
        return f"Example({self.name!r}, {count} tokens in dimension {dimension}, {self.layers} layers)"


def read_document(document: Mapping[str, object], name: str, about: str = "") -> Example:
    """Return the example that a document states.

    ``document``: the fields :data:`FIELDS`; ``tokens`` may be :class:`~exactdyn.numbers.ExactFloats`, which
    is kept as it is. Raises :class:`~exactdyn.errors.InputError` for a field that is missing, unknown or
    wrong.

    >>> read_document({"tokens": [["1/2", 0], [1, 0]], "alpha": "0.5"}, "pair")
    Example('pair', 2 tokens in dimension 2, 30 layers)
    """
    for field in document:
        if field not in FIELDS:
            raise InputError(f"{shorten(field)}: unknown field, requires one of {', '.join(FIELDS)}")
    for field in ("tokens", "alpha"):
        if field not in document:
            raise InputError(f"{field}: requires a value, got none")
    tokens = document["tokens"]
    if not isinstance(tokens, ExactFloats):
        tokens = exact_rows(tokens, "tokens")
    matrix = exact_rows(document["A"], "A") if "A" in document else None
    # Hardmax itself refuses a form that it does not know.
    system = Hardmax(matrix, document["alpha"], cast("Form", document.get("form", "normalised")))
    count, dimension = _shape(tokens)
    system.matrix(dimension)
    labels = _labels(document["labels"], count) if "labels" in document else None
    layers = integer(document.get("layers", DEFAULT_LAYERS), "layers", 0, LAYERS_LIMIT)
    V, Q, K = (_softmax_matrix(document, field, dimension) for field in ("V", "Q", "K"))
    return Example(name, about, system, tokens, labels, layers, V, Q, K)


def _shape(tokens: Rows | ExactFloats) -> tuple[int, int]:
    if isinstance(tokens, ExactFloats):
        count, dimension = tokens.values.shape
        return count, dimension
    return len(tokens), len(tokens[0])


def _softmax_matrix(document: Mapping[str, object], field: str, dimension: int) -> Rows | None:
    if field not in document:
        return None
    rows = exact_rows(document[field], field)
    if len(rows[0]) != dimension:
        raise ShapeError(f"{field}: requires {dimension} columns for these tokens, got {len(rows[0])}")
    return rows


def _labels(labels: object, count: int) -> tuple[str, ...]:
    if not isinstance(labels, list | tuple):
        raise ShapeError(f"labels: requires a list of texts, got {shorten(labels)}")
    if len(labels) != count:
        raise ShapeError(f"labels: requires {count} texts, one a token, got {len(labels)}")
    for token, label in enumerate(labels):
        if not isinstance(label, str) or isinstance(label, NumberLiteral):
            raise InputError(f"labels[{token}]: requires a text, got {shorten(label)}")
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in label):
            raise InputError(f"labels[{token}]: requires no control characters, got {shorten(label)}")
    return tuple(labels)
