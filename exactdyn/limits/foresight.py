"""Where attention graphs that repeat would change next, as floats foresee it: how far it is worth to look."""

from __future__ import annotations

import numpy as np
from flint import fmpq_mat

from exactdyn.limits.cones import roots_of
from exactdyn.limits.find_forms import differences
from exactdyn.limits.stretch import Stretch
from exactdyn.numbers.domain import DomainPolynomial
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.systems.trajectory import Trajectory

FORESEEN = 4000
"""Up to this layer a change is looked for."""

PERIODS = range(1, 13)
"""After so many layers graphs may repeat."""

_ORDER = 24
# Longest recurrence of states that is looked for.

_NOISE = 1e-12
_SKEW = 1e6


def foreseen(trajectory: Trajectory, layers: int) -> int | None:
    """Return a layer after ``layers`` at which graphs change, if floats foresee one: no proof of anything.

    None where graphs do not repeat up to ``layers``, over a number field, and where there are ReLU blocks.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax([[1, "-3.1546"], ["3.1546", 1]], "7/4").run([[1, 0], [0, 1], [-1, -1]], 0)
    >>> foreseen(Trajectory(run), 30)
    105
    """
    facts = trajectory.facts
    if facts.repeating is None or trajectory.domain != RATIONALS:
        return None
    first, least = facts.repeating
    for period in (p for p in PERIODS if p % least == 0):
        graphs = trajectory.head_attention
        start = next(
            (k for k in range(layers, first + period - 1, -1) if graphs(k) != graphs(k - period)), None
        )
        start = first if start is None else start - period + 1
        if start + period * _ORDER > layers:
            continue
        stretch = Stretch(period, start)
        for top in range(start, layers + 1):
            stretch.study(trajectory, top)
            if stretch.polynomial is not None:
                change = next_change(trajectory, stretch.start, period, stretch.polynomial)
                return change if change is not None and layers < change <= FORESEEN else None
    return None


def next_change(trajectory: Trajectory, layer: int, period: int, polynomial: DomainPolynomial) -> int | None:
    """Return the layer at which graphs that repeat after ``period`` change first, None if that is not soon.

    ``polynomial``: rational, of the states from ``layer`` on, ``period`` layers a step. Every difference of
    scores is a sum of products of two rates, to the power of the number of periods, and is evaluated so in
    floats: what is found proves nothing. None too where rates are multiple or too close for floats.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax([[1, "-3.1546"], ["3.1546", 1]], "7/4").run([[1, 0], [0, 1], [-1, -1]], 0)
    >>> trajectory, stretch = Trajectory(run), Stretch(1, 0)
    >>> for top in range(4):
    ...     stretch.study(trajectory, top)
    >>> changed = next_change(trajectory, 0, 1, stretch.polynomial)
    >>> trajectory.attention(changed) == trajectory.attention(changed - 1) == trajectory.attention(0)
    False
    """
    roots = np.array(roots_of(polynomial))
    powers = np.vander(roots, increasing=True)
    if np.linalg.cond(powers) > _SKEW:
        return None
    # Z(j) = sum_l w_l(j) Z(l), where powers times w(j) are the roots to the power of j.
    inverse = np.linalg.inv(powers)
    changes = [
        phase + period * first
        for phase in range(layer, layer + period)
        for form in differences(trajectory, phase, period, len(roots))
        if (first := _first_negative(inverse.T @ _scaled(form) @ inverse, roots)) is not None
    ]
    found = min(changes, default=None)
    return found if found is not None and found < layer + FORESEEN else None


def _first_negative(parts: np.ndarray, roots: np.ndarray) -> int | None:
    """Return the first j at which the sum of parts_ab (root_a root_b)^j is negative."""
    kept = np.abs(parts) > _NOISE * np.abs(parts).max()
    parts, rates = parts[kept], np.outer(roots, roots)[kept]
    periods = np.arange(FORESEEN)[:, None]
    sizes = np.log(np.abs(parts)) + periods * np.log(np.abs(rates))
    sizes -= sizes.max(axis=1, keepdims=True)
    turns = np.angle(parts) + periods * np.angle(rates)
    negative = np.flatnonzero((np.exp(sizes) * np.cos(turns)).sum(axis=1) < -_NOISE)
    return int(negative[0]) if len(negative) else None


def _scaled(form: fmpq_mat) -> np.ndarray:
    largest = max((abs(x) for x in form.entries()), default=0) or 1
    return np.array(
        [[float(int(y.p) / int(y.q)) for y in (x / largest for x in row)] for row in form.tolist()]
    )
