"""Tokens in two parts: in a leading eigenspace of V, and beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import arb

from exactdyn.numbers.reading import Rows
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls, balls, largest, norm_above
from exactdyn.softmax.for_ever.eigenpair import LeadingSpace, complement
from exactdyn.softmax.for_ever.statement import Box


@dataclass(frozen=True)
class Split:
    """Bounds for the parts of x = C c + y, c = R x, with |y| the largest entry of dual y."""

    box: Box
    space: LeadingSpace
    basis: Rows
    dual: Rows

    @property
    def evidence(self) -> Mapping[str, Any]:
        """What a certificate says of the eigenspace and of what is beside it."""
        return {**self.space.evidence, "basis": self.basis, "dual": self.dual}

    @cached_property
    def positions(self) -> Balls:
        """Where the points are."""
        return self.box.positions()

    @cached_property
    def alongs(self) -> Balls:
        """The parts c of the points."""
        return [self.along(x) for x in self.positions]

    @cached_property
    def rests(self) -> Balls:
        """The parts y of the points."""
        return [self.rest(x) for x in self.positions]

    def objection(self) -> str | None:
        """Say why nothing can be concluded whatever the tokens are; None if there is no reason."""
        if not self.off < 1:
            return "the eigenvectors of V are too nearly dependent"
        if not self.others < self.space.value:
            return "the leading eigenvalue of V is not proved to dominate"
        return None

    def along(self, x: Sequence[arb]) -> list[arb]:
        """Return c = R x.

        Source: lemmas ``hyperplane-trap`` and ``leading-trap`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        return [inner(row, x) for row in self.space.left]

    def rest(self, x: Sequence[arb]) -> list[arb]:
        """Return y = x - C c.

        Source: lemmas ``hyperplane-trap`` and ``leading-trap`` in ``proofs_checks/softmax/FORMAT.md``.
        """
        left = list(x)
        for c, column in zip(self.along(x), self.space.right, strict=True):
            left = [own - c * phi for own, phi in zip(left, column, strict=True)]
        return left

    def norm(self, y: Sequence[arb]) -> arb:
        """Return an upper bound of |y|."""
        return largest(abs(inner(row, y)) for row in self._dual)

    @cached_property
    def columns(self) -> Balls:
        """Vectors that span the kernel of R."""
        return [self.rest(column) for column in zip(*balls(self.basis), strict=True)]

    @cached_property
    def off(self) -> arb:
        """A bound for the row sums of dual columns - I.

        Source: lemma ``hyperplane-trap`` in ``proofs_checks/softmax/FORMAT.md``, its last lines.
        """
        return largest(
            sum((abs(inner(row, column) - (a == b)) for b, column in enumerate(self.columns)), arb(0))
            for a, row in enumerate(self._dual)
        )

    @cached_property
    def stretch(self) -> arb:
        """A bound of the coordinates of y with |y| <= 1.

        Source: lemma ``hyperplane-trap`` in ``proofs_checks/softmax/FORMAT.md``, its last lines.
        """
        return 1 / (1 - self.off)

    @cached_property
    def others(self) -> arb:
        """A bound mu of |V y| for R y = 0, |y| <= 1.

        Source: lemma ``hyperplane-trap`` in ``proofs_checks/softmax/FORMAT.md``, its last lines.
        """
        V = balls(self.box.model.V)
        moved = [[inner(row, column) for row in V] for column in self.columns]
        rows = (sum((abs(inner(row, image)) for image in moved), arb(0)) for row in self._dual)
        return self.stretch * largest(rows)

    def form(self, x: Sequence[arb], y: Sequence[arb]) -> arb:
        """Return x^T B y."""
        value: arb = inner(x, [inner(row, y) for row in self._form])
        return value

    @cached_property
    def inner_form(self) -> Balls:
        """The matrix C^T B C."""
        return [[self.form(phi, psi) for psi in self.space.right] for phi in self.space.right]

    @cached_property
    def mixed(self) -> tuple[arb, arb, arb]:
        """Bounds b1, b2, b3 of |y^T B C c|, |c^T C^T B y|, |y^T B y'| for |y|, |y'|, |c| <= 1.

        Source: lemma ``hyperplane-trap`` in ``proofs_checks/softmax/FORMAT.md``, its last lines.
        """
        right, columns = self.space.right, self.columns
        b1 = self.stretch * sum((norm_above([self.form(y, phi) for phi in right]) for y in columns), arb(0))
        b2 = self.stretch * sum((norm_above([self.form(phi, y) for phi in right]) for y in columns), arb(0))
        both = sum((abs(self.form(x, y)) for x in columns for y in columns), arb(0))
        return b1, b2, self.stretch * self.stretch * both

    @cached_property
    def _dual(self) -> Balls:
        return balls(self.dual)

    @cached_property
    def _form(self) -> Balls:
        return balls(self.box.model.B)


def split_of(box: Box, space: LeadingSpace) -> Split:
    """Return the parts of the points of a box in and beside an eigenspace."""
    return Split(box, space, *complement(box.model.V, space))
