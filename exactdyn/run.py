"""A run: its itinerary in full, its exact states on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from exactdyn.attention import AttentionSets, leading_points, sole_attention
from exactdyn.errors import InputError
from exactdyn.points import Points
from proofs_checks.rationals import shorten

if TYPE_CHECKING:
    from exactdyn.hardmax import Hardmax


@dataclass(frozen=True)
class Run:
    """States 0..N of a system and their attention sets, from one initial state.

    ``itinerary``: the attention sets of the states 0..N. ``leaders``: for every token that is a leader at
    some of these layers the first one. The exact states are not kept: every few layers one is, and
    the others are computed from it by the itinerary when somebody asks.

    >>> from exactdyn.hardmax import Hardmax
    >>> Hardmax(alpha=1).run([[1], [-1], ["1/2"]], layers=5)
    Run(3 tokens in dimension 1, layers 0..5, 2 leaders)
    """

    system: Hardmax
    itinerary: tuple[AttentionSets, ...]
    leaders: dict[int, int]
    kept: dict[int, Points]
    _last: list[tuple[int, Points]] = field(default_factory=list, compare=False)

    @property
    def layers(self) -> int:
        """The number N of steps taken."""
        return len(self.itinerary) - 1

    @property
    def start(self) -> Points:
        """The initial state Z^0."""
        return self.kept[0]

    def state(self, layer: int) -> Points:
        """Return the state of a layer in the normalised form.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        """
        self._require(layer)
        known = [*self.kept.items(), *self._last]
        reached, state = max(((k, held) for k, held in known if k <= layer), key=itemgetter(0))
        for k in range(reached, layer):
            state = self.system.step(state, self.itinerary[k])
        self._last[:] = [(layer, state)]  # whoever reads layer after layer pays one step each
        return state

    def states(self) -> Iterator[Points]:
        """Go through the states 0..N of the normalised form, holding one at a time."""
        state = self.start
        yield state
        for sets in self.itinerary[:-1]:
            state = self.system.step(state, sets)
            yield state

    def tokens(self, layer: int) -> list[list[Fraction]]:
        """Return the tokens at a layer as n rows of d fractions, in the form the system names.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.

        >>> from exactdyn.hardmax import Hardmax
        >>> Hardmax(alpha=1, form="unnormalised").run([[1], ["1/2"]], layers=2).tokens(2)
        [[Fraction(4, 1)], [Fraction(7, 2)]]
        """
        rows = self.state(layer).rows()
        if self.system.form == "normalised":
            return rows
        factor = (1 + self.system.alpha) ** layer
        return [[factor * x for x in row] for row in rows]

    def floats(self, layer: int) -> np.ndarray:
        """Return the tokens at a layer as n x d float64, every coordinate correctly rounded.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        """
        if self.system.form == "normalised":
            return self.state(layer).floats()
        return Points.from_rows(self.tokens(layer)).floats()

    def attention(self, layer: int) -> AttentionSets:
        """Return the attention sets C_0, ..., C_(n-1) of a layer.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.

        >>> from exactdyn.hardmax import Hardmax
        >>> Hardmax().run([[1], ["1/2"]], layers=1).attention(0)
        (frozenset({0}), frozenset({0}))
        """
        self._require(layer)
        return self.itinerary[layer]

    def leading_points(self, layer: int) -> tuple[frozenset[int], ...]:
        """Return the points whose copies attend exactly each other at a layer, each as its tokens.

        Raises :class:`~exactdyn.errors.InputError` if the run does not have this layer.
        """
        return leading_points(self.state(layer), self.itinerary[layer])

    def __repr__(self) -> str:
        start = self.start
        return (
            f"Run({start.count} tokens in dimension {start.dimension}, "
            f"layers 0..{self.layers}, {len(self.leaders)} leaders)"
        )

    def _require(self, layer: int) -> None:
        if isinstance(layer, bool) or not isinstance(layer, int) or not 0 <= layer <= self.layers:
            raise InputError(f"layer: requires an integer from 0 to {self.layers}, got {shorten(layer)}")


def record(system: Hardmax, start: Points, layers: int) -> Run:
    """Run a system from a state through this many layers and keep what a :class:`Run` keeps.

    About 2 sqrt(layers) states are held at any time.
    """
    every = max(1, isqrt(layers))
    kept: dict[int, Points] = {}
    itinerary: list[AttentionSets] = []
    leaders: dict[int, int] = {}
    state = start
    for layer in range(layers + 1):
        if layer % every == 0:
            kept[layer] = state
        sets = system.attention(state)
        itinerary.append(sets)
        for token in sorted(sole_attention(sets)):
            leaders.setdefault(token, layer)
        if layer < layers:
            state = system.step(state, sets)
    return Run(system, tuple(itinerary), leaders, kept)
