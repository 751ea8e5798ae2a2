"""The step of a layer: how tokens move once it is known whom they attend."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from exactdyn.errors import InputError
from exactdyn.layer.attention import AttentionSets
from exactdyn.numbers.domain import Domain, Point
from exactdyn.numbers.fields.joining import number
from exactdyn.numbers.points import Points, all_towards, mean, towards


class LayerStep(Protocol):
    """How the tokens of a layer move, in the normalised form."""

    def moved(self, state: Points, *heads: AttentionSets) -> Points:
        """Return the next state; ``heads``: the attention sets of every head of the layer."""


@dataclass(frozen=True)
class Step:
    """The step z_i <- z_i + tau (c_i - z_i) towards the mean c_i of what a token attends.

    ``tau``: any exact number. It needs no matrix: whoever knows the attention sets can take it.
    Source: arXiv 2407.01602, equation (1.1).

    >>> state = Points.from_rows([[0], [1]])
    >>> Step(Fraction(1, 2)).moved(state, (frozenset({1}), frozenset({1}))).rows()[0]
    [Fraction(1, 2)]
    """

    tau: Fraction

    @classmethod
    def of(cls, alpha: object) -> Step:
        """Return the step tau = alpha/(1+alpha) of a coefficient.

        ``alpha``: an exact number. Raises :class:`~exactdyn.errors.InputError` for another one and for -1.
        Source: arXiv 2407.01602, equation (1.1).

        >>> Step.of("1/2").tau
        Fraction(1, 3)
        """
        coefficient = number(alpha, "alpha")
        if coefficient == -1:
            raise InputError("alpha: requires a number other than -1, the pole of alpha/(1+alpha), got -1")
        return cls(coefficient / (1 + coefficient))

    @property
    def alpha(self) -> Fraction:
        """The coefficient alpha = tau/(1-tau); raises ZeroDivisionError for tau = 1, which has none.

        Source: arXiv 2407.01602, equation (1.1).

        >>> Step(Fraction(1, 3)).alpha
        Fraction(1, 2)
        """
        return self.tau / (1 - self.tau)

    @property
    def convex(self) -> bool:
        """Whether a new token is a convex combination of itself and what it attends: 0 <= tau <= 1.

        Source: lemma ``convex-step`` in ``proofs_checks/FORMAT.md``.

        >>> Step(Fraction(1)).convex, Step(Fraction(-1)).convex
        (True, False)
        """
        return 0 <= self.tau <= 1

    @property
    def keeps(self) -> bool:
        """Whether it is convex and keeps a positive part of the token itself: 0 <= tau < 1.

        Source: lemmas ``leaders-persist`` and ``lock-in`` in ``proofs_checks/FORMAT.md``.

        >>> Step(Fraction(0)).keeps, Step(Fraction(1)).keeps
        (True, False)
        """
        return 0 <= self.tau < 1

    def moved(self, state: Points, *heads: AttentionSets) -> Points:
        """Return the next state; there is one head, and ``heads`` are its attention sets.

        Source: arXiv 2407.01602, equation (1.1).

        >>> state = Points.from_rows([[0], [1]])
        >>> Step(Fraction(1, 3)).moved(state, (frozenset({0, 1}), frozenset({1}))).rows()[0]
        [Fraction(1, 6)]
        """
        (sets,) = heads
        if state.domain.degree > 1 and isinstance(self.tau, Fraction):
            return Points(all_towards(state.points, sets, self.tau), state.domain)
        targets = {own: mean([state.points[j] for j in sorted(own)]) for own in frozenset(sets)}
        pairs = [(point, targets[own]) for point, own in zip(state.points, sets, strict=True)]
        if isinstance(self.tau, Fraction):
            return Points(tuple(towards(*pair, self.tau) for pair in pairs), state.domain)
        return Points(tuple(self._went(state.domain, *pair) for pair in pairs), state.domain)

    def _went(self, domain: Domain[Any], point: Point, target: Point) -> Point:
        """Return the new point for an irrational step, which multiplies the numbers of the domain."""
        if point == target:
            return point
        numbers = zip(domain.numbers(*point), domain.numbers(*target), strict=True)
        return domain.point([x + self.tau * (c - x) for x, c in numbers])
