"""The float64 shadow of a state, and how far at most it is from the exact one.

A shadow holds positions y_i and directions f_i, n x d each, which stand for exact vectors

    Y_i = (z_i - centre) * 2**s,    F_i = A z_i * 2**t       (s, t, centre fixed since the shadow was made)

with |y_i - Y_i| <= e and |f_i - F_i| <= g in the maximum norm, |y_i| <= M, |f_i| <= L. Token i attends the
tokens j at which <F_i, Y_j> is largest, because <F_i, centre> and the powers of two change no comparison.

**One step** moves every y_i, and f_i in the same way (A is linear), by the rounded form of
y + tau (c - y), c a mean of at most m positions. With u = 2**-53 and tau in [0, 1]:

1. The exact map is a convex combination of exact vectors, so errors e of its arguments give at most e.
2. Rounding. A mean of m > 1 positions with weights: at most (m + 1) u M, in any order of summation.
   c - y: a relative error u of at most 2 M. Times t, the float next to tau: two more such (if tau is in
   the subnormal range, an absolute error below 2**-1000 instead). Plus y: u (1 + 8u) M. Altogether
   (7.1 + m + 1) u M for ties and 7.1 u M without: at most 1.01 u (8 + m') M, m' = m + 1 or 0.
3. Underflow adds at most 2**-1074 per operation: 2**-1000 covers all of them.

**Scores.** The float product <f_i, y_j> is, in any order of summation and with or without fused
multiplication, within 1.01 d u |f_i|_1 M of the exact product of the floats, and that within
|f_i|_1 e + d g (M + e) of <F_i, Y_j>. Again 2**-900 covers underflow (d < 2**50).

Source: Higham, Accuracy and Stability of Numerical Algorithms (2nd edition, 2002): section 2.2 (the standard
model), section 3.1 (inner products), chapter 4 (sums); lemma ``convex-step`` in ``proofs_checks/FORMAT.md``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exactdyn.kernel.exact.itinerary import Partition, Tie
from exactdyn.kernel.exact.matrix import Matrix

U = 2.0**-53
"""The unit roundoff of float64."""

STEP_UNDERFLOW = 2.0**-1000
"""More than all that underflow costs in a step."""

SCORE_UNDERFLOW = 2.0**-900
"""More than all that underflow costs in a score, or in a run of a trained model."""

SLACK = 1.01
"""Makes up for the rounding of the bounds themselves."""


@dataclass
class Vectors:
    """n float vectors that stand for exact ones: ``error`` and ``radius`` in the maximum norm.

    >>> Vectors(np.array([[0.5, -1.0]]), 0.0).radius
    1.0
    """

    rows: np.ndarray
    error: float
    radius: float = 0.0

    def __post_init__(self) -> None:
        self.radius = float(max(self.rows.max(), -self.rows.min()))

    def mean(self, tie: Tie) -> np.ndarray:
        """Return the mean of the vectors of a tie.

        Source: Higham (2002), section 3.1: off by at most (m + 1) u times the radius for m points.

        >>> Vectors(np.array([[0.0], [0.75]]), 0.0).mean(Tie((0, 1), (2, 1)))
        array([0.25])
        """
        total = np.array(tie.weights, dtype=float) @ self.rows[list(tie.points)]
        mean: np.ndarray = total / sum(tie.weights)
        return mean

    def step(self, targets: np.ndarray, ties: dict[int, Tie], tau: float, partition: Partition) -> Vectors:
        """Return the vectors after a step of size tau in [0, 1] towards what each attends.

        ``partition``: of the next state; copies of a point share its vector, a token's own is not looked at.
        Source: Higham (2002), section 2.2; lemma ``convex-step`` in ``proofs_checks/FORMAT.md``.

        >>> places = Vectors(np.array([[1.0], [0.5]]), 0.0)
        >>> places.step(np.array([0, 0]), {}, 0.5, Partition(2)).rows.tolist()
        [[1.0], [0.75]]
        """
        moved = self.rows.take(targets, 0)
        terms = 0
        for tie, rows in _by_tie(ties):
            moved[rows] = self.mean(tie)
            terms = max(terms, len(tie.points) + 1)
        moved -= self.rows
        moved *= tau
        moved += self.rows
        if partition.representative is not None:
            moved = moved.take(partition.representative, 0)
        error = self.error + SLACK * U * (8 + terms) * self.radius + STEP_UNDERFLOW
        return Vectors(moved, error)


@dataclass
class Shadow:
    """Positions and directions of all tokens; for A = I the same vectors until the shadow is anchored.

    ``exponent``: the power of two by which a score <F_i, Y_j> differs from <A z_i, z_j>, None once positions
    are relative to a centre.
    """

    positions: Vectors
    directions: Vectors
    exponent: int | None

    def step(self, targets: np.ndarray, ties: dict[int, Tie], tau: float, partition: Partition) -> Shadow:
        """Return the shadow of the next state: directions move as positions do, since A is linear.

        Source: arXiv 2407.01602, equation (1.1), rounded.

        >>> shadow = initial_shadow(np.array([[1.0], [0.5]]), 0, 0.0, None)
        >>> shadow.step(np.array([0, 0]), {}, 0.5, Partition(2)).positions.rows.tolist()
        [[1.0], [0.75]]
        """
        positions = self.positions.step(targets, ties, tau, partition)
        if self.directions is self.positions:
            return Shadow(positions, positions, self.exponent)
        return Shadow(positions, self.directions.step(targets, ties, tau, partition), self.exponent)

    def score_error(self, size: np.ndarray | float, direction_error: float | None = None) -> np.ndarray:
        """Bound the error of the scores of directions f with |f|_1 <= size, whose error is that of the rows'.

        Source: Higham (2002), section 3.1.

        >>> one = Vectors(np.array([[1.0]]), 0.0)
        >>> float(Shadow(one, one, 0).score_error(1.0)) < 1e-15
        True
        """
        y = self.positions
        d = y.rows.shape[1]
        g = self.directions.error if direction_error is None else direction_error
        bound = SLACK * d * U * size * y.radius + d * g * (y.radius + y.error) + size * y.error
        error: np.ndarray = SLACK * bound + SCORE_UNDERFLOW
        return error

    def lost_bits(self) -> float:
        """Tell how many bits less this shadow has than a fresh one, roughly.

        >>> place = Vectors(np.array([[1.0]]), 2.0**-43)
        >>> Shadow(place, place, None).lost_bits()
        10.0
        """
        worst = max(v.error / (U * v.radius) if v.radius else 0.0 for v in (self.positions, self.directions))
        return float(np.log2(worst)) if worst > 0 else 0.0


def initial_shadow(positions: np.ndarray, exponent: int, error: float, matrix: Matrix | None) -> Shadow:
    """Return the shadow of an initial state given as floats y = z / 2**exponent within ``error``.

    Source: Higham (2002), section 3.1, for the directions.

    >>> initial_shadow(np.array([[0.5]]), 1, 0.0, None).exponent
    2
    """
    place = Vectors(positions, error)
    if matrix is None:
        return Shadow(place, place, 2 * exponent)
    # The product of the floats, the error of the entries of a row, that of the positions.
    rounding = (len(matrix.floats) + 2) * U * place.radius
    wrong = SLACK * (rounding + matrix.error * (place.radius + error) + error) + STEP_UNDERFLOW
    return Shadow(place, Vectors(positions @ matrix.floats.T, wrong), 2 * exponent + matrix.exponent)


def _by_tie(ties: dict[int, Tie]) -> list[tuple[Tie, list[int]]]:
    # Points that share a tie share the object: its mean is taken once.
    groups: dict[int, tuple[Tie, list[int]]] = {}
    for row, tie in ties.items():
        groups.setdefault(id(tie), (tie, []))[1].append(row)
    return list(groups.values())
