"""What a document states: :class:`Example`, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from exactdyn.documents.files import naming
from exactdyn.documents.names import require_label
from exactdyn.documents.one_field import in_one_field
from exactdyn.documents.parameter import Parameter, read_parameter
from exactdyn.documents.stated_softmax import hard_heads, read_softmax
from exactdyn.documents.stated_system import read_system, states_system
from exactdyn.documents.syntax import NumberLiteral
from exactdyn.documents.uses import FIELDS, fields_aside
from exactdyn.documents.written_system import softmax_document, system_document
from exactdyn.errors import InputError, ShapeError
from exactdyn.numbers.fields.joining import number_rows, rational_rows
from exactdyn.numbers.reading import ExactFloats, Rows, integer, listed_rows
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.hardmax import Hardmax
from exactdyn.systems.run import DEFAULT_LAYERS, LAYERS_LIMIT, Run
from exactdyn.systems.soft_attention import Softmax
from proofs_checks.format.rationals import shorten

_SOFTMAX = ("V", "Q", "K", "mask", "heads", "step")
# What a document without alpha and tau states of softmax attention.

_HARD = ("A", "ties", "relu", "period", "form")
# What only hard attention has, beside alpha and tau.


@dataclass(frozen=True)
class Example:
    """A system, tokens to start it from, and how far to run it.

    ``name``: the built-in name, or the file's without its ending. ``about``: what the example shows, the
    first comment of a TOML document. ``hardmax``: the system of hard attention, of any kind; None if there is
    neither alpha nor tau, as softmax attention has none. ``tokens``: n rows of d fractions, or, from an array
    of floats, the array as it is (:class:`~exactdyn.numbers.reading.ExactFloats`). ``labels``: a text for
    every token. ``softmax``: the system of softmax attention, where there is neither alpha nor tau, nor a
    head that only hard attention has. ``settings``: the fields that a document states. ``source``: where it
    comes from, for messages.
    ``notes``: what its reader should be told, such as a row that was taken for a header. ``parameter``: every
    alpha, or a number that moves tokens or A; system and tokens are those of alpha = 1, or of the number 0.

    >>> from exactdyn.numbers.reading import exact_rows
    >>> Example("pair", "", Hardmax(alpha=1), exact_rows([[1], ["1/2"]], "tokens")).run().leaders
    {0: 0}
    """

    name: str
    about: str
    hardmax: HardAttention | None
    tokens: Rows | ExactFloats
    labels: tuple[str, ...] | None = None
    layers: int = DEFAULT_LAYERS
    softmax: Softmax | None = None
    settings: frozenset[str] = field(default=frozenset(), compare=False)
    source: str = field(default="", compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)
    parameter: Parameter | None = None

    @property
    def system(self) -> HardAttention:
        """The system of hard attention.

        Raises :class:`~exactdyn.errors.InputError` if the example states neither alpha nor tau.

        >>> read_document({"tokens": [[1]]}, "one").system
        Traceback (most recent call last):
        exactdyn.errors.InputError: one: alpha: requires a number (--alpha, or in the document), got none
        """
        if self.hardmax is None:
            where = self.source or self.name
            raise InputError(f"{where}: alpha: requires a number (--alpha, or in the document), got none")
        return self.hardmax

    @property
    def soft_attention(self) -> Softmax:
        """The system of softmax attention.

        Raises :class:`~exactdyn.errors.InputError` if the example states one of hard attention.

        >>> read_document({"tokens": [[1]], "mask": "causal"}, "one").soft_attention
        Softmax(1 head, mask causal)
        """
        if self.softmax is None:
            where = self.source or self.name
            raise InputError(
                f"{where}: heads: softmax requires heads of V, Q, K, mask, without alpha and tau, got others"
            )
        return self.softmax

    @property
    def alpha(self) -> Fraction:
        """The one coefficient of all layers.

        Raises :class:`~exactdyn.errors.InputError` if there is none, or are several.

        >>> read_document({"tokens": [[1]], "alpha": "2/(k+2)"}, "one").alpha
        Traceback (most recent call last):
        exactdyn.errors.InputError: one: alpha: requires one alpha for all layers here, got alpha = 2/(k+2)
        """
        system = self.system
        with naming(self.source or self.name):
            if not isinstance(system, Hardmax):
                raise InputError("alpha: requires one head and no ReLU block here, got more")
            return system.alpha

    @property
    def stated(self) -> frozenset[str]:
        """The fields that are stated, and not left to their defaults.

        >>> sorted(read_document({"tokens": [[1]], "alpha": 1, "form": "normalised"}, "one").stated)
        ['alpha', 'form', 'tokens']
        """
        stated = set() if self.labels is None else {"labels"}
        if self.softmax is not None:
            stated |= set(softmax_document(self.softmax, self.shape[0]))
        if self.hardmax is not None and not self.settings:
            # The form of a system made in Python is not known to be chosen.
            stated |= set(system_document(self.hardmax, self.shape[0])) - {"form"}
        return self.settings | {"tokens"} | stated

    def require_for(self, command: str) -> tuple[str, ...]:
        """Return the fields that play no part in what a command asks, if it has some use for all others.

        Raises :class:`~exactdyn.errors.InputError` for a field that it does not use; see
        :data:`~exactdyn.documents.uses.USES`. The form counts only where it is not the one that verdicts and
        limits are about.

        >>> read_document({"tokens": [[1]], "alpha": 1, "labels": ["x"]}, "one").require_for("hunt")
        ('labels',)
        """
        with naming(self.source or self.name):
            aside = fields_aside(self.stated, command)
            if self.parameter is not None and command != "cells":
                raise InputError(f"alpha: {command} requires a number, got 'all'")
        normalised = self.hardmax is None or self.hardmax.form == "normalised"
        return tuple(name for name in aside if not (name == "form" and normalised))

    @property
    def shape(self) -> tuple[int, int]:
        """The number n of tokens and their dimension d.

        >>> read_document({"tokens": [["1/2", 0], [1, 0], [0, 1]], "alpha": 1}, "three").shape
        (3, 2)
        """
        return _shape(self.tokens)

    def run(self, layers: int | None = None) -> Run:
        """Run the system from the tokens through this many layers, or as many as the example says.

        Raises :class:`~exactdyn.errors.InputError` for a bad number of layers, and without alpha and tau.

        >>> read_document({"tokens": [["1/2"], [1]], "alpha": 1, "layers": 5}, "pair").run()
        Run(2 tokens in dimension 1, layers 0..5, 1 leader)
        """
        self.require_for("run")
        run = self.system.run(self.tokens, self.layers if layers is None else layers)
        return run if self.labels is None else replace(run, labels=self.labels)

    def __repr__(self) -> str:
        count, dimension = self.shape
        return f"Example({self.name!r}, {count} tokens in dimension {dimension}, {self.layers} layers)"


def read_document(document: Mapping[str, object], name: str, about: str = "") -> Example:
    """Return the example that a document states.

    ``document``: the fields :data:`~exactdyn.documents.uses.FIELDS`; ``tokens`` may be
    :class:`~exactdyn.numbers.reading.ExactFloats`, which is kept as it is. Raises
    :class:`~exactdyn.errors.InputError` for a field that is missing, unknown or wrong.

    >>> read_document({"tokens": [["1/2", 0], [1, 0]], "alpha": "0.5"}, "pair")
    Example('pair', 2 tokens in dimension 2, 30 layers)
    """
    for name_of_field in document:
        if name_of_field not in FIELDS:
            raise InputError(f"{shorten(name_of_field)}: unknown field, requires one of {', '.join(FIELDS)}")
    if "tokens" not in document:
        raise InputError("tokens: requires a value, got none")
    stated = frozenset(document)
    parameter, document = read_parameter(document)
    tokens, document = _numbers_read(document)
    count, dimension = _shape(tokens)
    hard = states_system(document) or hard_heads(document) or not set(document).isdisjoint(_HARD)
    system = read_system(_hard_attention(document), count, dimension) if hard else None
    labels = _labels(document["labels"], count) if "labels" in document else None
    layers = integer(document.get("layers", DEFAULT_LAYERS), "layers", 0, LAYERS_LIMIT)
    softmax = None
    if not states_system(document):
        system = None
        if not hard_heads(document):
            softmax = read_softmax(document, count, dimension)
    return Example(name, about, system, tokens, labels, layers, softmax, stated, parameter=parameter)


def _numbers_read(document: Mapping[str, object]) -> tuple[Rows | ExactFloats, Mapping[str, object]]:
    """Return the tokens, and the document with its numbers in one field where some are irrational."""
    tokens = document["tokens"]
    if isinstance(tokens, ExactFloats):
        return tokens, in_one_field(document)
    rows = listed_rows(tokens, "tokens")
    if (rational := rational_rows(rows, "tokens")) is not None:
        # Rational tokens, of which there may be many, make no field larger: they are read once.
        return rational, in_one_field({name: own for name, own in document.items() if name != "tokens"})
    document = in_one_field({**document, "tokens": rows})
    return number_rows(document["tokens"], "tokens"), document


def _hard_attention(document: Mapping[str, object]) -> Mapping[str, object]:
    # Where alpha is missing, 1 stands in for it to have the other fields read; what may be of softmax is not.
    if states_system(document) or hard_heads(document):
        return document
    return {name: value for name, value in document.items() if name not in _SOFTMAX}


def _shape(tokens: Rows | ExactFloats) -> tuple[int, int]:
    if isinstance(tokens, ExactFloats):
        count, dimension = tokens.values.shape
        return count, dimension
    return len(tokens), len(tokens[0])


def _labels(labels: object, count: int) -> tuple[str, ...]:
    if not isinstance(labels, list | tuple):
        raise ShapeError(f"labels: requires a list of texts, got {shorten(labels)}")
    if len(labels) != count:
        raise ShapeError(f"labels: requires {count} texts, one a token, got {len(labels)}")
    for token, label in enumerate(labels):
        if not isinstance(label, str) or isinstance(label, NumberLiteral):
            raise InputError(f"labels[{token}]: requires a text, got {shorten(label)}")
        require_label(label, f"labels[{token}]")
    return tuple(labels)
