"""The statements on the limit: locks by the coefficients of a polynomial, limits by combining states."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from tests.judges.oracle.hypotheses import determinant, need_factorisation, positive_definite_holds
from tests.judges.oracle.reading import (
    UnconfirmedError,
    Vector,
    entries,
    index,
    members,
    need,
    number,
    vector,
)
from tests.judges.oracle.world import World, dot, transposed

LATER = 12
"""So many layers beyond what a certificate looks at are computed, to see whether they are as foretold."""


@dataclass(frozen=True)
class Lock:
    """Graphs of the layers ``layer``..``layer + period - 1`` that repeat for ever, and states combined."""

    world: World
    layer: int
    period: int
    coefficients: list[Fraction]

    def combination(self, shift: int) -> list[Vector]:
        layers = [self.layer + shift + j * self.period for j in range(len(self.coefficients))]
        terms = list(zip(self.coefficients, map(self.world.state, layers), strict=True))
        size = range(self.world.dimension)
        return [
            [sum((c * state[i][r] for c, state in terms), Fraction(0)) for r in size]
            for i in range(self.world.count)
        ]

    def leaders(self) -> list[int]:
        return [i for i, attended in enumerate(self.world.attention(self.layer)) if attended == {i}]


def expanded(nodes: list[Fraction]) -> list[Fraction]:
    """The coefficients of the product of x - node, the constant one first."""
    product = [Fraction(1)]
    for node in nodes:
        product = [
            a - node * b for a, b in zip([Fraction(0), *product], [*product, Fraction(0)], strict=True)
        ]
    return product


def need_lock(parts: dict[str, Any], world: World) -> Lock:
    lock = need_itinerary(parts, world)
    return replace(lock, coefficients=[number(c) for c in entries(parts["coefficients"])])


def need_itinerary(parts: dict[str, Any], world: World) -> Lock:
    need(world.given.plain())
    given = members(parts["itinerary"], "layer period nodes")
    layer, period = index(given["layer"], 10_000_001), index(given["period"], 10_000_001)
    nodes = [number(node) for node in entries(given["nodes"])]
    need(period > 0 and all(node > 0 for node in nodes))
    for first in range(layer, layer + period):
        need_repetition(world, first, period, len(nodes))
        for level in range(len(nodes) + 1):
            need_level(world, first, period, expanded(nodes[:level]), vanishes=level == len(nodes))
    for k in range(layer, layer + LATER):
        need(world.attention(k) == world.attention(k + period))
    return Lock(world, layer, period, [])


def need_repetition(world: World, first: int, period: int, times: int) -> None:
    need(all(world.attention(first + j * period) == world.attention(first) for j in range(times + 1)))


def need_level(world: World, first: int, period: int, weights: list[Fraction], vanishes: bool) -> None:
    # The lemma's matrix of this level, entry by entry from the weighted scores of all the layers it reaches.
    terms = [(weight, world.state(first + j * period)) for j, weight in enumerate(weights)]
    for i, attended in enumerate(world.attention(first)):
        images = [[weight * x for x in world.image(state[i])] for weight, state in terms]
        row = [
            sum((dot(image, state[j]) for image, (_, state) in zip(images, terms, strict=True)), Fraction(0))
            for j in range(world.count)
        ]
        need(not any(row) if vanishes else row[min(attended)] == max(row))


def need_limits(parts: dict[str, Any], world: World) -> tuple[Lock, list[Vector]]:
    lock = need_lock(parts, world)
    limits = lock.combination(0)
    need(sum(lock.coefficients) == 1 and lock.combination(lock.period) == limits)
    return lock, limits


def need_one_phase(lock: Lock, limits: list[Vector]) -> None:
    need(all(lock.combination(phase) == limits for phase in range(lock.period)))


def convergence_by_a_lock(data: Any, world: World) -> None:
    parts = members(data, "itinerary coefficients limits")
    lock, limits = need_limits(parts, world)
    need([vector(row, world.dimension) for row in entries(parts["limits"], world.count)] == limits)
    need_one_phase(lock, limits)
    need(0 <= world.plain_tau < 1 or lock.coefficients == [1])


def convergence_by_consensus(data: Any, world: World) -> None:
    opposite = copy(world)
    negative = [[[-x for x in row] for row in world.A]]
    opposite.given = copy(world.given)
    opposite.given.heads = [{**world.given.heads[0], "A": negative}]
    need(0 < world.plain_tau < 1 and min(need_factorisation(data, opposite)) > 0)
    rows, sizes = opposite.symmetric_part(), range(1, world.dimension + 1)
    need(all(determinant([row[:k] for row in rows[:k]]) > 0 for k in sizes))


def convergence_fails(data: Any, world: World) -> None:
    parts = members(data, "itinerary coefficients factor token phase")
    lock, factor = need_lock(parts, world), number(parts["factor"])
    i, phase = index(parts["token"], world.count), index(parts["phase"], lock.period)
    need(any(lock.coefficients))
    here = lock.combination(0)
    need(lock.combination(lock.period) == [[factor * x for x in row] for row in here])
    if phase > 0:
        need(factor == 1 and lock.combination(phase)[i] != here[i])
    else:
        need(any(here[i]) and (factor > 1 or (factor == 1 and sum(lock.coefficients) == 0)))


def attention_settles_holds(data: Any, world: World) -> None:
    lock = need_itinerary(members(data, "itinerary"), world)
    need(all(world.attention(lock.layer) == world.attention(lock.layer + r) for r in range(lock.period)))


def attention_settles_fails(data: Any, world: World) -> None:
    parts = members(data, "itinerary token phase")
    lock = need_itinerary(parts, world)
    i, phase = index(parts["token"], world.count), index(parts["phase"], lock.period)
    need(world.attention(lock.layer + phase)[i] != world.attention(lock.layer)[i])


def need_exposed(f: Vector, limits: list[Vector], i: int) -> None:
    need(all(dot(f, place) < dot(f, limits[i]) for place in limits if place != limits[i]))


def leader_vertex_holds(data: Any, world: World) -> None:
    parts = members(data, "itinerary coefficients functionals combinations")
    lock, limits = need_limits(parts, world)
    leaders = lock.leaders()
    need(0 <= world.plain_tau < 1 and leaders)
    for j, f in zip(leaders, entries(parts["functionals"], len(leaders)), strict=True):
        need_exposed(vector(f, world.dimension), limits, j)
    for place, pairs in zip(limits, entries(parts["combinations"], world.count), strict=True):
        weights = [
            (index(j, world.count), number(w)) for j, w in (entries(pair, 2) for pair in entries(pairs))
        ]
        need(all(j in leaders and w >= 0 for j, w in weights) and sum(w for _, w in weights) == 1)
        need(place == [sum(w * limits[j][r] for j, w in weights) for r in range(world.dimension)])


def leader_vertex_fails(data: Any, world: World) -> None:
    parts = members(data, "itinerary coefficients token functional")
    lock, limits = need_limits(parts, world)
    i = index(parts["token"], world.count)
    need(0 <= world.plain_tau < 1)
    need_exposed(vector(parts["functional"], world.dimension), limits, i)
    need(all(limits[j] != limits[i] for j in lock.leaders()))


def belongs(world: World, limits: list[Vector], i: int) -> bool:
    return any(limits[i]) and all(dot(world.image(limits[i]), y) <= world.q(limits[i]) for y in limits)


def limit_set_holds(data: Any, world: World) -> None:
    parts = members(data, "itinerary coefficients", "factorisation")
    lock, limits = need_limits(parts, world)
    need_one_phase(lock, limits)
    need(0 <= world.plain_tau < 1 and all(belongs(world, limits, i) for i in range(world.count)))
    if "factorisation" in parts:
        positive_definite_holds(parts["factorisation"], world)
    else:
        need_rigid(world, [place for i, place in enumerate(limits) if place not in limits[:i]])


def need_rigid(world: World, places: list[Vector]) -> None:
    for size in range(1, world.dimension + 1):
        for chosen in combinations(places, size + 1):
            edges = [[x - y for x, y in zip(place, chosen[-1], strict=True)] for place in chosen[:-1]]
            minors = (determinant(list(rows)) for rows in combinations(transposed(edges), size))
            forms = [[dot(world.image(a), b) for a in edges] for b in edges]
            need(not any(minors) or determinant(forms) != 0)


def limit_set_fails(data: Any, world: World) -> None:
    need(isinstance(data, dict))
    if "limit" not in data:
        convergence_fails(data, world)
        return
    need(0 <= world.plain_tau < 1)
    parts = members(data, "itinerary coefficients token limit")
    _, limits = need_limits(parts, world)
    i = index(parts["token"], world.count)
    need(vector(parts["limit"], world.dimension) == limits[i] and not belongs(world, limits, i))


def never(data: Any, world: World) -> None:
    raise UnconfirmedError
