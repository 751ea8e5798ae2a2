"""A run: its attention sets and its exact states at any layer, on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from exactdyn.kernel.exact.itinerary import Itinerary
from exactdyn.kernel.exact.point import Value, as_floats, as_fractions, as_point
from exactdyn.kernel.recorder import Recording
from exactdyn.layer.attention import AttentionSets, leading_points
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import integer
from exactdyn.systems.facts import Facts

if TYPE_CHECKING:
    from exactdyn.systems.hardmax import Hardmax

Shown = TypeVar("Shown")


@dataclass(frozen=True, eq=False)
class Run:
    """States 0..N of a system and their attention sets, from one initial state.

    What is kept is who attends whom; attention sets and exact states are built from it when somebody asks,
    and where every token is settled for ever, any later layer is as near as that one.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> Hardmax(alpha=1).run([[1], [-1], ["1/2"]], layers=5)
    Run(3 tokens in dimension 1, layers 0..5, 2 leaders)
    """

    system: Hardmax
    recording: Recording
    _last: list[tuple[int, Points]] = field(default_factory=list, repr=False)

    @property
    def layers(self) -> int:
        """The number N of steps taken."""
        return len(self.itinerary) - 1

    @property
    def itinerary(self) -> Itinerary:
        """The attention sets of the layers 0..N: a sequence, built where it is read."""
        return self.recording.itinerary

    @property
    def leaders(self) -> dict[int, int]:
        """For every token that is a leader at some of these layers the first one."""
        return self.recording.itinerary.leaders

    @cached_property
    def start(self) -> Points:
        """The initial state Z^0."""
        return self.state(0)

    @cached_property
    def facts(self) -> Facts:
        """What lemmas may use of the system for tokens of this dimension; what is proved there, is so once.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax([[2]], alpha=1).run([[1]]).facts.definite.diagonal
        (Fraction(2, 1),)
        """
        return self.system.facts(self.start.dimension)

    def state(self, layer: int) -> Points:
        """Return the state of a layer in the normalised form.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        """
        layer = self._numbered(layer)
        for k, state in self._last:
            if k == layer:
                return state
        state = Points(
            tuple(self._by_token(layer, lambda value: as_point(value, self.system.tau.denominator)))
        )
        self._last[:] = [(layer, state)]
        return state

    def states(self) -> Iterator[Points]:
        """Go through the states 0..N of the normalised form, holding one at a time."""
        return (self.state(k) for k in range(self.layers + 1))

    def tokens(self, layer: int) -> list[list[Fraction]]:
        """Return the tokens at a layer as n rows of d fractions, in the form the system names.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax(alpha=1, form="unnormalised").run([[1], ["1/2"]], layers=2).tokens(2)
        [[Fraction(4, 1)], [Fraction(7, 2)]]
        """
        layer = self._numbered(layer)
        factor, q = self._growth(), self.system.tau.denominator
        rows = self._by_token(layer, lambda value: as_fractions(value, q, factor, layer))
        return [row.copy() for row in rows]

    def floats(self, layer: int) -> np.ndarray:
        """Return the tokens at a layer as n x d float64, every coordinate correctly rounded.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        """
        layer = self._numbered(layer)
        factor, q = self._growth(), self.system.tau.denominator
        return np.array(self._by_token(layer, lambda value: as_floats(value, q, factor, layer)))

    def attention(self, layer: int) -> AttentionSets:
        """Return the attention sets C_0, ..., C_(n-1) of a layer.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Hardmax().run([[1], ["1/2"]], layers=1).attention(0)
        (frozenset({0}), frozenset({0}))
        """
        layer = self._numbered(layer)
        return self.itinerary[layer]

    def leading_points(self, layer: int) -> tuple[frozenset[int], ...]:
        """Return the points whose copies attend exactly each other at a layer, each as its tokens.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        """
        return leading_points(self.state(layer), self.itinerary[layer])

    def __eq__(self, other: object) -> bool:
        """Compare what determines a run: the system, the initial state, the number of layers."""
        if not isinstance(other, Run):
            return NotImplemented
        return (self.system, self.layers, self.start) == (other.system, other.layers, other.start)

    def __repr__(self) -> str:
        source = self.recording.states.source
        return (
            f"Run({source.count} tokens in dimension {source.dimension}, "
            f"layers 0..{self.layers}, {len(self.leaders)} leaders)"
        )

    def _growth(self) -> Fraction:
        """By how much a layer multiplies all tokens, beside the normalised step."""
        return Fraction(1) if self.system.form == "normalised" else 1 + self.system.alpha

    def _by_token(self, layer: int, form: Callable[[Value], Shown]) -> list[Shown]:
        states = self.recording.states
        values, names = states.all_values(layer), states.stands_for(layer)
        shown = {point: form(values[point]) for point in set(names)}
        return [shown[point] for point in names]

    def _numbered(self, layer: int) -> int:
        return integer(layer, "layer", 0, self.layers)
