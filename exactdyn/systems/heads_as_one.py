"""Heads that attend alike are one head, whose value matrix is the sum of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from exactdyn.layer.affine import as_matrix, numbers_of, sum_of
from exactdyn.numbers.rationals import RATIONALS, domain_of
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import identity, primitive_rows
from exactdyn.systems.head import Head


def heads_as_one(
    heads: Sequence[Head], period: int, dimension: int
) -> tuple[tuple[Head, ...], tuple[int, ...]]:
    """Return one head in place of those of the same scores, mask and ties, and which head stands for each.

    ``heads``: those of a system for tokens of this dimension, which their matrices fit; the last ``period``
    entries of their lists repeat. Scores are the same where every matrix of one is a positive multiple of
    that of the other.
    Source: lemma ``heads-as-one`` in ``proofs_checks/FORMAT.md``.

    >>> heads_as_one([Head([[2]]), Head([[-1]]), Head(V=[[3]])], 1, 1)
    ((Head(A 1 x 1, V 1 x 1), Head(A 1 x 1)), (0, 1))
    """
    groups: list[list[int]] = []
    for place, head in enumerate(heads):
        group = next((own for own in groups if _attend_alike(heads[own[0]], head, dimension)), None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    merged = tuple(_as_one([heads[place] for place in own], period, dimension) for own in groups)
    return merged, tuple(own[0] for own in groups)


def _attend_alike(head: Head, other: Head, dimension: int) -> bool:
    if (head.mask, head.ties) != (other.mask, other.ties):
        return False
    own, its = (_without_repetition(each.A or (identity(dimension),)) for each in (head, other))
    return len(own) == len(its) and all(same_scores(pair) for pair in zip(own, its, strict=True))


def _without_repetition(matrices: tuple[Rows, ...]) -> tuple[Rows, ...]:
    return matrices[:1] if same_scores(matrices) else matrices


def _as_one(heads: Sequence[Head], period: int, dimension: int) -> Head:
    first, *others = heads
    if not others:
        return first
    layers = range(max(len(head.V or (None,)) for head in heads))
    sums = [sum_of([head.multiplier(k, period) for head in heads]) for k in layers]
    values = [as_matrix(own, dimension) for own in sums]
    plain = all(value == identity(dimension) for value in values)
    return Head(first.A, None if plain else values, first.mask, first.ties)


def same_scores(matrices: Sequence[Rows]) -> bool:
    """Tell whether matrices of scores are positive multiples of one another, over any domain.

    >>> from fractions import Fraction
    >>> one, two = ((Fraction(1),),), ((Fraction(2),),)
    >>> same_scores([one, two]), same_scores([one, ((Fraction(-1),),)]), same_scores([])
    (True, False, True)
    """
    if all(other == matrices[0] for other in matrices[1:]):
        return True  # hashes of many fractions would be a tenth of a short run
    if domain_of(numbers_of(matrices)) != RATIONALS:
        return all(_proportional(matrices[0], other) for other in matrices[1:])
    return len({primitive_rows(matrix) for matrix in matrices}) == 1


def _proportional(matrix: Rows, other: Rows) -> bool:
    """Tell whether a matrix is a positive multiple of another one, over any domain."""
    pairs = list(zip(numbers_of([matrix]), numbers_of([other]), strict=True))
    lead = next(((x, y) for x, y in pairs if x != 0), None)
    if lead is None or lead[1] == 0:
        return lead is None and all(y == 0 for _, y in pairs)
    return lead[0] * lead[1] > 0 and all(x * lead[1] == y * lead[0] for x, y in pairs)
