"""The floats next to a state, mostly without its exact numbers.

106 bits tell how nearly every coordinate is to be rounded; the tokens of which they do not, as those with a
coordinate 0 that is no float's doing, are computed exactly.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from exactdyn.kernel.exact.point import as_floats
from exactdyn.kernel.exact.sizes import StepSizes
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.floats.double_double import DoubleDouble
from exactdyn.numbers.reading import nearest_pair

LARGEST_EXPONENT = 1000
"""Tokens beyond two to this power, or all below its inverse, are left to exact arithmetic."""


class RoundedStates:
    """The states of a run, rounded; the last one is held: it is best to ask for layers upwards.

    >>> from exactdyn.kernel.recorder import record
    >>> from exactdyn.kernel.exact.start import Source
    >>> RoundedStates(record(None, Fraction(1, 2), Source([[1], ["1/2"]]), 9).states).floats(2).tolist()
    [[1.0], [0.875]]
    """

    def __init__(self, states: ExactStates) -> None:
        self._states = states
        self._last: tuple[int, DoubleDouble, int] | None = None

    def floats(self, layer: int) -> np.ndarray:
        """Return the tokens of a recorded layer, every coordinate correctly rounded.

        Source: the bound of :mod:`exactdyn.kernel.floats.double_double`.

        >>> from exactdyn.kernel.recorder import record
        >>> from exactdyn.kernel.exact.start import Source
        >>> states = record(None, Fraction(1, 3), Source([[1], ["-1/2"]]), 9).states
        >>> RoundedStates(states).floats(1).tolist()
        [[1.0], [-0.5]]
        """
        names = np.array(self._states.stands_for(layer))
        near = self._near(layer)
        if near is None:
            rounded, certain = np.empty(self._shape), np.zeros(len(names), dtype=bool)
        else:
            vectors, exponent = near
            rounded, certain = vectors.rounded()
            rounded = np.ldexp(rounded, exponent)
        doubtful = np.unique(names[~certain[names]]).tolist()
        if doubtful:
            values = self._states.values(layer, doubtful)
            one = Fraction(1)
            rounded[doubtful] = [as_floats(values[point], self._states.sizes, one, 0) for point in doubtful]
        own: np.ndarray = rounded[names]
        return own

    @property
    def _shape(self) -> tuple[int, int]:
        return self._states.source.count, self._states.source.dimension

    def _near(self, layer: int) -> tuple[DoubleDouble, int] | None:
        """Return a layer in double-doubles and the power of two they are to be multiplied by, if it can be.

        Beyond the last layer recorded every target stays, so one step leads to any layer.
        """
        known = self._last
        if known is None or known[0] > layer:
            high, low, exponent, error = self._states.source.pairs()
            if abs(exponent) > LARGEST_EXPONENT:
                return None
            vectors = DoubleDouble(high, low, error)
            known = 0, vectors, exponent
        reached, vectors, exponent = known
        recorded = self._states.itinerary.layers
        while reached < layer:
            ahead = reached + 1 if reached + 1 < len(recorded) else layer
            kept = _kept(self._states.sizes, reached, ahead)
            if kept is None:
                return None
            vectors = vectors.step(recorded[reached], kept)
            reached = ahead
            if reached < len(recorded):
                self._last = reached, vectors, exponent
        return vectors, exponent


def _kept(sizes: StepSizes, start: int, end: int) -> tuple[float, float] | None:
    """Return what the steps from a layer to another keep of the way to what stays, if it is in [0, 1]."""
    kept, whole = int(sizes.kept(start, end)), int(sizes.denominator(start, end))
    return nearest_pair(kept, whole) if 0 <= kept <= whole else None
