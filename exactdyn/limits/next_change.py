"""Where attention graphs that repeat would change next, as floats foresee it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from flint import fmpq_mat

from exactdyn.limits.cones import roots_of
from exactdyn.limits.find_forms import differences, floats
from exactdyn.numbers.domain import DomainPolynomial
from exactdyn.systems.trajectory import Trajectory

FORESEEN = 4000
"""So many periods ahead a change is looked for."""

_NOISE = 1e-12
_SIGNAL = 1e-10
_SKEW = 1e6


def next_change(trajectory: Trajectory, layer: int, period: int, polynomial: DomainPolynomial) -> int | None:
    """Return the layer at which graphs that repeat after ``period`` change first, None if that is not soon.

    ``polynomial``: rational, of the states from ``layer`` on, ``period`` layers a step. Every difference of
    scores is a sum of products of two rates, to the power of the number of periods, and is evaluated so in
    floats: what is found proves nothing. None too where rates are multiple or too close for floats.

    >>> from exactdyn.limits.stretch import Stretch
    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax([[1, "-3.1546"], ["3.1546", 1]], "7/4").run([[1, 0], [0, 1], [-1, -1]], 0)
    >>> trajectory, stretch = Trajectory(run), Stretch(1, 0)
    >>> for top in range(4):
    ...     stretch.study(trajectory, top)
    >>> changed = next_change(trajectory, 0, 1, stretch.polynomial)
    >>> trajectory.attention(changed) == trajectory.attention(changed - 1) == trajectory.attention(0)
    False
    """
    basis = _Basis.of(polynomial)
    if basis is None:
        return None
    changes = [
        phase + period * first
        for phase in range(layer, layer + period)
        for form in differences(trajectory, phase, period, len(basis.roots))
        if (first := basis.first_negative(form)) is not None
    ]
    return min(changes, default=None)


def turns_negative(form: fmpq_mat, polynomial: DomainPolynomial) -> bool:
    """Tell whether floats foresee that a difference of scores, positive at first, will be negative.

    >>> from exactdyn.numbers.rationals import RATIONALS
    >>> turns_negative(fmpq_mat([[1, 0], [0, 0]]), RATIONALS.polynomial([1, 0, 1]))
    False
    """
    basis = _Basis.of(polynomial)
    return basis is not None and basis.first_negative(form) is not None


@dataclass(frozen=True)
class _Basis:
    """The roots of a recurrence, and the matrix that takes their powers to the weights of states."""

    roots: np.ndarray
    inverse: np.ndarray

    @classmethod
    def of(cls, polynomial: DomainPolynomial) -> _Basis | None:
        roots = np.array(roots_of(polynomial))
        powers = np.vander(roots, increasing=True)
        if np.linalg.cond(powers) > _SKEW:
            return None
        # Z(j) = sum_l w_l(j) Z(l), where powers times w(j) are the roots to the power of j.
        return cls(roots, np.linalg.inv(powers))

    def first_negative(self, form: fmpq_mat) -> int | None:
        """Return the first j at which a form that is positive at 0 is negative."""
        if form[0, 0] <= 0:
            return None
        scaled = floats(form / max(map(abs, form.entries())))
        parts = self.inverse.T @ scaled @ self.inverse
        kept = np.abs(parts) > _NOISE * np.abs(parts).max()
        parts, rates = parts[kept], np.outer(self.roots, self.roots)[kept]
        # The sum of parts_ab (root_a root_b)^j, each j by its largest term.
        periods = np.arange(FORESEEN)[:, None]
        sizes = np.log(np.abs(parts)) + periods * np.log(np.abs(rates))
        sizes -= sizes.max(axis=1, keepdims=True)
        turns = np.angle(parts) + periods * np.angle(rates)
        negative = np.flatnonzero((np.exp(sizes) * np.cos(turns)).sum(axis=1) < -_SIGNAL)
        return int(negative[0]) if len(negative) else None
