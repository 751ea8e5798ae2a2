"""``attention-limit`` for tokens on a line; FORMAT.md, lemma ``line-trap``."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from proofs_checks.format.claims import Claim
from proofs_checks.softmax.balls import Ball
from proofs_checks.softmax.now import Now


def check(claim: Claim, now: Now) -> None:
    """Check the limits of rows of the attention matrix, and how near the rows are to them from when on.

    Evidence: ``rows``, pairs [token, leader], all for leaders on one of the two outer points; ``from`` a time
    >= T and ``within`` a bound for every entry's distance from its limit at all later times.

    Source: FORMAT.md here, lemma ``line-trap``.
    """
    members = claim.data.fields(["rows", "from", "within"])
    since, within = members["from"].rational(), members["within"].rational()
    system = now.system
    claim.require(system.dimension == 1, "the dimension is not 1")
    claim.require(system.V[0][0] > 0 and system.form[0][0] > 0, "V > 0 and QK > 0 are required")
    claim.require(since >= now.state.time, "the rows are claimed from before the end of the enclosure")
    rows = [tuple(map(now.point_of, entry.items(2))) for entry in members["rows"].items()]
    claim.require(bool(rows), "no row is claimed")
    traps: dict[int, LineTrap] = {}
    for point, leader in rows:
        if leader not in traps:
            traps[leader] = _trap(claim, now, leader)
        error = _largest_error(claim, now, traps[leader], point, since - now.state.time)
        claim.require(error <= now.context.below(within), f"the row of point {point} is not proved that near")


@dataclass(frozen=True)
class LineTrap:
    """The leader's point, its sign, the lower bounds u_j of the gaps to the others, and k for the leader.

    ``gaps``: [point] in units of 2^-bits, None for the leader itself.
    """

    leader: int
    sign: int
    gaps: list[int | None]
    strength: int


def _trap(claim: Claim, now: Now, leader: int) -> LineTrap:
    xs = [row[0] for row in now.points]
    sign = 1 if xs[leader].middle > 0 else -1
    own = _signed(xs[leader], sign)
    gaps = [None if j == leader else (own - _signed(x, sign)).low for j, x in enumerate(xs)]
    claim.require(all(gap is None or gap > 0 for gap in gaps), "a leader is not provably outermost")
    claim.require(own.positive(), "a leader has no provable sign")
    trap = LineTrap(leader, sign, gaps, 0)
    strength = _disturbance(now, trap, own.low)
    claim.require(strength < own.low, "a leader is not provably trapped")
    return LineTrap(leader, sign, gaps, strength)


def _largest_error(claim: Claim, now: Now, trap: LineTrap, point: int, later: Fraction) -> int:
    # An upper bound of 1 - P_in at all times from T + later on.
    context, top = now.context, _signed(now.points[trap.leader][0], trap.sign)
    own = _signed(now.points[point][0], trap.sign)
    claim.require(own.positive(), f"the sign of point {point} is not proved")
    disturbance = _disturbance(now, trap, own.low)
    claim.require(disturbance < top.low, f"the row of point {point} is not provably trapped")
    V = now.model.V[0][0]
    time = context.ball(later)
    growth = context.exp(context.times(V, time)) - context.one
    pull = context.times(context.times(V, Ball(trap.strength - disturbance, 0)), time)
    gain = pull + context.times(Ball(top.low - trap.strength, 0), growth)
    distance = Ball(own.low, 0) + gain
    claim.require(distance.positive(), f"point {point} is not provably away from 0")
    return _total(now, trap, [_decay(now, Ball(distance.low, 0), gap) for gap in trap.gaps])


def _disturbance(now: Now, trap: LineTrap, c: int) -> int:
    # k = sum m_j g(u_j) / m_n with g(u) = u exp(-b c u) where b c u >= 1, else 1 / (e b c), for c > 0.
    context = now.context
    rate = context.times(now.model.form[0][0], Ball(c, 0))
    parts = []
    for gap in trap.gaps:
        if gap is None:
            parts.append(0)
        elif context.times(rate, Ball(gap, 0)).low >= context.one.middle:
            parts.append(context.times(Ball(gap, 0), Ball(_decay(now, Ball(c, 0), gap), 0)).high)
        else:
            parts.append(context.divide(context.exp(-context.one), rate).high)
    return _total(now, trap, parts)


def _decay(now: Now, c: Ball, gap: int | None) -> int:
    # exp(-b c u), rounded up.
    if gap is None:
        return 0
    context = now.context
    exponent = context.times(context.times(now.model.form[0][0], c), Ball(gap, 0))
    return context.exp_above(-exponent.low)


def _total(now: Now, trap: LineTrap, parts: list[int]) -> int:
    weights = now.system.weights
    whole = sum(weight * part for weight, part in zip(weights, parts, strict=True))
    return -(-whole // weights[trap.leader])


def _signed(x: Ball, sign: int) -> Ball:
    return x if sign > 0 else -x
