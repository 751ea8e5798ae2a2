"""Layers in which the attention graphs have had one period so far, and the recurrences found there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import chain
from typing import Any

from flint import fmpz, fmpz_mat

from exactdyn.limits.far_ahead import changed_by
from exactdyn.limits.find_forms import find_forms
from exactdyn.limits.forms import Forms
from exactdyn.limits.lock import Lock
from exactdyn.limits.next_change import turns_negative
from exactdyn.limits.recurrence import (
    Term,
    coefficients_of,
    eigenvector_weights,
    minimal_polynomial,
    pairwise_products,
    spectrum_of,
)
from exactdyn.numbers.domain import Domain, DomainPolynomial
from exactdyn.numbers.rationals import RATIONALS
from exactdyn.numbers.reading import Row
from exactdyn.systems.trajectory import Trajectory

FORMS_AFTER = (0, 1, 2, 3, 5, 8, 12, 16, 24, 36, 54, 81)
"""So many layers after the first one of a stretch forms are asked for a proof."""

PATIENCE = 12
"""So many periods nodes, of this period or a longer one, have before forms are asked."""

FAILURES = 3
"""After so many layers whose nodes prove nothing it is asked whether the graphs change far ahead."""

NEGATIVE = "some rates of the states are negative"
"""Why there are no nodes where there are some of twice the period."""


@dataclass
class Stretch:
    """The layers from ``start`` on, in which the itinerary has had one period, and what is known of them.

    ``polynomial``: of the states, ``period`` layers a step; None: these layers are too few. ``nodes``,
    ``weights``: as in a :class:`~exactdyn.limits.lock.Lock`. ``obstacle``: why there are no nodes.
    ``scores_open``: whether they may still be found from the scores. ``tried``: the next layer to propose.
    ``forms_tried``: how often forms were asked for a proof; no more where floats foresee a change.
    ``failures``: how many proofs failed. ``changed_by``: the graphs are proved to change, by this layer at
    the latest; then nothing is proposed any more.
    """

    period: int
    start: int
    polynomial: DomainPolynomial | None = None
    nodes: Row = ()
    weights: Row = ()
    obstacle: str | None = None
    scores_open: bool = False
    tried: int = 0
    forms_tried: int = 0
    failures: int = 0
    looked_ahead: bool = False
    changed_by: int | None = None

    def study(self, trajectory: Trajectory, top: int) -> None:
        """Find the recurrences of states and scores, as soon as the layers up to ``top`` suffice.

        Source: lemma ``locked-itinerary`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> stretch = Stretch(1, 0)
        >>> stretch.study(Trajectory(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)), 2)
        >>> stretch.polynomial, stretch.nodes
        (x^2 + (-3/2)*x + 1/2, (Fraction(1, 4), Fraction(1, 2), Fraction(1, 1)))
        """
        if self.changed_by is not None:
            return
        if self.polynomial is None and (top - self.start) % self.period == 0:
            self._study_states(trajectory, top)
        if self.scores_open:
            self._study_scores(trajectory, top)

    def candidates(self, trajectory: Trajectory, top: int) -> Iterator[Lock]:
        """Go through what may be a lock: layers that have all they need by now and were not tried before.

        To ask for another means that the last one was none.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> trajectory, stretch = Trajectory(Hardmax(alpha=1).run([[1], ["1/2"]], layers=0)), Stretch(1, 0)
        >>> stretch.study(trajectory, 2)
        >>> [lock.layer for lock in stretch.candidates(trajectory, 5)]
        [0, 1, 2]
        """
        if self.polynomial is None or not self.nodes:
            return
        needed = self.period * (len(self.nodes) + 1)
        while self.tried + needed - 1 <= top and self.changed_by is None:
            layer = self.tried
            self.tried += 1
            yield Lock(layer, self.period, self.nodes, self.polynomial, self.weights)
            self.failures += 1
            if self.failures == FAILURES:
                self._look_ahead(trajectory)

    def by_forms(self, trajectory: Trajectory, top: int) -> Lock | None:
        """Return a lock by forms from one of some layers on; where nodes may do, after these failed a while.

        Source: lemma ``locked-by-forms`` in ``proofs_checks/FORMAT.md``.

        >>> from exactdyn.systems.hardmax import Hardmax
        >>> run = Hardmax([[1, -4], [4, 1]], alpha="1/2").run([[1, 0], [0, 1], [-1, -1]], 0)
        >>> trajectory, stretch = Trajectory(run), Stretch(1, 0)
        >>> for top in range(9):
        ...     stretch.study(trajectory, top)
        >>> stretch.by_forms(trajectory, 8).layer
        0
        """
        by_nodes = self.nodes or self.obstacle == NEGATIVE
        waits = self.scores_open or (by_nodes and top < self.start + self.period * PATIENCE)
        if (
            self.polynomial is None
            or trajectory.domain != RATIONALS
            or waits
            or self.forms_tried == len(FORMS_AFTER)
        ):
            return None
        layer = self.start + FORMS_AFTER[self.forms_tried]
        if top < layer + self.period * int(self.polynomial.degree()):
            return None
        self._look_ahead(trajectory)
        if self.changed_by is not None:
            return None
        self.forms_tried += 1
        forms = find_forms(trajectory, layer, self.period, self.polynomial)
        if not isinstance(forms, Forms):
            if turns_negative(forms, self.polynomial):
                self.forms_tried = len(FORMS_AFTER)
            return None
        return Lock(layer, self.period, (), self.polynomial, self.weights, forms)

    def rules_out(self, period: int, top: int) -> bool:
        """Tell whether graphs that do not repeat after this period for ever cannot after a multiple of it.

        That is so once they have repeated after this one through all layers of the other and one period more:
        graphs that repeat both in these layers and after the longer period for ever repeat as they do here.

        >>> Stretch(1, 0, changed_by=4000).rules_out(2, 2), Stretch(1, 0).rules_out(2, 2)
        (True, False)
        """
        return self.changed_by is not None and self.start + self.period + period <= top + 1

    def _look_ahead(self, trajectory: Trajectory) -> None:
        if trajectory.domain == RATIONALS and self.polynomial is not None and not self.looked_ahead:
            self.looked_ahead = True
            self.changed_by = changed_by(trajectory, self.start, self.period, self.polynomial)

    def _study_states(self, trajectory: Trajectory, top: int) -> None:
        domain = trajectory.domain
        states = [trajectory.state(k).coefficients for k in range(self.start, top + 1, self.period)]
        polynomial = minimal_polynomial(states, domain)
        if polynomial is None:
            return
        coefficients = coefficients_of(polynomial)
        transient = next(j for j, x in enumerate(coefficients) if x != 0)
        self.start += transient * self.period  # from there on the root 0 has no part in the states
        self.tried = self.start
        self.polynomial = polynomial = domain.polynomial(coefficients[transient:])
        self.weights = eigenvector_weights(polynomial, Fraction(1))
        spectrum = spectrum_of(polynomial)
        if spectrum is None:
            self.obstacle = f"some rates of the states are {_outside(domain)}"
            self.scores_open = trajectory.facts.keeps_at(self.start)
            self._look_ahead(trajectory)
        elif min(spectrum, default=1) < 0:
            self.obstacle = NEGATIVE
        else:
            self.nodes = tuple(pairwise_products(spectrum)) or (Fraction(1),)

    def _study_scores(self, trajectory: Trajectory, top: int) -> None:
        # A step that keeps a part of each token moves scores by a linear map of their own: they obey a
        # recurrence of degree s (s + 1) / 2 at most, s the degree of that of the states. It is looked for
        # with as many periods as the states needed, and then with all that it can need.
        degree = int(self.polynomial.degree()) if self.polynomial is not None else 0
        periods, rest = divmod(top + 1 - self.start, self.period)
        if rest or periods not in (degree + 1, degree * (degree + 1) // 2 + 1):
            return
        starts = range(self.start, top + 1, self.period)
        scores = [_all_scores(trajectory, range(k, k + self.period)) for k in starts]
        polynomial = minimal_polynomial(scores, trajectory.domain)
        if polynomial is None:
            return
        self.scores_open = False
        spectrum = spectrum_of(polynomial)
        if spectrum is not None and min(spectrum, default=1) > 0:
            self.obstacle = None
            nodes = tuple(rate for rate, multiplicity in spectrum.items() for _ in range(multiplicity))
            self.nodes = nodes or (Fraction(1),)


def _outside(domain: Domain[Any]) -> str:
    return "irrational or complex" if domain == RATIONALS else f"complex or outside {domain.name}"


def _all_scores(trajectory: Trajectory, layers: Sequence[int]) -> Term:
    """Return the scores of all heads at some layers in one row."""
    heads = range(len(trajectory.head_attention(layers[0])))
    terms = [trajectory.scores(layer, head) for layer in layers for head in heads]
    common = reduce(fmpz.lcm, (divisor for _, divisor in terms))
    parts = zip(*([part * (common // divisor) for part in parts] for parts, divisor in terms), strict=True)
    return [fmpz_mat([list(chain.from_iterable(x.entries() for x in own))]) for own in parts], common
