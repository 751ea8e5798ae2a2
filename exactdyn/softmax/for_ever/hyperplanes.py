"""``hyperplanes``: for a simple dominant eigenvalue the hyperplane that each token tends to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import cached_property

from flint import arb

from exactdyn.numbers.precision import working
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import Balls, ball, balls, below, largest, smallest, units_below
from exactdyn.softmax.decimals import decimals
from exactdyn.softmax.for_ever.eigenpair import Eigenpair, complement, leading_eigenpair
from exactdyn.softmax.for_ever.statement import Box, Conclusion, conclusion, nothing

THRESHOLDS = 32
"""How many lower bounds of a group are tried: multiples of the largest phi* x divided by this number."""

UNIT = 64
"""Bounds are stated in units of 2^-UNIT."""

MARGIN = 24
"""Inequalities are required to hold by this many bits more than they must."""


def decide(box: Box) -> Conclusion:
    """Conclude to which hyperplane phi* z = constant tokens tend, for a simple dominant eigenvalue of V.

    Requires <Q phi, K phi> > 0. There are at most two groups of tokens, one on either side; each has one
    common limit of phi* z. Other tokens stay undecided. Source: lemma ``hyperplane-trap`` in
    ``proofs_checks/softmax/FORMAT.md``; at most three hyperplanes: arXiv 2305.05465, Theorem 5.1.

    >>> from fractions import Fraction
    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> system = Softmax([[2, 0], [0, 1]], [[8, 0], [0, 1]], [[8, 0], [0, 1]])
    >>> box = box_of(flow(system, [[1, "1/8"], [-1, 0]], until=Fraction(1, 4)))
    >>> [group["tokens"] for group in decide(box).evidence["groups"]]
    [[0], [1]]
    """
    with working(box.bits):
        pair = leading_eigenpair(box.model.V)
        if isinstance(pair, str):
            return nothing(pair)
        basis, dual = complement(box.model.V, pair)
        split = _Split(box, pair, balls(basis), balls(dual))
        reason = split.objection()
        if reason is not None:
            return nothing(reason)
        groups = [group for sign in (1, -1) if (group := _group(box, split, sign)) is not None]
        functional = [decimals(x) for x in pair.left]
        limits = [{"tokens": group.tokens, "limit": group.shown} for group in groups]
    eigenvalue = {"interval": pair.interval, "column": pair.column, "row": pair.row, "unit": pair.row}
    named = [asdict(group) for group in groups]
    evidence = {"eigenvalue": eigenvalue, "basis": basis, "dual": dual, "groups": named}
    settled = frozenset(token for group in groups for token in group.tokens)
    details = {"functional": functional, "groups": limits}
    reason = "phi* x is too small, beside what the other directions may do, to be trapped yet"
    return conclusion(box, settled, "hyperplane-trap", evidence, details, reason)


@dataclass(frozen=True)
class _Split:
    """Bounds for the parts of x = c phi + y, c = phi* x, with |y| the largest entry of dual y."""

    box: Box
    pair: Eigenpair
    basis: Balls
    dual: Balls

    def objection(self) -> str | None:
        """Say why nothing can be concluded whatever the tokens are; None if there is no reason."""
        if not self.off < 1:
            return "the eigenvectors of V are too nearly dependent"
        if not self.strength > 0:
            return "<Q phi, K phi> > 0 is not proved"
        if not self.others < self.pair.value:
            return "the leading eigenvalue of V is not proved to dominate"
        return None

    def rest(self, x: Sequence[arb]) -> list[arb]:
        """Return y = x - c phi."""
        c = inner(self.pair.left, x)
        return [own - c * phi for own, phi in zip(x, self.pair.right, strict=True)]

    @cached_property
    def columns(self) -> Balls:
        """Vectors that span the kernel of phi*."""
        return [self.rest(column) for column in zip(*self.basis, strict=True)]

    @cached_property
    def off(self) -> arb:
        """A bound for the row sums of dual columns - I."""
        return largest(
            sum((abs(inner(row, column) - (a == b)) for b, column in enumerate(self.columns)), arb(0))
            for a, row in enumerate(self.dual)
        )

    @cached_property
    def stretch(self) -> arb:
        """A bound of the coordinates of y with |y| <= 1."""
        return 1 / (1 - self.off)

    @cached_property
    def others(self) -> arb:
        """A bound mu of |V y| for phi* y = 0, |y| <= 1."""
        V = balls(self.box.model.V)
        moved = [[inner(row, column) for row in V] for column in self.columns]
        rows = (sum((abs(inner(row, image)) for image in moved), arb(0)) for row in self.dual)
        return self.stretch * largest(rows)

    def form(self, x: Sequence[arb], y: Sequence[arb]) -> arb:
        """Return x^T B y."""
        value: arb = inner(x, [inner(row, y) for row in balls(self.box.model.B)])
        return value

    @cached_property
    def strength(self) -> arb:
        """Return phi^T B phi."""
        return self.form(self.pair.right, self.pair.right)

    @cached_property
    def losses(self) -> tuple[arb, arb, arb]:
        """Return Y b1, and what sigma has to divide for D and for h0."""
        phi, columns, value = self.pair.right, self.columns, self.pair.value
        positions = self.box.positions()
        b1 = self.stretch * sum((abs(self.form(y, phi)) for y in columns), arb(0))
        b2 = self.stretch * sum((abs(self.form(phi, y)) for y in columns), arb(0))
        both = sum((abs(self.form(x, y)) for x in columns for y in columns), arb(0))
        b3 = self.stretch * self.stretch * both
        Y = largest(abs(inner(row, self.rest(x))) for x in positions for row in self.dual)
        g = largest(abs(inner(self.pair.left, x)) for x in positions)
        log = arb(sum(self.box.model.weights)).log()
        first, second = g * b2 * Y, b3 * Y * Y
        drop = log / 2 + value / (value - self.others) * (2 * first + second)
        return Y * b1, drop, log + 2 * first + 2 * second


@dataclass(frozen=True)
class _Group:
    """What a certificate says of a group of tokens on one side."""

    sign: int
    low: Fraction
    tokens: list[int]
    limit: tuple[Fraction, Fraction]

    @property
    def shown(self) -> tuple[str, str]:
        """The limit, as decimals that enclose it."""
        low, high = self.limit
        return decimals(ball((low + high) / 2, (high - low) / 2))


def _group(box: Box, split: _Split, sign: int) -> _Group | None:
    along = [sign * inner(split.pair.left, x) for x in box.positions()]
    highest = largest(c.lower() for c in along)
    if not highest > 0:
        return None
    mixed, drop, wobble = split.losses
    for step in range(1, THRESHOLDS):
        low = Fraction(int(below(highest) * step * 2**UNIT / THRESHOLDS), 2**UNIT)
        sigma = split.strength * ball(low) - mixed
        if not (low > 0 and sigma > 0):
            continue
        if highest - (drop + wobble) / sigma > ball(low) * (1 + arb(2) ** -MARGIN):
            return _named(box, split, sign, along, low, highest - drop / sigma)
    return None


def _named(box: Box, split: _Split, sign: int, along: list[arb], low: Fraction, lowest: arb) -> _Group:
    points = [point for point, c in enumerate(along) if c >= ball(low) + arb(2) ** -UNIT]
    tokens = sorted(token for point in points for token in box.tokens(point))
    shrink = (-split.pair.value * ball(box.time)).exp()
    ends = [sign * smallest([lowest]) * shrink, sign * largest(along) * shrink]
    # The checker's logarithm of n and its bounds are a little larger.
    slack = (largest([abs(end) for end in ends]) * arb(2) ** -MARGIN).upper()
    first = units_below(smallest(ends) - slack, UNIT)
    last = Fraction(1, 2**UNIT) - units_below(-(largest(ends) + slack), UNIT)
    return _Group(sign, low, tokens, (first, last))
