"""The layers from a state on, as many as a proof asks for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from flint import fmpz, fmpz_mat

from exactdyn.kernel.exact.states import Turn
from exactdyn.kernel.recorder import Recording
from exactdyn.layer.attention import AttentionSets, joined
from exactdyn.layer.scores import Scores
from exactdyn.numbers.domain import Domain, Point
from exactdyn.numbers.points import Points
from exactdyn.systems.plain import FEW
from exactdyn.systems.run import Run

SCORES_KEPT = 5_000_000
"""About so many scores are held at a time; what is given up is computed again when it is asked for."""


class Trajectory:
    """States and attention sets of a run from layer 0 on, those beyond its end too; threads take turns.

    Heads that attend alike are one here (:meth:`~exactdyn.systems.system.System.as_one`).

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> Trajectory(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).state(2).rows()[1]
    [Fraction(7, 8)]
    """

    def __init__(self, run: Run) -> None:
        self.system, self._places = run.system.as_one(run.start.dimension)
        self.facts = run.facts
        self.run = self._longest = run
        self._states: dict[int, Points] = {}
        self._sets: list[tuple[AttentionSets, ...]] = []
        self._scores: dict[tuple[int, int], tuple[tuple[fmpz_mat, ...], fmpz]] = {}
        self._turn = Turn()

    @cached_property
    def form(self) -> Scores:
        """The scores of the one matrix; raises :class:`~exactdyn.errors.InputError` if there are several.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Trajectory(Hardmax([[2]]).run([[1]])).form.matrix
        ((Fraction(2, 1),),)
        """
        return Scores(self.system.matrix(self.run.start.dimension))

    def state(self, layer: int) -> Points:
        """Return the state of a layer, in the normalised form; the run is asked, or one step taken.

        Source: arXiv 2407.01602, equation (1.1).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Trajectory(Hardmax(alpha=1).run([[1], ["1/2"]], layers=1)).state(1).rows()[1]
        [Fraction(3, 4)]
        """
        if layer in self._states:
            return self._states[layer]
        with self._turn:
            known = layer
            while known > self._longest.layers and known not in self._states:
                known -= 1
            if known not in self._states:
                # Measured: one step costs half of what reading the first state of a layer from a run costs.
                near = known - 1 in self._states
                self._states[known] = self._after(known - 1) if near else self._longest.state(known)
            for k in range(known, layer):
                self._states[k + 1] = self._after(k)
            return self._states[layer]

    def _after(self, layer: int) -> Points:
        here = self._states[layer]
        return self.system.step(layer).moved(here, *self.head_attention(layer))

    def attention(self, layer: int) -> AttentionSets:
        """Return the attention sets of a layer, those of all heads joined.

        Source: arXiv 2407.01602, equation (1.2).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Trajectory(Hardmax().run([[1], ["1/2"]], layers=0)).attention(3)
        (frozenset({0}), frozenset({0}))
        """
        return joined(self.head_attention(layer))

    def head_attention(self, layer: int) -> tuple[AttentionSets, ...]:
        """Return the attention sets of every head of a layer.

        Source: arXiv 2407.01602, equation (1.2), for one head.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Trajectory(Hardmax().run([[1], ["1/2"]], layers=0)).head_attention(3)
        ((frozenset({0}), frozenset({0})),)
        """
        if layer < len(self._sets):
            return self._sets[layer]
        with self._turn:
            while len(self._sets) <= layer:
                known = len(self._sets)
                self._sets.append(
                    self._recorded(known)
                    if self._reaches(known)
                    else self.system.attention(known, self.state(known))
                )
            return self._sets[layer]

    def _reaches(self, layer: int) -> bool:
        """Tell whether a layer is recorded; the fast kernel is asked for twice as many where it is not.

        That costs less than an exact layer, as floats decide most of what it compares, but for few tokens.
        """
        recording = self._longest.recording
        if layer > self._longest.layers and isinstance(recording, Recording):
            count, dimension = recording.shape
            if count**2 * dimension > FEW:
                source = recording.states.source
                self._longest = Run(self.run.system, self.run.system.record(source, 2 * layer))
        return layer <= self._longest.layers

    def _recorded(self, layer: int) -> tuple[AttentionSets, ...]:
        sets = self._longest.head_attention(layer)
        return sets if self._places is None else tuple(sets[place] for place in self._places)

    def scores(self, layer: int, head: int = 0) -> tuple[tuple[fmpz_mat, ...], fmpz]:
        """Return <A z_i, z_j> for all tokens: integer matrices, and the positive integer to divide them by.

        There is one matrix for every power of the generator of the domain; over the rationals it is the one.
        ``head``: whose A.
        Source: arXiv 2407.01602, equation (1.2).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> (matrix,), divisor = Trajectory(Hardmax().run([[1], ["1/2"]], layers=0)).scores(0)
        >>> matrix.tolist(), divisor
        ([[4, 2], [2, 1]], 4)
        """
        with self._turn:
            if (layer, head) not in self._scores:
                state = self.state(layer)
                if len(self._scores) * state.count**2 * state.domain.degree > SCORES_KEPT:
                    self._scores.clear()
                own = self.system.heads(layer, state.dimension)[head]
                self._scores[layer, head] = own.scores.coefficients(state)
            return self._scores[layer, head]

    def scores_of(self, point: Point, layer: int) -> list[Any]:
        """Return <A x, z_j> for a point x and all tokens j of a layer, up to one positive factor.

        Source: arXiv 2407.01602, equation (1.2).

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> run = Hardmax().run([[1], ["1/2"]], layers=0)
        >>> Trajectory(run).scores_of(run.start.points[1], 0)
        [2, 1]
        """
        return self.form.compared_from(point, self.state(layer))

    @property
    def domain(self) -> Domain[Any]:
        """Whose numbers the states have.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Trajectory(Hardmax().run([[1]], layers=0)).domain.name
        'the rationals'
        """
        return self.run.start.domain
