"""What tokens do that V turns, in bounds; FORMAT.md, lemma ``turning-trap``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import isqrt
from typing import TypeAlias

from proofs_checks.format.claims import Claim
from proofs_checks.softmax.balls import Arithmetic, Ball, length, upwards
from proofs_checks.softmax.now import Now

Group: TypeAlias = tuple[int, ...]
"""The points of a group, by their indices."""

PI = (Fraction(314, 100), Fraction(315, 100))
"""Numbers between which pi is."""


@dataclass(frozen=True)
class Spiral:
    """V = a I + S with S skew and B = b I: the numbers b > 0, omega = |S| / a and a bound of it squared."""

    b: Fraction
    omega: Fraction
    square: Fraction


@dataclass(frozen=True)
class TurningTrap:
    """The points at time T in their groups and pairs, and rho, rounded up; lengths in units of 2^-bits."""

    claim: Claim
    now: Now
    spiral: Spiral
    groups: list[Group]
    pairs: list[Group]
    rho: int

    @property
    def context(self) -> Arithmetic:
        """The arithmetic."""
        return self.now.context

    def up(self, x: int, y: int) -> int:
        """Return an upper bound of a product of numbers >= 0."""
        return upwards(x * y, self.context.one.middle)

    @cached_property
    def b(self) -> Ball:
        """The number b."""
        return self.context.ball(self.spiral.b)

    @cached_property
    def stretch(self) -> int:
        """An upper bound of the norm of V / a, the root of 1 + omega^2."""
        square = self.context.above(1 + self.spiral.square)
        return isqrt(square << self.context.bits) + 1

    def reach(self, group: Group) -> int:
        """Return an upper bound of the distances of the points of a group from now on.

        Source: FORMAT.md here, lemma ``turning-trap``.
        """
        return self._width(group) + self.rho if len(group) > 1 else 0

    @cached_property
    def leaks(self) -> dict[Group, int]:
        """For every group and pair an upper bound of epsilon, what its tokens are drawn to others.

        Raises :class:`~proofs_checks.format.errors.RejectedError` unless every gap is at least 1.

        Source: FORMAT.md here, lemma ``turning-trap``.
        """
        return {group: self._leak(group) for group in [*self.groups, *self.pairs]}

    def _leak(self, group: Group) -> int:
        # epsilon_G of lemma ``turning-trap``, rounded upwards.
        weights, most = self.now.system.weights, 0
        for i in group:
            total = 0
            for j in range(len(self.now.points)):
                if j in group:
                    continue
                gap = self._gap(i, j)
                self.claim.require(
                    gap >= self.context.one.middle,
                    f"the attention of point {i} on point {j} may not vanish",
                )
                share = self.up(self._across, self.context.exp_above(-gap))
                total += upwards(weights[j] * share, weights[i])
            most = max(most, total)
        return most

    def drift(self, group: Group) -> int:
        """Return an upper bound of how much the difference of two points of a group, turned, may change.

        Source: FORMAT.md here, lemma ``turning-trap``.
        """
        reach, leak = self.reach(group), self.leaks[group]
        nearest = min(self._length(self.now.points[i])[0] for i in group)
        radius = nearest - self._width(group) - self._wander(group)
        self.claim.require(radius > 0, "a group may reach 0")
        total = sum(self._part(group, pair, radius) for pair in combinations(group, 2))
        inside = self.up(self.up(self.context.above(self.spiral.b), reach), total)
        return self.up(self.stretch, inside + 2 * leak)

    def _part(self, group: Group, pair: tuple[int, int], radius: int) -> int:
        # (|u| + rho)^2 w pi / (2 b r v c1 (1 - e^(-pi / c2))) of two points of the group.
        context, weights = self.context, self.now.system.weights
        low, high = self._length(self._difference(*pair))
        apart = low - self.rho
        self.claim.require(apart > 0, "two points of a group are not provably apart")
        slowest, fastest = self._speeds(group, radius, apart)
        turns = context.divide(context.ball(PI[0]), Ball(fastest, 0)).low
        decay = context.exp_above(-turns)
        self.claim.require(decay < context.one.middle, "the group turns too fast")
        below = context.times(context.times(self.b, Ball(2 * radius, 0)), Ball(apart, 0))
        below = context.times(context.times(below, slowest), Ball(context.one.middle - decay, 0))
        wide = self.up(high + self.rho, high + self.rho)
        above = self.up(wide, context.above(PI[1]))
        few, many = sorted(weights[k] for k in pair)
        return upwards(many * context.divide(Ball(above, 0), Ball(below.low, 0)).high, few)

    def _speeds(self, group: Group, radius: int, apart: int) -> tuple[Ball, int]:
        # How slowly and how fast the direction of a difference turns against that of the tokens.
        context, leak = self.context, self.leaks[group]
        omega, root = context.ball(self.spiral.omega), Ball(self.stretch, 0)
        moved = self.up(self.stretch, self.reach(group) + leak)
        other = self.up(self.stretch, 2 * leak)
        error = context.divide(Ball(moved, 0), Ball(radius, 0)).high
        error += context.divide(Ball(other, 0), Ball(apart, 0)).high
        square = self.up(self.reach(group), self.reach(group))
        quarter = upwards(context.times(self.b, Ball(square, 0)).high, 4)
        if len(group) == 2:
            along, back = context.times(omega, self._tanh(quarter)).high, 0
        else:
            along = upwards(context.times(Ball(quarter, 0), root + omega).high, 2)
            back = upwards(context.times(Ball(quarter, 0), root - omega).high, 2)
        slowest = Ball(omega.low - along - error, 0)
        self.claim.require(slowest.positive(), "a group may turn with its tokens")
        return slowest, omega.high + back + error

    def _tanh(self, x: int) -> Ball:
        # 1 - 2 e^(-2x) / (1 + e^(-2x)), for x >= 0.
        context = self.context
        decay = context.exp(Ball(-2 * x, 0))
        return context.one - context.divide(decay + decay, context.one + decay)

    def _gap(self, i: int, j: int) -> int:
        # A lower bound of y^T B (y - w) for y and w where the points i and j may be.
        context, points = self.context, self.now.points
        here, there = self._wander(self._of(i)), self._wander(self._of(j))
        away = self._difference(i, j)
        inner = context.dot(points[i], away).low
        turned = self._length([x + y for x, y in zip(points[i], away, strict=True)])[1]
        lost = self.up(turned, here) + self.up(self._length(points[i])[1], there) + self.up(here, there)
        return context.times(self.b, Ball(inner - lost, 0)).low

    def _of(self, point: int) -> Group:
        return next(group for group in [*self.groups, *self.pairs] if point in group)

    def _wander(self, group: Group) -> int:
        # How far, at most, its points get from where they are now.
        if group in self.pairs:
            return self.up(self.stretch, self._width(group) + 2 * self.up(self.stretch, self.rho) + self.rho)
        return self.up(self.stretch, self.reach(group) + self.rho)

    @cached_property
    def _across(self) -> int:
        # The bound f of all distances from now on.
        every = combinations(range(len(self.now.points)), 2)
        widest = max(self._length(self._difference(*pair))[1] for pair in every)
        return widest + 2 * max(map(self._wander, [*self.groups, *self.pairs]))

    def _width(self, group: Group) -> int:
        return max(map(self._distance, combinations(group, 2)), default=0)

    def _distance(self, pair: tuple[int, int]) -> int:
        return self._length(self._difference(*pair))[1]

    def _difference(self, i: int, j: int) -> list[Ball]:
        return [x - y for x, y in zip(self.now.points[i], self.now.points[j], strict=True)]

    def _length(self, vector: list[Ball]) -> tuple[int, int]:
        # A lower and an upper bound.
        nearest = [max(0, abs(x.middle) - x.radius) for x in vector]
        return isqrt(sum(x * x for x in nearest)), length(vector)
