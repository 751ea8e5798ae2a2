"""The rule of the lemma ``turning-trap``, in balls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import TypeAlias

from flint import arb

from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls, ball, largest, smallest
from exactdyn.softmax.for_ever.statement import TUBE_SHARE, Box

Group: TypeAlias = tuple[int, ...]
"""The indices of the points of a group."""


class OpenError(Exception):
    """The rule does not hold; the text says why, behind "at time T".

    ``between``: the points that are not kept apart, or not proved to stay together.
    """

    def __init__(self, reason: str, between: Group) -> None:
        super().__init__(reason)
        self.between = between


@dataclass(frozen=True)
class TurningTrap:
    """Where the points are at time T, their groups; b, the sum of squares of S / a, and rho of the lemma.

    ``pairs``: two points each, of which it is left open whether they come to one limit.
    """

    box: Box
    positions: Balls
    b: arb
    square: Fraction
    groups: tuple[Group, ...]
    pairs: tuple[Group, ...]
    rho: arb

    def displacement(self) -> arb:
        """Return a bound of W (D_G + epsilon_G) of all groups.

        Raises :class:`OpenError` where the rule does not hold.
        Source: ``proofs_checks/softmax/FORMAT.md``, lemma ``turning-trap``.
        """
        for group in self._parts:
            self._close(group)
        return largest(self.stretch * (self.reach(group) + self.leaks[group]) for group in self.groups)

    def _close(self, group: Group) -> None:
        limit = self.rho * ball(TUBE_SHARE)
        if not self.leaks[group] < limit:
            raise OpenError("the attention paid to other groups is too large", self._nearest(group))
        if len(group) > 1 and group not in self.pairs and not self._drift(group) < limit:
            raise OpenError("the tokens of a group are not proved to stay together", group)

    def _nearest(self, group: Group) -> Group:
        # A point of the group and one outside that it is least kept from.
        others = (j for j in range(len(self.positions)) if j not in group)
        return min(product(group, others), key=lambda pair: float(self._gap(*pair)))

    @cached_property
    def _parts(self) -> tuple[Group, ...]:
        return self.groups + self.pairs

    @cached_property
    def stretch(self) -> arb:
        """The number W.

        Source: lemma ``turning-trap`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        return ball(1 + self.square).sqrt()

    def reach(self, group: Group) -> arb:
        """Return D_G.

        Source: lemma ``turning-trap`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        return self._width(group) + self.rho if len(group) > 1 else arb(0)

    @cached_property
    def leaks(self) -> dict[Group, arb]:
        """The number epsilon_G of every group and pair.

        Source: lemma ``turning-trap`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        return {group: largest(self._leak(i) for i in group) for group in self._parts}

    def _leak(self, i: int) -> arb:
        weights, total = self.box.model.weights, arb(0)
        for j in range(len(weights)):
            if self._of[i] == self._of[j]:
                continue
            gap = self._gap(i, j)
            if not gap > 1 + arb(2) ** -20:
                raise OpenError(self.box.lasting(i, j), (i, j))
            total += ball(Fraction(weights[j], weights[i])) * self._across * (-gap).exp()
        return total

    def _gap(self, i: int, j: int) -> arb:
        here, there = self._wander(self._of[i]), self._wander(self._of[j])
        x, away = self.positions[i], self._difference(i, j)
        turned = norm([a + b for a, b in zip(x, away, strict=True)])
        lost = turned * here + norm(x) * there + here * there
        return (self.b * (inner(x, away) - lost)).lower()

    def _drift(self, group: Group) -> arb:
        leak = self.leaks[group]
        nearest = smallest(norm(self.positions[i]) for i in group)
        radius = nearest - self._width(group) - self._wander(group)
        if not radius > 0:
            raise OpenError("a group may reach 0", group)
        parts = (self._part(group, pair, radius) for pair in combinations(group, 2))
        return self.stretch * (self.b * self.reach(group) * sum(parts, arb(0)) + 2 * leak)

    def _part(self, group: Group, pair: tuple[int, int], radius: arb) -> arb:
        apart = norm(self._difference(*pair)) - self.rho
        if not apart > 0:
            raise OpenError("two points of a group are not proved to stay apart", group)
        slowest, fastest = self._speeds(group, radius, apart)
        few, many = sorted(self.box.model.weights[k] for k in pair)
        share = 1 - (-arb.pi() / fastest).exp()
        within = ball(Fraction(many, few)) * arb.pi() / (2 * self.b * radius * apart * slowest * share)
        wide = apart + 2 * self.rho
        return wide * wide * within

    def _speeds(self, group: Group, radius: arb, apart: arb) -> tuple[arb, arb]:
        # The numbers c1 and c2 of lemma ``turning-trap``: how fast at least, and at most, an angle falls.
        reach, leak, root = self.reach(group), self.leaks[group], self.stretch
        omega = ball(self.square).sqrt()
        error = root * (reach + leak) / radius + 2 * root * leak / apart
        quarter = self.b * reach * reach / 4
        if len(group) == 2:
            along, back = omega * quarter.tanh(), arb(0)
        else:
            along, back = quarter * (root + omega) / 2, quarter * (root - omega) / 2
        slowest = omega - along - error
        if not slowest > 0:
            raise OpenError("a group of tokens may turn as V turns them", group)
        return slowest, omega + back + error

    @cached_property
    def _of(self) -> dict[int, Group]:
        return {point: group for group in self._parts for point in group}

    def _wander(self, group: Group) -> arb:
        if group in self.pairs:
            return self.stretch * (self._width(group) + (2 * self.stretch + 1) * self.rho)
        return self.stretch * (self.reach(group) + self.rho)

    @cached_property
    def _across(self) -> arb:
        every = combinations(range(len(self.positions)), 2)
        widest = largest(norm(self._difference(i, j)) for i, j in every)
        return widest + 2 * largest(map(self._wander, self._parts))

    def _width(self, group: Group) -> arb:
        return largest(norm(self._difference(i, j)) for i, j in combinations(group, 2))

    def _difference(self, i: int, j: int) -> list[arb]:
        return [x - y for x, y in zip(self.positions[i], self.positions[j], strict=True)]


def norm(vector: Sequence[arb]) -> arb:
    """Return the Euclidean norm of a vector of balls.

    >>> norm([arb(3), arb(4)])
    5.00000000000000
    """
    squares = [abs(x) * abs(x) for x in vector]
    total: arb = sum(squares, arb(0))
    return total.max(arb(0)).sqrt()
