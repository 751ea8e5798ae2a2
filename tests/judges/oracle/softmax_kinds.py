"""Softmax attention of any heads and masks, in steps, once more: token by token, in 100 digits.

No copy is told from another token, and no error is bounded: what is claimed of a place is looked at, for the
tokens themselves and, where these may be off, for corners of where they may be.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from mpmath import mp, mpf

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

DIGITS = 100
Rows = list[Vector]


def confirms(document: Any) -> bool:
    """Tell whether a JSON document is a softmax certificate of version 2 all of whose claims look true."""
    try:
        _confirm(document)
    except UnconfirmedError:
        return False
    return True


def _confirm(document: Any) -> None:
    top = members(document, "format version system enclosure radius claims")
    need(top["format"] == "exactdyn softmax certificate" and index(top["version"], 3) == 2)
    system = members(top["system"], "heads tokens radius step")
    number(top["radius"])
    rows = entries(system["tokens"])
    need(rows)
    size = len(entries(entries(system["heads"])[0]["V"])) if entries(system["heads"]) else 0
    need(size > 0)
    tokens = [vector(row, size) for row in rows]
    heads = [_head(head, size, len(tokens)) for head in system["heads"]]
    step, off = number(system["step"]), number(system["radius"])
    need(step > 0 and off >= 0)
    own = members(top["enclosure"], "bits steps")
    need(index(own["bits"], 10_001) >= 8 and index(own["steps"], 10_001) >= 0)
    need(entries(top["claims"]))
    ends = [_walked(heads, step, start, own["steps"]) for start in _starts(tokens, off)]
    for claim in top["claims"]:
        said = members(claim, "claim", "evidence")
        need(said["claim"] in ("hull-shrinkage", "position"))
        if said["claim"] == "position":
            _position(said["evidence"], ends)
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


def _position(evidence: Any, ends: list[list[list[Any]]]) -> None:
    own = members(evidence, "tokens within")
    within = number(own["within"])
    for end in ends:
        claimed = [vector(row, len(end[0])) for row in entries(own["tokens"], len(end))]
        with mp.workdps(DIGITS):
            for x, y in zip(claimed, end, strict=True):
                need(
                    all(
                        abs(_real(a) - b) <= _real(within) + mpf(10) ** (8 - DIGITS) * (1 + abs(b))
                        for a, b in zip(x, y, strict=True)
                    )
                )


def _times(matrix: Rows, x: list[Any]) -> list[Any]:
    return [sum((_real(a) * b for a, b in zip(row, x, strict=True)), mpf(0)) for row in matrix]


def _inner(x: list[Any], y: list[Any]) -> Any:
    return sum((a * b for a, b in zip(x, y, strict=True)), mpf(0))


def _real(number: Fraction) -> Any:
    return mpf(number.numerator) / number.denominator
