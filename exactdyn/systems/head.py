"""A head as a user gives it: its matrices at every layer, its mask, and what a tie means."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import cast, get_args

from exactdyn.errors import InputError, ShapeError
from exactdyn.layer.affine import Multiplier, multiplier_of
from exactdyn.layer.head import LayerHead, Ties
from exactdyn.layer.mask import Mask
from exactdyn.numbers.elimination import product
from exactdyn.numbers.fields.joining import joined, mapped, number_rows
from exactdyn.numbers.rationals import domain_of
from exactdyn.numbers.reading import ExactFloats, Rows
from exactdyn.numbers.vectors import identity
from exactdyn.systems.stated import entry_at
from proofs_checks.format.rationals import shorten


@dataclass(frozen=True, init=False)
class Head:
    """One head: C_i = the tokens j that i may see with the largest <A z_i, z_j>, and V for what they send.

    ``A``: d x d exact numbers, irrational ones too, or a list of such matrices, one a layer; None: the
    identity. ``V``: the same.
    ``mask``: None (everybody), "causal", "strict", or n x n numbers 0 and 1
    (:class:`~exactdyn.layer.mask.Mask`). ``ties``: of several tokens with the largest score "mean" attends
    all, "first" the lowest, "last" the highest one. ``Q``, ``K``: p x d instead of A, which is then K^T Q.

    What is kept: ``A`` and ``V`` as tuples of matrices, or None. Raises
    :class:`~exactdyn.errors.InputError` for what does not fit together.
    Source: arXiv 2407.01602, equation (1.2), for A; arXiv 2508.09628 v1 for V.

    >>> Head(Q=[[1, 2]], K=[[0, 3]], mask="causal")
    Head(A 2 x 2, mask causal)
    >>> Head(A=[[[1]], [[2]]], V=[[3]], ties="first")
    Head(2 layers of A 1 x 1, V 1 x 1, ties first)
    """

    A: tuple[Rows, ...] | None
    V: tuple[Rows, ...] | None
    mask: Mask | None
    ties: Ties

    def __init__(
        self,
        A: object = None,
        V: object = None,
        mask: object = None,
        ties: object = "mean",
        Q: object = None,
        K: object = None,
    ) -> None:
        if not isinstance(ties, str) or ties not in get_args(Ties):
            raise InputError(f'ties: requires "mean", "first" or "last", got {shorten(ties)}')
        object.__setattr__(self, "A", _score_matrices(A, Q, K))
        object.__setattr__(self, "V", _square(V, "V"))
        object.__setattr__(self, "mask", Mask.of(mask))
        object.__setattr__(self, "ties", ties)

    def __repr__(self) -> str:
        named = (("A", self.A), ("V", self.V))
        parts = [_many(name, given) for name, given in named if given is not None]
        parts += [] if self.mask is None else [f"mask {self.mask.text}"]
        parts += [] if self.ties == "mean" else [f"ties {self.ties}"]
        return f"Head({', '.join(parts)})"

    @property
    def lengths(self) -> list[tuple[str, int]]:
        """The names of the matrices that are given and how many of each.

        >>> Head(A=[[[1]], [[2]]]).lengths
        [('A', 2)]
        """
        return [(name, len(given)) for name, given in (("A", self.A), ("V", self.V)) if given is not None]

    def at(self, layer: int, dimension: int, period: int = 1, place: str = "") -> LayerHead:
        """Return the head at a layer, for tokens of a dimension; the last ``period`` matrices repeat.

        ``place``: what stands before the name of a field in messages. Raises
        :class:`~exactdyn.errors.ShapeError` where A or V does not fit.

        >>> Head(A=[[[1]], [[2]]]).at(7, 1)
        LayerHead(matrix=((Fraction(2, 1),),), mask=None, ties='mean')
        """
        for name, given in (("A", self.A), ("V", self.V)):
            require_dimension(given, dimension, place + name)
        matrix = identity(dimension) if self.A is None else self.A[entry_at(layer, len(self.A), period)]
        return LayerHead(matrix, self.mask, self.ties)

    def entry(self, layer: int, period: int = 1) -> Hashable:
        """Return which of its matrices of scores a head has at a layer; equal ones attend alike.

        >>> Head(A=[[[1]], [[2]]]).entry(7)
        1
        """
        return 0 if self.A is None else entry_at(layer, len(self.A), period)

    def multiplier(self, layer: int, period: int = 1) -> Multiplier:
        """Return V at a layer, a number where it is a multiple of the identity.

        >>> Head(V=[[3, 0], [0, 3]]).multiplier(0)
        Fraction(3, 1)
        """
        if self.V is None:
            return identity(1)[0][0]
        return multiplier_of(self.V[entry_at(layer, len(self.V), period)])


def require_dimension(given: tuple[Rows, ...] | None, dimension: int, where: str) -> None:
    """Raise ShapeError, in one line, if square matrices do not fit tokens of a dimension.

    >>> require_dimension(None, 2, "A")
    """
    for matrix in given or ():
        if len(matrix) != dimension:
            size = len(matrix)
            raise ShapeError(
                f"{where}: requires {dimension} x {dimension} for these tokens, got {size} x {size}"
            )


def _score_matrices(A: object, Q: object, K: object) -> tuple[Rows, ...] | None:
    # A = K^T Q, layer by layer: one matrix stands for as many as the other list has.
    if Q is None and K is None:
        return _square(A, "A")
    if A is not None:
        raise InputError(f"A: requires no {'Q' if Q is not None else 'K'} beside it, A = K^T Q, got both")
    if Q is None or K is None:
        given, missing = ("Q", "K") if K is None else ("K", "Q")
        raise InputError(f"{given}: requires {missing} beside it, A = K^T Q, got none")
    queries, keys = _matrices(Q, "Q"), _matrices(K, "K")
    _, into = joined(
        map(domain_of, ([x for own in given for row in own for x in row] for given in (queries, keys)))
    )
    queries, keys = (tuple(mapped(own, into) for own in given) for given in (queries, keys))
    count = max(len(queries), len(keys))
    if len(queries) not in (1, count) or len(keys) not in (1, count):
        raise ShapeError(f"Q: requires {len(keys)} matrices like K, got {len(queries)}")
    pairs = zip(queries * (count // len(queries)), keys * (count // len(keys)), strict=True)
    return tuple(_product(query, key) for query, key in pairs)


def _product(query: Rows, key: Rows) -> Rows:
    if (len(query), len(query[0])) != (len(key), len(key[0])):
        shape = f"{len(key)} x {len(key[0])} like K"
        raise ShapeError(f"Q: requires {shape}, got {len(query)} x {len(query[0])}")
    return product(tuple(zip(*key, strict=True)), query)


def _square(value: object, where: str) -> tuple[Rows, ...] | None:
    if value is None:
        return None
    found = _matrices(value, where)
    for place, rows in enumerate(found):
        if len(rows) != len(rows[0]):
            name = where if len(found) == 1 else f"{where}[{place}]"
            raise ShapeError(f"{name}: requires a square matrix, got {len(rows)} x {len(rows[0])}")
    return found


def _matrices(value: object, where: str) -> tuple[Rows, ...]:
    """Read a matrix, or a list of matrices: what has rows of rows is a list."""
    if isinstance(value, ExactFloats) or not _listed(value):
        return (number_rows(value, where),)
    several = list(cast("Iterable[object]", value))
    first = several[0] if several else None
    if isinstance(first, ExactFloats) or (_peek(first) and all(map(_listed, _peek(first)))):
        return tuple(number_rows(own, f"{where}[{place}]") for place, own in enumerate(several))
    return (number_rows(several, where),)


def _many(name: str, given: tuple[Rows, ...]) -> str:
    layers = "" if len(given) == 1 else f"{len(given)} layers of "
    return f"{layers}{name} {len(given[0])} x {len(given[0])}"


def _listed(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str | bytes | dict)


def _peek(value: object) -> list[object]:
    # Rows that can be read once only are no rows of rows: they are left as they are.
    readable = isinstance(value, list | tuple) or hasattr(value, "__array__")
    return list(cast("Iterable[object]", value)) if readable else []
