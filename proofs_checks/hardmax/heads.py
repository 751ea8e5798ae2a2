"""Heads: their matrices of scores and of values, who sees whom, and what a tie means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from proofs_checks import work
from proofs_checks.format.field_number import Integer, Matrix
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.schedule import entry, require_length
from proofs_checks.hardmax.vectors import positive_multiple, summed

TIES = ("mean", "first", "last")

BESIDE = ("V", "mask", "ties")
"""The members that a head has beside its matrices of scores, all of them optional."""


@dataclass(frozen=True)
class Mask:
    """Which tokens a token may see: ``kind`` is "causal", "strict" or "rows"."""

    kind: str
    rows: tuple[frozenset[int], ...] = ()

    def seen(self, token: int) -> range | frozenset[int]:
        """Return what a token may see.

        >>> Mask("causal").seen(2), Mask("strict").seen(2), Mask("strict").seen(0)
        (range(0, 3), range(0, 2), range(0, 1))
        """
        if self.kind == "rows":
            return self.rows[token]
        return range(token + 1) if self.kind == "causal" else range(max(token, 1))


@dataclass(frozen=True)
class Head:
    """Matrices of scores and of values, entry by entry; no ``values``: the identity; no mask: everybody.

    ``ties``: whether a token attends all tokens of the largest score ("mean"), the first or the last.
    """

    matrices: tuple[Matrix, ...]
    values: tuple[Matrix, ...] = ()
    mask: Mask | None = None
    ties: str = "mean"

    @property
    def lists(self) -> tuple[tuple[object, ...], ...]:
        """What is given entry by entry, one a layer.

        >>> Head(matrices=()).lists
        ((), ())
        """
        return self.matrices, self.values

    @property
    def attends_alike(self) -> bool:
        """Whether it has one matrix of scores, up to positive factors that may depend on the layer.

        >>> Head((((Fraction(1),),), ((Fraction(-1),),))).attends_alike
        False
        """
        return all(positive_multiple(matrix, self.matrices[0]) for matrix in self.matrices[1:])

    def value(self, period: int, layer: int) -> Matrix | None:
        """Return the matrix of values of a layer; None is the identity.

        >>> Head(matrices=()).value(1, 7) is None
        True
        """
        return self.values[entry(len(self.values), period, layer)] if self.values else None

    def chosen(self, token: int, scores: Sequence[Integer]) -> frozenset[int]:
        """Return what a token attends that has these scores for all tokens.

        >>> [sorted(Head((), mask=Mask("causal"), ties=ties).chosen(1, [5, 5, 9])) for ties in TIES]
        [[0, 1], [0], [1]]
        """
        seen: Sequence[int] | frozenset[int] = range(len(scores))
        if self.mask is not None:
            seen = self.mask.seen(token)
        largest = max(scores[j] for j in seen)
        best = [j for j in seen if scores[j] == largest]
        if self.ties == "mean":
            return frozenset(best)
        return frozenset({min(best) if self.ties == "first" else max(best)})


def heads_as_one(heads: Sequence[Head], period: int) -> tuple[Head, ...]:
    """Return heads that move the tokens alike: those of the same scores, mask and ties are one head.

    Its matrices of values are the sums of theirs.

    Source: FORMAT.md, lemma ``heads-as-one``.

    >>> one = ((Fraction(1),),)
    >>> heads_as_one([Head((one,)), Head((((Fraction(2),),),))], 1) == (Head((one,), (((Fraction(2),),),)),)
    True
    """
    if len(heads) == 1:
        return tuple(heads)
    groups: list[tuple[tuple[Matrix, ...], list[Head]]] = []
    for head in heads:
        scores = head.matrices
        scores = scores[:1] if all(positive_multiple(A, scores[0]) for A in scores) else scores
        alike = next((own for others, own in groups if _attend_alike(head, scores, own[0], others)), None)
        if alike is None:
            groups.append((scores, [head]))
        else:
            alike.append(head)
    return tuple(_as_one(own, period) for _, own in groups)


def _attend_alike(head: Head, scores: tuple[Matrix, ...], other: Head, others: tuple[Matrix, ...]) -> bool:
    work.count_products(len(head.mask.rows) ** 2 // 16 if head.mask else 1, 0)
    same = head.mask == other.mask and head.ties == other.ties
    return same and len(scores) == len(others) and all(map(positive_multiple, scores, others))


def _as_one(heads: Sequence[Head], period: int) -> Head:
    first, *others = heads
    if not others:
        return first
    size = range(len(first.matrices[0]))
    identity = tuple(tuple(Fraction(r == c) for c in size) for r in size)
    sums = []
    for k in range(max(1, *(len(head.values) for head in heads))):
        matrices = [identity if (V := head.value(period, k)) is None else V for head in heads]
        sums.append(tuple(tuple(summed([V[r][c] for V in matrices]) for c in size) for r in size))
    return replace(first, values=tuple(sums))


def read_head(field: Field, count: int, dimension: int, period: int) -> Head:
    """Read an entry of the member ``heads`` for so many tokens of a dimension.

    Source: FORMAT.md, section "Systems with schedules, masks, heads".

    >>> read_head(Field({"A": [[["1"]]], "ties": "first"}, "heads[0]"), 2, 1, 1).ties
    'first'
    """
    members = field.fields(["A"], list(BESIDE))
    head = read_beside(members, count, dimension, period)
    return replace(head, matrices=_read_matrices(members["A"], dimension, period))


def read_beside(members: Mapping[str, Field], count: int, dimension: int, period: int) -> Head:
    """Read what a head has beside its matrices of scores, as far as it is there.

    Source: FORMAT.md, section "Systems with schedules, masks, heads".

    >>> read_beside({"mask": Field("causal", "mask")}, 2, 1, 1).mask
    Mask(kind='causal', rows=())
    """
    values = _read_matrices(members["V"], dimension, period) if "V" in members else ()
    ties = members["ties"].text() if "ties" in members else "mean"
    if ties not in TIES:
        members["ties"].refuse('"mean", "first" or "last"')
    return Head((), values, read_mask(members["mask"], count) if "mask" in members else None, ties)


def _read_matrices(field: Field, dimension: int, period: int) -> tuple[Matrix, ...]:
    require_length(field, period)
    return tuple(matrix.matrix(dimension, dimension) for matrix in field.items())


def read_mask(field: Field, count: int) -> Mask:
    """Read the mask of a head for so many tokens.

    Source: FORMAT.md, section "Systems with schedules, masks, heads".

    >>> read_mask(Field([[1, 0], [1, 1]], "mask"), 2).rows
    (frozenset({0}), frozenset({0, 1}))
    """
    if not isinstance(field.value, list):
        kind = field.text()
        return Mask(kind) if kind in ("causal", "strict") else field.refuse('"causal", "strict" or rows')
    work.count_products(count * count // 16, 0)
    rows = [[cell.integer(0, 1) for cell in row.items(count)] for row in field.items(count)]
    for row, cells in zip(field.items(), rows, strict=True):
        if not any(cells):
            row.refuse("a 1, as every token sees somebody")
    return Mask("rows", tuple(frozenset(j for j, cell in enumerate(cells) if cell) for cells in rows))
