"""The claims of softmax certificates once more: the solution in floating point, followed far beyond T.

Nothing here is a proof: what is claimed of the limit is looked at where the solution has all but reached it.
Equal tokens must be equal in floating point too, and different ones different.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.optimize import nnls

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

LATER = 14
"""The limits are looked at this many doublings, times 1.44, after T."""

NEAR = 1e-4
"""How near a limit everything is by then."""

ROUNDING = 1e-9
"""How far the floating-point solution may be off before T."""

Key = tuple[tuple[float, ...], ...]


@lru_cache(maxsize=256)
def solution(V: Key, B: Key, start: Key, scale: float, end: float) -> Any:
    """Return t -> exp(-scale t) x(t) for 0 <= t <= end, tokens by rows."""
    drive, form, first = (np.array(own) for own in (V, B, start))

    def slope(time: float, flat: np.ndarray) -> np.ndarray:
        u = flat.reshape(first.shape)
        return np.ravel(shares(u @ form @ u.T * np.exp(2 * scale * time)) @ u @ drive.T - scale * u)

    found = solve_ivp(
        slope, (0, end), first.ravel(), method="DOP853", rtol=1e-11, atol=1e-12, dense_output=True
    )
    need(found.success)
    return lambda time: found.sol(time).reshape(first.shape)


def shares(logits: np.ndarray) -> np.ndarray:
    """Return the softmax of every row."""
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return weights / weights.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class World:
    """A system, from initial tokens that are within its radius of those of the certificate."""

    V: list[Vector]
    B: list[Vector]
    tokens: list[Vector]
    time: Fraction
    start: np.ndarray

    def at(self, times: list[float], scale: float) -> list[np.ndarray]:
        """Return exp(-scale t) x(t) at these times, the last one the largest."""
        key: list[Key] = [tuple(map(tuple, np.array(own, dtype=float))) for own in (self.V, self.B)]
        start = tuple(map(tuple, self.start))
        found = solution(key[0], key[1], start, scale, max(times[-1], 1e-9))
        return [found(time) for time in times]

    def attention(self, u: np.ndarray, scale: float, time: float) -> np.ndarray:
        """Return P for x = exp(scale time) u."""
        return shares(u @ np.array(self.B, dtype=float) @ u.T * np.exp(2 * scale * time))

    def token(self, value: Any) -> int:
        return index(value, len(self.tokens))

    def copies(self, token: int) -> list[int]:
        return [j for j, x in enumerate(self.tokens) if x == self.tokens[token]]

    @cached_property
    def several(self) -> bool:
        """Whether there are different tokens."""
        return any(x != self.tokens[0] for x in self.tokens)

    def multiple(self) -> Fraction:
        """Return a where V = a I."""
        size = range(len(self.V))
        need(all(self.V[a][b] == self.V[0][0] * (a == b) for a in size for b in size))
        return self.V[0][0]

    def end(self, scale: float) -> float:
        """Return a time at which the limits are all but reached."""
        return float(self.time) + LATER / scale


def hull_shrinkage(evidence: Any, world: World) -> None:
    members(evidence, "")
    need(world.multiple() >= 0)


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
    leaders = [world.token(leader) for leader in entries(own["leaders"], len(world.tokens))]
    need(a > 0 and world.several and moves > 0 and number(own["tube"]) > 0)
    scale = float(a)
    before, after = world.at([float(world.time), world.end(scale)], scale)
    attention = world.attention(after, scale, world.end(scale))
    for token, leader in enumerate(leaders):
        need(world.tokens[leaders[leader]] == world.tokens[leader])
        need(np.abs(after[token] - after[leader]).max() < NEAR)
        need(sum(attention[token][j] for j in world.copies(leader)) > 1 - NEAR)
        shift = np.linalg.norm(after[leader] - before[leader])
        need(shift <= float(moves) * np.exp(-scale * float(world.time)) + ROUNDING)
    named = {min(world.copies(leader)) for leader in leaders}
    for leader in named:
        others = [np.append(after[j], 1) for j in named - {leader}] or [np.zeros(len(world.V) + 1)]
        need(np.linalg.norm(after[leader]) > 10 * NEAR)
        need(nnls(np.array(others).T, np.append(after[leader], 1))[1] > 10 * NEAR)


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
    right, left = (_eigenvector(matrix, value) for matrix in (V, V.T))
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


def _eigenvector(matrix: np.ndarray, value: float) -> np.ndarray:
    found, vectors = np.linalg.eig(matrix)
    return vectors[:, np.argmin(np.abs(found - value))].real


def turning_clusters(evidence: Any, world: World) -> None:
    own = members(evidence, "groups tube displacement")
    moves, size = number(own["displacement"]), range(len(world.V))
    groups = [[world.token(token) for token in entries(group)] for group in entries(own["groups"])]
    need(sorted(token for group in groups for token in group) == list(range(len(world.tokens))))
    need(all(groups) and all(set(world.copies(token)) <= set(group) for group in groups for token in group))
    need(world.several and moves > 0 and number(own["tube"]) > 0)
    a, b = world.V[0][0], world.B[0][0]
    need(a > 0 and all(world.V[k][m] + world.V[m][k] == 2 * a * (k == m) for k in size for m in size))
    need(b > 0 and all(world.B[k][m] == b * (k == m) for k in size for m in size))
    scale, turns = float(a), np.array(world.V, dtype=float) - float(a) * np.eye(len(size))
    times = [float(world.time), *np.linspace(world.time + LATER / scale / 2, world.end(scale), 200)]
    seen = world.at(times, scale)
    before, after = (seen[k] @ expm(-times[k] * turns).T for k in (0, -1))  # z_i = exp(-tV) x_i
    attention = [world.attention(u, scale, time) for u, time in zip(seen[1:], times[1:], strict=True)]
    for group in groups:
        need(max(np.abs(after[i] - after[group[0]]).max() for i in group) < NEAR)
        need(min(attention[-1][i][group].sum() for i in group) > 1 - NEAR)
        shift = max(np.linalg.norm(after[i] - before[i]) for i in group)
        need(shift <= float(moves) * np.exp(-scale * float(world.time)) + ROUNDING)
        others = [np.append(after[j[0]], 1) for j in groups if j is not group] or [np.zeros(len(size) + 1)]
        need(np.linalg.norm(after[group[0]]) > 10 * NEAR)
        need(nnls(np.array(others).T, np.append(after[group[0]], 1))[1] > 10 * NEAR)
        if len({tuple(world.tokens[i]) for i in group}) > 1:
            need(len(size) == 2)
            turned = float(abs(world.V[0][1])) * (times[-1] - times[1]) > 4
            need(not turned or all(len({np.argmax(P[i]) for P in attention}) > 1 for i in group))


CLAIMS = {
    "hull-shrinkage": hull_shrinkage,
    "attention-limit": attention_limit,
    "clusters": clusters,
    "hyperplanes": hyperplanes,
    "turning-clusters": turning_clusters,
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
