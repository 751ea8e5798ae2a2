"""Softmax attention of any heads and masks once more, token by token: steps in 100 digits, time in floats.

No copy is told from another token, and no error is bounded: what is claimed of a place is looked at, for the
tokens themselves and, where these may be off, for corners of where they may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np
from mpmath import mp, mpf
from scipy.integrate import solve_ivp

from tests.judges.oracle.reading import (
    Vector,
    confirmed,
    entries,
    index,
    members,
    need,
    number,
    vector,
)

DIGITS = 100

EXACT = mpf(10) ** (8 - DIGITS)

FLOATS = mpf(10) ** -9

LATER, NEAR, ROUNDING = 14, 1e-4, 1e-9
Rows = list[Vector]


def confirms(document: Any) -> bool:
    """Tell whether a JSON document is a softmax certificate of version 2 all of whose claims look true."""
    return confirmed(_confirm, document)


def _confirm(document: Any) -> None:
    top = members(document, "format version system enclosure radius claims")
    need(top["format"] == "exactdyn softmax certificate" and index(top["version"], 3) == 2)
    system = members(top["system"], "heads tokens radius", "step")
    number(top["radius"])
    rows = entries(system["tokens"])
    need(rows)
    size = len(entries(entries(system["heads"])[0]["V"])) if entries(system["heads"]) else 0
    need(size > 0)
    tokens = [vector(row, size) for row in rows]
    heads = [_head(head, size, len(tokens)) for head in system["heads"]]
    off = number(system["radius"])
    need(off >= 0 and entries(top["claims"]))
    if "step" in system:
        step, own = number(system["step"]), members(top["enclosure"], "bits steps")
        need(step > 0 and index(own["bits"], 10_001) >= 8 and index(own["steps"], 10_001) >= 0)
        ends, lost = [_walked(heads, step, start, own["steps"]) for start in _starts(tokens, off)], EXACT
    else:
        own = members(top["enclosure"], "bits pieces")
        need(index(own["bits"], 10_001) >= 8)
        time = sum((number(piece["length"]) for piece in entries(own["pieces"])), Fraction(0))
        ends, lost = [_flowed(heads, time, start) for start in _starts(tokens, off)], FLOATS
    for claim in top["claims"]:
        said = members(claim, "claim", "evidence")
        need(said["claim"] in ("hull-shrinkage", "position", "masked-clusters"))
        if said["claim"] == "position":
            _position(said["evidence"], ends, lost)
        elif said["claim"] == "masked-clusters":
            need("step" not in system and len(heads) == 1)
            for start in _starts(tokens, off):
                _clusters(said["evidence"], heads[0], time, start)
        else:
            members(said.get("evidence", {}), "")
            need(all(_multiple(head["V"]) >= 0 for head in heads))


def _head(data: Any, size: int, count: int) -> dict[str, Any]:
    parts = members(data, "V Q K", "mask")
    head: dict[str, Any] = {"V": [vector(row, size) for row in entries(parts["V"], size)]}
    keys = len(entries(parts["K"]))
    need(keys > 0)
    head |= {name: [vector(row, size) for row in entries(parts[name], keys)] for name in ("Q", "K")}
    everybody = range(count)
    mask = parts.get("mask", [[1] * count for _ in everybody])
    named = {"causal": [[int(j <= i) for j in everybody] for i in everybody]}
    named["strict"] = [[int(j < i or i == j == 0) for j in everybody] for i in everybody]
    rows = named[mask] if isinstance(mask, str) and mask in named else mask
    head["seen"] = [
        [j for j, x in enumerate(entries(row, count)) if index(x, 2)] for row in entries(rows, count)
    ]
    need(all(head["seen"]))
    return head


def _multiple(V: Rows) -> Fraction:
    size = range(len(V))
    need(all(V[a][b] == V[0][0] * (a == b) for a in size for b in size))
    return V[0][0]


def _starts(tokens: Rows, off: Fraction) -> Iterator[Rows]:
    # Equal tokens stay equal: where they may be off, they are off alike.
    yield tokens
    for sign in (1, -1) if off else ():
        places = [tokens.index(token) for token in tokens]
        signs = [[sign * (-1) ** (3 * place * place + a) for a in range(len(tokens[0]))] for place in places]
        yield [[x + s * off for x, s in zip(*pair, strict=True)] for pair in zip(tokens, signs, strict=True)]


def _walked(heads: list[dict[str, Any]], step: Fraction, start: Rows, count: int) -> list[list[Any]]:
    with mp.workdps(DIGITS):
        state = [[_real(x) for x in row] for row in start]
        for _ in range(count):
            pulls = [_velocity(heads, i, state) for i in range(len(state))]
            h = _real(step)
            state = [
                [a + h * b for a, b in zip(*pair, strict=True)] for pair in zip(state, pulls, strict=True)
            ]
        return state


def _flowed(heads: list[dict[str, Any]], time: Fraction, start: Rows) -> list[list[Any]]:
    if time == 0:
        return [[_real(x) for x in row] for row in start]
    first = np.array(start, dtype=float)
    read = [{name: np.array(head[name], dtype=float) for name in "VQK"} for head in heads]
    for own, head in zip(read, heads, strict=True):
        own["hidden"] = np.array([[j not in seen for j in range(len(start))] for seen in head["seen"]])

    def slope(_: float, flat: np.ndarray) -> np.ndarray:
        x, total = flat.reshape(first.shape), np.zeros_like(first)
        for own in read:
            logits = np.where(own["hidden"], -np.inf, x @ own["Q"].T @ own["K"] @ x.T)
            weights = np.exp(logits - logits.max(axis=1, keepdims=True))
            total += weights / weights.sum(axis=1, keepdims=True) @ x @ own["V"].T
        return total.ravel()

    found = solve_ivp(slope, (0, float(time)), first.ravel(), method="DOP853", rtol=1e-12, atol=1e-13)
    need(found.success)
    return [[mpf(float(x)) for x in row] for row in found.y[:, -1].reshape(first.shape)]


def _clusters(evidence: Any, head: dict[str, Any], time: Fraction, start: Rows) -> None:
    # In floats, for u = exp(-at) x, which has limits, far beyond T.
    own, a, count = members(evidence, "leaders tube displacement"), float(_multiple(head["V"])), len(start)
    moves, leaders = number(own["displacement"]), entries(own["leaders"], count)
    need(a > 0 and moves > 0 and number(own["tube"]) > 0 and any(k is not None for k in leaders))
    need(all(k is None or index(k, count) == k for k in leaders))
    first, form = (
        np.array(start, dtype=float),
        np.array(head["Q"], dtype=float).T @ np.array(head["K"], dtype=float),
    )
    hidden = np.array([[j not in seen for j in range(count)] for seen in head["seen"]])

    def shares(u: np.ndarray, t: float) -> np.ndarray:
        logits = np.where(hidden, -np.inf, u @ form @ u.T * np.exp(2 * a * t))
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        return weights / weights.sum(axis=1, keepdims=True)

    def slope(t: float, flat: np.ndarray) -> np.ndarray:
        u = flat.reshape(first.shape)
        return (a * (shares(u, t) @ u - u)).ravel()

    times = [float(time), float(time) + LATER / a]
    found = solve_ivp(
        slope, (0, times[1]), first.ravel(), method="DOP853", rtol=1e-11, atol=1e-12, dense_output=True
    )
    need(found.success)
    before, after = (found.sol(t).reshape(first.shape) for t in times)
    paid = shares(after, times[1])
    for i, k in enumerate(leaders):
        if k is not None:
            need(leaders[k] is not None and start[leaders[k]] == start[k])
            near = [j for j in head["seen"][i] if start[j] == start[k]]
            need(np.abs(after[i] - after[k]).max() < NEAR and paid[i][near].sum() > 1 - NEAR)
            shift = np.linalg.norm(after[k] - before[k])
            need(shift <= float(moves) * np.exp(-a * float(time)) + ROUNDING)


def _velocity(heads: list[dict[str, Any]], i: int, state: list[list[Any]]) -> list[Any]:
    total = [mpf(0)] * len(state[0])
    for head in heads:
        query = _times(head["Q"], state[i])
        logits = {j: _inner(query, _times(head["K"], state[j])) for j in head["seen"][i]}
        top = max(logits.values())
        weights = {j: mp.exp(own - top) for j, own in logits.items()}
        whole = sum(weights.values())
        mean = [sum(weights[j] * state[j][a] for j in weights) / whole for a in range(len(total))]
        total = [a + b for a, b in zip(total, _times(head["V"], mean), strict=True)]
    return total


def _position(evidence: Any, ends: list[list[list[Any]]], lost: Any) -> None:
    own = members(evidence, "tokens within")
    within = number(own["within"])
    for end in ends:
        claimed = [vector(row, len(end[0])) for row in entries(own["tokens"], len(end))]
        with mp.workdps(DIGITS):
            for x, y in zip(claimed, end, strict=True):
                need(
                    all(
                        abs(_real(a) - b) <= _real(within) + lost * (1 + abs(b))
                        for a, b in zip(x, y, strict=True)
                    )
                )


def _times(matrix: Rows, x: list[Any]) -> list[Any]:
    return [sum((_real(a) * b for a, b in zip(row, x, strict=True)), mpf(0)) for row in matrix]


def _inner(x: list[Any], y: list[Any]) -> Any:
    return sum((a * b for a, b in zip(x, y, strict=True)), mpf(0))


def _real(number: Fraction) -> Any:
    return mpf(number.numerator) / number.denominator
