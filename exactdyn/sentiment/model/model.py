"""The model: an encoder, hardmax layers that share one coefficient, the mean, an affine decoder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

from exactdyn.errors import InputError
from exactdyn.numbers.reading import Row
from exactdyn.numbers.vectors import inner
from exactdyn.systems.hardmax import Hardmax


@dataclass(frozen=True)
class Decoder:
    """The affine form x -> <v, x> + b, whose sign at the mean token is the class.

    ``v``: d fractions. ``b``: a fraction.
    Source: arXiv 2407.01602, section 4.

    >>> Decoder((Fraction(1), Fraction(-2)), Fraction(1, 2)).value((Fraction(1), Fraction(1)))
    Fraction(-1, 2)
    """

    v: Row
    b: Fraction

    def value(self, point: Sequence[Fraction]) -> Fraction:
        """Return <v, x> + b at a point x of Q^d.

        Source: arXiv 2407.01602, section 4.

        >>> Decoder((Fraction(1), Fraction(2)), Fraction(3)).value([Fraction(1), Fraction(1)])
        Fraction(6, 1)
        """
        return inner(self.v, tuple(point)) + self.b


@dataclass(frozen=True, eq=False)
class Model:
    """A trained sentiment transformer; every float in it is taken at its exact (dyadic rational) value.

    ``rows``: the word rows that are known, increasing (m integers). ``vectors``: the encoder, one finite
    float64 vector of R^d for each (m x d). ``alpha``: the positive coefficient that all layers share; the
    attention matrix is the identity. ``decoder``: the affine form. ``words``: the word of each row, as far
    as it is known. ``depth``: the number of layers. ``length``: the number of tokens of a review.
    ``padding``: the row that fills a short review up. ``temperature``: that of the softmax the model was
    trained with.
    Source: arXiv 2407.01602, section 4.

    >>> model = Model(
    ...     np.array([0, 7]), np.array([[0.0], [1.0]]), Fraction(1), Decoder((Fraction(1),), Fraction(0)), {}
    ... )
    >>> model.dimension, model.word(7), model.system.tau
    (1, '#7', Fraction(1, 2))
    """

    rows: np.ndarray
    vectors: np.ndarray
    alpha: Fraction
    decoder: Decoder
    words: Mapping[int, str]
    depth: int = 8
    length: int = 128
    padding: int = 0
    temperature: float = 0.001

    @property
    def dimension(self) -> int:
        """The dimension d of the tokens.

        >>> from exactdyn.sentiment.model.load import load_model
        >>> load_model("handmade").dimension
        2
        """
        return int(self.vectors.shape[1])

    @cached_property
    def system(self) -> Hardmax:
        """The hardmax dynamics of the layers.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model
        >>> load_model("handmade").system.alpha
        Fraction(3, 2)
        """
        return Hardmax(alpha=self.alpha)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row of each word that has a vector; the lowest if a word stands in several rows.

        >>> from exactdyn.sentiment.model.load import load_model
        >>> load_model("handmade").row_of["film"]
        3
        """
        known = set(self.rows.tolist())
        ordered = sorted(((row, word) for row, word in self.words.items() if row in known), reverse=True)
        return {word: row for row, word in ordered}

    def word(self, row: int) -> str:
        """Return the word of a row, or "#row" where it is not known.

        >>> from exactdyn.sentiment.model.load import load_model
        >>> load_model("handmade").word(3), load_model("handmade").word(999)
        ('film', '#999')
        """
        return self.words.get(row, f"#{row}")

    def encode(self, rows: Sequence[int] | np.ndarray) -> np.ndarray:
        """Return the vectors of word rows, one a row, as float64.

        Raises :class:`~exactdyn.errors.InputError` for a row that the model does not have.

        Source: arXiv 2407.01602, section 4.

        >>> from exactdyn.sentiment.model.load import load_model
        >>> load_model("handmade").encode([0, 3, 3]).tolist()
        [[-0.25, -0.125], [0.25, 0.0], [0.25, 0.0]]
        """
        wanted = np.asarray(rows)
        places = np.minimum(np.searchsorted(self.rows, wanted), len(self.rows) - 1)
        missing = np.flatnonzero(self.rows[places] != wanted)
        if len(missing):
            raise InputError(f"row: requires one that the model has, got {int(wanted[missing[0]])}")
        encoded: np.ndarray = self.vectors[places]
        return encoded

    def __repr__(self) -> str:
        return f"Model({len(self.rows)} words in dimension {self.dimension}, {self.depth} layers)"
