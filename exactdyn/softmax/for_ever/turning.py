"""``turning-clusters``: for V = a I + S, S skew, which tokens share a limit although V turns them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, permutations, product
from math import dist, hypot

from flint import arb, arb_mat

from exactdyn.numbers.precision import working
from exactdyn.numbers.vectors import inner
from exactdyn.softmax.balls import ball, balls, symmetric, units_above
from exactdyn.softmax.decimals import at_most, decimals
from exactdyn.softmax.for_ever.statement import Box, Conclusion, conclusion, nothing
from exactdyn.softmax.for_ever.turning_trap import Group, OpenError, TurningTrap
from exactdyn.softmax.system import Drive

TUBES = tuple(Fraction(1, 2**k) for k in range(12, -1, -1))
"""The values of rho that are tried."""

LINKS = (Fraction(0), *(Fraction(1, 2**k) for k in range(6, 0, -1)))
"""Two points are taken to be of one group if they are nearer than this share of their distance from 0."""

UNIT = 64
"""The displacement of tokens is stated in units of 2^-UNIT."""


@dataclass(frozen=True)
class Spiral:
    """V = a I + S and Q^T K = b I, S skew and not 0: a, b and the squares of the entries of S / a, added."""

    a: Fraction
    b: Fraction
    square: Fraction


def spiral(model: Drive) -> Spiral | str | None:
    """Return the numbers of a system with V = a I + S, why it is not one with a, b > 0, or None if S = 0.

    None also for any V that is not a I + S.
    Source: lemma ``turning-trap`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> from exactdyn.softmax.system import Softmax, driven
    >>> spiral(driven(Softmax([[1, -1], [1, 1]]), [[1, 0], [0, 1]])[1]).square
    Fraction(1, 1)
    """
    V, B, size = model.V, model.B, range(model.dimension)
    a, b = V[0][0], B[0][0]
    turns = [V[k][m] for k, m in combinations(size, 2)]
    skew = all(V[k][m] == -V[m][k] for k, m in combinations(size, 2))
    if not (skew and any(turns) and all(V[k][k] == a for k in size)):
        return None
    if not (a > 0 and b > 0 and all(B[k][m] == b * (k == m) for k in size for m in size)):
        return "for V = a I + S, S skew, a > 0 and Q^T K = b I, b > 0 are required"
    return Spiral(a, b, sum(((turn / a) ** 2 for turn in turns), Fraction(0)))


def decide(box: Box, whole: bool = False) -> Conclusion:
    """Conclude which tokens share a limit, for V = a I + S, S skew, a > 0, and Q^T K = b I, b > 0.

    The limits of the groups are distinct, not zero, and vertices of the limit polytope of the rescaled
    tokens; in a group of two or more points (in the plane) attention never settles. Where all tokens cannot
    be settled, those of two points may be left open, unless it is to be of the ``whole``: the others are as
    they are whatever these two do.
    Source: lemma ``turning-trap`` in ``proofs_checks/softmax/FORMAT.md``.

    >>> from exactdyn.softmax.flow.flow import flow
    >>> from exactdyn.softmax.for_ever.statement import box_of
    >>> from exactdyn.softmax.system import Softmax
    >>> system = Softmax([[1, -1], [1, 1]], [[4, 0], [0, 4]])
    >>> box = box_of(flow(system, [[2, 0], [0, 2]], until=Fraction(1, 4)))
    >>> decide(box).evidence["groups"]
    [[0], [1]]
    """
    found = spiral(box.model)
    if found is None or isinstance(found, str):
        return nothing(found or "V = a I + S with S skew, not 0, is required")
    if box.model.count == 1:
        return nothing("there is only one point: z is constant")
    reason, partial = "no groups of tokens are found", []
    with working(box.bits):
        positions = box.positions()
        for groups, rho in product(_groupings(box), TUBES):
            trap = TurningTrap(box, positions, ball(found.b), found.square, groups, (), ball(rho))
            try:
                return _concluded(trap, found, rho, trap.displacement())
            except OpenError as error:
                reason = str(error)
                paired = None if whole else _paired(trap, error)
                partial += [] if paired is None else [(paired, rho)]
        if partial:
            trap, rho = min(partial, key=lambda own: len(own[0].pairs))
            return _concluded(trap, found, rho, trap.displacement())
    return nothing(f"at time {float(box.time):g} {reason}")


def _paired(trap: TurningTrap, error: OpenError) -> TurningTrap | None:
    # Points that are not kept apart, or may not stay together, become a pair as long as they are two.
    while True:
        touched = [group for group in trap.groups + trap.pairs if set(group) & {*error.between}]
        pair = tuple(sorted(point for group in touched for point in group))
        groups = tuple(group for group in trap.groups if group not in touched)
        if len(pair) != 2 or pair in trap.pairs or not groups:
            return None
        trap = replace(trap, groups=groups, pairs=(*trap.pairs, pair))
        try:
            trap.displacement()
        except OpenError as more:
            error = more
        else:
            return trap


def _groupings(box: Box) -> Iterator[tuple[Group, ...]]:
    # By single linkage; the coarser the later.
    centre = [[float(x) for x in row] for row in box.centre]
    sizes = [hypot(*row) for row in centre]
    seen = set()
    for link in LINKS:
        label = list(range(len(centre)))
        for i, j in combinations(label.copy(), 2):
            apart = dist(centre[i], centre[j])
            if apart < float(link) * max(sizes[i], sizes[j]):
                label = [label[i] if own == label[j] else own for own in label]
        kinds = dict.fromkeys(label)
        groups = tuple(tuple(p for p, own in enumerate(label) if own == kind) for kind in kinds)
        if groups in seen or (box.model.dimension != 2 and len(groups) < len(centre)):
            continue
        seen.add(groups)
        yield groups


def _concluded(trap: TurningTrap, found: Spiral, rho: Fraction, moves: arb) -> Conclusion:
    # Limits of z = exp(-TV) x, within what tokens may still move. Of a pair it stays open whether it has one.
    box = trap.box
    named, pairs = (
        [sorted(token for point in group for token in box.tokens(point)) for group in groups]
        for groups in (trap.groups, trap.pairs)
    )
    stated = units_above(moves * (1 + arb(2) ** -20), UNIT)
    shrink = (-ball(found.a * box.time)).exp()
    back = arb_mat([[-x * ball(box.time) for x in row] for row in balls(box.model.V)]).exp().tolist()
    wide = symmetric(ball(stated) * shrink)
    limits = [
        {
            "tokens": tokens,
            "limit": [decimals(inner(row, trap.positions[group[0]]) + wide) for row in back],
            "settles": len(group) == 1,
        }
        for group, tokens in zip(trap.groups, named, strict=True)
    ]
    evidence = {"groups": named, **({"pairs": pairs} if pairs else {}), "tube": rho, "displacement": stated}
    details = {"limits": limits, "displacement": at_most(ball(stated) * shrink)}
    partner = {i: j for pair in trap.pairs for i, j in permutations(pair)}

    def why(point: int) -> str:
        other = box.tokens(partner[point])[0]
        return f"z has a limit, but it is open whether that is the limit of token {other}"

    settled = frozenset(token for tokens in named for token in tokens)
    return conclusion(box, settled, "turning-trap", evidence, details, why)
