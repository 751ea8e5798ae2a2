"""Runs whose states grow for ever: then some token has no limit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exactdyn.limits.lock import Lock
from exactdyn.limits.recurrence import combine, eigenvector_weights, spectrum_of
from exactdyn.numbers.reading import Row
from exactdyn.systems.trajectory import Trajectory


@dataclass(frozen=True)
class Growth:
    """A combination of states that proves of a token that it has no limit.

    With Z(m) the states at the layers ``layer + m * period`` of a lock, Y(m) = sum_j w_j Z(m + j) obeys
    Y(m+1) = factor Y(m) and is not zero at ``token``. If the factor exceeds 1, Y grows and the token with it.
    If it is 1, the ``weights`` w have the sum 0: Y would tend to 0 if the token had a limit, and it stays
    what it is. (All rates of a lock are positive and none exceeds the factor, so the token grows like a
    polynomial.)
    """

    factor: Fraction
    weights: Row
    token: int


def growth(lock: Lock, trajectory: Trajectory) -> Growth | None:
    """Return a proof that a token of a run with this lock has no limit; None if no rate gives one.

    Source: section ``convergence`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.limits.find_lock import find_lock
    >>> trajectory = Trajectory(Hardmax([[-1]], alpha="-1/2").run([[1], [-1]], layers=0))
    >>> growth(find_lock(trajectory, 10), trajectory).factor
    Fraction(3, 1)
    """
    rates = spectrum_of(lock.polynomial) or {}
    factor, multiplicity = max(rates.items(), default=(Fraction(0), 0))
    if factor < 1 or (factor == 1 and multiplicity == 1):
        return None
    weights = eigenvector_weights(lock.polynomial, factor)
    states = [trajectory.state(lock.layer + j * lock.period) for j in range(len(weights))]
    token = next(i for i, row in enumerate(combine(weights, states)) if any(row))
    return Growth(factor, weights, token)
