"""How a run is recorded: by the plain kernel, by that for few tokens, or layer by layer with floats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

import numpy as np

from exactdyn.kernel.exact.itinerary import Itinerary
from exactdyn.kernel.exact.point import Value, as_floats, as_fractions, as_point, over_common
from exactdyn.kernel.exact.sizes import Sized
from exactdyn.kernel.exact.start import Source
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.few.recorder import SmallRecorder
from exactdyn.kernel.few.state import SMALL, SmallSystem
from exactdyn.kernel.layers import LayerRecorder, Work
from exactdyn.kernel.rounded_states import RoundedStates
from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.domain import Point
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Rows

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Recording:
    """The itinerary of a run, its exact states on demand, and what it took.

    ``heads``: how many heads attend, all of them the same.
    """

    itinerary: Itinerary
    states: ExactStates
    work: Work
    heads: int = 1

    @property
    def shape(self) -> tuple[int, int]:
        """How many tokens there are, and their dimension."""
        return self.states.source.count, self.states.source.dimension

    @property
    def leaders(self) -> dict[int, int]:
        """For every token that is a leader at some layer the first one."""
        return self.itinerary.leaders

    def head_attention(self, layer: int) -> tuple[AttentionSets, ...]:
        """Return the attention sets of a layer, those of each head.

        >>> record(None, Fraction(1, 2), Source([[1], ["1/2"]]), 3, heads=2).head_attention(2)[1]
        (frozenset({0}), frozenset({0}))
        """
        return (self.itinerary[layer],) * self.heads

    def state(self, layer: int) -> Points:
        """Return the state of a layer.

        >>> record(None, Fraction(1, 2), Source([[1], ["1/2"]]), 3).state(2).rows()[1]
        [Fraction(7, 8)]
        """
        if layer == 0:
            return self.states.source.points
        sizes = self.states.sizes
        return Points(tuple(self._by_token(layer, lambda value: as_point(value, sizes))))

    def points(self, layer: int, tokens: Sequence[int]) -> list[Point]:
        """Return some tokens of a layer.

        >>> record(None, Fraction(1, 2), Source([[1], ["1/2"]]), 3).points(2, [1])
        [((7,), 8)]
        """
        sizes, names = self.states.sizes, self.states.stands_for(layer)
        values = self.states.values(layer, {names[token] for token in tokens})
        return [as_point(values[names[token]], sizes) for token in tokens]

    def fractions(self, layer: int, base: Fraction, exponent: int) -> list[list[Fraction]]:
        """Return the tokens of a layer times ``base**exponent``, a base other than 0.

        >>> record(None, Fraction(1, 2), Source([[1], ["1/2"]]), 3).fractions(2, Fraction(2), 3)
        [[Fraction(8, 1)], [Fraction(7, 1)]]
        """
        sizes = self.states.sizes
        rows = self._by_token(layer, lambda value: as_fractions(value, sizes, base, exponent))
        return [row.copy() for row in rows]

    def floats(self, layer: int, base: Fraction, exponent: int) -> np.ndarray:
        """Return the tokens of a layer times ``base**exponent``, every coordinate correctly rounded.

        >>> record(None, Fraction(1, 2), Source([[1], ["1/2"]]), 3).floats(2, Fraction(2), 3).tolist()
        [[8.0], [7.0]]
        """
        if base == 1 or exponent == 0:
            return self.rounded.floats(layer)
        sizes = self.states.sizes
        return np.array(self._by_token(layer, lambda value: as_floats(value, sizes, base, exponent)))

    @cached_property
    def rounded(self) -> RoundedStates:
        """The floats next to the states."""
        return RoundedStates(self.states)

    def _by_token(self, layer: int, form: Callable[[Value], Shown]) -> list[Shown]:
        # Tokens at one point share what is shown of it, so that it is worked out once.
        values, names = self.states.all_values(layer), self.states.stands_for(layer)
        shown = {point: form(values[point]) for point in set(names)}
        return [shown[point] for point in names]


def record(
    matrix: Rows | None, tau: Fraction | Sized, source: Source, layers: int, heads: int = 1
) -> Recording:
    """Run the normalised dynamics from a source through this many layers.

    ``matrix``: A, of the source's dimension, None for the identity; ``tau``: any rational step, or one for
    every layer. After a step outside [0, 1], where no float bound applies, floats are taken from the exact
    state. ``heads``: how many heads attend alike; tau is that of all of them together.
    Source: arXiv 2407.01602, equations (1.1) and (1.2); for what is not looked at again the lemmas
    ``leaders-persist``, ``lock-in`` and ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.

    >>> recording = record(None, Fraction(1, 2), Source([[1], ["1/2"]]), 1_000_000)
    >>> len(recording.itinerary.layers), recording.itinerary[1_000_000][1]
    (1, frozenset({0}))
    """
    itinerary = Itinerary(source.count, layers + 1)
    recording = Recording(itinerary, ExactStates(source, tau, itinerary), Work(), heads)
    resting = recording.states.sizes.rest  # nothing ever moves: layer 0 is every layer
    moving = 0 if resting else layers
    if source.count**2 * source.dimension <= SMALL:
        recording.work.rows = _small_recorder(recording, matrix).run(moving)
    else:
        LayerRecorder(recording.states, matrix, recording.work).run(moving)
    if resting:
        itinerary.locked.update(dict.fromkeys(range(source.count), 0))
    return recording


def _small_recorder(recording: Recording, matrix: Rows | None) -> SmallRecorder:
    source, sizes = recording.states.source, recording.states.sizes
    places, _, _ = over_common([source.value(token) for token in range(source.count)], sizes)
    return SmallRecorder(recording.itinerary, SmallSystem(places, matrix), sizes)
