"""What drives the distinct points of a softmax system, copies merged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from exactdyn.errors import InputError
from exactdyn.numbers.reading import Row, Rows, exact_rows
from exactdyn.numbers.vectors import inner
from exactdyn.systems.soft_attention import SoftHead, Softmax
from proofs_checks.format.rationals import shorten

__all__ = ["Drive", "Pull", "SoftHead", "Softmax", "Start", "driven", "merged", "read_time"]

LATEST = 1_000_000
"""The latest time that is accepted."""


@dataclass(frozen=True)
class Pull:
    """What a head does to n distinct points: V, the bilinear form B = Q^T K of the logits, who sees whom.

    ``weights``: for each point how many tokens of each point it sees; 0 is nobody.
    """

    V: Rows
    B: Rows
    weights: tuple[tuple[int, ...], ...]

    @property
    def row_weights(self) -> tuple[tuple[int, ...], ...]:
        """For each point how many tokens of each point it sees.

        >>> Pull(((Fraction(2),),), ((Fraction(1),),), ((3,),)).row_weights
        ((3,),)
        """
        return self.weights


@dataclass(frozen=True)
class Drive:
    """What drives n distinct points: V, the bilinear form B = Q^T K of the logits, a weight for each point.

    ``V``, ``B``: d x d rationals. ``weights``: how many tokens are at each point. ``heads``: where there are
    several, or masks, what each does; V is then the sum of theirs, and B that of the first.
    """

    V: Rows
    B: Rows
    weights: tuple[int, ...]
    heads: tuple[Pull, ...] = ()

    @property
    def pulls(self) -> tuple[Pull, ...]:
        """What each head does.

        >>> Drive(((Fraction(2),),), ((Fraction(1),),), (1, 3)).pulls[0].weights
        ((1, 3), (1, 3))
        """
        return self.heads or (Pull(self.V, self.B, self.row_weights),)

    @property
    def row_weights(self) -> tuple[tuple[int, ...], ...]:
        """For each point how many tokens of each point it sees, all of them.

        >>> Drive(((Fraction(2),),), ((Fraction(1),),), (1, 3)).row_weights
        ((1, 3), (1, 3))
        """
        return (self.weights,) * self.count

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
        return multiple_of(self.V)


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
        counts = Counter(self.place)
        return tuple(counts[index] for index in range(len(self.points)))


def multiple_of(V: Rows) -> Fraction | None:
    """Return a if V = a I, else None.

    >>> multiple_of(((Fraction(2), Fraction(1)), (Fraction(0), Fraction(2)))) is None
    True
    """
    a, size = V[0][0], range(len(V))
    return a if all(V[i][j] == a * (i == j) for i in size for j in size) else None


def driven(system: Softmax, tokens: object) -> tuple[Start, Drive]:
    """Return initial tokens with copies merged, and what drives the distinct points.

    Copies are equal tokens that see the same tokens in every head. Raises
    :class:`~exactdyn.errors.InputError` for bad tokens, and if the system does not fit them.

    Source: ``proofs_checks/softmax/FORMAT.md``, section "System".

    >>> driven(Softmax(mask="causal"), [[1], [1]])[0].weights
    (1, 1)
    """
    rows = exact_rows(tokens, "tokens")
    count, dimension = len(rows), len(rows[0])
    system.require_fit(count, dimension)
    views = [head.seen(count) for head in system.parts]
    masked = [own for own in views if own is not None]
    index: dict[object, int] = {}
    place = tuple(
        index.setdefault((row, *(own[i] for own in masked)), len(index)) for i, row in enumerate(rows)
    )
    firsts = [place.index(point) for point in range(len(index))]
    start = Start(tuple(rows[i] for i in firsts), place)
    pulls, counts = [], start.weights
    for h, (head, view) in enumerate(zip(system.parts, views, strict=True)):
        V, Q, K = head.matrices(dimension, system.place(h))
        weights = tuple(counts if view is None else _seen(view[i], place) for i in firsts)
        pulls.append(Pull(V, _form(Q, K), weights))
    V = pulls[0].V
    for pull in pulls[1:]:
        V = tuple(tuple(a + b for a, b in zip(*rows, strict=True)) for rows in zip(V, pull.V, strict=True))
    plain = len(pulls) == 1 and not masked
    return start, Drive(V, pulls[0].B, counts, () if plain else tuple(pulls))


def _seen(tokens: frozenset[int], place: tuple[int, ...]) -> tuple[int, ...]:
    counts = Counter(place[j] for j in tokens)
    return tuple(counts[point] for point in range(max(place) + 1))


def _form(Q: Rows, K: Rows) -> Rows:
    queries, keys = (list(zip(*own, strict=True)) for own in (Q, K))
    return tuple(tuple(inner(q, k) for k in keys) for q in queries)


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
