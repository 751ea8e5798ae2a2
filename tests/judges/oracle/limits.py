"""The statements on the limit: locks by the coefficients of a polynomial, limits by combining states."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from tests.judges.oracle.forms import need_forms
from tests.judges.oracle.hypotheses import (
    Judge,
    determinant,
    minor,
    need_factorisation,
    positive_definite_holds,
    semidefinite,
)
from tests.judges.oracle.product import need_product
from tests.judges.oracle.reading import (
    UnconfirmedError,
    Vector,
    entries,
    found_once,
    index,
    members,
    need,
    number,
    vector,
)
from tests.judges.oracle.targets import LATER, infinite_sum, need_targets, values
from tests.judges.oracle.world import World, transposed
from tests.judges.reference import dot

ENDS = ("locked-limit", "locked-targets", "basin", "mirrored-extremes")
"""The lemmas by which all tokens tend somewhere."""


@dataclass(frozen=True)
class Lock:
    """Graphs of the layers ``layer``..``layer + period - 1`` that repeat for ever, and states combined."""

    world: World
    layer: int
    period: int
    coefficients: list[Fraction]

    def combination(self, shift: int) -> list[Vector]:
        layers = [self.layer + shift + j * self.period for j in range(len(self.coefficients))]
        states = [self.world.state(layer) for layer in layers]
        size = range(self.world.dimension)
        return [
            [dot(self.coefficients, [state[i][r] for state in states]) for r in size]
            for i in range(self.world.count)
        ]


def expanded(nodes: list[Fraction]) -> list[Fraction]:
    """The coefficients of the product of x - node, the constant one first."""
    found = [Fraction(1)]
    for node in nodes:
        found = [a - node * b for a, b in zip([Fraction(0), *found], [*found, Fraction(0)], strict=True)]
    return found


def need_lock(parts: dict[str, Any], world: World) -> Lock:
    lock = need_itinerary(parts, world)
    return replace(lock, coefficients=[number(c) for c in entries(parts["coefficients"])])


def need_itinerary(parts: dict[str, Any], world: World) -> Lock:
    given = parts["itinerary"]
    by_forms = isinstance(given, dict) and "recurrence" in given
    given = members(given, "layer period " + ("recurrence cones proofs" if by_forms else "nodes"))
    layer, period = index(given["layer"], 10_000_001), index(given["period"], 10_000_001)
    if by_forms:
        need(period > 0)
        need_repeating(world, layer, period)
        need_forms(given, world, layer, period)
        return Lock(world, layer, period, [])
    nodes = [number(node) for node in entries(given["nodes"])]
    need(period > 0 and all(node > 0 for node in nodes))
    need_repeating(world, layer, period)
    need_attention(world, layer, period, tuple(nodes))
    return Lock(world, layer, period, [])


@found_once
def need_attention(world: World, layer: int, period: int, nodes: tuple[Fraction, ...]) -> None:
    """The attention sets are the same for ever, one period after the other."""
    for first in range(layer, layer + period):
        need_repetition(world, first, period, len(nodes))
        for level in range(len(nodes) + 1):
            need_level(world, first, period, expanded(list(nodes[:level])), vanishes=level == len(nodes))
    for k in range(layer, layer + LATER):
        need(sets_at(world, k) == sets_at(world, k + period))


def sets_at(world: World, layer: int) -> list[list[set[int]]]:
    """The attention sets of every head."""
    world.compute(layer)
    return world.by_head[layer]


def need_repeating(world: World, layer: int, period: int) -> None:
    """The lists repeat from the layer on, in the period; nothing else varies, and all is linear."""
    given = world.given
    need(given.listed_tau is not None and not given.relu)
    lists = [given.listed_tau or [], *(head[name] for head in given.heads for name in "AV" if name in head)]
    longer = [len(found) for found in lists if any(entry != found[0] for entry in found)]
    need(all(layer >= length - given.period for length in longer))
    need(not longer or period % given.period == 0)


def need_repetition(world: World, first: int, period: int, times: int) -> None:
    need(all(sets_at(world, first + j * period) == sets_at(world, first) for j in range(times + 1)))


def need_level(world: World, first: int, period: int, weights: list[Fraction], vanishes: bool) -> None:
    # The lemma's matrix of this level, entry by entry from the weighted scores of all the layers it reaches.
    terms = [(weight, world.state(first + j * period)) for j, weight in enumerate(weights)]
    scalar = world.given.shares(first) is not None and all(
        world.given.shares(k) is not None for k in range(first, first + world.given.period)
    )
    places = [[x for _, state in terms for x in state[j]] for j in range(world.count)]
    for head, sets in zip(world.given.heads, sets_at(world, first), strict=True):
        A = world.given.at(head["A"], first)
        for i, attended in enumerate(sets):
            images = [weight * dot(row, state[i]) for weight, state in terms for row in A]
            row = [dot(images, place) for place in places]
            if not vanishes:
                need(row[min(attended)] == max(row[j] for j in head["seen"][i]))
            elif scalar:
                need(not any(row))
    if vanishes and not scalar:
        flat = [(weight, [x for z in state for x in z]) for weight, state in terms]
        size = range(len(flat[0][1]))
        need(all(sum(weight * y[a] * y[b] for weight, y in flat) == 0 for a in size for b in size))


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
    need(read_rows(parts["limits"], world) == limits)
    need_one_phase(lock, limits)
    need(lock.coefficients == [1] or kept(world, lock))


def kept(world: World, lock: Lock) -> bool:
    first = world.given.first_layer("keeps")
    return first is not None and first <= lock.layer


def convergence_by_rates(data: Any, world: World) -> None:
    stated = "recurrence" if isinstance(data, dict) and "recurrence" in data else "rates"
    parts = members(data, f"itinerary {stated} limits")
    lock, numbers = need_itinerary(parts, world), [number(rate) for rate in entries(parts[stated])]
    weights = [*numbers, Fraction(1)] if stated == "recurrence" else expanded(numbers)
    need(stable(weights) and (stated == "recurrence" or all(abs(rate) < 1 for rate in numbers)))
    lock = replace(lock, coefficients=[c / sum(weights) for c in weights])
    limits = lock.combination(0)
    need(lock.combination(lock.period) == limits == read_rows(parts["limits"], world))
    need_one_phase(lock, limits)


def stable(weights: list[Fraction]) -> bool:
    """Whether all roots are inside of the unit circle: the matrix of Schur and Cohn is positive definite."""
    size = len(weights) - 1
    below, above = (
        [[numbers[i - j] if i >= j else Fraction(0) for j in range(size)] for i in range(size)]
        for numbers in (weights[:0:-1], weights[:-1])
    )
    rows = [[dot(below[i], below[j]) - dot(above[i], above[j]) for j in range(size)] for i in range(size)]
    return all(minor(rows, range(k)) > 0 for k in range(1, size + 1))


def convergence_by_targets(data: Any, world: World) -> None:
    parts = members(data, "locked limits")
    found = need_targets(parts["locked"], world)
    need(found.complete and found.places == read_rows(parts["limits"], world))


def convergence_by_basins(data: Any, world: World) -> None:
    parts = members(data, "basin limits")
    _, places = need_basins(parts["basin"], world)
    need(places == read_rows(parts["limits"], world))


def convergence_by_a_mirror(data: Any, world: World) -> None:
    parts = members(data, "mirror limits")
    _, places = need_mirror(parts["mirror"], world)
    need(places == read_rows(parts["limits"], world))


def need_mirror(data: Any, world: World) -> tuple[int, list[Vector]]:
    """The layer, and for every token the middle of the two places, which later layers come nearer to."""
    parts = members(data, "layer factor functional")
    layer, factor = index(parts["layer"], 10_000_001), number(parts["factor"])
    u, size = vector(parts["functional"], world.dimension), range(world.dimension)
    need_steady(world)
    shares = world.given.shares(0)
    need(shares is not None and 3 * shares[1][0] <= 1 and factor > 0)
    need(all(world.A[r][c] + factor * u[r] * u[c] == 0 for r in size for c in size))
    z = world.state(layer)
    ranked = sorted((dot(u, place), place) for place in z)
    (low, bottom), (high, top) = ranked[0], ranked[-1]
    need(low + high == 0 and high > low)
    need(all(place == top for t, place in ranked if t == high))
    need(all(place == bottom for t, place in ranked if t == low))
    middle = [(x + y) / 2 for x, y in zip(top, bottom, strict=True)]

    def away(k: int) -> Fraction:
        return max(abs(x - y) for place in world.state(k) for x, y in zip(place, middle, strict=True))

    need(all(away(k) >= away(k + 1) for k in range(layer, layer + LATER)))
    need(all(attended != {i} for k in range(layer + LATER) for i, attended in enumerate(world.attention(k))))
    return layer, [middle] * world.count


def need_basins(data: Any, world: World) -> tuple[int, list[Vector]]:
    """The layer, and for every token the place of the leading point in whose basin it is."""
    parts, given, size = members(data, "layer targets semidefinite"), world.given, range(world.count)
    layer = index(parts["layer"], 10_000_001)
    targets = [index(entry, world.count) for entry in entries(parts["targets"], world.count)]
    need(len(given.heads) == 1 and given.heads[0]["named"] == "everybody" and not given.relu)
    need(given.one_matrix(given.heads) is not None)
    need(given.listed_tau is not None and len(set(given.listed_tau)) == 1 and values(world) is not None)
    shares = given.shares(0)
    need(shares is not None and 0 < shares[1][0] < 1)
    need(min(need_factorisation(parts["semidefinite"], world)) >= 0 and semidefinite(world))
    z, attended = world.state(layer), world.attention(layer)
    for i in size:
        goal = targets[i]
        group = {j for j in size if targets[j] == goal}
        point = {j for j in group if z[j] == z[goal]}
        need(goal in point and all(attended[j] == point for j in point))
        direction = [dot(row, z[i]) for row in world.A]
        score = [dot(direction, z[j]) for j in size]
        need(all(score[b] < score[goal] for b in size if b not in group or (b == i and b not in point)))
    need_shrinking(world, layer, [z[goal] for goal in targets])
    return layer, [z[goal] for goal in targets]


def need_shrinking(world: World, layer: int, places: list[Vector]) -> None:
    """Look at some later layers: every token attends tokens of its own place alone."""
    for k in range(layer, layer + LATER):
        for i, attended in enumerate(world.attention(k)):
            need(all(places[j] == places[i] for j in attended))


def convergence_by_a_finite_sum(data: Any, world: World) -> None:
    first = world.given.first_layer("keeps")
    need(first is not None and not infinite_sum(world))
    need(all(world.given.pulls(k) is not None for k in range(first or 0)))
    if data != {}:
        parts = members(data, "locked product")
        need_product(parts["product"], world, need_targets(parts["locked"], world).layer)


def read_rows(data: Any, world: World) -> list[Vector]:
    return [vector(row, world.dimension) for row in entries(data, world.count)]


def convergence_by_consensus(data: Any, world: World) -> None:
    opposite, given = opposite_of(world), world.given
    need(len(given.heads) == 1 and given.heads[0]["named"] == "everybody" and not given.relu)
    need(given.listed_tau is not None and len(set(given.listed_tau)) == 1 and values(world) is not None)
    shares = given.shares(0)
    need(shares is not None and 0 < shares[1][0] < 1)
    need(min(need_factorisation(data, opposite)) > 0)
    rows, sizes = opposite.symmetric_part(), range(1, world.dimension + 1)
    need(all(determinant([row[:k] for row in rows[:k]]) > 0 for k in sizes))


def need_growth(data: Any, world: World) -> None:
    """One symmetric positive definite A, convex steps, and masks by which hulls of the seen shrink."""
    given = world.given
    need(transposed(world.A) == world.A)
    positive_definite_holds(data, world)
    need(given.first_layer("convex") == 0 and given.transitive())
    need(given.all_see_themselves())
    for k, i in product(range(LATER), range(world.count)):
        here, there = world.state(k)[i], world.state(k + 1)[i]
        need(here == there or world.q(here) < world.q(there))


def need_steady(world: World) -> None:
    """One head that sees all and keeps ties, and one step 0 < v < 1."""
    given = world.given
    need(len(given.heads) == 1 and given.heads[0]["named"] == "everybody" and not given.relu)
    need(given.heads[0]["ties"] == "mean" and values(world) is not None)
    need(given.listed_tau is not None and len(set(given.listed_tau)) == 1)
    shares = given.shares(0)
    need(shares is not None and 0 < shares[1][0] < 1)


def leader_vertex_by_leading_points(data: Any, world: World) -> None:
    need_growth(data, world)
    need_steady(world)
    need(all(x != y for x, y in combinations(world.tokens, 2)))


def limit_set_by_growth(data: Any, world: World) -> None:
    parts = members(data, "factorisation layer")
    need_growth(parts["factorisation"], world)
    need(all(head["named"] == "everybody" for head in world.given.heads))
    need(world.given.first_layer("keeps") is not None and infinite_sum(world))
    need(all(map(any, world.state(index(parts["layer"], 10_000_001)))))


def settles_by_rank_two(data: Any, world: World) -> None:
    need(transposed(world.A) == world.A)
    need(min(need_factorisation(data, world)) >= 0 and semidefinite(world))
    sizes = range(3, world.dimension + 1)
    need(not any(minor(world.A, own) for m in sizes for own in combinations(range(world.dimension), m)))
    need_steady(world)


def convergence_fails(data: Any, world: World) -> None:
    need(isinstance(data, dict))
    if "semidefinite" in data:
        fails_by_spreading(data, world)
    elif "recurrence" in data:
        fails_by_recurrence(data, world)
    else:
        fails_by_a_multiple(data, world)


def fails_by_recurrence(data: Any, world: World) -> None:
    parts = members(data, "itinerary coefficients recurrence token coordinate")
    lock, weights = need_lock(parts, world), [number(x) for x in entries(parts["recurrence"])]
    i, r = index(parts["token"], world.count), index(parts["coordinate"], world.dimension)
    order, weights = len(weights), [*weights, Fraction(1)]
    need(order > 0 and abs(weights[0]) >= 1 and sum(weights) != 0)
    terms = [lock.combination(m * lock.period) for m in range(2 * order + 2)]
    for start in range(len(terms) - order):
        rows = zip(*terms[start : start + order + 1], strict=True)
        need(all(dot(weights, list(own)) == 0 for row in rows for own in zip(*row, strict=True)))
    values = [term[i][r] for term in terms]
    first, second = (
        determinant([values[start + a : start + a + order] for a in range(order)]) for start in (0, 1)
    )
    need(first != 0 and abs(second) >= abs(first))


def fails_by_spreading(data: Any, world: World) -> None:
    parts, given = members(data, "semidefinite layer token tokens"), world.given
    need(len(given.heads) == 1 and given.heads[0]["named"] == "everybody" and not given.relu)
    need(given.listed_tau is not None and len(set(given.listed_tau)) == 1 and values(world) is not None)
    shares = given.shares(0)
    need(shares is not None and shares[1][0] < 0)
    opposite = opposite_of(world)
    need(min(need_factorisation(parts["semidefinite"], opposite)) >= 0 and semidefinite(opposite))
    layer, i = index(parts["layer"], 10_000_001), index(parts["token"], world.count)
    first, second = (index(entry, world.count) for entry in entries(parts["tokens"], 2))
    z = world.state(layer)
    image = world.image(z[i])
    need(dot(image, z[first]) > dot(image, z[second]))
    for k in range(layer, layer + LATER):
        here, there = world.state(k), world.state(k + 1)
        need(here != there)
        for column, later in zip(zip(*here, strict=True), zip(*there, strict=True), strict=True):
            need(max(later) >= max(column) and min(later) <= min(column))


def opposite_of(world: World) -> World:
    """The same system with -A."""
    opposite = copy(world)
    opposite.given = copy(world.given)
    opposite.given.heads = [{**world.given.heads[0], "A": [[[-x for x in row] for row in world.A]]}]
    return opposite


def fails_by_a_multiple(data: Any, world: World) -> None:
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
    need(all(sets_at(world, lock.layer) == sets_at(world, lock.layer + r) for r in range(lock.period)))


def attention_settles_by_targets(data: Any, world: World) -> None:
    need_targets(members(data, "locked")["locked"], world)


def attention_settles_fails(data: Any, world: World) -> None:
    parts = members(data, "itinerary token phase")
    lock = need_itinerary(parts, world)
    i, phase = index(parts["token"], world.count), index(parts["phase"], lock.period)
    here, there = sets_at(world, lock.layer), sets_at(world, lock.layer + phase)
    need([sets[i] for sets in here] != [sets[i] for sets in there])


@dataclass(frozen=True)
class Ends:
    """Where all tokens end up, and the layers of the proof."""

    limits: list[Vector]
    layer: int
    period: int
    converge: bool
    lemma: str


def need_ends(data: Any, world: World, names: str, optional: str = "") -> tuple[dict[str, Any], Ends]:
    need(isinstance(data, dict))
    if "basin" in data:
        parts = members(data, f"basin {names}", optional)
        layer, places = need_basins(parts["basin"], world)
        return parts, Ends(places, layer, 1, True, "basin")
    if "mirror" in data:
        parts = members(data, f"mirror {names}", optional)
        layer, places = need_mirror(parts["mirror"], world)
        return parts, Ends(places, layer, 1, True, "mirrored-extremes")
    if "locked" in data:
        parts = members(data, f"locked {names}", optional)
        found = need_targets(parts["locked"], world)
        need(found.complete)
        return parts, Ends(found.places, found.layer, 1, True, "locked-targets")
    parts = members(data, f"itinerary coefficients {names}", optional)
    lock, limits = need_limits(parts, world)
    need(kept(world, lock))
    converge = all(lock.combination(phase) == limits for phase in range(lock.period))
    return parts, Ends(limits, lock.layer, lock.period, converge, "locked-limit")


def need_leaders(world: World, ends: Ends) -> list[int]:
    """The tokens that ever lead, each for ever from the layer of the proof on."""
    leading = [
        {i for i, attended in enumerate(world.attention(k)) if attended == {i}}
        for k in range(ends.layer + ends.period)
    ]
    late = leading[ends.layer]
    need(all(early <= late for early in leading) and all(own == late for own in leading[ends.layer :]))
    return sorted(late)


def need_hull(world: World) -> None:
    need(world.given.first_layer("convex") == 0)


def need_exposed(f: Vector, limits: list[Vector], i: int) -> None:
    need(all(dot(f, place) < dot(f, limits[i]) for place in limits if place != limits[i]))


def leader_vertex_holds(lemma: str) -> Judge:
    def judge(data: Any, world: World) -> None:
        need_hull(world)
        parts, ends = need_ends(data, world, "functionals combinations")
        limits, leaders = ends.limits, need_leaders(world, ends)
        need(ends.lemma == lemma and leaders)
        need(all(limits[i] != limits[j] for i, j in combinations(leaders, 2)))
        for j, f in zip(leaders, entries(parts["functionals"], len(leaders)), strict=True):
            need_exposed(vector(f, world.dimension), limits, j)
        for place, pairs in zip(limits, entries(parts["combinations"], world.count), strict=True):
            weights = [
                (index(j, world.count), number(w)) for j, w in (entries(pair, 2) for pair in entries(pairs))
            ]
            need(all(j in leaders and w >= 0 for j, w in weights) and sum(w for _, w in weights) == 1)
            need(place == [sum(w * limits[j][r] for j, w in weights) for r in range(world.dimension)])

    return judge


def leader_vertex_fails(data: Any, world: World) -> None:
    need_hull(world)
    need(isinstance(data, dict))
    if "leaders" in data:
        parts, ends = need_ends(data, world, "leaders")
        i, j = (index(token, world.count) for token in entries(parts["leaders"], 2))
        need(i != j and {i, j} <= set(need_leaders(world, ends)) and ends.limits[i] == ends.limits[j])
        return
    if "weights" in data:
        parts, ends = need_ends(data, world, "token weights")
        i, places = index(parts["token"], world.count), ends.limits
        need(i in need_leaders(world, ends))
        pairs = [entries(pair, 2) for pair in entries(parts["weights"])]
        weights = [(index(j, world.count), number(w)) for j, w in pairs]
        need(all(w >= 0 and places[j] != places[i] for j, w in weights) and sum(w for _, w in weights) == 1)
        need(places[i] == [sum(w * places[j][r] for j, w in weights) for r in range(world.dimension)])
        return
    parts, ends = need_ends(data, world, "token functional")
    i = index(parts["token"], world.count)
    need_exposed(vector(parts["functional"], world.dimension), ends.limits, i)
    need(all(ends.limits[j] != ends.limits[i] for j in need_leaders(world, ends)))


def need_segment(data: Any, world: World) -> None:
    """Points of S at several places of a segment, which is none of its faces' points alone."""
    parts, ends = need_ends(data, world, "segment")
    points = []
    for weights in entries(parts["segment"], 2):
        pairs = [entries(pair, 2) for pair in entries(weights)]
        own = [(index(j, world.count), number(w)) for j, w in pairs]
        need(all(w >= 0 for _, w in own) and sum(w for _, w in own) == 1)
        points.append(
            [sum((w * ends.limits[j][r] for j, w in own), Fraction(0)) for r in range(world.dimension)]
        )
    first, second = points
    need(first != second)
    for part in (Fraction(0), Fraction(1, 7), Fraction(1, 2), Fraction(6, 7), Fraction(1)):
        s = [(1 - part) * x + part * y for x, y in zip(first, second, strict=True)]
        need(all(dot(world.image(s), y) <= world.q(s) for y in ends.limits))


def belongs(world: World, limits: list[Vector], i: int) -> bool:
    return any(limits[i]) and all(dot(world.image(limits[i]), y) <= world.q(limits[i]) for y in limits)


def limit_set_holds(lemma: str) -> Judge:
    def judge(data: Any, world: World) -> None:
        need_hull(world)
        parts, ends = need_ends(data, world, "", "factorisation")
        limits = ends.limits
        need(ends.converge and ends.lemma == lemma)
        need(all(belongs(world, limits, i) for i in range(world.count)))
        if "factorisation" in parts:
            positive_definite_holds(parts["factorisation"], world)
        else:
            need_rigid(world, [place for i, place in enumerate(limits) if place not in limits[:i]])

    return judge


def need_rigid(world: World, places: list[Vector]) -> None:
    for size in range(1, world.dimension + 1):
        for chosen in combinations(places, size + 1):
            edges = [[x - y for x, y in zip(place, chosen[-1], strict=True)] for place in chosen[:-1]]
            minors = (determinant(list(rows)) for rows in combinations(transposed(edges), size))
            forms = [[dot(world.image(a), b) for a in edges] for b in edges]
            need(not any(minors) or determinant(forms) != 0)


def limit_set_fails(data: Any, world: World) -> None:
    need(isinstance(data, dict))
    if not {"limit", "segment"} & data.keys():
        convergence_fails(data, world)
        return
    need_hull(world)
    if "segment" in data:
        need_segment(data, world)
        return
    parts, ends = need_ends(data, world, "token limit")
    i = index(parts["token"], world.count)
    need(vector(parts["limit"], world.dimension) == ends.limits[i] and not belongs(world, ends.limits, i))


def never(data: Any, world: World) -> None:
    raise UnconfirmedError
