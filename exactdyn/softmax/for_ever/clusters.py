"""``clusters``: for V = a I whom tokens follow for ever, and where the vertices of the limit are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, partial

from flint import arb

from exactdyn.numbers.precision import working
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import (
    Balls,
    ball,
    balls,
    largest,
    norm_above,
    smallest,
    symmetric,
    units_above,
)
from exactdyn.softmax.decimals import at_most, decimals
from exactdyn.softmax.flow.field import references, times
from exactdyn.softmax.for_ever.following import Following, follow_all, follow_most, ties
from exactdyn.softmax.for_ever.statement import Box, Conclusion, conclusion, nothing

UNIT = 64
"""The displacement of leaders is stated in units of 2^-UNIT."""


def decide(box: Box, whole: bool = False) -> Conclusion:
    """Conclude which leader tokens tend to, for V = a I with a > 0 and any bilinear form.

    The limits of the leaders are distinct and not zero, and, if all tokens are settled, exactly the vertices
    of the limit polytope of the rescaled tokens. What tokens do that are not settled makes no difference to
    the others. With ``whole`` all tokens are settled or none, which is found out sooner.
    Source: lemma ``cluster-trap`` in ``proofs_checks/softmax/FORMAT.md``; that the limit is a polytope: arXiv
    2305.05465, Theorem 3.1.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> tokens = [[2, 0], [0, 2], [1, 1]]
    >>> box = box_of(flow(Softmax(Q=[[3, 0], [0, 3]]), tokens, until=Fraction(1, 4)))
    >>> found = decide(box)
    >>> found.evidence["leaders"], found.undecided
    ([0, 1, None], {2: 'as far as is known it attends tokens 0 and 1 alike'})
    """
    multiple = box.model.multiple()
    if multiple is None or not multiple > 0:
        return nothing("V = a I with a > 0 is required")
    if box.model.count == 1:
        return nothing("there is only one point: z is constant")
    with working(box.bits):
        positions, form = box.positions(), balls(box.model.B)
        follow = follow_all if whole else follow_most
        found = follow(box, references(positions, form), partial(_ClusterTrap, box, positions, form))
        return nothing(found) if isinstance(found, str) else _concluded(box, multiple, found)


def decide_masked(box: Box, whole: bool = False) -> Conclusion:
    """Conclude which leader tokens tend to under a mask, for one head with V = a I, a > 0.

    A token follows one that it sees; leaders need not see each other, so nothing is said of vertices. What a
    token sees has to be settled for it to be: under a causal mask later tokens make no difference.
    Source: lemma ``masked-cluster-trap`` in ``proofs_checks/softmax/FORMAT.md``; causal masks: arXiv
    2411.04990.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> system = Softmax(Q=[[3, 0], [0, 3]], mask="causal")
    >>> box = box_of(flow(system, [[1, 0], [2, 0], [0, 3]], until=Fraction(1, 4)))
    >>> decide_masked(box).evidence["leaders"]
    [0, 1, 2]
    """
    multiple = box.model.multiple()
    if multiple is None or not multiple > 0:
        return nothing("V = a I with a > 0 is required")
    if box.model.count == 1:
        return nothing("there is only one point: z is constant")
    (pull,) = box.model.pulls
    with working(box.bits):
        positions, form = box.positions(), balls(pull.B)
        follow = follow_all if whole else follow_most
        heads = references(positions, form, pull.weights)
        found = follow(box, heads, partial(_ClusterTrap, box, positions, form))
        return nothing(found) if isinstance(found, str) else _concluded(box, multiple, found)


def _concluded(box: Box, multiple: Fraction, found: Following) -> Conclusion:
    # Limits of z = e^(-aT) x: where the leaders are at T, within what they may still move.
    leaders = sorted(set(found.leaders.values()))
    moves = units_above(largest(found.disturbances[k][0] for k in leaders), UNIT) if leaders else Fraction(0)
    shrink = (-ball(multiple * box.time)).exp()
    limits = {
        str(box.tokens(k)[0]): [
            decimals((ball(x, box.radius) + symmetric(ball(moves))) * shrink) for x in box.centre[k]
        ]
        for k in leaders
    }
    evidence = {"leaders": found.named(box), "tube": found.rho, "displacement": moves}
    details = {"vertices": limits, "displacement": at_most(ball(moves) * shrink)}
    why = found.loose if box.model.heads or not found.loose else {**found.loose, **ties(box)}
    return conclusion(box, found.settled(box), _lemma(box), evidence, details, why.__getitem__)


def _lemma(box: Box) -> str:
    return "masked-cluster-trap" if box.model.heads else "cluster-trap"


@dataclass(frozen=True)
class _ClusterTrap:
    """The points at time T, the leader of each that is not loose, and rho."""

    box: Box
    positions: Balls
    form: Balls
    leaders: Mapping[int, int]
    rho: arb

    def disturbances(self, i: int) -> tuple[arb] | str:
        """Return an upper bound of eta_i, or the reason why there is none."""
        k, total = self.leaders[i], arb(0)
        masked, seen = self.box.model.heads, self.box.model.pulls[0].weights[i]
        for j, count in enumerate(seen):
            if masked and count and j not in self.leaders:
                return f"it sees token {self.box.tokens(j)[0]}, of which nothing is proved"
            if j == k or not count:
                continue
            gap = smallest(self._gaps(i, j))
            if not gap > 0:
                return self.box.lasting(i, j)
            weight = ball(Fraction(count, seen[k]))
            total = total + weight * self._reach(j, k) * (-gap).exp() / gap
        return (total.upper(),)

    @cached_property
    def _images(self) -> Balls:
        wide = symmetric(2 * self.rho)
        return times([[x + wide for x in row] for row in self.positions], self.form)

    def _gaps(self, i: int, j: int) -> Iterator[arb]:
        # y^T B (x_k - w) for the y and w between which the tokens stay, everything widened.
        k = self.leaders[i]
        other = self.leaders.get(j, k)
        wide = symmetric(self.rho if other == k else 3 * self.rho)
        for target in {j} if other == k else {j, other}:
            parts = zip(self.positions[k], self.positions[target], strict=True)
            away = [a - b + wide for a, b in parts]
            for y in {i, k}:
                yield inner(self._images[y], away)

    def _reach(self, j: int, k: int) -> arb:
        # A bound of |zeta_j - zeta_k|: hulls do not grow, so never more than the diameter.
        return self._distance(j, k) + self.rho if self.leaders.get(j) == k else self._diameter

    @cached_property
    def _diameter(self) -> arb:
        points = range(len(self.positions))
        return largest(self._distance(a, b) for a in points for b in points)

    def _distance(self, a: int, b: int) -> arb:
        return norm_above([x - y for x, y in zip(self.positions[a], self.positions[b], strict=True)])
