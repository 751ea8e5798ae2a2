"""Whether what a parameter certificate states for every value is true, without code of what it judges.

Statements about layers are looked at on the first layers of systems at samples. Those about the limit are
true by the theorem for a symmetric definite A (numpy says whether it is), or because of the cells, which are
judged by themselves; for other reasons they may be true as well, which is not said here.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np

LAYERS = 5
SMALL = 1e-9

Rows = list[list[Fraction]]


def statements_hold(document: Any, low: Fraction, high: Fraction) -> bool:
    """Tell whether the statements of a certificate of the values between two are known to be true."""
    line, names = document["line"], document.get("statements", [])
    samples = [low + (high - low) * Fraction(k, 8) for k in range(1, 8)]
    return all(_holds(name, document, line, samples, (low, high)) for name in names)


def _holds(
    name: str, document: Any, line: Any, samples: list[Fraction], ends: tuple[Fraction, Fraction]
) -> bool:
    if name in ("hull-shrinkage", "leaders-persist", "leaders-extreme"):
        return True  # of every system with 0 < tau < 1
    if name in ("norm-growth", "distinctness-preserved"):
        return all(_on_layers(name, line, x) for x in samples)
    many = [ends[0] + (ends[1] - ends[0]) * Fraction(k, 60) for k in range(1, 60)]
    forms = [np.array([[float(_entry(entry, x)) for entry in row] for row in line["A"]]) for x in many]
    symmetric = all(np.array_equal(A, A.T) for A in forms)
    values = [np.linalg.eigvalsh((A + A.T) / 2) for A in forms]
    definite = symmetric and all(own[0] > SMALL for own in values)
    if name == "leader-vertex":
        return bool(definite and not _somewhere(line, ends, differences=True))
    if name == "limit-set":
        return bool(definite and not _somewhere(line, ends, differences=False))
    flat = symmetric and all(own[0] > -SMALL and sum(own > SMALL) <= 2 for own in values)
    closings = [piece.get("closed", {}) for piece in _ends(document["cells"])]
    lemmas = [closed.get("lemma") for closed in closings]
    if name == "convergence":
        moving = any("moving" in closed for closed in closings)
        return bool(definite or flat or not (moving or None in lemmas))
    repeats = any(closed.get("period", 1) > 1 for closed in closings)
    return bool(flat or not (repeats or {None, "basin"} & set(lemmas)))


def _on_layers(name: str, line: Any, x: Fraction) -> bool:
    A = [[_entry(entry, x) for entry in row] for row in line["A"]]
    tokens = [[_entry(entry, x) for entry in row] for row in line["tokens"]]
    tau = x if "alpha" not in line else Fraction(line["alpha"]) / (1 + Fraction(line["alpha"]))
    for _ in range(LAYERS):
        moved = _step(A, tokens, tau)
        for i, j in combinations(range(len(tokens)), 2):
            if name == "distinctness-preserved" and tokens[i] != tokens[j] and moved[i] == moved[j]:
                return False
        for before, after in zip(tokens, moved, strict=True):
            grows = before == after or _score(A, after, after) > _score(A, before, before)
            if name == "norm-growth" and not grows:
                return False
        tokens = moved
    return True


def _step(A: Rows, tokens: Rows, tau: Fraction) -> Rows:
    moved = []
    for z in tokens:
        scores = [_score(A, z, y) for y in tokens]
        own = [y for y, score in zip(tokens, scores, strict=True) if score == max(scores)]
        moved.append([a + tau * (sum(y[c] for y in own) / len(own) - a) for c, a in enumerate(z)])
    return moved


def _score(A: Rows, x: list[Fraction], y: list[Fraction]) -> Fraction:
    return sum(
        (a * u * v for row, v in zip(A, y, strict=True) for a, u in zip(row, x, strict=True)), Fraction(0)
    )


def _somewhere(line: Any, ends: tuple[Fraction, Fraction], differences: bool) -> bool:
    """Tell whether two tokens are equal, or one is 0, for some value between the ends."""
    rows = [[_parts(entry) for entry in row] for row in line["tokens"]]
    if differences:
        rows = [
            [(a - c, b - d) for (a, b), (c, d) in zip(one, other, strict=True)]
            for one, other in combinations(rows, 2)
        ]
    return any(_vanishes(row, ends) for row in rows)


def _vanishes(row: list[tuple[Fraction, Fraction]], ends: tuple[Fraction, Fraction]) -> bool:
    places = {-a / b for a, b in row if b}
    if any(a and not b for a, b in row) or len(places) > 1:
        return False
    return all(ends[0] < x < ends[1] for x in places)


def _ends(pieces: Any) -> Iterator[Any]:
    for piece in pieces["pieces"]:
        if "next" in piece:
            yield from _ends(piece["next"])
        else:
            yield piece


def _parts(entry: Any) -> tuple[Fraction, Fraction]:
    c, d = entry if isinstance(entry, list) else (entry, "0")
    return Fraction(c), Fraction(d)


def _entry(entry: Any, x: Fraction) -> Fraction:
    c, d = _parts(entry)
    return c + d * x
