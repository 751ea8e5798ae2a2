"""``leading-clusters`` for a leading eigenspace of V; FORMAT.md, lemma ``leading-trap``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.vectors import dot
from proofs_checks.softmax.balls import Ball, length, upwards
from proofs_checks.softmax.clusters import read_leaders
from proofs_checks.softmax.eigenpair import read_eigenpair
from proofs_checks.softmax.now import Now
from proofs_checks.softmax.splitting import Eigenspace, Split, read_split


def check(claim: Claim, now: Now) -> None:
    """Check whom tokens follow for ever along the leading eigenspace of V.

    Evidence: ``eigenvalue`` (see eigenpair.py) or ``space``; ``basis`` and ``dual`` that measure what is
    left; ``leaders``, ``tube``, ``displacement`` as for clusters.

    Source: FORMAT.md here, lemma ``leading-trap``.
    """
    members = claim.data.fields(["basis", "dual", "leaders", "tube", "displacement"], ["eigenvalue", "space"])
    if ("eigenvalue" in members) == ("space" in members):
        claim.data.refuse("one of eigenvalue and space")
    leaders = read_leaders(claim, now, members["leaders"])
    rho, displacement = members["tube"].rational(), members["displacement"].rational()
    if rho <= 0:
        members["tube"].refuse("a number greater than 0")
    if "space" in members:
        space = _read_space(claim, now, members["space"])
    else:
        pair = read_eigenpair(claim, now, members["eigenvalue"])
        space = Eigenspace(pair.value, [pair.right], [pair.left])
    split = read_split(claim, now, space, members["basis"], members["dual"])
    claim.require(space.value.positive(), "the eigenvalue is not proved positive")
    claim.require(split.others <= space.value.low, "the eigenvalue is not proved to lead")
    trap = LeadingTrap(claim, split, leaders, now.context.above(rho))
    below, most = now.context.below(rho), now.context.below(displacement)
    found = {i: trap.disturbances(i) for i in leaders}
    for i, k in leaders.items():
        along, beside = (x + y for x, y in zip(found[i], found[k], strict=True))
        claim.require(along < below and beside < below, "the tokens may leave the tube")
        claim.require(found[k][0] <= most, "a leader may move further than claimed")


def _read_space(claim: Claim, now: Now, field: Field) -> Eigenspace:
    members = field.fields(["value", "right", "left"])
    V, size, value = now.system.V, now.system.dimension, members["value"].rational()
    count = len(members["right"].items())
    if count == 0:
        members["right"].refuse("at least one vector")
    right, left = (members[name].rational_matrix(count, size) for name in ("right", "left"))
    columns = tuple(zip(*V, strict=True))
    claim.require(
        all(dot(row, x) == value * own for x in right for row, own in zip(V, x, strict=True))
        and all(dot(x, column) == value * own for x in left for column, own in zip(columns, x, strict=True)),
        "the vectors are no eigenvectors",
    )
    each = range(count)
    claim.require(all(dot(left[a], right[b]) == (a == b) for a in each for b in each), "they are not dual")
    context = now.context
    return Eigenspace(context.ball(value), context.balls(right), context.balls(left))


@dataclass(frozen=True)
class LeadingTrap:
    """The points at time T, split, the leader of each that is not loose, and rho, rounded up."""

    claim: Claim
    split: Split
    leaders: dict[int, int]
    rho: int

    def disturbances(self, i: int) -> tuple[int, int]:
        """Return upper bounds of eta_i and theta_i; raise unless every gap is provably positive.

        Source: FORMAT.md here, lemma ``leading-trap``.
        """
        k, weights, context = self.leaders[i], self.split.now.system.weights, self.split.now.context
        along = beside = 0
        for j in range(len(self.along)):
            if j == k:
                continue
            gap = self._gap(i, j)
            self.claim.require(gap > 0, f"the attention of point {i} on point {j} may not vanish")
            decay = context.divide(Ball(context.exp_above(-gap), 0), Ball(gap, 0)).high
            near, far = self._reach(j, k)
            along += upwards(weights[j] * self._up(near, decay), weights[k])
            beside += upwards(weights[j] * self._up(far, decay), weights[k])
        return along, beside

    def _gap(self, i: int, j: int) -> int:
        # A lower bound of delta_ij: what the parts in the eigenspace give, over the corners, everything
        # widened, less what the other parts may take.
        k, context = self.leaders[i], self.split.now.context
        other = self.leaders.get(j, k)
        if other != k:
            images = [self._turned(self._away(k, w, 3 * self.rho)) for w in {j, other}]
            loss = self._loss(self._diameter, 2 * self._highest, 2 * self._highest)
        elif self._loose:
            near, far = self._apart(j, k)
            images, loss = [self._turned(self._away(k, j, self.rho))], self._loss(near, far, far)
        else:
            images, loss = [self._pulled(k, j)], self._loss(*self._apart(j, k), self.rho)
        queries = [[c.widened(2 * self.rho) for c in self.along[start]] for start in {i, k}]
        return min(context.dot(y, image).low for y, image in product(queries, images)) - loss

    @property
    def _loose(self) -> bool:
        return len(self.leaders) < len(self.along)

    def _pulled(self, k: int, j: int) -> list[Ball]:
        # C^T B (x_k - x_j + C e) with |e| <= rho.
        points, moved = self.split.now.points, [Ball(0, self.rho)] * len(self.along[j])
        away = [a - b for a, b in zip(points[k], points[j], strict=True)]
        still = [self.split.form(phi, away) for phi in self.split.space.right]
        return [x + y for x, y in zip(still, self._turned(moved), strict=True)]

    def _turned(self, c: list[Ball]) -> list[Ball]:
        return [self.split.now.context.dot(row, c) for row in self._inner]

    @cached_property
    def _inner(self) -> list[list[Ball]]:
        right = self.split.space.right
        return [[self.split.form(phi, psi) for psi in right] for phi in right]

    def _loss(self, near: int, far: int, moved: int) -> int:
        b1, b2, b3 = self.split.mixed
        rest = self._up(self._highest, self._up(b1, near) + self._up(b3, far))
        return rest + self._up(self._widest, self._up(b2, moved))

    def _reach(self, j: int, k: int) -> tuple[int, int]:
        # Bounds of the distance of j from k, from now on, in the eigenspace and beside it.
        if self.leaders.get(j) != k:
            return self._diameter, 2 * self._highest
        return self._apart(j, k)

    def _apart(self, j: int, k: int) -> tuple[int, int]:
        # The same at time T, and rho more.
        beside = [a - b for a, b in zip(self.rests[k], self.rests[j], strict=True)]
        return length(self._away(k, j, 0)) + self.rho, self.split.norm(beside) + self.rho

    def _away(self, k: int, j: int, wide: int) -> list[Ball]:
        return [(a - b).widened(wide) for a, b in zip(self.along[k], self.along[j], strict=True)]

    @cached_property
    def along(self) -> list[list[Ball]]:
        """The parts c of the points."""
        return [self.split.along(x) for x in self.split.now.points]

    @cached_property
    def rests(self) -> list[list[Ball]]:
        """The parts y of the points."""
        return [self.split.rest(x) for x in self.split.now.points]

    @cached_property
    def _highest(self) -> int:
        return max(map(self.split.norm, self.rests))

    @cached_property
    def _widest(self) -> int:
        return max(map(length, self.along))

    @cached_property
    def _diameter(self) -> int:
        return max(length(self._away(a, b, 0)) for a, b in combinations(range(len(self.along)), 2))

    def _up(self, x: int, y: int) -> int:
        return upwards(x * y, self.split.now.context.one.middle)
