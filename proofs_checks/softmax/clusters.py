"""``clusters`` for V = a I; FORMAT.md, lemma ``cluster-trap``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.softmax.balls import Ball, length, upwards
from proofs_checks.softmax.now import Now


def check(claim: Claim, now: Now) -> None:
    """Check whom tokens follow for ever, and by how much their leaders still move.

    Evidence: ``leaders``, the leader of every token, null for a loose one, of which nothing is claimed;
    ``tube``, the number rho; ``displacement``, a bound for eta of every leader.

    Source: FORMAT.md here, lemma ``cluster-trap``.
    """
    _check(claim, now, masked=False)


def check_masked(claim: Claim, now: Now) -> None:
    """Check the same under a mask, where leaders need not see each other.

    Source: FORMAT.md here, lemma ``masked-cluster-trap``.
    """
    system = now.system
    claim.require(len(system.heads) == 1 and system.step is None, "it is about one head in continuous time")
    claim.require(system.heads[0].mask is not None, "there is no mask")
    _check(claim, now, masked=True)


def _check(claim: Claim, now: Now, masked: bool) -> None:
    # FORMAT.md here, lemmas ``cluster-trap`` and, with a mask, ``masked-cluster-trap``.
    members = claim.data.fields(["leaders", "tube", "displacement"])
    leaders = read_leaders(claim, now, members["leaders"])
    if masked:
        seen = now.system.seen(0)
        claim.require(all(seen[i][k] > 0 < seen[k][k] for i, k in leaders.items()), "a leader is not seen")
        closed = all(j in leaders for i in leaders for j, count in enumerate(seen[i]) if count)
        claim.require(closed, "a token sees one that has no leader")
    rho, displacement = members["tube"].rational(), members["displacement"].rational()
    multiple = now.system.multiple()
    claim.require(multiple is not None and multiple > 0, "V is not a I with a > 0")
    claim.require(rho > 0, "the tube is not positive")
    trap = ClusterTrap(now, leaders, now.context.above(rho))
    disturbances = {i: trap.disturbance(claim, i) for i in leaders}
    below = now.context.below(rho)
    claim.require(
        all(disturbances[i] + disturbances[k] < below for i, k in leaders.items()),
        "the tokens may leave the tube",
    )
    claim.require(
        all(disturbances[k] <= now.context.below(displacement) for k in leaders.values()),
        "a leader may move further than claimed",
    )


def read_leaders(claim: Claim, now: Now, field: Field) -> dict[int, int]:
    """Read a leader or null for every token, and return the leader of every point that has one.

    Source: FORMAT.md here, section "Statements".
    """
    tokens = now.system.tokens
    named = [None if item.value is None else now.point_of(item) for item in field.items(len(tokens))]
    claim.require(len(now.points) > 1, "there is only one point")
    of_points: dict[int, int | None] = {}
    for token, leader in enumerate(named):
        point = now.system.place[token]
        claim.require(of_points.setdefault(point, leader) == leader, "copies have different leaders")
    leaders = {i: k for i, k in of_points.items() if k is not None}
    claim.require(bool(leaders), "no token has a leader")
    claim.require(all(leaders.get(k) == k for k in leaders.values()), "a leader follows another token")
    return leaders


@dataclass(frozen=True)
class ClusterTrap:
    """The points at time T, the leader of each that is not loose, and rho, rounded up."""

    now: Now
    leaders: dict[int, int]
    rho: int

    def disturbance(self, claim: Claim, i: int) -> int:
        """Return an upper bound of eta_i; raise unless every gap delta_ij is provably positive.

        Source: FORMAT.md here, lemma ``cluster-trap``.
        """
        k, seen = self.leaders[i], self.now.system.seen(0)[i]
        total = 0
        for j, count in enumerate(seen):
            if j == k or not count:
                continue
            gap = min(self._gaps(i, j))
            claim.require(gap > 0, f"the attention of point {i} on point {j} may not vanish")
            total += upwards(count * self._share(gap, self._reach(j, k)), seen[k])
        return total

    def _gaps(self, i: int, j: int) -> Iterator[int]:
        # Lower bounds of y^T B (x_k - w) over the corners, everything widened.
        points, k = self.now.points, self.leaders[i]
        other = self.leaders.get(j, k)
        targets, wide = ({j}, self.rho) if other == k else ({j, other}, 3 * self.rho)
        context = self.now.context
        for start in {i, k}:
            y = [x.widened(2 * self.rho) for x in points[start]]
            for target in targets:
                away = [(a - b).widened(wide) for a, b in zip(points[k], points[target], strict=True)]
                image = [context.dot(row, away) for row in self.now.model.form]
                yield context.dot(y, image).low

    def _reach(self, j: int, k: int) -> int:
        # The bound f of |zeta_j - zeta_k|.
        if self.leaders.get(j) == k:
            return self._distance(j, k) + self.rho
        return self._diameter

    @cached_property
    def _diameter(self) -> int:
        points = range(len(self.now.points))
        return max(self._distance(a, b) for a in points for b in points)

    def _distance(self, a: int, b: int) -> int:
        points = self.now.points
        return length(x - y for x, y in zip(points[a], points[b], strict=True))

    def _share(self, gap: int, reach: int) -> int:
        # f exp(-delta) / delta, rounded up.
        context = self.now.context
        decay = Ball(context.exp_above(-gap), 0)
        return context.divide(context.times(Ball(reach, 0), decay), Ball(gap, 0)).high
