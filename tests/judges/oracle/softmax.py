"""The claims of softmax certificates once more: the solution in floating point, followed far beyond T.

Nothing here is a proof: what is claimed of the limit is looked at where the solution has all but reached it.
Equal tokens must be equal in floating point too, and different ones different.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from scipy.linalg import expm

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
from tests.judges.oracle.softmax_spaces import are_corners, leading_clusters, turning_clusters
from tests.judges.oracle.softmax_world import LATER, NEAR, ROUNDING, World, eigenvector

COLLAPSED = 40
"""How late it is looked at whether tokens tend to 0, if they are no longer than 1 and no rate is less than 1;
very small rates may take longer, and are not confirmed then."""


def hull_shrinkage(evidence: Any, world: World) -> None:
    members(evidence, "")
    need(world.multiple() >= 0)


def collapse(evidence: Any, world: World) -> None:
    own, size = members(evidence, "metric factors"), len(world.V)
    members(own["factors"], "metric form")
    G = np.array([vector(row, size) for row in entries(own["metric"], size)], dtype=float)
    V, B = (np.array(matrix, dtype=float) for matrix in (world.V, world.B))
    spread = max(float(np.abs(np.array(world.tokens, dtype=float)).max()), 1e-9)
    rates = [*-np.linalg.eigvals(V).real, *np.linalg.eigvalsh(B + B.T)]
    need(min(rates) > 0)
    end = COLLAPSED / min(spread, 1) ** 2 / min(1, *rates)
    times = [0.0, *np.geomspace(end / 1000, end, 30)]
    seen = world.at(times, 0.0)
    energies = [np.einsum("ia,ab,ib->", x, G, x) for x in seen]
    need(all(later <= before + ROUNDING for before, later in pairwise(energies)))
    need(np.abs(seen[-1]).max() < max(spread, 1) / 2)
    need(np.abs(world.attention(seen[-1], 0.0, end) - 1 / len(world.tokens)).max() < 1 / 4)
    for i, j in combinations(range(len(world.tokens)), 2):
        if world.tokens[i] != world.tokens[j]:
            before, after = np.linalg.norm(seen[0][i] - seen[0][j]), seen[-1][i] - seen[-1][j]
            need(_rescaled_length(after, V, end) > np.log(10 * before))


def _rescaled_length(u: np.ndarray, V: np.ndarray, time: float) -> float:
    # The logarithm of |exp(-time V) u|, step by step.
    steps = int(time * np.linalg.norm(V) / 20) + 1
    step, total = expm(-time / steps * V), 0.0
    for _ in range(steps):
        length = np.linalg.norm(u)
        need(length > 0)
        u, total = step @ (u / length), total + float(np.log(length))
    return total + float(np.log(np.linalg.norm(u)))


def attention_limit(evidence: Any, world: World) -> None:
    own = members(evidence, "rows from within")
    since, within = number(own["from"]), number(own["within"])
    need(len(world.V) == 1 and world.V[0][0] > 0 and world.B[0][0] > 0 and since >= world.time)
    need(within > 0 or (within == 0 and not world.several))
    need(entries(own["rows"]))
    scale = float(world.V[0][0])
    times = [float(since) + share * LATER / scale for share in (0, 0.01, 0.03, 0.1, 0.3, 1)]
    for time, u in zip(times, world.at(times, scale), strict=True):
        attention = world.attention(u, scale, time)
        for pair in own["rows"]:
            row, leader = map(world.token, entries(pair, 2))
            copies = world.copies(leader)
            outside = sum(p for j, p in enumerate(attention[row]) if j not in copies)
            need(outside <= float(within) * len(copies) * (1 + 1e-6))
            need(time < times[-1] or outside < NEAR)


def clusters(evidence: Any, world: World) -> None:
    own = members(evidence, "leaders tube displacement")
    a, moves = world.multiple(), number(own["displacement"])
    leaders = world.leaders(own["leaders"])
    need(a > 0 and world.several and moves > 0 and number(own["tube"]) > 0)
    scale = float(a)
    before, after = world.at([float(world.time), world.end(scale)], scale)
    attention = world.attention(after, scale, world.end(scale))
    for token, leader in leaders.items():
        need(np.abs(after[token] - after[leader]).max() < NEAR)
        need(sum(attention[token][j] for j in world.copies(leader)) > 1 - NEAR)
        shift = np.linalg.norm(after[leader] - before[leader])
        need(shift <= float(moves) * np.exp(-scale * float(world.time)) + ROUNDING)
    form = np.eye(len(world.V)) if len(leaders) == len(world.tokens) else np.array(world.B, dtype=float)
    need(are_corners(after, form, leaders))


def hyperplanes(evidence: Any, world: World) -> None:
    own = members(evidence, "eigenvalue basis dual groups")
    size = len(world.V)
    need(size >= 2 and entries(own["groups"]))
    for name, rows, columns in (("basis", size, size - 1), ("dual", size - 1, size)):
        for row in entries(own[name], rows):
            vector(row, columns)
    named = members(own["eigenvalue"], "interval column row unit")
    low, high = vector(named["interval"], 2)
    unit, _, _ = (index(named[name], size) for name in ("unit", "column", "row"))
    values = [value.real for value in np.linalg.eigvals(np.array(world.V, dtype=float)) if value.imag == 0]
    inside = [value for value in values if low - Fraction(1e-12) <= value <= high + Fraction(1e-12)]
    need(any(_groups_tend(own["groups"], world, value, unit) for value in inside))


def _groups_tend(groups: list[Any], world: World, value: float, unit: int) -> bool:
    V = np.array(world.V, dtype=float)
    right, left = (eigenvector(matrix, value) for matrix in (V, V.T))
    functional = left * right[unit] / (left @ right)
    end = world.end(value)
    along = world.at([end], value)[0] @ functional
    for group in groups:
        own = members(group, "sign low tokens limit")
        low, high = vector(own["limit"], 2)
        need(index(own["sign"] + 1, 3) != 1 and number(own["low"]) > 0)
        tokens = [world.token(token) for token in entries(own["tokens"])]
        need(tokens)
        if not all(float(low) - ROUNDING <= along[i] <= float(high) + ROUNDING for i in tokens):
            return False
        if np.ptp(along[tokens]) > NEAR:
            return False
    return True


CLAIMS = {
    "hull-shrinkage": hull_shrinkage,
    "collapse": collapse,
    "attention-limit": attention_limit,
    "clusters": clusters,
    "hyperplanes": hyperplanes,
    "turning-clusters": turning_clusters,
    "leading-clusters": leading_clusters,
}


def confirms(document: Any) -> bool:
    """Tell whether a JSON document is a softmax certificate all of whose claims look true."""
    try:
        for world in _worlds(document):
            for claim in entries(document["claims"]):
                own = members(claim, "claim", "evidence")
                need(isinstance(own["claim"], str) and own["claim"] in CLAIMS)
                CLAIMS[own["claim"]](own.get("evidence", {}), world)
    except UnconfirmedError:
        return False
    return True


def _worlds(document: Any) -> Iterator[World]:
    # One for the tokens themselves; where these may be off, two more for corners of what they may be.
    top = members(document, "format version system enclosure radius claims")
    need(top["format"] == "exactdyn softmax certificate" and index(top["version"], 2) == 1)
    need(top["claims"])
    system = members(top["system"], "V Q K tokens radius")
    size = len(entries(system["V"]))
    V, Q, K, tokens = (
        [vector(row, size) for row in entries(system[name])] for name in ("V", "Q", "K", "tokens")
    )
    need(size and tokens and Q and len(Q) == len(K))
    B = [[sum(q[a] * k[b] for q, k in zip(Q, K, strict=True)) for b in range(size)] for a in range(size)]
    off, radius = number(system["radius"]), number(top["radius"])
    time, end = _end(top["enclosure"], tokens)
    need(off >= 0 and (off <= radius if time == 0 else radius > 0))
    first = np.array(tokens, dtype=float)
    signs = np.random.default_rng(1).choice([-1, 1], first.shape)
    for sign in (0, 1, -1) if off else (0,):
        copies = [tokens.index(token) for token in tokens]
        world = World(V, B, tokens, time, first + sign * float(off) * signs[copies])
        there = world.at([float(time)], 0.0)[0]
        need(np.abs(there - np.array(end, dtype=float)).max() <= float(radius) + ROUNDING)
        yield world


def _end(enclosure: Any, tokens: list[Vector]) -> tuple[Fraction, list[Vector]]:
    # T, and where the last piece puts every token then.
    own = members(enclosure, "bits pieces")
    need(index(own["bits"], 10_001) >= 8)
    points = [token for i, token in enumerate(tokens) if token not in tokens[:i]]
    time, last = Fraction(0), points
    for piece in entries(own["pieces"]):
        named = members(piece, "length tube polynomials")
        need(number(named["length"]) > 0 and type(named["tube"]) is int and named["tube"] > 0)
        time += number(named["length"])
        rows = [entries(row, len(tokens[0])) for row in entries(named["polynomials"], len(points))]
        sizes = {len(entries(powers)) for row in rows for powers in row}
        need(len(sizes) == 1 and min(sizes) >= 2)
        need(all(type(power) is int for row in rows for powers in row for power in powers))
        last = [[Fraction(sum(powers), 2 ** own["bits"]) for powers in row] for row in rows]
    return time, [last[points.index(token)] for token in tokens]
