"""``leading-clusters``: whom tokens follow for ever along the leading eigenspace of V."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache, partial
from itertools import combinations, product

from flint import arb

from exactdyn.numbers.precision import working
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import ball, largest, norm_above, smallest, symmetric, units_above
from exactdyn.softmax.decimals import at_most, decimals
from exactdyn.softmax.for_ever.clusters import UNIT
from exactdyn.softmax.for_ever.eigenpair import leading_eigenspace
from exactdyn.softmax.for_ever.following import Following, follow_all, follow_most, ties
from exactdyn.softmax.for_ever.splitting import Split, split_of
from exactdyn.softmax.for_ever.statement import Box, Conclusion, conclusion, nothing

EIGENVALUE_BITS = 128
"""The precision at which it is found out whether an eigenvalue leads."""


@lru_cache(maxsize=16)
def several(V: Rows) -> bool:
    """Tell whether the leading eigenvalue of V is real, positive and multiple, with a space of its own.

    >>> one, half, zero = Fraction(1), Fraction(1, 2), Fraction(0)
    >>> several(((one, zero, zero), (zero, one, zero), (zero, zero, half)))
    True
    """
    with working(EIGENVALUE_BITS):
        space = leading_eigenspace(V)
    return not isinstance(space, str) and len(space.right) > 1


def decide(box: Box, whole: bool = False) -> Conclusion:
    """Conclude which leader tokens follow along the leading eigenspace of V, for any bilinear form.

    The leading eigenvalue l is real and positive, and larger in modulus than the others; where it is multiple
    it is rational, and V is a multiple of I on its space. With R the projection on that space, R z of a
    token tends to that of its leader, and these limits are, if all tokens are settled, the vertices of the
    limit of conv R z. With ``whole`` all tokens are settled or none, which is found out sooner.
    Source: lemma ``leading-trap`` in ``proofs_checks/softmax/FORMAT.md``; that the limit is a polytope times
    a subspace: arXiv 2305.05465, on multiple leading eigenvalues.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> system = Softmax([[2, 0, 0], [0, 2, 0], [0, 0, 1]], [[3, 0, 0], [0, 3, 0], [0, 0, 1]])
    >>> box = box_of(flow(system, [[2, 0, 0], [0, 2, 0], ["3/2", 0, "1/8"]], until=Fraction(1, 4)))
    >>> decide(box).evidence["leaders"]
    [0, 1, 0]
    """
    if box.model.count == 1:
        return nothing("there is only one point")
    with working(box.bits):
        space = leading_eigenspace(box.model.V)
        if isinstance(space, str):
            return nothing(space)
        if len(space.right) == box.model.dimension:
            return nothing("V is a multiple of I: clusters are about it")
        split = split_of(box, space)
        reason = split.objection()
        if reason is not None:
            return nothing(reason)
        follow = follow_all if whole else follow_most
        found = follow(box, _heads(split), partial(_LeadingTrap, split))
        return nothing(found) if isinstance(found, str) else _concluded(split, found)


def _heads(split: Split) -> tuple[int, ...]:
    # The point that every point attends most, if the leading eigenspace decides.
    columns = tuple(zip(*split.box.model.B, strict=True))
    found = []
    for x in split.box.centre:
        query = [inner(x, column) for column in columns]
        scores = [inner(query, y) for y in split.box.centre]
        found.append(scores.index(max(scores)))
    return tuple(found)


def _concluded(split: Split, found: Following) -> Conclusion:
    # Limits of R z: where the leaders are at T, within what they may still move.
    box, leaders = split.box, sorted(set(found.leaders.values()))
    moves = units_above(largest(found.disturbances[k][0] for k in leaders), UNIT) if leaders else Fraction(0)
    shrink = (-split.space.value * ball(box.time)).exp()
    wide = symmetric(ball(moves))
    limits = {
        str(box.tokens(k)[0]): [decimals((c + wide) * shrink) for c in split.alongs[k]] for k in leaders
    }
    named = {"leaders": found.named(box), "tube": found.rho, "displacement": moves}
    details = {
        "projection": [[decimals(x) for x in row] for row in split.space.left],
        "vertices": limits,
        "displacement": at_most(ball(moves) * shrink),
    }
    why = {**found.loose, **ties(box)} if found.loose else {}
    evidence = {**split.evidence, **named}
    return conclusion(box, found.settled(box), "leading-trap", evidence, details, why.__getitem__)


@dataclass(frozen=True)
class _LeadingTrap:
    """The points at time T, split, the leader of each that is not loose, and rho."""

    split: Split
    leaders: Mapping[int, int]
    rho: arb

    def disturbances(self, i: int) -> tuple[arb, arb] | str:
        """Return upper bounds of eta_i and theta_i, or the reason why there are none."""
        weights, k = self.split.box.model.weights, self.leaders[i]
        along = beside = arb(0)
        for j in range(len(self.split.alongs)):
            if j == k:
                continue
            gap = self._gap(i, j)
            if not gap > 0:
                return self.split.box.lasting(i, j)
            share = ball(Fraction(weights[j], weights[k])) * (-gap).exp() / gap
            near, far = self._reach(j, k)
            along, beside = along + share * near, beside + share * far
        return along.upper(), beside.upper()

    def _gap(self, i: int, j: int) -> arb:
        # A lower bound of delta_ij of lemma ``leading-trap``, by its cases (2), (4) and (3) in this order.
        k = self.leaders[i]
        other = self.leaders.get(j, k)
        if other != k:
            images = [self._turned(self._away(k, w, 3 * self.rho)) for w in {j, other}]
            loss = self._loss(self._diameter, 2 * self._highest, 2 * self._highest)
        elif self._loose:
            near, far = self._apart(j, k)
            images, loss = [self._turned(self._away(k, j, self.rho))], self._loss(near, far, far)
        else:
            images, loss = [self._pulled(k, j)], self._loss(*self._apart(j, k), self.rho)
        queries = [[c + symmetric(2 * self.rho) for c in self.split.alongs[start]] for start in {i, k}]
        return (smallest(inner(y, image) for y, image in product(queries, images)) - loss).lower()

    @property
    def _loose(self) -> bool:
        return len(self.leaders) < len(self.split.alongs)

    def _pulled(self, k: int, j: int) -> list[arb]:
        away = [a - b for a, b in zip(self.split.positions[k], self.split.positions[j], strict=True)]
        moved = self._turned([symmetric(self.rho)] * len(self.split.alongs[j]))
        return [self.split.form(phi, away) + y for phi, y in zip(self.split.space.right, moved, strict=True)]

    def _turned(self, c: list[arb]) -> list[arb]:
        return [inner(row, c) for row in self.split.inner_form]

    def _loss(self, near: arb, far: arb, moved: arb) -> arb:
        b1, b2, b3 = self.split.mixed
        return self._highest * (b1 * near + b3 * far) + self._widest * b2 * moved

    def _reach(self, j: int, k: int) -> tuple[arb, arb]:
        if self.leaders.get(j) != k:
            return self._diameter, 2 * self._highest
        return self._apart(j, k)

    def _apart(self, j: int, k: int) -> tuple[arb, arb]:
        beside = [a - b for a, b in zip(self.split.rests[k], self.split.rests[j], strict=True)]
        return norm_above(self._away(k, j, arb(0))) + self.rho, self.split.norm(beside) + self.rho

    def _away(self, k: int, j: int, wide: arb) -> list[arb]:
        return [
            a - b + symmetric(wide) for a, b in zip(self.split.alongs[k], self.split.alongs[j], strict=True)
        ]

    @cached_property
    def _highest(self) -> arb:
        return largest(map(self.split.norm, self.split.rests))

    @cached_property
    def _widest(self) -> arb:
        return largest(map(norm_above, self.split.alongs))

    @cached_property
    def _diameter(self) -> arb:
        return largest(
            norm_above(self._away(a, b, arb(0))) for a, b in combinations(range(len(self.split.alongs)), 2)
        )
