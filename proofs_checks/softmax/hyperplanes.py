"""``hyperplanes`` for a simple dominant eigenvalue; FORMAT.md, lemma ``hyperplane-trap``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.softmax.balls import Ball, between, largest
from proofs_checks.softmax.eigenpair import Eigenpair, read_eigenpair
from proofs_checks.softmax.now import Now


def check(claim: Claim, now: Now) -> None:
    """Check which tokens tend to which hyperplane phi* z = constant.

    Evidence: ``eigenvalue`` (see eigenpair.py); ``basis`` and ``dual``, a d x (d-1) and a (d-1) x d matrix
    that measure what is left beside phi; ``groups``, objects ``sign``, ``low``, ``tokens``, ``limit``.

    Source: FORMAT.md here, lemma ``hyperplane-trap``.
    """
    members = claim.data.fields(["eigenvalue", "basis", "dual", "groups"])
    size = now.system.dimension
    claim.require(size >= 2, "the dimension is 1")
    pair = read_eigenpair(claim, now, members["eigenvalue"])
    basis = [[now.context.ball(x) for x in row] for row in members["basis"].rational_matrix(size, size - 1)]
    dual = [[now.context.ball(x) for x in row] for row in members["dual"].rational_matrix(size - 1, size)]
    split = Split(claim, now, pair, basis, dual)
    groups = members["groups"].items()
    claim.require(bool(groups), "no group is claimed")
    for group in groups:
        _check_group(claim, now, split, group)


@dataclass(frozen=True)
class Split:
    """Bounds for the two parts of x = c phi + y, c = phi* x, with |y| the largest entry of dual y.

    ``columns``: vectors that span the kernel of phi*. ``stretch``: a bound of |eta| for y = columns eta with
    |y| <= 1.
    """

    claim: Claim
    now: Now
    pair: Eigenpair
    basis: list[list[Ball]]
    dual: list[list[Ball]]

    @cached_property
    def columns(self) -> list[list[Ball]]:
        """The columns of the basis, each without its part along phi."""
        return [self.rest(list(column)) for column in zip(*self.basis, strict=True)]

    def along(self, x: Sequence[Ball]) -> Ball:
        """Return c = phi* x."""
        return self.now.context.dot(self.pair.left, x)

    def rest(self, x: Sequence[Ball]) -> list[Ball]:
        """Return y = x - c phi."""
        c = self.along(x)
        return [own - self.now.context.times(c, phi) for own, phi in zip(x, self.pair.right, strict=True)]

    def norm(self, y: Sequence[Ball]) -> int:
        """Return an upper bound of |y|."""
        return largest([self.now.context.dot(row, y) for row in self.dual])

    @cached_property
    def stretch(self) -> Ball:
        """1 / (1 - e), e a bound for the row sums of dual columns - I.

        Source: FORMAT.md here, lemma ``hyperplane-trap``.
        """
        context = self.now.context
        entries = [[context.dot(row, column) for column in self.columns] for row in self.dual]
        off = max(
            sum((x - context.one if a == b else x).size for b, x in enumerate(row))
            for a, row in enumerate(entries)
        )
        self.claim.require(off < context.one.middle, "basis and dual do not fit the eigenvectors")
        return context.divide(context.one, Ball(context.one.middle - off, 0))

    @cached_property
    def others(self) -> int:
        """A bound mu of |V y| for y in the kernel of phi*, |y| <= 1.

        Source: FORMAT.md here, lemma ``hyperplane-trap``.
        """
        context = self.now.context
        moved = [[context.dot(row, column) for row in self.now.model.V] for column in self.columns]
        rows = [[context.dot(row, image) for image in moved] for row in self.dual]
        return self._stretched(max(sum(x.size for x in row) for row in rows))

    def form(self, x: Sequence[Ball], y: Sequence[Ball]) -> Ball:
        """Return x^T B y."""
        context = self.now.context
        return context.dot(x, [context.dot(row, y) for row in self.now.model.form])

    @cached_property
    def mixed(self) -> tuple[int, int, int]:
        """Bounds b1, b2, b3 of |y^T B phi|, |phi^T B y|, |y^T B y'| for |y|, |y'| <= 1.

        Source: FORMAT.md here, lemma ``hyperplane-trap``.
        """
        phi, columns = self.pair.right, self.columns
        b1 = self._stretched(sum(self.form(column, phi).size for column in columns))
        b2 = self._stretched(sum(self.form(phi, column).size for column in columns))
        both = sum(self.form(first, second).size for first in columns for second in columns)
        return b1, b2, self._stretched(self._stretched(both))

    def _stretched(self, bound: int) -> int:
        return self.now.context.times(Ball(bound, 0), self.stretch).high


def _check_group(claim: Claim, now: Now, split: Split, group: Field) -> None:
    members = group.fields(["sign", "low", "tokens", "limit"])
    sign = members["sign"].integer(-1, 1)
    if sign == 0:
        members["sign"].refuse("1 or -1")
    low = now.context.above(members["low"].rational())
    claim.require(low > 0, "the lower bound of a group is not positive")
    named = [now.point_of(token) for token in members["tokens"].items()]
    claim.require(bool(named), "a group has no token")
    along = [split.along(x) for x in now.points]
    towards = along if sign > 0 else [-c for c in along]
    claim.require(all(towards[point].low >= low for point in named), "a token is not above the lower bound")
    drop, wobble = _losses(claim, now, split, towards, low)
    highest = max(c.low for c in towards)
    claim.require(highest - drop - wobble > low, "the group is not provably trapped")
    scale = now.context.exp(-now.context.times(split.pair.value, now.context.ball(now.state.time)))
    limit = now.context.times(between(highest - drop, max(c.high for c in towards)), scale)
    first, last = members["limit"].rational_vector(2)
    limit = limit if sign > 0 else -limit
    claim.require(now.context.above(first) <= limit.low, "the limit may be lower than claimed")
    claim.require(limit.high <= now.context.below(last), "the limit may be higher than claimed")


def _losses(claim: Claim, now: Now, split: Split, towards: list[Ball], low: int) -> tuple[int, int]:
    # D and h0 of the lemma.
    context, value = now.context, split.pair.value
    b1, b2, b3 = split.mixed
    Y = Ball(max(split.norm(split.rest(x)) for x in now.points), 0)
    a = split.form(split.pair.right, split.pair.right)
    claim.require(a.positive(), "<Q phi, K phi> > 0 is not proved")
    sigma = Ball((context.times(a, Ball(low, 0)) - context.times(Y, Ball(b1, 0))).low, 0)
    claim.require(sigma.positive(), "the other directions may outweigh phi")
    room = value - Ball(split.others, 0)
    claim.require(room.positive(), "the eigenvalue is not proved dominant")
    g = Ball(largest(towards), 0)
    first = context.times(context.times(g, Ball(b2, 0)), Y)
    second = context.times(context.times(Ball(b3, 0), Y), Y)
    log = Ball(context.log_above(len(now.system.tokens)), 0)
    wobble = context.divide(log + first + first + second + second, sigma).high
    ratio = context.divide(value, room)
    half = Ball(-(-log.middle // 2), 0)
    drop = half + context.times(ratio, first + first + second)
    return context.divide(drop, sigma).high, wobble
