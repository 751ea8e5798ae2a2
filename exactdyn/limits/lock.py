"""A proof that the attention graphs of a few layers repeat for ever, as data."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq_poly

from exactdyn.limits.recurrence import combine
from exactdyn.limits.trajectory import Trajectory
from exactdyn.numbers import Row, Rows
from exactdyn.verdict import Data


@dataclass(frozen=True)
class Lock:
    """A proof that the itinerary repeats its graphs of layers ``layer``..``layer + period - 1`` for ever.

    ``nodes``: positive, ascending, see the lemma. ``polynomial``: the states obey this recurrence, ``period``
    layers a step, from ``layer`` on. ``weights``: of sum 1; the combination of states ``layer``,
    ``layer + period``, ... with these weights is the limit along the period.
    """

    layer: int
    period: int
    nodes: Row
    polynomial: fmpq_poly
    weights: Row

    @property
    def data(self) -> Data:
        """The member ``itinerary`` of a certificate."""
        return {"layer": self.layer, "period": self.period, "nodes": list(self.nodes)}

    def limits(self, trajectory: Trajectory, phase: int = 0) -> Rows:
        """Return the limit of the states at the layers ``layer + phase``, ``layer + phase + period``, ..."""
        layers = range(self.layer + phase, self.layer + phase + self.period * len(self.weights), self.period)
        return combine(self.weights, [trajectory.state(k) for k in layers])
