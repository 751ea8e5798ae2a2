"""What is known at time T, when the claims of a softmax certificate are checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from proofs_checks.format.reading import Field
from proofs_checks.softmax.attention import Model, model
from proofs_checks.softmax.balls import Arithmetic, Ball
from proofs_checks.softmax.enclosure import State
from proofs_checks.softmax.system import Softmax


@dataclass(frozen=True)
class Now:
    """The system, where its points provably are at time T, and the bits to compute with."""

    system: Softmax
    state: State
    bits: int

    @cached_property
    def context(self) -> Arithmetic:
        """The arithmetic."""
        return Arithmetic(self.bits)

    @cached_property
    def model(self) -> Model:
        """The matrices V and B as balls."""
        return model(self.context, self.system)

    @cached_property
    def points(self) -> list[list[Ball]]:
        """A ball for every coordinate of every distinct point."""
        return [[self.context.ball(x, self.state.radius) for x in row] for row in self.state.centre]

    def point_of(self, field: Field) -> int:
        """Read a token and return the index of its point."""
        places = self.system.place
        return places[field.integer(0, len(places) - 1)]
