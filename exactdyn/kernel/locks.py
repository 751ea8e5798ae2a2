"""Attention that is settled for ever: leading points, their followers, and ties between them."""

from __future__ import annotations

import numpy as np

from exactdyn.kernel.exact.itinerary import Tie
from exactdyn.kernel.exact.matrix import Matrix
from exactdyn.kernel.exact.point import over_common, weighted_mean
from exactdyn.kernel.exact.states import ExactStates
from exactdyn.kernel.floats.shadow import SLACK, Shadow, U
from exactdyn.kernel.settle import exact_directions, score


class Locks:
    """Which points lead, and which ties between leading points stay.

    For every A, and from the layer on from which all tau are in [0, 1): a point that attends exactly itself
    does so for ever and stays (lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``); one that attends
    exactly a leading point does so for ever (lemma ``lock-in``); one whose tied set P consists of leading
    points does so for ever if the mean c of P has P among the tokens at which <A c, z_j> is largest (lemma
    ``tie-lock-in``). Copies count.

    A point so settled is *locked*: no later layer looks at its row again, and its later states are a closed
    formula. Nothing is lost where a lock is missed, only time; so whatever is dear to find out is not asked.

    >>> from fractions import Fraction
    >>> from exactdyn.kernel.exact.itinerary import Itinerary
    >>> from exactdyn.kernel.exact.start import Source
    >>> source = Source([[1], ["1/2"]])
    >>> locks = Locks(2, ExactStates(source, Fraction(1, 2), Itinerary(2, 1)), None)
    >>> locks.newly_leading(np.array([0, 1]), np.array([0, 0])), locks.leading
    (array([0]), array([ True, False]))
    """

    def __init__(self, count: int, states: ExactStates, matrix: Matrix | None) -> None:
        self.leading = np.zeros(count, dtype=bool)
        self._states = states
        self._matrix = matrix
        self._staying: set[tuple[int, ...]] = set()

    def newly_leading(self, points: np.ndarray, attended: np.ndarray) -> np.ndarray:
        """Note those of the points that attend exactly themselves, and return those that did not before.

        ``points``: representatives; ``attended``: the one that each attends, -1 where there are several.
        Source: lemma ``leaders-persist`` in ``proofs_checks/FORMAT.md``.

        >>> from fractions import Fraction
        >>> from exactdyn.kernel.exact.itinerary import Itinerary
        >>> from exactdyn.kernel.exact.start import Source
        >>> states = ExactStates(Source([[1], [-1]]), Fraction(1, 2), Itinerary(2, 1))
        >>> locks = Locks(2, states, None)
        >>> [len(locks.newly_leading(np.arange(2), np.array([0, -1]))) for _ in range(2)]
        [1, 0]
        """
        leading: np.ndarray = points[attended == points]
        leading = leading[~self.leading[leading]]
        self.leading[leading] = True
        return leading

    def stays(self, layer: int, tie: Tie, shadow: Shadow, columns: np.ndarray) -> bool:
        """Tell whether whoever attends exactly this tie at this layer is proved to do so for ever.

        ``columns``: all tokens that a nonzero direction may attend. Once true, it stays true: the lemma's
        assumption is inherited by the next layer, so the answer is kept.
        Source: lemma ``tie-lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> from fractions import Fraction
        >>> from exactdyn.kernel.exact.itinerary import Itinerary
        >>> from exactdyn.kernel.exact.start import Source
        >>> from exactdyn.kernel.floats.shadow import initial_shadow
        >>> source = Source([[1, 1], [1, -1], ["1/2", 0]])
        >>> locks = Locks(3, ExactStates(source, Fraction(1, 2), Itinerary(3, 1)), None)
        >>> leaders = locks.newly_leading(np.arange(3), np.array([0, 1, -1]))
        >>> locks.stays(0, Tie((0, 1), (1, 1)), initial_shadow(*source.shadow(), None), np.arange(3))
        True
        """
        if tie.points not in self._staying:
            if not self.leading[list(tie.points)].all():
                return False
            if not self._largest(layer, tie, shadow, columns):
                return False
            self._staying.add(tie.points)
        return True

    def _largest(self, layer: int, tie: Tie, shadow: Shadow, columns: np.ndarray) -> bool:
        """Tell whether <A c, .> is largest at each point of the tie, c being their mean, exactly.

        Floats pick the tokens that can come close, the exact scores of these few decide. An interior token
        is no column, so a tie with one (all attend all, and A c = 0) stays unlocked here though it may stay.
        """
        close = set(_close(tie, shadow, columns))
        if not close.issuperset(tie.points):
            return False
        values = self._states.values(layer, close)
        sizes = self._states.sizes
        centre = weighted_mean([values[j] for j in tie.points], tie.weights, sizes)
        (vector,) = exact_directions(self._matrix, [centre.numerators])
        rows, _, _ = over_common([values[j] for j in close], sizes)
        scores = {j: score(vector, row) for j, row in zip(close, rows, strict=True)}
        highest = max(scores.values())
        return all(scores[j] == highest for j in tie.points)


def _close(tie: Tie, shadow: Shadow, columns: np.ndarray) -> list[int]:
    """Return the tokens whose score with the mean of a tie is not certainly below the largest."""
    directions = shadow.directions
    # The mean is one more vector with the bound of the others and its own rounding.
    vector = directions.mean(tie)
    off = directions.error + SLACK * U * (len(tie.points) + 2) * directions.radius
    scores = shadow.positions.rows.take(columns, 0) @ vector
    error = float(shadow.score_error(float(np.abs(vector).sum()), direction_error=off))
    close: list[int] = columns[scores >= scores.max() - 2.02 * error].tolist()
    return close
