"""Runs in which some token has no limit: its states grow, or move on for ever."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from exactdyn.limits.lock import Lock
from exactdyn.limits.recurrence import coefficients_of, combine, eigenvector_weights, spectrum_of
from exactdyn.numbers.reading import Row
from exactdyn.systems.trajectory import Trajectory
from exactdyn.verdict import Data


@dataclass(frozen=True)
class Growth:
    """A combination of states that proves of a token that it has no limit.

    With Z(m) the states at the layers ``layer + m * period`` of a lock, Y(m) = sum_j w_j Z(m + j) obeys
    Y(m+1) = factor Y(m) and is not zero at ``token``. If the factor exceeds 1, Y grows and the token with it.
    If it is 1, the ``weights`` w have the sum 0: Y would tend to 0 if the token had a limit, and it stays
    what it is.
    """

    factor: Fraction
    weights: Row
    token: int

    @property
    def data(self) -> Data:
        """The members of a witness beside its itinerary.

        Source: section ``convergence`` in ``proofs_checks/FORMAT.md``.

        >>> Growth(Fraction(3), (Fraction(1),), 0).data["factor"]
        Fraction(3, 1)
        """
        weights = list(self.weights)
        return {"coefficients": weights, "factor": self.factor, "token": self.token, "phase": 0}

    @property
    def grows(self) -> bool:
        """Whether states grow beyond all bounds.

        >>> Growth(Fraction(3), (Fraction(1),), 0).grows
        True
        """
        return True  # by a factor, or as 1 is a multiple rate


@dataclass(frozen=True)
class Expansion:
    """A combination of states that obeys a recurrence whose roots have a product of size 1 or more.

    With Z(m) as in :class:`Growth`, Y(m) = sum_j w_j Z(m + j) obeys sum_j f_j Y(m + j) + Y(m + d) = 0,
    f = ``recurrence`` of order d, and no shorter one at the ``coordinate`` of ``token``. |f_0| >= 1, and the
    polynomial is not 0 at 1, so Y would tend to 0 if the token had a limit; the d x d determinant of Y(m)
    to Y(m + 2d - 2) there is multiplied by |f_0| in size at every m, and does not.
    """

    recurrence: Row
    weights: Row
    token: int
    coordinate: int

    @property
    def data(self) -> Data:
        """The members of a witness beside its itinerary.

        Source: lemma ``expanding-recurrence`` in ``proofs_checks/FORMAT.md``.

        >>> Expansion((Fraction(2),), (Fraction(1),), 0, 0).data["recurrence"]
        [Fraction(2, 1)]
        """
        return {
            "coefficients": list(self.weights),
            "recurrence": list(self.recurrence),
            "token": self.token,
            "coordinate": self.coordinate,
        }

    @property
    def grows(self) -> bool:
        """Whether states grow beyond all bounds: so it is known where the product exceeds 1.

        Source: lemma ``expanding-recurrence`` in ``proofs_checks/FORMAT.md``.

        >>> Expansion((Fraction(2),), (Fraction(1),), 0, 0).grows
        True
        """
        return abs(self.recurrence[0]) > 1


def growth(lock: Lock, trajectory: Trajectory) -> Growth | Expansion | None:
    """Return a proof that a token of a run with this lock has no limit; None if no rate gives one.

    Source: section ``convergence``, lemma ``expanding-recurrence`` in ``proofs_checks/FORMAT.md``.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> from exactdyn.limits.find_lock import LockSearch
    >>> trajectory = Trajectory(Hardmax([[-1]], alpha="-1/2").run([[1], [-1]], layers=0))
    >>> growth(LockSearch(trajectory).until(10), trajectory).factor
    Fraction(3, 1)
    """
    spectrum = spectrum_of(lock.polynomial)
    factor, multiplicity = max((spectrum or {}).items(), default=(Fraction(0), 0))
    if factor > 1 or (factor == 1 and multiplicity > 1):
        weights = eigenvector_weights(lock.polynomial, factor)
        token, _ = _nonzero(weights, lock, trajectory)
        return Growth(factor, weights, token)
    domain = trajectory.domain
    for own, _ in lock.polynomial.factor()[1]:
        coefficients = coefficients_of(own)
        monic = tuple(x / coefficients[-1] for x in coefficients)
        if sum(monic, Fraction(0)) != 0 and abs(monic[0]) >= 1:
            weights = coefficients_of(lock.polynomial // domain.polynomial(monic))
            return Expansion(monic[:-1], weights, *_nonzero(weights, lock, trajectory))
    return None


def _nonzero(weights: Row, lock: Lock, trajectory: Trajectory) -> tuple[int, int]:
    # Where the combination is not 0: its polynomial is shorter than the least one of the states.
    states = [trajectory.state(lock.layer + j * lock.period) for j in range(len(weights))]
    rows = combine(weights, states)
    return next((i, r) for i, row in enumerate(rows) for r, x in enumerate(row) if x)


def decays(coefficients: Row) -> bool:
    """Tell whether all roots of a polynomial are inside of the unit circle, the constant coefficient first.

    Source: I. Schur and A. Cohn; lemma ``decaying-rates`` in ``proofs_checks/FORMAT.md``.

    >>> decays((Fraction(1, 2), Fraction(-1), Fraction(1))), decays((Fraction(1), Fraction(0), Fraction(1)))
    (True, False)
    """
    while len(coefficients) > 1:
        first, last = coefficients[0], coefficients[-1]
        if abs(first) >= abs(last):
            return False
        pairs = zip(coefficients[1:], coefficients[::-1][1:], strict=True)
        coefficients = tuple(x - first / last * y for x, y in pairs)
    return True
