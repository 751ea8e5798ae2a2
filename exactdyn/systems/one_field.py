"""All numbers of a system in one field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import Any

from exactdyn.layer.affine import numbers_of
from exactdyn.layer.relu import Relu
from exactdyn.numbers.domain import Domain
from exactdyn.numbers.fields.joining import Embedding, mapped
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import Rows
from exactdyn.systems.head import Head
from exactdyn.systems.schedule import Schedule


def domains_of(heads: Sequence[Head], schedule: Schedule, relu: Sequence[Relu]) -> list[Domain[Any]]:
    """Return the domains of all numbers that state a system, each once; the rationals only where alone.

    >>> [own.name for own in domains_of([Head([["sqrt(2)"]])], Schedule.of_tau("1/2"), [])]
    ['the field of x^2 - 2']
    """
    irrational: Iterator[Any] = (x for x in _numbers(heads, schedule, relu) if type(x) is not Fraction)
    return list(dict.fromkeys(x.domain for x in irrational)) or [RATIONALS]


def carried_parts(
    heads: Sequence[Head], schedule: Schedule, relu: Sequence[Relu] | None, into: Embedding
) -> tuple[tuple[Head, ...], Schedule, tuple[Relu, ...] | None]:
    """Return all that states a system, with its numbers in a larger field.

    >>> heads, schedule, _ = carried_parts([Head([[1]])], Schedule.of_tau("1/2"), None, lambda x: x + 1)
    >>> heads[0].A, schedule.listed
    ((((Fraction(2, 1),),),), (Fraction(3, 2),))
    >>> _, _, blocks = carried_parts([], schedule, [Relu([[1]], [0], [[1]], [0])], lambda x: x + 1)
    >>> blocks[0].eta
    Fraction(2, 1)
    """
    blocks = None if relu is None else tuple(_carried_relu(block, into) for block in relu)
    return tuple(_carried_head(head, into) for head in heads), _carried_schedule(schedule, into), blocks


def _carried_head(head: Head, into: Embedding) -> Head:
    A, V = (None if own is None else [mapped(rows, into) for rows in own] for own in (head.A, head.V))
    return Head(A, V, head.mask, head.ties)


def _carried_schedule(schedule: Schedule, into: Embedding) -> Schedule:
    return (
        schedule if schedule.listed is None else replace(schedule, listed=tuple(map(into, schedule.listed)))
    )


def _carried_relu(block: Relu, into: Embedding) -> Relu:
    (first,), (second,) = mapped((block.b1,), into), mapped((block.b2,), into)
    return Relu(mapped(block.W1, into), first, mapped(block.W2, into), second, into(block.eta))


def _numbers(heads: Sequence[Head], schedule: Schedule, relu: Sequence[Relu]) -> Iterator[Fraction]:
    matrices: list[Rows] = [rows for head in heads for own in (head.A, head.V) for rows in own or ()]
    blocks = (numbers_of([block.W1, block.W2, (block.b1, block.b2)], [block.eta]) for block in relu)
    return chain(numbers_of(matrices, schedule.listed or ()), chain.from_iterable(blocks))
