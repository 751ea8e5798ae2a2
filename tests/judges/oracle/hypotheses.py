"""The hypotheses: what must be true, and shown, where one holds and where one fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import combinations
from typing import Any

from tests.judges.oracle.heads import LOOKED_AT, added, sign
from tests.judges.oracle.reading import Vector, entries, index, members, need, number, vector
from tests.judges.oracle.world import World, transposed


def determinant(rows: list[Vector]) -> Fraction:
    if not rows:
        return Fraction(1)
    cofactors = (determinant([row[:j] + row[j + 1 :] for row in rows[1:]]) for j in range(len(rows)))
    return sum(((-1) ** j * rows[0][j] * cofactor for j, cofactor in enumerate(cofactors)), Fraction(0))


def minor(rows: list[Vector], chosen: Iterable[int]) -> Fraction:
    chosen = list(chosen)
    return determinant([[rows[i][j] for j in chosen] for i in chosen])


def definite(world: World) -> bool:
    rows = world.symmetric_part()
    return all(minor(rows, range(size)) > 0 for size in range(1, world.dimension + 1))


def semidefinite(world: World) -> bool:
    sizes, rows = range(world.dimension + 1), world.symmetric_part()
    return all(minor(rows, chosen) >= 0 for size in sizes for chosen in combinations(range(len(rows)), size))


def need_factorisation(data: Any, world: World) -> list[Fraction]:
    parts, size = members(data, "lower diagonal"), world.dimension
    L = [vector(row, size) for row in entries(parts["lower"], size)]
    D = vector(parts["diagonal"], size)
    need(all(L[i][i] == 1 and not any(L[i][i + 1 :]) for i in range(size)))
    product = [[sum(L[i][r] * D[r] * L[j][r] for r in range(size)) for j in range(size)] for i in range(size)]
    need(product == world.symmetric_part())
    return D


def symmetric_holds(data: Any, world: World) -> None:
    need(data == {} and transposed(world.A) == world.A)


def symmetric_fails(data: Any, world: World) -> None:
    parts = members(data, "row column entries")
    i, j = index(parts["row"], world.dimension), index(parts["column"], world.dimension)
    need(vector(parts["entries"], 2) == [world.A[i][j], world.A[j][i]] and world.A[i][j] != world.A[j][i])


def positive_definite_holds(data: Any, world: World) -> None:
    need(min(need_factorisation(data, world)) > 0 and definite(world))


def positive_definite_fails(data: Any, world: World) -> None:
    parts = members(data, "vector value")
    x = vector(parts["vector"], world.dimension)
    need(any(x) and number(parts["value"]) == world.q(x) <= 0 and not definite(world))


def positive_alpha_holds(data: Any, world: World) -> None:
    given = world.given
    need(data == {} and all(0 < given.tau(k) < 1 for k in range(LOOKED_AT)))
    if given.listed_tau is None:
        late = [given.below, given.above, added(given.below, Fraction(-1), given.above)]
        need(len({sign(terms) for terms in late}) == 1)


def positive_alpha_fails(data: Any, world: World) -> None:
    if isinstance(data, dict) and "alpha" in data:
        need(number(members(data, "alpha")["alpha"]) == world.alpha <= 0)
        return
    parts = members(data, "layer tau")
    tau = world.given.tau(index(parts["layer"], 10_000_001))
    need(number(parts["tau"]) == tau and not 0 < tau < 1)


def nonzero_tokens_holds(data: Any, world: World) -> None:
    need(data == {} and [Fraction(0)] * world.dimension not in world.tokens)


def nonzero_tokens_fails(data: Any, world: World) -> None:
    need(not any(world.tokens[index(members(data, "token")["token"], world.count)]))


def distinct_tokens_holds(data: Any, world: World) -> None:
    need(data == {} and all(x != y for x, y in combinations(world.tokens, 2)))


def distinct_tokens_fails(data: Any, world: World) -> None:
    i, j = (index(token, world.count) for token in entries(members(data, "tokens")["tokens"], 2))
    need(i != j and world.tokens[i] == world.tokens[j])


Judge = Callable[[Any, World], None]

HYPOTHESES: dict[str, tuple[Judge, Judge]] = {
    "symmetric": (symmetric_holds, symmetric_fails),
    "positive-definite": (positive_definite_holds, positive_definite_fails),
    "positive-alpha": (positive_alpha_holds, positive_alpha_fails),
    "nonzero-tokens": (nonzero_tokens_holds, nonzero_tokens_fails),
    "distinct-tokens": (distinct_tokens_holds, distinct_tokens_fails),
}
"""The judges of a claim that holds and of one that fails."""
