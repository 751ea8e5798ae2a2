"""The attention matrices of a transformer, wherever they are stored: a head at a time, as exact floats."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from exactdyn.documents.names import show_name, show_names
from exactdyn.errors import InputError, ShapeError
from exactdyn.numbers.reading import from_floats

WIDTH_LIMIT = 256
"""Largest width of a head: characteristic polynomials of larger matrices take minutes each."""

DIMENSION_LIMIT = 2**15
"""Largest dimension of the tokens."""


@dataclass(frozen=True)
class StoredArrays:
    """Arrays by their names: their shapes, known before any is read, and a function that reads one."""

    shapes: Mapping[str, tuple[int, ...]]
    read: Callable[[str], np.ndarray]

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of an array; raises :class:`~exactdyn.errors.InputError` if there is none."""
        if name not in self.shapes:
            raise InputError(
                f"{show_name(name)}: requires an array, got none (has {show_names(self.shapes)})"
            )
        return self.shapes[name]

    def floats(self, name: str) -> np.ndarray:
        """Return an array of two or more axes as float64, its exact values.

        Raises :class:`~exactdyn.errors.NumberError` for what is no finite float.
        """
        array = self.read(name)
        values = from_floats(array.reshape(-1, array.shape[-1]), show_name(name)).values
        return values.reshape(array.shape)


@dataclass(frozen=True)
class HeadWeights:
    """The matrices of a head: scores are <Q x, K y>, and what it adds to x is O V times the attended mean.

    ``query``, ``key``: c x d. ``value``: w x d. ``output``: d x w. All float64, at their exact values.
    """

    query: np.ndarray
    key: np.ndarray
    value: np.ndarray
    output: np.ndarray

    @property
    def shape(self) -> tuple[int, int]:
        """The dimension d of the tokens and the width w of the head.

        >>> HeadWeights(*[np.eye(1, 3)] * 3, np.eye(3, 1)).shape
        (3, 1)
        """
        return self.output.shape[0], self.output.shape[1]


@dataclass(frozen=True)
class Transformer:
    """The attention matrices of a model, read a layer at a time.

    ``layout``: how its arrays are named. ``dimension``: d. ``width``: of a head, the most rows that
    its Q, K and V have. ``layers``,
    ``heads``: how many there are, heads in each layer. ``read``: returns the heads of a layer.
    """

    layout: str
    dimension: int
    width: int
    layers: int
    heads: int
    read: Callable[[int], list[HeadWeights]]

    def __post_init__(self) -> None:
        if min(self.width, self.dimension) > WIDTH_LIMIT:
            raise ShapeError(f"requires heads of width at most {WIDTH_LIMIT}, got {self.width}")
        if self.dimension > DIMENSION_LIMIT:
            raise ShapeError(f"requires tokens of dimension at most {DIMENSION_LIMIT}, got {self.dimension}")

    def all_heads(self) -> Iterator[tuple[int, int, HeadWeights]]:
        """Yield layer, head and matrices of every head; raises as reading does.

        >>> one = HeadWeights(*[np.eye(1, 3)] * 3, np.eye(3, 1))
        >>> [place[:2] for place in Transformer("by hand", 3, 1, 2, 1, lambda layer: [one]).all_heads()]
        [(0, 0), (1, 0)]
        """
        for layer in range(self.layers):
            for head, weights in enumerate(self.read(layer)):
                yield layer, head, weights
