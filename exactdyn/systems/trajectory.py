"""The layers from a state on, as many as a proof asks for."""

from __future__ import annotations

from flint import fmpz, fmpz_mat

from exactdyn.kernel.turn import Turn
from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.points import Point, Points
from exactdyn.numbers.vectors import integer_matrix
from exactdyn.systems.run import Run

SCORES_KEPT = 5_000_000
"""About so many scores are held at a time; what is given up is computed again when it is asked for."""


class Trajectory:
    """States and attention sets of a run from layer 0 on, those beyond its end too; threads take turns.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> Trajectory(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)).state(2).rows()[1]
    [Fraction(7, 8)]
    """

    def __init__(self, run: Run) -> None:
        self.system, self.facts = run.system, run.facts
        self._run = run
        self._states = [run.start]
        self._sets: list[AttentionSets] = []
        self._scores: dict[int, tuple[fmpz_mat, fmpz]] = {}
        self._turn = Turn()
        self._matrix = integer_matrix(run.system.matrix(run.start.dimension))

    def state(self, layer: int) -> Points:
        """Return the state of a layer, in the normalised form."""
        with self._turn:
            while len(self._states) <= layer:
                last = len(self._states) - 1
                self._states.append(self.system.step(self._states[last], self.attention(last)))
            return self._states[layer]

    def attention(self, layer: int) -> AttentionSets:
        """Return the attention sets of a layer.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> Trajectory(Hardmax().run([[1], ["1/2"]], layers=0)).attention(3)
        (frozenset({0}), frozenset({0}))
        """
        with self._turn:
            while len(self._sets) <= layer:
                known = len(self._sets)
                inside = known <= self._run.layers
                self._sets.append(
                    self._run.attention(known) if inside else self.system.attention(self.state(known))
                )
            return self._sets[layer]

    def scores(self, layer: int) -> tuple[fmpz_mat, fmpz]:
        """Return <A z_i, z_j> for all tokens as an integer matrix and the positive integer to divide it by.

        The matrix is up to one positive factor, the same at every layer, that clears the denominators of A.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> matrix, divisor = Trajectory(Hardmax().run([[1], ["1/2"]], layers=0)).scores(0)
        >>> matrix.tolist(), divisor
        ([[4, 2], [2, 1]], 4)
        """
        with self._turn:
            if layer not in self._scores:
                if len(self._scores) * self.state(layer).count ** 2 > SCORES_KEPT:
                    self._scores.clear()
                numerators, denominator = self.state(layer).common
                products = numerators * self._matrix.transpose() * numerators.transpose()
                self._scores[layer] = products, denominator * denominator
            return self._scores[layer]

    def scores_of(self, point: Point, layer: int) -> list[fmpz]:
        """Return <A x, z_j> for a point x and all tokens j of a layer, up to one positive factor.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> run = Hardmax().run([[1], ["1/2"]], layers=0)
        >>> Trajectory(run).scores_of(run.start.points[1], 0)
        [2, 1]
        """
        numerators, _ = self.state(layer).common
        column = self._matrix * fmpz_mat([[x] for x in point[0]])
        return (numerators * column).entries()
