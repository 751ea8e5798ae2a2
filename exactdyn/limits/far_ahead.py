"""A layer by which graphs that repeat so far have changed: then no proof that they stay is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any, TypeAlias

import numpy as np
from flint import acb, acb_mat, arb

from exactdyn.layer.attention import AttentionSets
from exactdyn.layer.head import LayerHead
from exactdyn.numbers.domain import DomainPolynomial
from exactdyn.numbers.fields.joining import to_flint
from exactdyn.numbers.points import Points
from exactdyn.numbers.precision import working
from exactdyn.systems.trajectory import Trajectory

FARTHEST = 300
"""At most 2^FARTHEST periods ahead states are enclosed."""

SCORES = 1 << 18
"""Of many tokens only some are looked at, so that at most about so many scores are compared."""

Part: TypeAlias = tuple[Any, int]
"""A rate, and m: what a state has j periods ahead is j^m times the j-th power of the rate."""

_BITS = 256
# Precision beyond what close rates and late powers of them cost.

_AHEAD = 1e-9
# By this part of the largest score another is ahead in floats before balls are asked.

_OVER = 2.0**-64
# Powers of rates below it move nobody any more.


def changed_by(trajectory: Trajectory, layer: int, period: int, polynomial: DomainPolynomial) -> int | None:
    """Return a layer by which graphs that repeat after ``period`` from ``layer`` on have changed, with proof.

    ``polynomial``: rational, of the states, ``period`` layers a step. If graphs repeated for ever, states
    would be sums of powers of its roots. They are enclosed 2, 3, 4, 6, 8, ... periods ahead, and at the
    layer returned some token certainly scores another above what it attends. None says nothing.

    >>> from exactdyn.limits.stretch import Stretch
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> trajectory, stretch = Trajectory(Hardmax([[2]], "-1/1000").run([[3], [1]], 0)), Stretch(1, 0)
    >>> for top in range(4):
    ...     stretch.study(trajectory, top)
    >>> changed_by(trajectory, 0, 1, stretch.polynomial)
    512
    """
    size = int(polynomial.degree())
    if size == 0:
        return None  # all tokens are at 0
    # How many digits it takes to tell rates apart is a matter of a layer, however many make a period.
    height = max(max(x.p.height_bits(), x.q.height_bits()) for x in polynomial.coeffs()) // period
    farthest = min(height + 16, FARTHEST)
    begins = [[trajectory.state(k + period * j) for j in range(size)] for k in range(layer, layer + period)]
    attention = [trajectory.head_attention(k) for k in range(layer, layer + period)]
    with working(2 * height + farthest + _BITS):
        rational: Any = polynomial
        roots = rational.numer().complex_roots()
        parts = [(root, m) for root, multiplicity in roots for m in range(multiplicity)]
        powers = acb_mat([[root**j * j**m for root, m in parts] for j in range(size)])
        for phase, states, sets in zip(count(layer), begins, attention, strict=False):
            try:
                shares = powers.solve(acb_mat(list(map(_balls, states))))
            except ZeroDivisionError:  # rates too close for this precision
                return None
            heads = zip(trajectory.system.heads(phase, states[0].dimension), sets, strict=True)
            watches = [_Watch(head, own, states[0]) for head, own in heads]
            with working(farthest + _BITS):
                ahead = _ahead(parts, shares, farthest)
                broken = (n for n, row in ahead if any(watch.is_broken(row) for watch in watches))
                periods = next(broken, None)
            if periods is not None:
                return phase + period * periods
    return None


def _balls(state: Points) -> list[acb]:
    rows, denominator = state.common
    return [acb(x) / denominator for x in rows.entries()]


def _ahead(parts: Sequence[Part], shares: acb_mat, farthest: int) -> Iterator[tuple[int, list[arb]]]:
    """Yield 2^k and 3 * 2^k periods with the coordinates of all tokens then, until no token moves."""
    rounded = acb_mat([[share * 1 for share in row] for row in shares.tolist()])
    powers = [rate for rate, _ in parts]
    moving = [not (rate.contains(1) and m == 0) for rate, m in parts]
    for k in range(1, farthest):
        squares = [power * power for power in powers]
        cubes = [square * power for square, power in zip(squares, powers, strict=True)]
        for periods, own in ((1 << k, squares), (3 << (k - 1), cubes)):
            weights = [power * periods**m for power, (_, m) in zip(own, parts, strict=True)]
            yield periods, (acb_mat([weights]) * rounded).real.entries()
        powers = squares
        if not any(moves and not abs(power) < _OVER for moves, power in zip(moving, powers, strict=True)):
            return


class _Watch:
    """Whom the tokens attend in one head, and who of them would attend others."""

    def __init__(self, head: LayerHead, sets: AttentionSets, state: Points) -> None:
        self.count, self.dimension = state.count, state.dimension
        self.exact = [[arb(to_flint(x)) for x in row] for row in head.matrix]
        self.matrix = np.array([[float(x) for x in row] for row in self.exact])
        self.tokens = np.arange(0, self.count, 1 + self.count**2 // SCORES)
        self.attended = np.array([min(own) for own in sets])[self.tokens]
        self.hidden: np.ndarray | None = None
        if head.mask is not None:
            seen = head.mask.seen(self.count)
            self.hidden = np.array([[j not in seen[i] for j in range(self.count)] for i in self.tokens])

    def is_broken(self, row: Sequence[arb]) -> bool:
        """Tell whether some token certainly scores another above what it attends: floats say which may."""
        places = np.array(list(map(float, row))).reshape(self.count, self.dimension)
        with np.errstate(all="ignore"):
            scores = places[self.tokens] @ self.matrix.T @ places.T
            leads = scores[np.arange(len(scores)), self.attended][:, None] - scores
        if self.hidden is not None:
            leads[self.hidden] = np.inf
        place, other = np.unravel_index(np.argmin(leads), leads.shape)
        if not leads[place, other] < -_AHEAD * np.abs(scores).max():
            return False
        token, attended, rival = (
            [row[self.dimension * i + r] for r in range(self.dimension)]
            for i in (int(self.tokens[place]), int(self.attended[place]), int(other))
        )
        direction = [sum((a * x for a, x in zip(own, token, strict=True)), arb(0)) for own in self.exact]
        ahead = zip(direction, rival, attended, strict=True)
        return bool(sum((x * (y - z) for x, y, z in ahead), arb(0)) > 0)
