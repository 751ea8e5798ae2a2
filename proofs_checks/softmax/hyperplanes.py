"""``hyperplanes`` for a simple dominant eigenvalue; FORMAT.md, lemma ``hyperplane-trap``."""

from __future__ import annotations

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.softmax.balls import Ball, between, largest
from proofs_checks.softmax.eigenpair import read_eigenpair
from proofs_checks.softmax.now import Now
from proofs_checks.softmax.splitting import Eigenspace, Split, read_split


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
    space = Eigenspace(pair.value, [pair.right], [pair.left])
    split = read_split(claim, now, space, members["basis"], members["dual"])
    groups = members["groups"].items()
    claim.require(bool(groups), "no group is claimed")
    for group in groups:
        _check_group(claim, now, split, group)


def _check_group(claim: Claim, now: Now, split: Split, group: Field) -> None:
    # FORMAT.md here, lemma ``hyperplane-trap``; the other side is that of -x.
    members = group.fields(["sign", "low", "tokens", "limit"])
    sign = members["sign"].integer(-1, 1)
    if sign == 0:
        members["sign"].refuse("1 or -1")
    low = now.context.above(members["low"].rational())
    claim.require(low > 0, "the lower bound of a group is not positive")
    named = [now.point_of(token) for token in members["tokens"].items()]
    claim.require(bool(named), "a group has no token")
    along = [split.along(x)[0] for x in now.points]
    towards = along if sign > 0 else [-c for c in along]
    claim.require(all(towards[point].low >= low for point in named), "a token is not above the lower bound")
    drop, wobble = _losses(claim, now, split, towards, low)
    highest = max(c.low for c in towards)
    claim.require(highest - drop - wobble > low, "the group is not provably trapped")
    scale = now.context.exp(-now.context.times(split.space.value, now.context.ball(now.state.time)))
    limit = now.context.times(between(highest - drop, max(c.high for c in towards)), scale)
    first, last = members["limit"].rational_vector(2)
    limit = limit if sign > 0 else -limit
    claim.require(now.context.above(first) <= limit.low, "the limit may be lower than claimed")
    claim.require(limit.high <= now.context.below(last), "the limit may be higher than claimed")


def _losses(claim: Claim, now: Now, split: Split, towards: list[Ball], low: int) -> tuple[int, int]:
    # D and h0 of the lemma.
    context, value = now.context, split.space.value
    b1, b2, b3 = split.mixed
    Y = Ball(max(split.norm(split.rest(x)) for x in now.points), 0)
    (phi,) = split.space.right
    a = split.form(phi, phi)
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
