"""``turning-clusters`` for V = a I + S, S skew, and B = b I; FORMAT.md, lemma ``turning-trap``."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from proofs_checks.format.claims import Claim
from proofs_checks.format.reading import Field
from proofs_checks.hardmax.vectors import summed
from proofs_checks.softmax.now import Now
from proofs_checks.softmax.system import Softmax
from proofs_checks.softmax.turning_trap import Group, Spiral, TurningTrap


def check(claim: Claim, now: Now) -> None:
    """Check which tokens share a limit for ever, although V turns them.

    Evidence: ``groups`` and, possibly, ``pairs``, lists of tokens that together are all of them; ``tube``,
    the number rho; ``displacement``, a bound for how far the tokens of groups still move.

    Source: FORMAT.md here, lemma ``turning-trap``.
    """
    members = claim.data.fields(["groups", "tube", "displacement"], ["pairs"])
    groups, pairs = _read_groups(claim, now, members)
    rho, displacement = members["tube"].rational(), members["displacement"].rational()
    if rho <= 0:
        members["tube"].refuse("a number greater than 0")
    claim.require(len(now.points) > 1, "there is only one point")
    spiral = _spiral(claim, now.system)
    claim.require(
        now.system.dimension == 2 or all(len(group) == 1 for group in groups),
        "a group has more than one point, and the dimension is not 2",
    )
    trap = TurningTrap(claim, now, spiral, groups, pairs, now.context.above(rho))
    below, most = now.context.below(rho), now.context.below(displacement)
    claim.require(
        all(leak < below for leak in trap.leaks.values()), "the attention to other groups is not small enough"
    )
    for group in groups:
        leak = trap.leaks[group]
        if len(group) > 1:
            claim.require(trap.drift(group) < below, "the tokens of a group may leave the tube")
        claim.require(trap.up(trap.stretch, trap.reach(group) + leak) <= most, "a token may move further")


def _read_groups(claim: Claim, now: Now, members: dict[str, Field]) -> tuple[list[Group], list[Group]]:
    tokens, found = now.system.tokens, []
    fields = [item for name in ("groups", "pairs") if name in members for item in members[name].items()]
    for field in fields:
        found.append([item.integer(0, len(tokens) - 1) for item in field.items()])
        if not found[-1]:
            field.refuse("at least one token")
    named = sorted(token for group in found for token in group)
    claim.require(named == list(range(len(tokens))), "not every token is in exactly one group")
    points = [tuple(sorted({now.system.points.index(tokens[k]) for k in group})) for group in found]
    claim.require(sum(map(len, points)) == len(now.system.points), "copies are in different groups")
    count = len(members["groups"].items())
    claim.require(all(len(pair) == 2 for pair in points[count:]), "a pair is not of two points")
    return points[:count], points[count:]


def _spiral(claim: Claim, system: Softmax) -> Spiral:
    V, form, size = system.V, system.form, range(system.dimension)
    a, b = V[0][0], form[0][0]
    claim.require(a > 0 and all(V[i][i] == a for i in size), "the diagonal of V is not one number a > 0")
    claim.require(all(V[i][j] == -V[j][i] for i, j in combinations(size, 2)), "V is not a I + S, S skew")
    claim.require(
        b > 0 and all(form[i][j] == b * (i == j) for i in size for j in size), "Q^T K is not b I, b > 0"
    )
    turns = [abs(V[i][j]) / a for i, j in combinations(size, 2)]
    return Spiral(b, max(turns, default=Fraction(0)), summed([turn * turn for turn in turns]))
