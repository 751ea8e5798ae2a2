"""The ReLU block after attention: piecewise linear, so exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import fmpq, fmpq_mat

from exactdyn.errors import ShapeError
from exactdyn.numbers.fields.joining import number, number_rows
from exactdyn.numbers.fields.written import number_text
from exactdyn.numbers.reading import Row, Rows, to_fmpq
from exactdyn.numbers.vectors import inner, rational_matrix


@dataclass(frozen=True, init=False)
class Relu:
    """The map y -> eta y + W2 relu(W1 y + b1) + b2, relu(x) = max(x, 0) coordinate by coordinate.

    ``W1``: m x d, ``b1``: m, ``W2``: d x m, ``b2``: d exact numbers; ``eta``: an exact number, 1 where it is
    not given. Raises :class:`~exactdyn.errors.InputError` for what does not fit together.
    Source: arXiv 2502.02270, the feed-forward part of a layer.

    >>> Relu(W1=[[1], [-1]], b1=[0, 0], W2=[[1, 1]], b2=["1/2"], eta=0).moved(fmpq_mat([[-3], [2]]))
    [7/2]
    [5/2]
    >>> Relu([[1, 2]], [0], [[1], [1]], [0, 0], eta="1/2")
    Relu(2 -> 1 -> 2, eta = 1/2)
    """

    W1: Rows
    b1: Row
    W2: Rows
    b2: Row
    eta: Fraction

    def __init__(self, W1: object, b1: object, W2: object, b2: object, eta: object = 1) -> None:
        inward, outward = number_rows(W1, "W1"), number_rows(W2, "W2")
        (first,), (second,) = number_rows([b1], "b1"), number_rows([b2], "b2")
        if (len(outward[0]), len(outward)) != (len(inward), len(inward[0])):
            wanted = f"{len(inward[0])} x {len(inward)} beside W1"
            raise ShapeError(f"W2: requires {wanted}, got {len(outward)} x {len(outward[0])}")
        for name, vector, size in (("b1", first, len(inward)), ("b2", second, len(outward))):
            if len(vector) != size:
                raise ShapeError(f"{name}: requires {size} numbers, got {len(vector)}")
        parts = {"W1": inward, "b1": first, "W2": outward, "b2": second, "eta": number(eta, "eta")}
        for name, part in parts.items():
            object.__setattr__(self, name, part)

    def __repr__(self) -> str:
        d, m = self.dimension, len(self.b1)
        eta = "" if self.eta == 1 else f", eta = {number_text(self.eta)}"
        return f"Relu({d} -> {m} -> {d}{eta})"

    @property
    def dimension(self) -> int:
        """The dimension d of the tokens.

        >>> Relu([[1, 2]], [0], [[1], [1]], [0, 0]).dimension
        2
        """
        return len(self.b2)

    def moved(self, tokens: fmpq_mat) -> fmpq_mat:
        """Return the images of n tokens, the rows of an n x d matrix.

        Source: arXiv 2502.02270, the feed-forward part of a layer.

        >>> Relu([[1]], [-1], [[2]], [0]).moved(fmpq_mat([[3], [0]]))
        [7]
        [0]
        """
        inward, first, outward, second, eta = self._transposed
        count, zero = tokens.nrows(), fmpq(0)
        before = (tokens * inward).tolist()
        after = [[max(x + b, zero) for x, b in zip(row, first, strict=True)] for row in before]
        shift = fmpq_mat([second] * count)
        return tokens * eta + fmpq_mat(after) * outward + shift

    def moved_number(self, token: Sequence[Any]) -> list[Any]:
        """Return the image of one token over any domain.

        Source: arXiv 2502.02270, the feed-forward part of a layer.

        >>> Relu([[1]], [-1], [[2]], ["1/2"]).moved_number([Fraction(3)])
        [Fraction(15, 2)]
        """
        before = [inner(row, token) + b for row, b in zip(self.W1, self.b1, strict=True)]
        after = [max(x, x - x) for x in before]
        rows = zip(token, self.W2, self.b2, strict=True)
        return [self.eta * y + inner(row, after) + b for y, row, b in rows]

    @cached_property
    def _transposed(self) -> tuple[fmpq_mat, list[fmpq], fmpq_mat, list[fmpq], fmpq]:
        # Tokens are rows, so matrices stand to their right.
        inward, outward = (rational_matrix(rows).transpose() for rows in (self.W1, self.W2))
        first, second = ([to_fmpq(x) for x in vector] for vector in (self.b1, self.b2))
        return inward, first, outward, second, to_fmpq(self.eta)
