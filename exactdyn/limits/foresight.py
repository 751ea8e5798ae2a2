"""A change of the attention graphs after the layers that are looked at, foreseen in floats."""

from __future__ import annotations

from exactdyn.limits.next_change import next_change
from exactdyn.limits.stretch import Stretch
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.systems.trajectory import Trajectory

LATEST = 4000
"""Up to this layer a change counts."""

PERIODS = range(1, 13)
"""After so many layers graphs may repeat."""

_ORDER = 24
# Longest recurrence of states that is looked for.


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
                return change if change is not None and layers < change <= LATEST else None
    return None
