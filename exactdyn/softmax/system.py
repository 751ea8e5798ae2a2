"""The system: softmax self-attention in continuous time, its matrices rational."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exactdyn.errors import InputError, ShapeError
from exactdyn.numbers.reading import Row, Rows, exact_rows
from exactdyn.numbers.vectors import identity, inner
from proofs_checks.format.rationals import shorten

LATEST = 1_000_000
"""The latest time that is accepted."""


@dataclass(frozen=True)
class Drive:
    """What drives n distinct points: V, the bilinear form B = Q^T K of the logits, a weight for each point.

    ``V``, ``B``: d x d rationals. ``weights``: how many tokens are at each point.
    """

    V: Rows
    B: Rows
    weights: tuple[int, ...]

    @property
    def count(self) -> int:
        """The number n of points.

        >>> Drive(((Fraction(2),),), ((Fraction(1),),), (1, 3)).count
        2
        """
        return len(self.weights)

    @property
    def dimension(self) -> int:
        """The dimension d.

        >>> Drive(((Fraction(2),),), ((Fraction(1),),), (1, 3)).dimension
        1
        """
        return len(self.V)

    def multiple(self) -> Fraction | None:
        """Return a if V = a I, else None.

        >>> Drive(((Fraction(2),),), ((Fraction(1),),), (1,)).multiple()
        Fraction(2, 1)
        """
        a = self.V[0][0]
        size = range(self.dimension)
        return a if all(self.V[i][j] == a * (i == j) for i in size for j in size) else None


@dataclass(frozen=True)
class Start:
    """Initial tokens with exact copies merged: copies have equal derivatives and stay equal.

    ``points``: the distinct points, in the order in which they first appear. ``place``: for every token the
    index of its point.
    """

    points: Rows
    place: tuple[int, ...]

    @property
    def weights(self) -> tuple[int, ...]:
        """How many tokens are at each point.

        >>> merged([[1], [2], [1]]).weights
        (2, 1)
        """
        return tuple(self.place.count(index) for index in range(len(self.points)))


@dataclass(frozen=True, init=False)
class Softmax:
    """Tokens x_i in Q^d that move by softmax self-attention.

        x_i' = sum_j P_ij V x_j,   P_ij = exp(<Q x_i, K x_j>) / sum_l exp(<Q x_i, K x_l>),

    and z_i(t) = exp(-tV) x_i(t), the rescaled tokens. ``V``: d x d exact numbers. ``Q``, ``K``: k x d, both
    of one shape. Each defaults to the identity of whatever dimension the tokens have.

    Raises :class:`~exactdyn.errors.InputError` for what is no matrix of exact numbers of that shape.
    Source: arXiv 2305.05465, equations (1) to (4).

    >>> Softmax(Q=[[2]], K=[["1/2"]]).model((1, 1), 1).B
    ((Fraction(1, 1),),)
    """

    V: Rows | None
    Q: Rows | None
    K: Rows | None

    def __init__(self, V: object = None, Q: object = None, K: object = None) -> None:
        for name, given in (("V", V), ("Q", Q), ("K", K)):
            object.__setattr__(self, name, None if given is None else exact_rows(given, name))
        if self.V is not None and len(self.V) != len(self.V[0]):
            raise ShapeError(f"V: requires a square matrix, got {len(self.V)} x {len(self.V[0])}")

    def matrices(self, dimension: int) -> tuple[Rows, Rows, Rows]:
        """Return V, Q, K for tokens of this dimension.

        Raises :class:`~exactdyn.errors.ShapeError` if they do not fit it.

        >>> Softmax(V=[[2]]).matrices(1)[:2]
        (((Fraction(2, 1),),), ((Fraction(1, 1),),))
        """
        V, Q, K = (identity(dimension) if own is None else own for own in (self.V, self.Q, self.K))
        for name, own in (("V", V), ("Q", Q), ("K", K)):
            if len(own[0]) != dimension:
                raise ShapeError(f"{name}: requires {dimension} columns for these tokens, got {len(own[0])}")
        if len(Q) != len(K):
            raise ShapeError(f"K: requires {len(Q)} rows, as many as Q, got {len(K)}")
        return V, Q, K

    def model(self, weights: tuple[int, ...], dimension: int) -> Drive:
        """Return what drives distinct points of these weights; raises as :meth:`matrices` does.

        Source: arXiv 2305.05465, equation (1).

        >>> Softmax().model((1, 3), 2).count
        2
        """
        V, Q, K = self.matrices(dimension)
        columns = [tuple(row[a] for row in Q) for a in range(dimension)]
        others = [tuple(row[a] for row in K) for a in range(dimension)]
        return Drive(V, tuple(tuple(inner(q, k) for k in others) for q in columns), weights)


def merged(tokens: object) -> Start:
    """Return initial tokens with exact copies merged.

    ``tokens``: n rows of d exact numbers or :func:`~exactdyn.numbers.reading.from_floats`. Raises
    :class:`~exactdyn.errors.InputError` for anything else.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "System": equal tokens stay equal.

    >>> merged([[1], [2], [1]]).place
    (0, 1, 0)
    """
    rows = exact_rows(tokens, "tokens")
    index: dict[Row, int] = {}
    place = tuple(index.setdefault(row, len(index)) for row in rows)
    return Start(tuple(index), place)


def read_time(value: Fraction, field: str) -> Fraction:
    """Return a time, or raise :class:`~exactdyn.errors.InputError` unless it is positive and moderate.

    >>> read_time(Fraction(0), "until")
    Traceback (most recent call last):
    exactdyn.errors.InputError: until: requires a time greater than 0 and at most 1000000, got 0
    """
    if not 0 < value <= LATEST:
        got = shorten(str(value)).strip("'")
        raise InputError(f"{field}: requires a time greater than 0 and at most {LATEST}, got {got}")
    return value
