"""The statements: what each says, by brute force, and what must be true and shown where it is claimed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from tests.judges.oracle import kinds, limits
from tests.judges.oracle.hypotheses import Judge, need_factorisation, positive_definite_holds, semidefinite
from tests.judges.oracle.reading import Vector, entries, index, members, need, number, vector
from tests.judges.oracle.world import World, transposed
from tests.judges.reference import Computed, dot
from tests.judges.truth import in_hull


def need_combination(data: Any, state: list[Vector], point: Vector) -> list[int]:
    pairs = [entries(pair, 2) for pair in entries(data)]
    weights = [(index(j, len(state)), number(weight)) for j, weight in pairs]
    need(all(weight >= 0 for _, weight in weights) and sum(weight for _, weight in weights) == 1)
    need(all(sum(w * state[j][r] for j, w in weights) == x for r, x in enumerate(point)))
    return [j for j, _ in weights]


def within(point: Sequence[Fraction], others: Sequence[Sequence[Fraction]]) -> bool:
    return in_hull(tuple(point), list(map(tuple, others)))


def leading(world: World | Computed) -> Iterator[tuple[int, int, int]]:
    """Every layer at which a token leads, with every layer from then on."""
    for k, i in product(range(world.layers + 1), range(world.count)):
        if world.attention(k)[i] == {i}:
            yield from ((k, m, i) for m in range(k, world.layers + 1))


def hull_shrinkage(world: World | Computed) -> bool:
    return all(
        within(world.state(k + 1)[i], world.state(k)) for k in range(world.layers) for i in range(world.count)
    )


def hull_shrinkage_every_layer(data: Any, world: World) -> None:
    need(data == {} and world.given.first_layer("convex") == 0)


def need_leaders_stay(world: World, steps: str = "keeps") -> None:
    """By the lemma from some layer on, and before it by looking."""
    given = world.given
    first = given.first_layer(steps)
    need(first is not None and given.transitive())
    need(all(given.one_matrix([head]) is not None for head in given.heads))
    need_leaders_at_rest(world, first or 0)


def leaders_persist(world: World | Computed) -> bool:
    return all(
        world.attention(m)[i] == {i} and world.state(m)[i] == world.state(k)[i] for k, m, i in leading(world)
    )


def leaders_persist_every_layer(data: Any, world: World) -> None:
    need(data == {})
    need_leaders_stay(world)


def hull_shrinkage_computed(data: Any, world: World) -> None:
    for k, layer in enumerate(entries(members(data, "weights")["weights"], world.layers)):
        for point, weights in zip(world.state(k + 1), entries(layer, world.count), strict=True):
            need_combination(weights, world.state(k), point)


def hull_shrinkage_fails(data: Any, world: World) -> None:
    parts = members(data, "layer token functional largest_before after")
    k, i = index(parts["layer"], world.layers), index(parts["token"], world.count)
    f = vector(parts["functional"], world.dimension)
    before, after = [dot(f, z) for z in world.state(k)], dot(f, world.state(k + 1)[i])
    need(number(parts["largest_before"]) == max(before) < number(parts["after"]) == after)


def norm_growth(world: World | Computed) -> bool:
    return all(grows(world, k, i) for k in range(world.layers) for i in range(world.count))


def norm_growth_every_layer(data: Any, world: World) -> None:
    need(transposed(world.A) == world.A and world.given.first_layer("forward") == 0)
    need(world.given.all_see_themselves())
    positive_definite_holds(data, world)


def norm_growth_computed(data: Any, world: World) -> None:
    need(data == {} and bool(world.A) and norm_growth(world))  # of one matrix, though nobody moves


def norm_growth_fails(data: Any, world: World) -> None:
    parts = members(data, "layer token q_before q_after")
    k, i = index(parts["layer"], world.layers), index(parts["token"], world.count)
    need(number(parts["q_before"]) == world.q(world.state(k)[i]))
    need(number(parts["q_after"]) == world.q(world.state(k + 1)[i]))
    need(not grows(world, k, i))


def grows(world: World | Computed, k: int, i: int) -> bool:
    here, there = world.state(k)[i], world.state(k + 1)[i]
    return here == there or world.q(there) > world.q(here)


def leaders_persist_computed(data: Any, world: World) -> None:
    need(data == {})
    need_leaders_at_rest(world, world.layers)


def need_leaders_at_rest(world: World, last: int) -> None:
    for i in range(world.count):
        leading = [k for k in range(last + 1) if world.attention(k)[i] == {i}]
        for k in range(leading[0], last + 1) if leading else []:
            need(world.attention(k)[i] == {i} and world.state(k)[i] == world.state(leading[0])[i])


def leaders_persist_fails(data: Any, world: World) -> None:
    moved = isinstance(data, dict) and "point" in data
    parts = members(data, "token leads layer point" if moved else "token leads layer rival")
    i = index(parts["token"], world.count)
    k, m = index(parts["leads"], world.layers + 1), index(parts["layer"], world.layers + 1)
    need(k < m and world.attention(k)[i] == {i})
    if moved:
        need(vector(parts["point"], world.dimension) == world.state(m)[i] != world.state(k)[i])
    else:
        j = index(parts["rival"], world.count)
        need(j != i and j in world.attention(m)[i])


def distinctness_preserved(world: World | Computed) -> bool:
    return all(
        world.state(k)[i] == world.state(k)[j] or world.state(k + 1)[i] != world.state(k + 1)[j]
        for k in range(world.layers)
        for i, j in combinations(range(world.count), 2)
    )


def distinctness_every_layer(data: Any, world: World) -> None:
    need(min(need_factorisation(data, world)) >= 0 and semidefinite(world))
    need(world.given.first_layer("keeps") == 0)
    need(world.given.all_see_the_same())


def distinctness_computed(data: Any, world: World) -> None:
    need(data == {})
    world.compute(world.layers)  # a single token, too, has a place at every layer
    for i, j in combinations(range(world.count), 2):
        apart = [world.state(k)[i] != world.state(k)[j] for k in range(world.layers + 1)]
        need(all(apart[k + 1] or not apart[k] for k in range(world.layers)))


def distinctness_fails(data: Any, world: World) -> None:
    parts = members(data, "layer tokens point")
    k = index(parts["layer"], world.layers)
    i, j = (index(token, world.count) for token in entries(parts["tokens"], 2))
    need(world.state(k)[i] != world.state(k)[j])
    need(vector(parts["point"], world.dimension) == world.state(k + 1)[i] == world.state(k + 1)[j])


def leaders_extreme(world: World | Computed) -> bool:
    return all(
        not within(world.state(m)[i], [z for z in world.state(m) if z != world.state(m)[i]])
        for _, m, i in leading(world)
    )


def leaders_extreme_every_layer(data: Any, world: World) -> None:
    need(any(head["named"] == "everybody" and head["ties"] == "mean" for head in world.given.heads))
    whole = all(head["ties"] == "mean" for head in world.given.heads)  # steps may go all the way
    need_leaders_stay(world, "convex" if whole else "keeps")
    need_exposed_leaders(data, world, lambda first: [first])


def leaders_extreme_computed(data: Any, world: World) -> None:
    need_exposed_leaders(data, world, lambda first: range(first, world.layers + 1))


def need_exposed_leaders(data: Any, world: World, layers: Callable[[int], Iterable[int]]) -> None:
    leaders = world.leaders()
    listed = [members(e, "token layer functionals") for e in entries(members(data, "leaders")["leaders"])]
    named = [(index(e["token"], world.count), index(e["layer"], world.layers + 1)) for e in listed]
    need(sorted(named) == sorted(leaders.items()))
    for entry, (i, first) in zip(listed, named, strict=True):
        wanted = list(layers(first))
        for k, functional in zip(wanted, entries(entry["functionals"], len(wanted)), strict=True):
            f, place = vector(functional, world.dimension), world.state(k)[i]
            need(all(dot(f, place) > dot(f, z) for z in world.state(k) if z != place))


def leaders_extreme_fails(data: Any, world: World) -> None:
    parts = members(data, "token leads layer weights")
    i = index(parts["token"], world.count)
    k, m = index(parts["leads"], world.layers + 1), index(parts["layer"], world.layers + 1)
    need(k <= m and world.attention(k)[i] == {i})
    place = world.state(m)[i]
    used = need_combination(parts["weights"], world.state(m), place)
    need(all(world.state(m)[j] != place for j in used))


@dataclass(frozen=True)
class Judges:
    """What judges a claim by each lemma, a computed one, one that fails, and a run, by brute force.

    No layers decide a statement on k -> infinity: it has no ``definition``, and is tested in the file of
    its name.
    """

    by_lemma: dict[str, Judge]
    computed: Judge
    fails: Judge
    definition: Callable[[Any], bool] | None = None


STATEMENTS: dict[str, Judges] = {
    "hull-shrinkage": Judges(
        {"convex-step": hull_shrinkage_every_layer},
        hull_shrinkage_computed,
        hull_shrinkage_fails,
        hull_shrinkage,
    ),
    "norm-growth": Judges(
        {"norm-growth": norm_growth_every_layer},
        norm_growth_computed,
        norm_growth_fails,
        norm_growth,
    ),
    "leaders-persist": Judges(
        {"leaders-persist": leaders_persist_every_layer},
        leaders_persist_computed,
        leaders_persist_fails,
        leaders_persist,
    ),
    "distinctness-preserved": Judges(
        {"no-collision": distinctness_every_layer},
        distinctness_computed,
        distinctness_fails,
        distinctness_preserved,
    ),
    "leaders-extreme": Judges(
        {"leader-exposed": leaders_extreme_every_layer},
        leaders_extreme_computed,
        leaders_extreme_fails,
        leaders_extreme,
    ),
    "convergence": Judges(
        {
            "locked-limit": limits.convergence_by_a_lock,
            "decaying-rates": limits.convergence_by_rates,
            "locked-targets": limits.convergence_by_targets,
            "summable": limits.convergence_by_a_finite_sum,
            "basin": limits.convergence_by_basins,
            "mirrored-extremes": limits.convergence_by_a_mirror,
            "consensus": limits.convergence_by_consensus,
            "growth-converges": limits.need_growth,
            "rank-two-settles": limits.settles_by_rank_two,
        },
        limits.never,
        limits.convergence_fails,
    ),
    "leader-vertex": Judges(
        {
            **{lemma: limits.leader_vertex_holds(lemma) for lemma in limits.ENDS},
            "leading-points": limits.leader_vertex_by_leading_points,
        },
        limits.never,
        limits.leader_vertex_fails,
    ),
    "limit-set": Judges(
        {
            **{lemma: limits.limit_set_holds(lemma) for lemma in limits.ENDS},
            "growth-converges": limits.limit_set_by_growth,
        },
        limits.never,
        limits.limit_set_fails,
    ),
    "attention-settles": Judges(
        {
            "locked-itinerary": limits.attention_settles_holds,
            "locked-targets": limits.attention_settles_by_targets,
            "rank-two-settles": limits.settles_by_rank_two,
        },
        limits.never,
        limits.attention_settles_fails,
    ),
    "hull-of-the-seen": Judges(
        {"convex-step-of-the-seen": kinds.seen_every_layer},
        kinds.seen_computed,
        kinds.seen_fails,
        kinds.hull_of_the_seen,
    ),
    "interval-shrinkage": Judges(
        {"convex-coordinates": kinds.intervals_every_layer},
        kinds.intervals_computed,
        kinds.intervals_fail,
        kinds.interval_shrinkage,
    ),
    "frank-wolfe-clusters": Judges(
        {"frank-wolfe-clusters": kinds.clusters_every_layer},
        kinds.clusters_computed,
        kinds.clusters_fail,
        kinds.frank_wolfe_clusters,
    ),
    "frank-wolfe-exponential": Judges(
        {"frank-wolfe-exponential": kinds.exponential_holds},
        limits.never,
        kinds.exponential_fails,
        kinds.frank_wolfe_exponential,
    ),
    "frank-wolfe-rate": Judges(
        {},
        kinds.rate_computed,
        kinds.rate_fails,
        kinds.frank_wolfe_rate,
    ),
}

BY_DEFINITION = {name: judges.definition for name, judges in STATEMENTS.items() if judges.definition}
"""Whether a statement holds on computed layers, by brute force."""
