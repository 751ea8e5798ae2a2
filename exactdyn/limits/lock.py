"""A proof that the attention graphs of a few layers repeat for ever, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from exactdyn.limits.forms import Forms
from exactdyn.limits.recurrence import combine
from exactdyn.numbers.domain import DomainPolynomial
from exactdyn.numbers.fields.joining import simple
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import Row, Rows
from exactdyn.systems.trajectory import Trajectory
from exactdyn.verdict import Data


@dataclass(frozen=True)
class Lock:
    """A proof that the itinerary repeats its graphs of layers ``layer``..``layer + period - 1`` for ever.

    ``nodes``: positive, ascending, see the lemma; none where ``forms`` prove it. ``polynomial``: the
    states obey this recurrence, ``period`` layers a step, from ``layer`` on. ``weights``: of sum 1; the
    combination of states ``layer``, ``layer + period``, ... with these weights is the limit along the period.
    ``ends``: where the states end, if that is known beside them.
    """

    layer: int
    period: int
    nodes: Row
    polynomial: DomainPolynomial
    weights: Row
    forms: Forms | None = None
    ends: Points | None = field(default=None, compare=False)

    @property
    def data(self) -> Data:
        """The member ``itinerary`` of a certificate.

        Source: lemmas ``locked-itinerary`` and ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

        >>> from fractions import Fraction
        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> rest = RATIONALS.polynomial([Fraction(-1), Fraction(1)])
        >>> Lock(3, 1, (Fraction(1),), rest, (Fraction(1),)).data
        {'layer': 3, 'period': 1, 'nodes': [Fraction(1, 1)]}
        """
        proof = {"nodes": list(self.nodes)} if self.forms is None else self.forms.data
        return {"layer": self.layer, "period": self.period, **proof}

    def limits(self, trajectory: Trajectory, phase: int = 0) -> Rows:
        """Return the limit of the states at the layers ``layer + phase``, ``layer + phase + period``, ...

        Source: lemma ``locked-limit`` in ``proofs_checks/FORMAT.md``.

        >>> from fractions import Fraction
        >>> from exactdyn.numbers.rationals import RATIONALS
        >>> from exactdyn.systems.hardmax import Hardmax
        >>> rest = RATIONALS.polynomial([Fraction(-1), Fraction(1)])
        >>> lock = Lock(0, 1, (Fraction(1),), rest, (Fraction(1),))
        >>> lock.limits(Trajectory(Hardmax().run([[2]], layers=0)))
        ((Fraction(2, 1),),)
        """
        if self.ends is not None:
            places = dict.fromkeys(self.ends.points)  # few where tokens are many: each is made once
            rows = {place: tuple(map(simple, self.ends.domain.numbers(*place))) for place in places}
            return tuple(rows[place] for place in self.ends.points)
        layers = range(self.layer + phase, self.layer + phase + self.period * len(self.weights), self.period)
        return combine(self.weights, [trajectory.state(k) for k in layers])
