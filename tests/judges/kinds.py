"""Statements about kinds of systems by their definition, decided by brute force on computed layers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from tests.judges.oracle.world import World, dot
from tests.judges.truth import in_hull, positive_definite


def hull_of_the_seen(world: World, layers: int) -> bool:
    """Every token that a token sees, in whatever head, and itself, in the hull of these one layer earlier."""
    for k, i in product(range(layers), range(world.count)):
        seen = {i}.union(*(head["seen"][i] for head in world.given.heads))
        before = [tuple(world.state(k)[j]) for j in seen]
        if not all(in_hull(tuple(world.state(k + 1)[j]), before) for j in seen):
            return False
    return True


def interval_shrinkage(world: World, layers: int) -> bool:
    """Each coordinate in the hull of that coordinate of all tokens."""
    return all(
        in_hull((place[r],), [(other[r],) for other in world.state(k)])
        for k in range(layers)
        for place in world.state(k + 1)
        for r in range(world.dimension)
    )


def frank_wolfe_clusters(world: World, layers: int) -> bool:
    """One point attended at layer 0, and the token on its way there, by the steps one after the other."""
    state = [list(z) for z in world.tokens]
    targets = [{tuple(world.tokens[j]) for j in own} for own in world.attention(0)]
    if any(len(own) > 1 for own in targets):
        return False
    for k in range(layers):
        shares = world.given.shares(k)
        assert shares is not None
        pull = sum(shares[1], Fraction(0))
        state = [
            [a + pull * (b - a) for a, b in zip(z, min(own), strict=True)]
            for z, own in zip(state, targets, strict=True)
        ]
        if state != world.state(k + 1):
            return False
    return True


def frank_wolfe_exponential(world: World, layers: int) -> bool:
    """Where tokens go straight: they arrive at an early layer, or of ten late steps one is more than 1/50."""
    assert frank_wolfe_clusters(world, layers)
    own = world.attention(0)
    arrived = all(world.state(layers)[i] == world.tokens[min(own[i])] for i in range(world.count))
    late = [world.given.shares(k) for k in range(500, 510)]
    return arrived or any(sum(shares[1], Fraction(0)) > Fraction(1, 50) for shares in late if shares)


def frank_wolfe_rate(world: World, layers: int) -> bool:
    """The largest eigenvalue of B is at least c unless c I - B is positive definite, by its minors."""
    distances = ([a - b for a, b in zip(x, y, strict=True)] for x, y in product(world.tokens, repeat=2))
    diameter = max(dot(own, own) for own in distances)
    for t, i in product(range(layers if diameter else 0), range(world.count)):
        c = -world.q(world.state(t + 1)[i]) * (t + 1) / (4 * diameter)
        if positive_definite(
            tuple(tuple(x + c * (r == s) for s, x in enumerate(row)) for r, row in enumerate(world.A))
        ):
            return False
    return True


OF_KINDS: dict[str, Callable[[World, int], bool]] = {
    "hull-of-the-seen": hull_of_the_seen,
    "interval-shrinkage": interval_shrinkage,
    "frank-wolfe-clusters": frank_wolfe_clusters,
    "frank-wolfe-exponential": frank_wolfe_exponential,
    "frank-wolfe-rate": frank_wolfe_rate,
}
