"""An itinerary by forms: differences of scores at mixed layers, from the states of all layers they reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations
from typing import Any

from tests.judges.oracle.hypotheses import minor
from tests.judges.oracle.reading import Vector, entries, index, members, need, number, vector
from tests.judges.oracle.world import World, dot

Form = list[Vector]


@dataclass(frozen=True)
class Proof:
    """Rows of nodes, and a multiple of a cone."""

    rows: list[Vector]
    cone: Form | None


def need_forms(given: dict[str, Any], world: World, layer: int, period: int) -> None:
    recurrence = [number(m) for m in entries(given["recurrence"])]
    size = len(recurrence)
    need(size > 0)
    cones = [need_cone(data, recurrence) for data in entries(given["cones"])]
    proofs = [read_proof(data, cones, size) for data in entries(given["proofs"])]
    depth = size * (size + 1) // 2 + size + max((len(proof.rows) for proof in proofs), default=0)
    for first in range(layer, layer + period):
        layers = [first + period * j for j in range(depth + 1)]
        states = [world.state(k) for k in layers]
        need(all(world.by_head[k] == world.by_head[first] for k in layers))
        need_recurrence(states, recurrence)
        for head, sets in zip(world.given.heads, world.by_head[first], strict=True):
            A = world.given.at(head["A"], first)
            for i, attended in enumerate(sets):
                for b in head["seen"][i]:
                    need_order(states, A, (i, min(attended), b), proofs, size)


def need_recurrence(states: list[Form], recurrence: Vector) -> None:
    weights = [*recurrence, Fraction(1)]
    for start in range(len(states) - len(recurrence)):
        own = states[start : start + len(weights)]
        for rows in zip(*own, strict=True):
            need(all(dot(weights, list(column)) == 0 for column in zip(*rows, strict=True)))


def need_order(
    states: list[Form], A: Form, tokens: tuple[int, int, int], proofs: Sequence[Proof], size: int
) -> None:
    i, a, b = tokens

    @cache
    def difference(l: int, q: int) -> Fraction:  # noqa: E741  (the letter of FORMAT.md)
        gap = [x - y for x, y in zip(states[q][a], states[q][b], strict=True)]
        return dot([dot(row, states[l][i]) for row in A], gap)

    order = range(size * (size + 1) // 2)
    if difference(0, 0) == 0:
        need(all(difference(j, j) == 0 for j in order))
    else:
        need(difference(0, 0) > 0 and any(holds(difference, proof, size) for proof in proofs))


def holds(difference: Callable[[int, int], Fraction], proof: Proof, size: int) -> bool:
    @cache
    def level(h: int, l: int, q: int) -> Fraction:  # noqa: E741
        if h == 0:
            return difference(l, q)
        earlier = sum((x * level(g, l, q) for g, x in enumerate(proof.rows[h - 1])), Fraction(0))
        return level(h - 1, l + 1, q + 1) - earlier

    last, places = len(proof.rows), range(size)
    if any(level(h, 0, 0) < 0 for h in range(last)):
        return False
    if all(level(last, j, j) == 0 for j in range(size * (size + 1) // 2)):
        return True
    form = [[(level(last, x, y) + level(last, y, x)) / 2 for y in places] for x in places]
    if proof.cone is not None:
        form = [[x - y for x, y in zip(*rows, strict=True)] for rows in zip(form, proof.cone, strict=True)]
    return semidefinite(form)


def semidefinite(form: Form) -> bool:
    places = range(len(form))
    return all(
        minor(form, chosen) >= 0 for size in range(len(form) + 1) for chosen in combinations(places, size)
    )


def need_cone(data: Any, recurrence: Vector) -> Form:
    parts, size = members(data, "form factor"), len(recurrence)
    J = [vector(row, size) for row in entries(parts["form"], size)]
    factor = number(parts["factor"])
    need(factor >= 0 and J[0][0] >= 0 and all(J[x][y] == J[y][x] for x in range(size) for y in range(size)))
    # The columns of T: the unit vectors but the first, and the recurrence.
    units = [[Fraction(int(x == y)) for x in range(size)] for y in range(size)]
    columns = [*units[1:], [-m for m in recurrence]]
    later = [[dot(x, [dot(row, y) for row in J]) for y in columns] for x in columns]
    rows = zip(later, J, strict=True)
    need(semidefinite([[x - factor * y for x, y in zip(*pair, strict=True)] for pair in rows]))
    return J


def read_proof(data: Any, cones: list[Form], size: int) -> Proof:
    in_a_cone = isinstance(data, dict) and "cone" in data
    parts = members(data, "nodes cone weight" if in_a_cone else "nodes")
    rows = [[number(x) for x in entries(row)] for row in entries(parts["nodes"])]
    need(bool(rows) and all(len(row) == h + 1 and min(row) >= 0 for h, row in enumerate(rows)))
    need(rows[0][0] > 0)
    if not in_a_cone:
        return Proof(rows, None)
    weight = number(parts["weight"])
    need(weight >= 0)
    cone = cones[index(parts["cone"], len(cones))]
    return Proof(rows, [[weight * x for x in row] for row in cone])
