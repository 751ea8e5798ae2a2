"""Statements about kinds of systems: masks, value matrices, steps that depend on the layer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from tests.judges.oracle.heads import LOOKED_AT, Given, added, minor_of, sign
from tests.judges.oracle.reading import Vector, entries, index, members, need, number, vector
from tests.judges.oracle.world import World
from tests.judges.reference import Computed, dot
from tests.judges.truth import in_hull, positive_definite

# hull-of-the-seen


def seen_by(world: World, i: int) -> list[int]:
    return sorted({i, *(j for head in world.given.heads for j in head["seen"][i])})


def hull_of_the_seen(world: World) -> bool:
    """Every token that a token sees, in whatever head, and itself, in the hull of these one layer earlier."""
    heads = [head["seen"] for head in world.given.heads]
    return hull_of_those(world, [set().union(*(seen[i] for seen in heads)) for i in range(world.count)])


def hull_of_those(world: World | Computed, seen: Sequence[Collection[int]]) -> bool:
    """The same, where token i sees these; of a run of one matrix, too."""
    for k, i in product(range(world.layers), range(world.count)):
        own = {i, *seen[i]}
        before = [tuple(world.state(k)[j]) for j in own]
        if not all(in_hull(tuple(world.state(k + 1)[j]), before) for j in own):
            return False
    return True


def seen_every_layer(data: Any, world: World) -> None:
    need(data == {} and world.given.first_layer("convex") == 0 and world.given.transitive())


def seen_computed(data: Any, world: World) -> None:
    for k, layer in enumerate(entries(members(data, "weights")["weights"], world.layers)):
        for i, own in enumerate(entries(layer, world.count)):
            seen = seen_by(world, i)
            for j, weights in zip(seen, entries(own, len(seen)), strict=True):
                pairs = [entries(pair, 2) for pair in entries(weights)]
                found = [(index(token, world.count), number(weight)) for token, weight in pairs]
                need(all(token in seen and weight >= 0 for token, weight in found))
                need(sum(weight for _, weight in found) == 1)
                for r, x in enumerate(world.state(k + 1)[j]):
                    need(sum(weight * world.state(k)[token][r] for token, weight in found) == x)


def seen_fails(data: Any, world: World) -> None:
    parts = members(data, "layer token seen functional largest_before after")
    k = index(parts["layer"], world.layers)
    i, j = (index(parts[name], world.count) for name in ("token", "seen"))
    f, seen = vector(parts["functional"], world.dimension), seen_by(world, i)
    need(j in seen)
    before, after = max(dot(f, world.state(k)[other]) for other in seen), dot(f, world.state(k + 1)[j])
    need(number(parts["largest_before"]) == before < number(parts["after"]) == after)


# interval-shrinkage


def interval_shrinkage(world: World) -> bool:
    """Each coordinate in the hull of that coordinate of all tokens."""
    return all(
        in_hull((place[r],), [(other[r],) for other in world.state(k)])
        for k in range(world.layers)
        for place in world.state(k + 1)
        for r in range(world.dimension)
    )


def intervals_every_layer(data: Any, world: World) -> None:
    """Row r of every V_h holds s_h alone: looked at layer by layer, and late by dominant terms."""
    given = world.given
    need(data == {} and not given.relu)
    for r in range(world.dimension):
        for head in given.heads:
            need(all(x == 0 for V in head.get("V", []) for c, x in enumerate(V[r]) if c != r))
        for k in range(LOOKED_AT):
            tau, sizes = given.tau(k), [V[r][r] for V in given.values(k)]
            whole = 1 - tau + tau * sum(sizes, Fraction(0))
            need(whole != 0 and (1 - tau) / whole >= 0 and all(tau * s / whole >= 0 for s in sizes))
        need(given.listed_tau is not None or late_coordinate(given, r))


def late_coordinate(given: Given, r: int) -> bool:
    if any(len({V[r][r] for V in head.get("V", [])}) > 1 for head in given.heads):
        return False
    sizes = [V[r][r] for V in given.values(0)]
    whole = sign(added(given.below, sum(sizes, Fraction(-1)), given.above))
    kept = whole * sign(added(given.below, Fraction(-1), given.above))
    return whole != 0 and kept >= 0 and all(whole * sign(added({}, s, given.above)) >= 0 for s in sizes)


def intervals_computed(data: Any, world: World) -> None:
    need(data == {})
    for k, i, r in product(range(world.layers), range(world.count), range(world.dimension)):
        lowest, highest = ends(world, k, r)
        need(lowest <= world.state(k + 1)[i][r] <= highest)


def intervals_fail(data: Any, world: World) -> None:
    parts = members(data, "layer token coordinate lowest highest after")
    k, i = index(parts["layer"], world.layers), index(parts["token"], world.count)
    r = index(parts["coordinate"], world.dimension)
    need((number(parts["lowest"]), number(parts["highest"])) == ends(world, k, r))
    need(number(parts["after"]) == world.state(k + 1)[i][r])
    need(not ends(world, k, r)[0] <= world.state(k + 1)[i][r] <= ends(world, k, r)[1])


def ends(world: World, k: int, r: int) -> tuple[Fraction, Fraction]:
    values = [place[r] for place in world.state(k)]
    return min(values), max(values)


# frank-wolfe-clusters, frank-wolfe-exponential


def frank_wolfe_clusters(world: World) -> bool:
    """One point attended at layer 0, and the token on its way there, by the steps one after the other."""
    state = [list(z) for z in world.tokens]
    targets = [{tuple(world.tokens[j]) for j in own} for own in world.attention(0)]
    if any(len(own) > 1 for own in targets):
        return False
    for k in range(world.layers):
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


def frank_wolfe_exponential(world: World) -> bool:
    """Where tokens go straight: they arrive at an early layer, or of ten late steps one is more than 1/50."""
    assert frank_wolfe_clusters(world)
    own = world.attention(0)
    arrived = all(world.state(world.layers)[i] == world.tokens[min(own[i])] for i in range(world.count))
    late = [world.given.shares(k) for k in range(500, 510)]
    return arrived or any(sum(shares[1], Fraction(0)) > Fraction(1, 50) for shares in late if shares)


def kept_until(world: World, t: int) -> Fraction:
    kept = Fraction(1)
    for k in range(t):
        shares = world.given.shares(k)
        need(shares is not None)
        kept *= shares[0] if shares else 0
    return kept


def on_the_way(world: World, i: int, p: int, t: int) -> Vector:
    kept = kept_until(world, t)
    return [kept * a + (1 - kept) * b for a, b in zip(world.tokens[i], world.tokens[p], strict=True)]


def need_one_target(world: World) -> None:
    for own in world.attention(0):
        need(all(world.tokens[p] == world.tokens[q] for p in own for q in own))


def need_straight(world: World) -> None:
    given, sets = world.given, world.attention(0)
    need(len(given.heads) == 1 and given.heads[0]["ties"] == "mean" and given.transitive())
    need(given.one_matrix(given.heads) is not None and given.first_layer("convex") == 0)
    need_one_target(world)
    for i, own in enumerate(sets):
        for p in own:
            need(all(world.tokens[q] == world.tokens[p] for q in sets[p]))
            scores = {
                j: dot(world.image(world.tokens[p]), world.tokens[j]) for j in given.heads[0]["seen"][i]
            }
            need(all(score < scores[p] for j, score in scores.items() if j not in own))


def clusters_every_layer(data: Any, world: World) -> None:
    need(data == {})
    need_straight(world)


def clusters_computed(data: Any, world: World) -> None:
    need(data == {})
    need_one_target(world)
    for t, (i, own) in product(range(world.layers + 1), enumerate(world.attention(0))):
        need(world.state(t)[i] == on_the_way(world, i, min(own), t))


def clusters_fail(data: Any, world: World) -> None:
    if isinstance(data, dict) and "attended" in data:
        parts = members(data, "layer token attended")
        index(parts["layer"], 1)
        own = world.attention(0)[index(parts["token"], world.count)]
        p, q = (index(entry, world.count) for entry in entries(parts["attended"], 2))
        need({p, q} <= own and world.tokens[p] != world.tokens[q])
        return
    parts = members(data, "layer token target kept point")
    t = index(parts["layer"], world.layers + 1)
    i, p = (index(parts[name], world.count) for name in ("token", "target"))
    need(p in world.attention(0)[i] and number(parts["kept"]) == kept_until(world, t))
    point = vector(parts["point"], world.dimension)
    need(point == world.state(t)[i] != on_the_way(world, i, p, t))


def fades(given: Given) -> bool:
    """Whether steps that keep something tend to 0; a formula is judged by its values far out, too."""
    if given.listed_tau is not None:
        late = [given.shares(k) for k in range(LOOKED_AT, LOOKED_AT + min(given.period, LOOKED_AT))]
        return not any(any(shares[1]) for shares in late if shares)
    total = sum((rows[0][0] for rows in given.values(0)), Fraction(0))
    above, below = added({}, total, given.above), added(given.below, total - 1, given.above)
    return not above or max(above) < max(below)


def exponential_holds(data: Any, world: World) -> None:
    need(data == {})
    need_straight(world)
    arrived = all(world.tokens[i] == world.tokens[p] for i, own in enumerate(world.attention(0)) for p in own)
    need(arrived or kept_until(world, 1) == 0 or not fades(world.given))


def exponential_fails(data: Any, world: World) -> None:
    need_straight(world)
    need(world.given.first_layer("keeps") == 0)
    parts = members(data, "token target")
    i, p = (index(parts[name], world.count) for name in ("token", "target"))
    need(p in world.attention(0)[i] and world.tokens[i] != world.tokens[p] and fades(world.given))


# frank-wolfe-rate


def frank_wolfe_rate(world: World) -> bool:
    """The largest eigenvalue of B is at least c unless c I - B is positive definite, by its minors."""
    distances = ([a - b for a, b in zip(x, y, strict=True)] for x, y in product(world.tokens, repeat=2))
    diameter = max(dot(own, own) for own in distances)
    for t, i in product(range(world.layers if diameter else 0), range(world.count)):
        c = -world.q(world.state(t + 1)[i]) * (t + 1) / (4 * diameter)
        if positive_definite(
            tuple(tuple(x + c * (r == s) for s, x in enumerate(row)) for r, row in enumerate(world.A))
        ):
            return False
    return True


def squared_diameter(world: World) -> Fraction:
    return max(
        sum(((a - b) ** 2 for a, b in zip(x, y, strict=True)), Fraction(0))
        for x, y in product(world.tokens, repeat=2)
    )


def rate_computed(data: Any, world: World) -> None:
    x = vector(members(data, "vector")["vector"], world.dimension)
    diameter = squared_diameter(world)
    need(any(x))
    rayleigh = -world.q(x) / dot(x, x)
    for t, i in product(range(world.layers if diameter else 0), range(world.count)):
        need(-world.q(world.state(t + 1)[i]) / 2 <= 2 * rayleigh * diameter / (t + 1))


def rate_fails(data: Any, world: World) -> None:
    """By the factorisation, and by the minors of what it is one of."""
    parts = members(data, "layer token value diameter coefficient factorisation")
    t, i = index(parts["layer"], world.layers), index(parts["token"], world.count)
    value, diameter = -world.q(world.state(t + 1)[i]) / 2, squared_diameter(world)
    need(number(parts["value"]) == value and number(parts["diameter"]) == diameter > 0)
    c, size = value * (t + 1) / (2 * diameter), world.dimension
    need(number(parts["coefficient"]) == c)
    rest = [[x + c * (r == s) for s, x in enumerate(row)] for r, row in enumerate(world.symmetric_part())]
    need(all(minor_of([row[:m] for row in rest[:m]]) > 0 for m in range(1, size + 1)))
    factors = members(parts["factorisation"], "lower diagonal")
    lower = [vector(row, size) for row in entries(factors["lower"], size)]
    diagonal = vector(factors["diagonal"], size)
    need(all(lower[r][s] == (r == s) for r in range(size) for s in range(r, size)))
    for r, s in product(range(size), repeat=2):
        need(sum((lower[r][m] * diagonal[m] * lower[s][m] for m in range(size)), Fraction(0)) == rest[r][s])
