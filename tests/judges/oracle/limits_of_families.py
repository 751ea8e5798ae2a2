"""What statements on the limit say of all matrices, held against long runs of some of them.

Where steps are neither short nor long, a run that has all but come to rest is taken to be at its limit.
Nothing is said of others, nor of vertices in more than two dimensions.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.judges import reference
from tests.judges.oracle.reading import UnconfirmedError
from tests.judges.oracle.world import World
from tests.judges.reference import Layer, Matrix, Vector, dot, rational_rows, times

STATEMENTS = ("attention-settles", "leader-vertex", "limit-set")

TOKENS = (
    [["1"], ["1"]],
    [["1", "0"], ["1", "1"]],
    [["1", "0"], ["0", "1"], ["-1", "0"], ["0", "-1"]],
)
"""Tokens that are tried, beside others, where all are meant."""

LAYERS, LATE, TRIED = 40, 25, 40
"""So many layers, the first of the late ones, and so many matrices at most."""

NEAR = Fraction(1, 10**5)


def contradiction(statement: str, family: Any, matrices: Sequence[Matrix]) -> Matrix | None:
    """Return one of some matrices for which a statement is not true."""
    steps = _last_steps(family)
    if statement == "attention-settles":
        judged = all(x >= Fraction(1, 3) for x in steps)
    else:
        judged = all(Fraction(1, 3) <= x <= Fraction(3, 4) for x in steps)
    if not judged or "V" in family:
        return None
    for A in matrices[:TRIED]:
        states = _run(family, A)
        if states is not None and not _true_of(statement, A, states):
            return A
    return None


def _last_steps(family: Any) -> list[Fraction]:
    """The steps that come again and again; none where they fade like powers, 0 where it is not plain."""
    if "alpha" in family:
        return [Fraction(family["alpha"]) / (1 + Fraction(family["alpha"]))]
    tau = family["tau"]
    if "listed" in tau:
        return [Fraction(x) for x in tau["listed"][-family.get("period", 1) :]]
    above, below = (max(Fraction(term[2]) for term in tau[part]) for part in ("numerator", "denominator"))
    return [] if 2 * above <= below else [Fraction(0)]


def _run(family: Any, A: Matrix) -> list[Layer] | None:
    tokens = rational_rows(family["tokens"])
    if "alpha" in family:
        return reference.run(reference.System(A, Fraction(family["alpha"]), tokens), LAYERS)
    beside = {name: family[name] for name in ("mask", "ties") if name in family}
    system = {"tokens": family["tokens"], "tau": family["tau"]}
    system |= {"heads": [{"A": [[[str(x) for x in row] for row in A]], **beside}]}
    system |= {"period": family["period"]} if "period" in family else {}
    try:
        world = World(system, LAYERS, 2)
        return [
            Layer(tuple(map(tuple, world.state(k))), tuple(map(frozenset, world.attention(k))))
            for k in range(LAYERS + 1)
        ]
    except UnconfirmedError:
        return None


def _true_of(statement: str, A: Matrix, states: Sequence[Layer]) -> bool:
    late = states[LATE:]
    changes = sum(before.attention != after.attention for before, after in pairwise(late))
    if statement == "attention-settles":
        return changes < 3
    last = states[-1]
    if changes or not _alike(states[LATE].tokens, last.tokens) or len(A) > 2:
        return True  # not at its limit, or not judged
    if statement == "limit-set":
        return all(_in_limit_set(A, z, last.tokens) for z in last.tokens)
    leaders = [
        z
        for z, own, i in zip(last.tokens, last.attention, range(len(last.tokens)), strict=True)
        if own == {i}
    ]
    if any(_near(x, y) for k, x in enumerate(leaders) for y in leaders[:k]):
        return False
    vertices = [z for z in last.tokens if _is_vertex(z, last.tokens)]
    led = all(any(_near(z, leader) for leader in leaders) for z in vertices)
    return led and all(_is_vertex(leader, last.tokens) for leader in leaders)


def _in_limit_set(A: Matrix, z: Vector, tokens: Sequence[Vector]) -> bool:
    image = times(A, z)
    return max(map(abs, z)) > NEAR and max(dot(image, y) for y in tokens) <= dot(image, z) + NEAR


def _is_vertex(z: Vector, tokens: Sequence[Vector]) -> bool:
    # No two others, nor three, have it between them: some line through it has all of them on one side.
    ways = [tuple(x - y for x, y in zip(own, z, strict=True)) for own in tokens if not _near(own, z)]
    if len(z) == 1:
        return len({way[0] > 0 for way in ways}) < 2
    normals = [(-way[1], way[0]) for way in ways]
    normals += [(-n, -m) for n, m in normals]
    for normal in normals:
        if all(dot(normal, way) >= -NEAR for way in ways):
            along = [way for way in ways if abs(dot(normal, way)) <= NEAR]
            return all(dot(way, along[0]) > 0 for way in along)
    return not ways


def _alike(states: Sequence[Vector], others: Sequence[Vector]) -> bool:
    return all(_near(x, y) for x, y in zip(states, others, strict=True))


def _near(x: Vector, y: Vector) -> bool:
    return max(abs(a - b) for a, b in zip(x, y, strict=True)) <= NEAR
