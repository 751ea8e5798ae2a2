"""Heads: their matrices of scores and of values, who sees whom, and what a tie means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from proofs_checks import work
from proofs_checks.format.field_number import Integer, Matrix
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.schedule import entry, require_length

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
    return Head((), values, _read_mask(members["mask"], count) if "mask" in members else None, ties)


def _read_matrices(field: Field, dimension: int, period: int) -> tuple[Matrix, ...]:
    require_length(field, period)
    return tuple(matrix.matrix(dimension, dimension) for matrix in field.items())


def _read_mask(field: Field, count: int) -> Mask:
    if not isinstance(field.value, list):
        kind = field.text()
        return Mask(kind) if kind in ("causal", "strict") else field.refuse('"causal", "strict" or rows')
    work.count_products(count * count // 16, 0)
    rows = [[cell.integer(0, 1) for cell in row.items(count)] for row in field.items(count)]
    for row, cells in zip(field.items(), rows, strict=True):
        if not any(cells):
            row.refuse("a 1, as every token sees somebody")
    return Mask("rows", tuple(frozenset(j for j, cell in enumerate(cells) if cell) for cells in rows))
