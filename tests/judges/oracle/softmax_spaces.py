"""Claims of softmax certificates about V that turns, and about leading eigenspaces, in floating point."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
from scipy.linalg import expm
from scipy.optimize import nnls

from tests.judges.oracle.reading import Vector, entries, index, members, need, number, vector
from tests.judges.oracle.softmax_world import LATER, NEAR, ROUNDING, World, eigenvector

Space: TypeAlias = tuple[float, np.ndarray, np.ndarray]
"""An eigenvalue, left eigenvectors by rows, and right ones by rows."""


def turning_clusters(evidence: Any, world: World) -> None:
    own = members(evidence, "groups tube displacement", "pairs")
    moves, size = number(own["displacement"]), range(len(world.V))
    groups, pairs = (
        [[world.token(token) for token in entries(group)] for group in entries(own.get(name, []))]
        for name in ("groups", "pairs")
    )
    every = groups + pairs
    need(sorted(token for group in every for token in group) == list(range(len(world.tokens))))
    need(all(every) and all(set(world.copies(token)) <= set(group) for group in every for token in group))
    need(all(len({tuple(world.tokens[i]) for i in pair}) == 2 for pair in pairs))
    need(world.several and moves > 0 and number(own["tube"]) > 0)
    a, b = world.V[0][0], world.B[0][0]
    need(a > 0 and all(world.V[k][m] + world.V[m][k] == 2 * a * (k == m) for k in size for m in size))
    need(b > 0 and all(world.B[k][m] == b * (k == m) for k in size for m in size))
    scale, turns = float(a), np.array(world.V, dtype=float) - float(a) * np.eye(len(size))
    times = [float(world.time), *np.linspace(world.time + LATER / scale / 2, world.end(scale), 200)]
    seen = world.at(times, scale)
    before, after = (seen[k] @ expm(-times[k] * turns).T for k in (0, -1))  # z_i = exp(-tV) x_i
    attention = [world.attention(u, scale, time) for u, time in zip(seen[1:], times[1:], strict=True)]
    late = seen[-40] @ expm(-times[-40] * turns).T
    for group in every:
        need(min(attention[-1][i][group].sum() for i in group) > 1 - NEAR)
    for pair in pairs:
        need(max(np.abs(after[i] - late[i]).max() for i in pair) < NEAR)
    for group in groups:
        need(max(np.abs(after[i] - after[group[0]]).max() for i in group) < NEAR)
        shift = max(np.linalg.norm(after[i] - before[i]) for i in group)
        need(shift <= float(moves) * np.exp(-scale * float(world.time)) + ROUNDING)
        others = [np.append(after[j], 1) for part in every if part is not group for j in part]
        others = others or [np.zeros(len(size) + 1)]
        need(np.linalg.norm(after[group[0]]) > 10 * NEAR)
        need(nnls(np.array(others).T, np.append(after[group[0]], 1))[1] > 10 * NEAR)
        if len({tuple(world.tokens[i]) for i in group}) > 1:
            need(len(size) == 2)
            turned = float(abs(world.V[0][1])) * (times[-1] - times[1]) > 4
            need(not turned or all(len({np.argmax(P[i]) for P in attention}) > 1 for i in group))


def leading_clusters(evidence: Any, world: World) -> None:
    own = members(evidence, "basis dual leaders tube displacement", "eigenvalue space")
    size, moves = len(world.V), number(own["displacement"])
    need(("eigenvalue" in own) != ("space" in own))
    spaces = _exact_space(own["space"], world) if "space" in own else _real_spaces(own["eigenvalue"], world)
    leaders = world.leaders(own["leaders"])
    need(world.several and moves > 0 and number(own["tube"]) > 0)
    need(any(_lead(world, leaders, float(moves), *space) for space in spaces))
    count = len(own["space"]["right"]) if "space" in own else 1
    for name, rows, columns in (("basis", size, size - count), ("dual", size - count, size)):
        for row in entries(own[name], rows):
            need(len(vector(row, columns)) > 0)


def are_corners(places: np.ndarray, form: np.ndarray, leaders: dict[int, int]) -> bool:
    """Tell whether leaders are apart, none at 0, and the form takes them to corners of the hull of all."""
    named = set(leaders.values())
    apart = all(np.linalg.norm(places[k] - places[j]) > 10 * NEAR for k in named for j in named - {k})
    images = places @ form.T
    return apart and all(
        np.linalg.norm(places[k]) > 10 * NEAR and _is_corner(images[k], images) for k in named
    )


def _is_corner(corner: np.ndarray, places: np.ndarray) -> bool:
    # Tokens that tend to the corner are not there yet.
    elsewhere = [np.append(x, 1) for x in places if np.abs(x - corner).max() > 20 * NEAR]
    return not elsewhere or nnls(np.array(elsewhere).T, np.append(corner, 1))[1] > NEAR


def _exact_space(value: Any, world: World) -> list[Space]:
    own, size = members(value, "value right left"), len(world.V)
    scale, count = number(own["value"]), len(entries(own["right"]))
    right, left = ([vector(row, size) for row in entries(own[name], count)] for name in ("right", "left"))
    need(count > 0 and scale > 0)
    for a, row in enumerate(right):
        need(_times(world.V, row) == [scale * x for x in row])
        need(_times(left, row) == [a == b for b in range(count)])
    columns = [list(column) for column in zip(*world.V, strict=True)]
    need(all(_times(columns, row) == [scale * x for x in row] for row in left))
    return [(float(scale), *(np.array(rows, dtype=float) for rows in (left, right)))]


def _times(matrix: list[Vector], x: Vector) -> list[Any]:
    return [sum(a * b for a, b in zip(row, x, strict=True)) for row in matrix]


def _real_spaces(interval: Any, world: World) -> list[Space]:
    size, V = len(world.V), np.array(world.V, dtype=float)
    named = members(interval, "interval column row unit")
    low, high = vector(named["interval"], 2)
    unit, _, _ = (index(named[name], size) for name in ("unit", "column", "row"))
    found = []
    for value in (own.real for own in np.linalg.eigvals(V) if own.imag == 0):
        if low - Fraction(1e-12) <= value <= high + Fraction(1e-12) and value > 0:
            right, left = (eigenvector(matrix, value) for matrix in (V, V.T))
            found.append(
                (value, np.array([left * right[unit] / (left @ right)]), np.array([right / right[unit]]))
            )
    return found


def _lead(
    world: World, leaders: dict[int, int], moves: float, scale: float, R: np.ndarray, C: np.ndarray
) -> bool:
    before, after = world.at([float(world.time), world.end(scale)], scale)
    attention = world.attention(after, scale, world.end(scale))
    c = after @ R.T
    for token, leader in leaders.items():
        shift = np.linalg.norm(c[leader] - before[leader] @ R.T)
        if np.abs(c[token] - c[leader]).max() > NEAR:
            return False
        if sum(attention[token][j] for j in world.copies(leader)) < 1 - NEAR:
            return False
        if shift > moves * np.exp(-scale * float(world.time)) + ROUNDING:
            return False
    whole = len(leaders) == len(world.tokens)
    form = np.eye(len(R)) if whole else C @ np.array(world.B, dtype=float) @ C.T
    return are_corners(c, form, leaders)
