"""``clusters``: for V = a I whom every token follows for ever, and where the vertices of the limit are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

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
from exactdyn.softmax.for_ever.statement import TUBE_SHARE, Box, Conclusion, nothing, whole

TUBES = tuple(Fraction(1, 2**k) for k in range(40, 0, -4))
"""The values of rho that are tried."""

UNIT = 64
"""The displacement of leaders is stated in units of 2^-UNIT."""


def decide(box: Box) -> Conclusion:
    """Conclude which leader every token tends to, for V = a I with a > 0 and any bilinear form.

    The limits of the leaders are distinct, not zero, and exactly the vertices of the limit polytope of the
    rescaled tokens. All tokens are settled or none. Source: lemma ``cluster-trap`` in
    ``proofs_checks/softmax/FORMAT.md``; that the limit is a polytope: arXiv 2305.05465, Theorem 3.1.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> box = box_of(flow(Softmax(Q=[[3, 0], [0, 3]]), [[2, 0], [0, 2]], until=Fraction(1, 4)))
    >>> decide(box).evidence["leaders"]
    [0, 1]
    """
    multiple = box.model.multiple()
    if multiple is None or not multiple > 0:
        return nothing("V = a I with a > 0 is required")
    if box.model.count == 1:
        return nothing("there is only one point: z is constant")
    with working(box.bits):
        positions, form = box.positions(), balls(box.model.B)
        leaders = references(positions, form)
        if any(leaders[k] != k for k in leaders):
            return nothing(f"at time {float(box.time):g} a token follows one that follows another")
        for rho in TUBES:
            found = _ClusterTrap(box, positions, form, leaders, ball(rho)).disturbances()
            if isinstance(found, str):
                return nothing(found)
            if all(found[i] + found[k] < ball(rho * TUBE_SHARE) for i, k in enumerate(leaders)):
                return _concluded(box, multiple, leaders, rho, found)
    return nothing(f"at time {float(box.time):g} the attention paid to others than the leader is too large")


def _concluded(
    box: Box, multiple: Fraction, leaders: tuple[int, ...], rho: Fraction, found: list[arb]
) -> Conclusion:
    names = [box.tokens(leaders[point])[0] for point in box.start.place]
    moves = units_above(largest(found[k] for k in leaders), UNIT)
    shrink = (-ball(multiple * box.time)).exp()
    vertices = {
        str(box.tokens(k)[0]): [
            decimals((ball(x, box.radius) + symmetric(ball(moves))) * shrink) for x in box.centre[k]
        ]
        for k in sorted(set(leaders))
    }
    evidence = {"leaders": names, "tube": rho, "displacement": moves}
    details = {"vertices": vertices, "displacement": at_most(ball(moves) * shrink)}
    return whole(box, "cluster-trap", evidence, details)


@dataclass(frozen=True)
class _ClusterTrap:
    """The points at time T, the leader of each, and rho."""

    box: Box
    positions: Balls
    form: Balls
    leaders: tuple[int, ...]
    rho: arb

    def disturbances(self) -> list[arb] | str:
        """Return upper bounds of eta_i, or the reason why there are none."""
        images = self._images()
        found = []
        for i, k in enumerate(self.leaders):
            total = arb(0)
            for j in range(len(self.leaders)):
                if j == k:
                    continue
                gap = smallest(self._gaps(images, i, j))
                if not gap > 0:
                    return self.box.lasting(i, j)
                weight = ball(Fraction(self.box.model.weights[j], self.box.model.weights[k]))
                total = total + weight * self._reach(j, k) * (-gap).exp() / gap
            found.append(total.upper())
        return found

    def _images(self) -> Balls:
        wide = symmetric(2 * self.rho)
        return times([[x + wide for x in row] for row in self.positions], self.form)

    def _gaps(self, images: Balls, i: int, j: int) -> Iterator[arb]:
        # y^T B (x_k - w) for the y and w between which the tokens stay, everything widened.
        k = self.leaders[i]
        follows = self.leaders[j] == k
        wide = symmetric(self.rho if follows else 3 * self.rho)
        for target in {j} if follows else {j, self.leaders[j]}:
            parts = zip(self.positions[k], self.positions[target], strict=True)
            away = [a - b + wide for a, b in parts]
            for y in {i, k}:
                yield inner(images[y], away)

    def _reach(self, j: int, k: int) -> arb:
        # A bound of |zeta_j - zeta_k|: hulls do not grow, so never more than the diameter.
        return self._distance(j, k) + self.rho if self.leaders[j] == k else self._diameter

    @cached_property
    def _diameter(self) -> arb:
        points = range(len(self.positions))
        return largest(self._distance(a, b) for a in points for b in points)

    def _distance(self, a: int, b: int) -> arb:
        return norm_above([x - y for x, y in zip(self.positions[a], self.positions[b], strict=True)])
