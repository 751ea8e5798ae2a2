"""A leading eigenspace of V and what is left; FORMAT.md, lemmas ``hyperplane-trap``, ``leading-trap``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.softmax.balls import Ball, largest, length
from proofs_checks.softmax.now import Now


@dataclass(frozen=True)
class Eigenspace:
    """Balls for l, f columns C and f rows R with V C = l C, R V = l R, R C = I."""

    value: Ball
    right: list[list[Ball]]
    left: list[list[Ball]]


@dataclass(frozen=True)
class Split:
    """Bounds for the two parts of x = C c + y, c = R x, with |y| the largest entry of dual y.

    ``columns``: vectors that span the kernel of R. ``stretch``: a bound of |eta| for y = columns eta with
    |y| <= 1.
    """

    claim: Claim
    now: Now
    space: Eigenspace
    basis: list[list[Ball]]
    dual: list[list[Ball]]

    @cached_property
    def columns(self) -> list[list[Ball]]:
        """The columns of the basis, each without its part in the eigenspace."""
        return [self.rest(list(column)) for column in zip(*self.basis, strict=True)]

    def along(self, x: Sequence[Ball]) -> list[Ball]:
        """Return c = R x."""
        return [self.now.context.dot(row, x) for row in self.space.left]

    def rest(self, x: Sequence[Ball]) -> list[Ball]:
        """Return y = x - C c."""
        context, left = self.now.context, list(x)
        for c, column in zip(self.along(x), self.space.right, strict=True):
            left = [own - context.times(c, phi) for own, phi in zip(left, column, strict=True)]
        return left

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
        """A bound mu of |V y| for y in the kernel of R, |y| <= 1.

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
        """Bounds b1, b2, b3 of |y^T B C c|, |c^T C^T B y|, |y^T B y'| for |y|, |y'|, |c| <= 1.

        Source: FORMAT.md here, lemmas ``hyperplane-trap`` and ``leading-trap``.
        """
        right, columns = self.space.right, self.columns
        b1 = self._stretched(sum(length([self.form(y, phi) for phi in right]) for y in columns))
        b2 = self._stretched(sum(length([self.form(phi, y) for phi in right]) for y in columns))
        both = sum(self.form(first, second).size for first in columns for second in columns)
        return b1, b2, self._stretched(self._stretched(both))

    def _stretched(self, bound: int) -> int:
        return self.now.context.times(Ball(bound, 0), self.stretch).high


def read_split(claim: Claim, now: Now, space: Eigenspace, basis: Field, dual: Field) -> Split:
    """Read ``basis`` (d x (d - f)) and ``dual`` ((d - f) x d) beside an eigenspace of dimension f."""
    size, left = now.system.dimension, now.system.dimension - len(space.right)
    claim.require(left > 0, "the eigenspace is everything")
    rows = now.context.balls(basis.rational_matrix(size, left))
    duals = now.context.balls(dual.rational_matrix(left, size))
    return Split(claim, now, space, rows, duals)
