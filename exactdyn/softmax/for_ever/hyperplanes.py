"""``hyperplanes``: for a simple dominant eigenvalue the hyperplane that each token tends to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import partial

from flint import arb

from exactdyn.numbers.precision import working
from exactdyn.softmax.balls import ball, below, largest, smallest, units_above, units_below
from exactdyn.softmax.decimals import decimals
from exactdyn.softmax.for_ever.eigenpair import leading_eigenspace
from exactdyn.softmax.for_ever.splitting import Split, split_of
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
    common limit of phi* z. Other tokens stay undecided.
    Source: lemma ``hyperplane-trap`` in ``proofs_checks/softmax/FORMAT.md``; at most three hyperplanes: arXiv
    2305.05465 v6, Theorem 4.2.

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
        space = leading_eigenspace(box.model.V)
        if isinstance(space, str):
            return nothing(space)
        if len(space.right) > 1:
            count = len(space.right)
            return nothing(
                f"the leading eigenvalue of V is not simple, real and positive: its multiplicity is {count}"
            )
        split = split_of(box, space)
        reason = split.objection()
        if reason is not None:
            return nothing(reason)
        if not split.inner_form[0][0] > 0:
            return nothing("<Q phi, K phi> > 0 is not proved")
        losses = _losses(split)
        groups = [group for sign in (1, -1) if (group := _group(split, losses, sign)) is not None]
        functional = [decimals(x) for x in space.left[0]]
        limits = [{"tokens": group.tokens, "limit": group.shown} for group in groups]
    evidence = {**split.evidence, "groups": [asdict(group) for group in groups]}
    settled = frozenset(token for group in groups for token in group.tokens)
    details = {"functional": functional, "groups": limits}
    return conclusion(box, settled, "hyperplane-trap", evidence, details, partial(_why, split, groups))


def _why(split: Split, groups: list[_Group], point: int) -> str:
    # Why nothing is proved of where phi* z of a point tends to.
    with working(split.box.bits):
        (c,) = split.alongs[point]
    if not (c > 0 or c < 0):
        return "the sign of phi* x is undecided"
    if not any(group.sign * c > 0 for group in groups):
        return "phi* x is too small on its side, beside what the other directions may do, to be trapped yet"
    return "phi* x is smaller than that of the group on its side that is trapped"


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


def _losses(split: Split) -> tuple[arb, arb, arb]:
    # Y b1, and what sigma has to divide for D and for h0.
    value = split.space.value
    b1, b2, b3 = split.mixed
    Y = largest(map(split.norm, split.rests))
    g = largest(abs(c) for (c,) in split.alongs)
    log = arb(sum(split.box.model.weights)).log()
    first, second = g * b2 * Y, b3 * Y * Y
    drop = log / 2 + value / (value - split.others) * (2 * first + second)
    return Y * b1, drop, log + 2 * first + 2 * second


def _group(split: Split, losses: tuple[arb, arb, arb], sign: int) -> _Group | None:
    # The lowest threshold that is proved to trap the highest token names the most tokens.
    along = [sign * c for (c,) in split.alongs]
    highest = largest(c.lower() for c in along)
    if not highest > 0:
        return None
    mixed, drop, wobble = losses
    for step in range(1, THRESHOLDS):
        low = Fraction(int(below(highest) * step * 2**UNIT / THRESHOLDS), 2**UNIT)
        sigma = split.inner_form[0][0] * ball(low) - mixed
        if not (low > 0 and sigma > 0):
            continue
        if highest - (drop + wobble) / sigma > ball(low) * (1 + arb(2) ** -MARGIN):
            return _named(split, sign, along, low, highest - drop / sigma)
    return None


def _named(split: Split, sign: int, along: list[arb], low: Fraction, lowest: arb) -> _Group:
    points = [point for point, c in enumerate(along) if c >= ball(low) + arb(2) ** -UNIT]
    tokens = sorted(token for point in points for token in split.box.tokens(point))
    shrink = (-split.space.value * ball(split.box.time)).exp()
    ends = [sign * smallest([lowest]) * shrink, sign * largest(along) * shrink]
    # The checker's logarithm of n and its bounds are a little larger.
    slack = (largest([abs(end) for end in ends]) * arb(2) ** -MARGIN).upper()
    first = units_below(smallest(ends) - slack, UNIT)
    last = units_above(largest(ends) + slack, UNIT)
    return _Group(sign, low, tokens, (first, last))
