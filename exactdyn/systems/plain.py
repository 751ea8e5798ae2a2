"""The plain exact kernel: attention and step, layer by layer, for systems that have no faster one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar, overload

import numpy as np

from exactdyn.kernel.few.state import SMALL
from exactdyn.kernel.heads import CommonState, HeadFilter
from exactdyn.layer.affine import AffineStep
from exactdyn.layer.attention import AttentionSets, joined, sole_attention
from exactdyn.layer.head import LayerHead
from exactdyn.layer.step import LayerStep, Step
from exactdyn.numbers.domain import Point
from exactdyn.numbers.points import Points

FEW = 300
"""Up to so many numbers, tokens squared times their dimension, a layer is computed exactly at once."""

S = TypeVar("S")
T = TypeVar("T")


class OnDemand(Sequence[T]):
    """What is made of each item of a sequence, when somebody asks for it.

    >>> OnDemand("abc", str.upper)[1]
    'B'
    """

    def __init__(self, items: Sequence[S], make: Callable[[S], T]) -> None:
        self._items: Sequence[Any] = items
        self._make = make
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        """Return the number of items."""
        return len(self._items)

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...
    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        """Return what is made of one item, or of several."""
        places = range(len(self._items))[index]
        if isinstance(places, range):
            return tuple(self[place] for place in places)
        if places not in self._made:
            self._made[places] = self._make(self._items[places])
        return self._made[places]

    def __eq__(self, other: object) -> bool:
        """Compare what is made of all items, with any sequence of the like."""
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))


@dataclass(frozen=True)
class PlainRecording:
    """All states of a run and the attention sets of every head, as they were computed.

    ``states``: Z^0, ..., Z^N. ``heads``: for every layer the attention sets, one entry a head. ``common``:
    the states over one denominator each, if they were computed so.
    """

    states: Sequence[Points]
    heads: tuple[tuple[AttentionSets, ...], ...]
    common: Sequence[CommonState] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """How many tokens there are, and their dimension.

        >>> PlainRecording((Points.from_rows([[1, 2]]),), (((frozenset({0}),),),)).shape
        (1, 2)
        """
        return self.states[0].count, self.states[0].dimension

    @cached_property
    def itinerary(self) -> Sequence[AttentionSets]:
        """The attention sets of the layers, those of all heads joined.

        >>> PlainRecording((Points.from_rows([[1, 2]]),), (((frozenset({0}),),),)).itinerary[0]
        (frozenset({0}),)
        """
        return OnDemand(self.heads, joined)

    @cached_property
    def leaders(self) -> dict[int, int]:
        """For every token that attends itself alone, in every head, the first layer at which it does.

        Source: arXiv 2407.01602, Definition 2.1 (leader).

        >>> PlainRecording((Points.from_rows([[1, 2]]),), (((frozenset({0}),),),)).leaders
        {0: 0}
        """
        first: dict[int, int] = {}
        for layer, sets in enumerate(self.itinerary):
            for token in sorted(sole_attention(sets)):
                first.setdefault(token, layer)
        return first

    def head_attention(self, layer: int) -> tuple[AttentionSets, ...]:
        """Return the attention sets of a layer, those of each head.

        >>> PlainRecording((Points.from_rows([[1, 2]]),), (((frozenset({0}),),),)).head_attention(0)
        ((frozenset({0}),),)
        """
        return self.heads[layer]

    def state(self, layer: int) -> Points:
        """Return the state of a layer.

        >>> PlainRecording((Points.from_rows([["1/2"]]),), ()).state(0).rows()
        [[Fraction(1, 2)]]
        """
        return self.states[layer]

    def points(self, layer: int, tokens: Sequence[int]) -> list[Point]:
        """Return some tokens of a layer, exactly.

        >>> PlainRecording((Points.from_rows([["1/2"]]),), ()).points(0, [0])
        [((1,), 2)]
        """
        points = self.states[layer].points
        return [points[token] for token in tokens]

    def fractions(self, layer: int, base: Fraction, exponent: int) -> list[list[Fraction]]:
        """Return the tokens of a layer times ``base**exponent``.

        >>> PlainRecording((Points.from_rows([["1/2"]]),), ()).fractions(0, Fraction(3), 2)
        [[Fraction(9, 2)]]
        """
        factor = base**exponent
        return [[x * factor for x in row] for row in self.states[layer].rows()]

    def floats(self, layer: int, base: Fraction, exponent: int) -> np.ndarray:
        """Return the tokens of a layer times ``base**exponent``, each coordinate correctly rounded.

        >>> PlainRecording((Points.from_rows([["1/2"]]),), ()).floats(0, Fraction(3), 2)
        array([[4.5]])
        """
        if base == 1 and self.common:
            return np.array(self.common[layer].floats)
        state = self.states[layer]
        if base == 1:
            return state.floats()
        rows = tuple(map(tuple, self.fractions(layer, base, exponent)))
        return Points.of_numbers(rows, state.domain).floats()


def record_plainly(
    heads: Callable[[int], Sequence[LayerHead]], step: Callable[[int], LayerStep], start: Points, layers: int
) -> PlainRecording:
    """Run a system from a state through this many layers.

    ``heads``, ``step``: what the system has at a layer. Every state is exact; but for few tokens, floats
    decide whom they attend where their bound proves it (:mod:`exactdyn.kernel.heads`).

    Source: arXiv 2407.01602, equations (1.1) and (1.2).

    >>> from exactdyn.layer.step import Step
    >>> start, one = Points.from_rows([[0], [1]]), LayerHead(((1,),))
    >>> run = record_plainly(lambda k: (one,), lambda k: Step(Fraction(1, k + 2)), start, 2)
    >>> run.state(2).rows()[0]
    [Fraction(1, 2)]
    """
    exactly = "integer matrices" in start.domain.lacks
    if not exactly and start.count**2 * start.dimension > SMALL:
        return _record_filtered(heads, step, start, layers)
    states, found = [start], [tuple(head.attention(start) for head in heads(0))]
    for k in range(layers):
        states.append(step(k).moved(states[-1], *found[-1]))
        found.append(tuple(head.attention(states[-1]) for head in heads(k + 1)))
    return PlainRecording(tuple(states), tuple(found))


def record_start(heads: Sequence[LayerHead], start: Points) -> PlainRecording:
    """Record the one layer of a run of no steps, exactly: of few tokens no kernel is worth its beginning.

    Source: arXiv 2407.01602, equation (1.2).

    >>> record_start([LayerHead(((1,),))], Points.from_rows([[0], [1]])).itinerary[0][1]
    frozenset({1})
    """
    return PlainRecording((start,), (tuple(head.attention(start) for head in heads),))


def _record_filtered(
    heads: Callable[[int], Sequence[LayerHead]], step: Callable[[int], LayerStep], start: Points, layers: int
) -> PlainRecording:
    """Run the same with integer states over one denominator, and floats that decide what they can."""
    filters: dict[int, HeadFilter] = {}

    def attended(layer: int, state: CommonState) -> tuple[AttentionSets, ...]:
        found = []
        for head in heads(layer):
            known = filters.get(id(head))  # it holds its head, so the number stays that of this one
            if known is None:
                known = filters[id(head)] = HeadFilter(head, start.count)
            found.append(known.attention(state))
        return tuple(found)

    states = [CommonState(*start.common)]
    sets = [attended(0, states[0])]
    for k in range(layers):
        states.append(_moved(step(k), states[-1], sets[-1]))
        sets.append(attended(k + 1, states[-1]))
    return PlainRecording(OnDemand(states, attrgetter("points")), tuple(sets), states)


def _moved(step: LayerStep, state: CommonState, sets: tuple[AttentionSets, ...]) -> CommonState:
    if isinstance(step, Step):
        step = AffineStep((step.tau,))
    if isinstance(step, AffineStep):
        return CommonState.reduced(*step.moved_over(state.numerators, state.denominator, sets))
    return CommonState(*step.moved(state.points, *sets).common)
