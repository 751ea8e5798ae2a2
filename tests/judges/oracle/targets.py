"""Tokens at rest or on straight ways to points at rest: the member ``locked``, and what the run then does."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.judges.oracle.heads import Sum, added, is_scalar
from tests.judges.oracle.reading import Vector, index, members, need
from tests.judges.oracle.world import World
from tests.judges.reference import dot

LATER = 12
"""So many layers after that of a lock are computed, to see whether they are as foretold."""


@dataclass(frozen=True)
class Targets:
    """Where the tokens go from a layer on, and whether they come there."""

    layer: int
    places: list[Vector]
    complete: bool


def need_targets(data: Any, world: World) -> Targets:
    given, layer = world.given, index(members(data, "layer")["layer"], 10_000_001)
    first = given.first_layer("keeps")
    need(first is not None and layer >= first and given.transitive())
    need(all(given.one_matrix([head]) is not None for head in given.heads))
    state = world.state(layer)
    places = [target(world, layer, i) for i in range(world.count)]
    resting = {i for i in range(world.count) if places[i] == state[i]}
    while any(not world.attention(layer)[i] <= resting for i in resting):
        resting = {i for i in resting if world.attention(layer)[i] <= resting}
    need(all(attended <= resting for attended in world.attention(layer)))
    for head, sets in zip(given.heads, world.by_head[layer], strict=True):
        for place, seen, attended in zip(places, head["seen"], sets, strict=True):
            direction = [dot(row, place) for row in head["A"][0]]
            need(
                all(
                    dot(direction, state[j]) >= dot(direction, state[other])
                    for j in attended
                    for other in seen
                )
            )
    need_foretold(world, layer, places)
    return Targets(layer, places, len(resting) == world.count or infinite_sum(world))


def target(world: World, layer: int, i: int) -> Vector:
    state, size = world.state(layer), range(world.dimension)
    means = []
    for sets in world.by_head[layer]:
        chosen = [state[j] for j in sorted(sets[i])]
        means.append([sum((z[r] for z in chosen), Fraction(0)) / len(chosen) for r in size])
    if all(mean == means[0] for mean in means):
        return means[0]
    shares = values(world)
    need(shares is not None and sum(shares) != 0)
    return [
        sum(s * mean[r] for s, mean in zip(shares or [], means, strict=True)) / sum(shares or [])
        for r in size
    ]


def values(world: World) -> list[Fraction] | None:
    """The s_h with V_h = s_h I at all layers."""
    found = []
    for head in world.given.heads:
        matrices = head.get("V", [world.given.identity()])
        if not all(is_scalar(rows) and rows == matrices[0] for rows in matrices):
            return None
        found.append(matrices[0][0][0])
    return found


def need_foretold(world: World, layer: int, places: list[Vector]) -> None:
    left, start = Fraction(1), world.state(layer)
    for k in range(layer, layer + LATER):
        shares = world.given.shares(k)
        need(shares is not None)
        left *= shares[0] if shares else 0
        for here, place, z in zip(world.state(k + 1), places, start, strict=True):
            need(here == [w + left * (x - w) for w, x in zip(place, z, strict=True)])
        need(world.by_head[k + 1] == world.by_head[layer])


def infinite_sum(world: World) -> bool:
    """Whether the parts 1 - rho that late layers take have an infinite sum."""
    given = world.given
    if given.listed_tau is not None:
        late = range(LATER * 10, LATER * 10 + given.period)
        return any((given.shares(k) or (Fraction(1), []))[0] != 1 for k in late)
    size = sum(values(world) or [], Fraction(0))
    above: Sum = added({}, size, given.above)
    below: Sum = added(given.below, size - 1, given.above)
    if not above:
        return False
    (base, power), (whole_base, whole_power) = max(above), max(below)
    return base == whole_base and whole_power - power <= 1
